"""Runs the chaos on PostgreSQL and on SQLite, and prints what came of it; exit code 1 where anything was not as promised."""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.chaos import pair
from benchmarks.chaos.letters import FASTER, PACE, Promise, judge, moment_of, plan, promise
from bot.domain.ids import ChannelId, TeamId
from bot.sandbox import server
from bot.sandbox.faults import Trouble
from bot.store.engine import connect
from bot.store.installations import Installation
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade
from bot.store.outbox import State, outbox
from bot.store.unit_of_work import Store
from tests.sandbox.calling import ALL_SCOPES, with_scopes

TROUBLES = (
    *(Trouble("cut_after_accept"), Trouble("cut_before"), Trouble("http_500"), Trouble("http_500_after")),
    *(Trouble("ratelimit", seconds=2), Trouble("slow", seconds=7), Trouble("error", error="fatal_error")),
)
KILL_EVERY = (4.0, 8.0)
CALLS_A_FAULT = 15
METHODS = ("chat.postMessage", "chat.postMessage", "conversations.history")
BACKUP_BEFORE = 3.0
LONGEST = 600.0


@dataclass
class Run:
    slack: server.Server
    store: Store
    order: dict[str, Any]
    zygote: asyncio.subprocess.Process
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    alive: list[int] = field(default_factory=list)
    kills: int = 0
    troubles: int = 0

    async def start_replica(self) -> None:
        assert self.zygote.stdin and self.zygote.stdout
        self.zygote.stdin.write(json.dumps(self.order).encode() + b"\n")
        await self.zygote.stdin.drain()
        self.alive.append(int(await self.zygote.stdout.readline()))

    def kill(self, place: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.alive.pop(place), signal.SIGKILL)
        self.kills += 1

    async def keep_killing(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(*KILL_EVERY))
            if self.alive:
                self.kill(self.dice.randrange(len(self.alive)))
                await asyncio.sleep(0.3)
                await self.start_replica()

    async def make_trouble(self) -> None:
        """One call in so many fails, so that what is tried again mostly comes through."""
        slack, at = self.slack.slack, 0
        while True:
            await asyncio.sleep(0.05)
            if slack.calls_made < at or slack.faults.planned:
                continue
            at = slack.calls_made + self.dice.randrange(2 * CALLS_A_FAULT)
            chosen, method = self.dice.choice(TROUBLES), self.dice.choice(METHODS)
            slack.faults.plan(Trouble(chosen.kind, method, chosen.error, 1, chosen.seconds))
            self.troubles += 1


@contextlib.asynccontextmanager
async def zygote() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.chaos.replica", *sys.argv[1:]),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def chaos(
    name: str, database: str, replicas: int, count: int, blind: bool, fail: Callable[[Run], Awaitable[None]]
) -> bool:
    """One run; whether all was as promised."""
    keys = new_key()
    await asyncio.to_thread(upgrade, database, Keyring.parse(keys))
    store = Store(connect(database, Keyring.parse(keys)))
    scopes = [scope for scope in ALL_SCOPES if not (blind and scope in ("groups:history", "channels:history"))]
    slack_of_now = server.running(seed="empty", manifest=with_scopes(*scopes), start=datetime.now(UTC))
    async with slack_of_now as slack, zygote() as process:
        team, channels = await workspace(slack, store, scopes, min(300, count))
        start, over = datetime.now(UTC) + timedelta(seconds=3), timedelta(minutes=count / PACE.per_minute)
        promises = plan(count, channels, start, over)
        await promise(store, team, promises)
        order = {"database": database, "keys": keys, "token": slack.bot_token, "api": slack.api_url}
        run = Run(slack, store, order, process)
        for _ in range(replicas):
            await run.start_replica()
        await _until_done(run, store, fail, start + over)
        clean = await _report(name, run, store, promises)
    await store.close()
    return clean


async def workspace(
    slack: server.Server, store: Store, scopes: list[str], count: int
) -> tuple[TeamId, list[ChannelId]]:
    """An installation and its channels; Slack keeps its limits, which are higher than they are elsewhere."""
    workspace, limits = slack.workspace, slack.slack.limits
    bot = workspace.bot.id
    rooms = [workspace.add_channel(f"room-{n}", "private", creator=bot, members=[bot]) for n in range(count)]
    once = limits.call
    limits.call = lambda method, per_minute: once(method, per_minute * FASTER)  # type: ignore[method-assign]
    team = TeamId(workspace.team_id)
    known = Installation(team, "Chaos", bot, workspace.app_id, slack.bot_token, tuple(scopes), datetime.now(UTC))
    async with store.open_work(team) as work:
        await work.installations.save(known)
    return team, [ChannelId(room.id) for room in rooms]


async def _until_done(run: Run, store: Store, fail: Callable[[Run], Awaitable[None]], end: datetime) -> None:
    """Kill and make trouble until nothing is due any more, then let the last ones be settled in peace."""
    begun = time.monotonic()
    at_work = [asyncio.create_task(work) for work in (run.keep_killing(), run.make_trouble(), fail(run))]
    while time.monotonic() - begun < LONGEST:
        await asyncio.sleep(1)
        for task in at_work:
            if task.done() and not task.cancelled() and task.exception():
                task.result()
        with contextlib.suppress(SQLAlchemyError):
            pending, flying = await open_letters(store)
            if not pending and datetime.now(UTC) > end:
                for task in at_work:
                    task.cancel()
                await asyncio.gather(*at_work, return_exceptions=True)
            if not pending and not flying:
                break
    while run.alive:
        run.kill(0)


async def open_letters(store: Store) -> tuple[int, int]:
    """How many letters wait, and how many are on their way or looked for."""
    async with store.transaction(read_only=True) as connection:
        found = dict((await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))).all())
    return found.get("pending", 0), found.get("sending", 0) + found.get("unknown", 0)


async def _report(name: str, run: Run, store: Store, promises: list[Promise]) -> bool:
    async with store.transaction(read_only=True) as connection:
        rows = (await connection.execute(select(outbox.c.subject, outbox.c.state))).all()
    states = {int(subject): State(state) for subject, state in rows}
    posted = [(int(message.text), moment_of(message.ts)) for message in run.slack.workspace.posted]
    verdict = judge(promises, states, posted)
    moments = sorted(at for _number, at in posted)
    most = moments[: int(len(moments) * 0.95)]
    rate = len(most) / max(1.0, (most[-1] - most[0]).total_seconds()) * 60
    print(
        f"\n{name}: {len(promises)} promised, {len(posted)} said; {run.kills} times kill -9, {run.troubles} faults\n"
        f"  lost {verdict.lost}  twice {verdict.twice}  early {verdict.early}  moot {verdict.moot}"
        f"  left to people {verdict.uncertain}  unfinished {verdict.unfinished}\n"
        f"  throughput {rate:.0f} a minute over the first 95 %, of a ceiling of {PACE.per_minute}"
        f" ({rate / PACE.per_minute:.0%}, with all of that going on); {(moments[-1] - moments[0]).total_seconds():.0f} s",
        flush=True,
    )
    return verdict.is_clean


async def on_postgresql(count: int, *, blind: bool) -> bool:
    with pair.running() as servers:

        async def fail_over(run: Run) -> None:
            await asyncio.sleep(_halfway(count))
            await asyncio.to_thread(servers.cut_off)
            await asyncio.sleep(BACKUP_BEFORE)
            await asyncio.to_thread(servers.fail_over, 5.0)

        return await chaos("PostgreSQL, three replicas, a fail-over", servers.url, 3, count, blind, fail_over)


async def on_sqlite(count: int, *, blind: bool) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mentor.db"

        async def restore(run: Run) -> None:
            """A copy is made, some more is sent, and the copy is put back."""
            await asyncio.sleep(_halfway(count))
            copy = path.with_suffix(".backup")
            await asyncio.to_thread(_copy, path, copy)
            await asyncio.sleep(BACKUP_BEFORE)
            while run.alive:
                run.kill(0)
            await run.store.close()
            for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                old.unlink(missing_ok=True)
            shutil.copyfile(copy, path)
            await run.start_replica()

        return await chaos("SQLite, one process, a backup put back", f"sqlite:///{path}", 1, count, blind, restore)


def _copy(path: Path, copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute(f"VACUUM INTO '{copy}'")


def _halfway(count: int) -> float:
    return 3 + count / PACE.per_minute * 30


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--letters", type=int, default=5000)
    parser.add_argument("--on", choices=("postgresql", "sqlite", "both"), default="both")
    parser.add_argument("-v", action="store_true", help="show what the replicas log")
    parser.add_argument("--blind", action="store_true", help="the bot may not read in channels")
    given = parser.parse_args()
    clean = True
    for name, play in (("postgresql", on_postgresql), ("sqlite", on_sqlite)):
        if given.on in (name, "both"):
            clean = await play(given.letters, blind=given.blind) and clean
    return 0 if clean else 1


if __name__ == "__main__":
    # Connections of replicas that were killed make the sandbox's server complain.
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sys.exit(asyncio.run(main()))
