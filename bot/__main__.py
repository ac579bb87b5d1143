"""The command line: run the bot, try it, look after it."""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console

from bot import doctor as doctors
from bot import logs
from bot.app import StartError, clock, running
from bot.config import Settings, SettingsError, read_settings
from bot.domain.ids import ChannelId, LetterId, MemberId, Timestamp
from bot.sandbox import run as sandbox_run
from bot.store import migrate as migrations
from bot.store.engine import connect
from bot.store.keyring import Keyring, KeyringError
from bot.store.keyring import new_key as fresh_key
from bot.store.messages import Place
from bot.store.outbox import State
from bot.store.reseal import reseal
from bot.store.unit_of_work import Store, Work

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
    settings = Settings()
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
    return asyncio.run(_doctor(Settings()))


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

OPERATOR = MemberId("operator")


@letters.command(name="list")
def show_letters(
    state: Literal["all", "pending", "sending", "unknown", "uncertain", "dead", "sent", "moot"] = "all",
) -> int:
    """The newest letters, or those in one state; `uncertain` are those that somebody has to look for."""
    return asyncio.run(_with_work(lambda work: _list(work, state)))


async def _list(work: Work, state: str) -> int:
    found = await work.outbox.uncertain() if state == "uncertain" else await work.outbox.standing(*_states(state))
    for standing in found:
        letter = standing.letter
        say.print(f"{letter.id:>6}  {standing.state:<9}  {letter.due:%Y-%m-%d %H:%M}  {letter.key}  {standing.error}")
    say.print(f"{len(found)} letters in {work.team}.")
    return 0


def _states(state: str) -> list[State]:
    return [] if state == "all" else [State(state)]


@letters.command
def retry(letter: int) -> int:
    """Send a letter that was given up once more."""
    return asyncio.run(_with_work(lambda work: _retry(work, LetterId(letter))))


async def _retry(work: Work, letter: LetterId) -> int:
    return _told(await work.outbox.retry(letter, by=OPERATOR, now=clock()), f"Letter {letter} will be sent again.")


@letters.command
def drop(letter: int, why: str) -> int:
    """Give a letter up, with a reason that is kept in the audit log."""
    return asyncio.run(_with_work(lambda work: _drop(work, LetterId(letter), why)))


async def _drop(work: Work, letter: LetterId, why: str) -> int:
    return _told(await work.outbox.drop(letter, why, by=OPERATOR, now=clock()), f"Letter {letter} is dropped.")


@letters.command
def seen(letter: int, channel: str, ts: str) -> int:
    """Settle an uncertain letter that you have seen standing in its channel."""
    place = Place(ChannelId(channel), Timestamp(ts))
    return asyncio.run(_with_work(lambda work: _seen(work, LetterId(letter), place)))


async def _seen(work: Work, letter: LetterId, place: Place) -> int:
    return _told(await work.outbox.settle(letter, place, by=OPERATOR, now=clock()), f"Letter {letter} is settled.")


def _told(done: bool, words: str) -> int:
    say.print(words if done else "There is no such letter in a state that allows it. `outbox list` shows them.")
    return 0 if done else BROKEN


async def _with_work(act: Callable[[Work], Awaitable[int]]) -> int:
    """Run this in each workspace; the worst exit code of them."""
    settings = read_settings()
    store = Store(connect(settings.database_url.get_secret_value(), _keyring(settings)))
    try:
        codes = []
        for installation in await store.teams():
            async with store.open_work(installation.team) as work:
                codes.append(await act(work))
        return min(codes, default=0)
    finally:
        await store.close()


# The matcher brings numpy and scipy, which a start of the bot does not wait for.
app.command("bot.draws:match", name="match")
app.command("bot.draws:replay", name="replay")
app.command("bot.rosters:bring_in", name="import")
app.command("bot.rosters:export", name="export")


def _keyring(settings: Settings) -> Keyring:
    keys = settings.encryption_keys.get_secret_value()
    return Keyring.parse(keys or fresh_key())


def main() -> None:
    try:
        sys.exit(app())
    except (SettingsError, KeyringError, StartError) as wrong:
        complain.print(str(wrong), style="bold")
        if isinstance(wrong, SettingsError) and not Path(".env").exists():
            complain.print("Copy .env.example to .env and fill it in, or try `make sandbox`, which needs nothing.")
        sys.exit(WRONG)


if __name__ == "__main__":
    main()
