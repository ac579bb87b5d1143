"""The command line: run the bot, try it, look after it."""

import asyncio
import signal
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console

from bot import doctor as doctors
from bot import logs
from bot.app import StartError, clock, running
from bot.config import Settings, SettingsError, parse_settings, read_settings
from bot.sandbox import run as sandbox_run
from bot.store import migrate as migrations
from bot.store.engine import connect
from bot.store.keyring import Keyring, KeyringError
from bot.store.keyring import new_key as fresh_key
from bot.store.reseal import reseal
from bot.store.unit_of_work import Store

app = App(name="bot", help="Mentoring circles in Slack.", version_flags=[])
say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

WRONG = 2
BROKEN = 1


@app.command
def run() -> int:
    """Connect to Slack and run until told to stop (Ctrl-C or SIGTERM)."""
    settings = read_settings()
    logs.set_up(settings.log_level, as_json=settings.log_json)
    return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with running(settings) as bot:
        say.print(f"Running for {bot.installation.name}. Health: {bot.http_url}/healthz. Ctrl-C stops.")
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), timeout=5)
            except TimeoutError:
                if bot.socket is not None and bot.socket.is_dead:
                    complain.print("No connection to Slack for minutes. Ending, so that I can be started afresh.")
                    return BROKEN
    return 0


@app.command
def sandbox(
    *,
    seed: Literal["season", "empty"] = "season",
    port: int = 8765,
    mode: Literal["socket", "http"] = "socket",
) -> int:
    """The whole bot with a pretend Slack in the browser; no account, nothing leaves this machine."""
    logs.set_up("WARNING")
    return sandbox_run.main(seed=seed, port=port, mode=mode)


@app.command
def migrate() -> int:
    """Bring the database up to date."""
    settings = parse_settings()
    migrations.upgrade(settings.database_url.get_secret_value(), _keyring(settings))
    say.print("The database is up to date.")
    return 0


@app.command
def migration(message: Annotated[str, Parameter(help="What changes, in a few words.")]) -> int:
    """For developers: write a migration from the difference between the models and the database."""
    with tempfile.TemporaryDirectory() as folder:
        path = migrations.new_revision(f"sqlite:///{folder}/models.db", message)
    say.print(f"Written: {path}. Read it before you commit it.")
    return 0


@app.command
def doctor() -> int:
    """Check tokens, permissions, database, migrations and clock, and say what to do."""
    return asyncio.run(_doctor(parse_settings()))


async def _doctor(settings: Settings) -> int:
    well = True
    async for finding in doctors.examine(settings, clock):
        well = well and finding.well
        say.print("\n".join(doctors.lines([finding])), style="" if finding.well else "bold")
    say.print("All is well." if well else "Some things need you; see above.")
    return 0 if well else BROKEN


@app.command
def new_key(name: str = "k1") -> int:
    """Make a key that seals what members write, for MENTOR_ENCRYPTION_KEYS."""
    say.print(fresh_key(name), soft_wrap=True)
    return 0


@app.command
def rotate_keys() -> int:
    """Seal everything again with the first key of MENTOR_ENCRYPTION_KEYS; afterwards the former ones can go."""
    return asyncio.run(_rotate_keys(read_settings()))


async def _rotate_keys(settings: Settings) -> int:
    keyring = Keyring.parse(settings.encryption_keys.get_secret_value())
    store = Store(connect(settings.database_url.get_secret_value(), keyring))
    try:
        async for column in reseal(store, keyring):
            say.print(f"{column.column}: {column.count} sealed again")
    finally:
        await store.close()
    say.print(f"Everything is sealed with {keyring.first}. You can take the other keys out now.")
    return 0


letters = App(name="outbox", help="Letters: what waits, what failed, what is uncertain.")
app.command(letters)
letters.command(
    "bot.mailroom:show_letters", name="list", help="The letters in one state; without one, those that need somebody."
)
letters.command("bot.mailroom:show", name="show", help="One letter's whole story, by its number or its key.")
letters.command("bot.mailroom:retry", name="retry", help="Send one again that was given up or is uncertain.")
letters.command("bot.mailroom:drop", name="drop", help="Give one up, and say why.")
letters.command("bot.mailroom:seen", name="seen", help="One that is uncertain stands in its channel.")
letters.command(
    "bot.mailroom:restored",
    name="restored",
    help="The database was put back from a backup: look for what may have gone out since.",
)

MATCH = (
    "Try the matcher on a document (JSON or CSV), without any workspace. Ctrl-C gives the best answer so far. "
    "What a document and an answer hold, with a complete example of each draw: docs/matching.md."
)

# The matcher brings numpy and scipy, which a start of the bot does not wait for.
app.command("bot.draws:match", name="match", help=MATCH)
app.command("bot.draws:replay", name="replay", help="Does the same draw give the same bytes again?")
app.command("bot.rosters:bring_in", name="import", help="Bring members in from a CSV or JSON file, or skills.")
app.command("bot.rosters:export", name="export", help="Write members, or skills, into a CSV or JSON file.")


def _keyring(settings: Settings) -> Keyring:
    keys = settings.encryption_keys.get_secret_value()
    return Keyring.parse(keys or fresh_key())


def main() -> None:
    try:
        sys.exit(app())
    except (SettingsError, KeyringError, StartError, migrations.NewerDatabase) as wrong:
        complain.print(str(wrong), style="bold")
        if isinstance(wrong, SettingsError) and not Path(".env").exists():
            complain.print("Copy .env.example to .env and fill it in, or try `make sandbox`, which needs nothing.")
        sys.exit(WRONG)


if __name__ == "__main__":
    main()
