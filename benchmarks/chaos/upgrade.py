"""A rolling upgrade for real: two replicas of an older commit at work on PostgreSQL, this version migrates under them and
starts two of its own, all four go on side by side, then the old ones are ended. Exit code 1 where anything was not as promised.

The older commit is the one before the last migration, or `--old`; it is checked out beside, and runs from there.
"""

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, select

from benchmarks.chaos.__main__ import open_letters, workspace
from benchmarks.chaos.letters import Verdict, judge, moment_of, plan, promise
from bot.sandbox import server
from bot.store import migrate
from bot.store.engine import connect
from bot.store.keyring import Keyring, new_key
from bot.store.outbox import State, outbox
from bot.store.unit_of_work import Store
from tests import postgres
from tests.sandbox.calling import ALL_SCOPES, with_scopes

ROOT = Path(__file__).parents[2]
UPGRADE = "import sys; from bot.store import keyring, migrate; migrate.upgrade(sys.argv[1], keyring.Keyring.parse(sys.argv[2]))"
ALONE, BESIDE, AFTER = 0.25, 0.5, 0.25
"""Parts of the time: the old ones alone, both, the new ones alone."""
LONGEST = 180.0


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def before_the_last_migration() -> str:
    last = git("log", "-1", "--format=%H", "--diff-filter=A", "--", "migrations/versions")
    return git("rev-parse", f"{last}^")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "old"
        git("worktree", "add", "--detach", str(place), commit)
        try:
            yield place
        finally:
            git("worktree", "remove", "--force", str(place))


@asynccontextmanager
async def replicas(place: Path, count: int, order: dict[str, Any]) -> AsyncIterator[list[int]]:
    """So many of the version in this folder; their process ids."""
    mother = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.chaos.replica"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=place,
        process_group=0,
    )
    assert mother.stdin and mother.stdout
    pids = []
    for _ in range(count):
        mother.stdin.write(json.dumps(order).encode() + b"\n")
        await mother.stdin.drain()
        pids.append(int(await mother.stdout.readline()))
    try:
        yield pids
    finally:
        os.killpg(mother.pid, 9)
        await mother.wait()


def living(pids: list[int]) -> int:
    return sum(Path(f"/proc/{pid}").exists() for pid in pids)


async def owners(store: Store, since: datetime | None = None) -> dict[str, int]:
    """Who has sent how many letters, since then."""
    question = select(outbox.c.lease_owner, func.count()).where(outbox.c.state == State.SENT.value)
    if since:
        question = question.where(outbox.c.done >= since)
    async with store.transaction(read_only=True) as connection:
        return dict((await connection.execute(question.group_by(outbox.c.lease_owner))).all())


async def roll(url: str, old: Path, keys: str, count: int, seconds: float) -> bool:
    store = Store(connect(url, Keyring.parse(keys)))
    slack_of_now = server.running(seed="empty", manifest=with_scopes(*ALL_SCOPES), start=datetime.now(UTC))
    async with slack_of_now as slack, AsyncExitStack() as beside:
        team, channels = await workspace(slack, store, list(ALL_SCOPES), min(300, count))
        promises = plan(count, channels, datetime.now(UTC) + timedelta(seconds=3), timedelta(seconds=seconds))
        await promise(store, team, promises)
        order = {"database": url, "keys": keys, "token": slack.bot_token, "api": slack.api_url}
        async with replicas(old, 2, order) as pids:
            await asyncio.sleep(3 + seconds * ALONE)
            by_old = await owners(store)
            begun = time.perf_counter()
            await asyncio.to_thread(migrate.upgrade, url, Keyring.parse(keys))
            took, migrated = time.perf_counter() - begun, datetime.now(UTC)
            await beside.enter_async_context(replicas(ROOT, 2, order))
            await asyncio.sleep(seconds * BESIDE)
            alive = living(pids)
            since = await owners(store, migrated)
        end = time.monotonic() + LONGEST
        while any(await open_letters(store)) and time.monotonic() < end:
            await asyncio.sleep(1)
        async with store.transaction(read_only=True) as connection:
            rows = (await connection.execute(select(outbox.c.subject, outbox.c.state))).all()
        said = [(int(message.text), moment_of(message.ts)) for message in slack.workspace.posted]
    await store.close()
    verdict = judge(promises, {int(subject): State(state) for subject, state in rows}, said)
    old_since = sum(number for who, number in since.items() if who in by_old)
    print(f"  migrated in {took:.1f} s while {sum(by_old.values())} letters had gone out by the old version")
    print(f"  side by side for {seconds * BESIDE:.0f} s: {old_since} letters by the old version,", end=" ")
    print(f"{sum(since.values()) - old_since} by the new one; {alive} of 2 old replicas alive at the end of it")
    return told(verdict, count, len(said)) and alive == 2 and old_since > 0 and len(since) > len(by_old)


def told(verdict: Verdict, promised: int, said: int) -> bool:
    print(
        f"  {promised} promised, {said} said; lost {verdict.lost}  twice {verdict.twice}  early {verdict.early}",
        end="",
    )
    print(f"  moot {verdict.moot}  left to people {verdict.uncertain}  unfinished {verdict.unfinished}", flush=True)
    return verdict.is_clean


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos.upgrade", description=__doc__)
    parser.add_argument(
        "--old", default="", help="the commit that runs before; without it, the one before the last migration"
    )
    parser.add_argument("--letters", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    commit, keys = given.old or before_the_last_migration(), new_key()
    with checked_out(commit) as old, postgres.one_to_stop() as database:
        subprocess.run([sys.executable, "-c", UPGRADE, database.url, keys], cwd=old, check=True)
        print(f"Rolling upgrade from {git('log', '-1', '--format=%h', commit)} (migrations up to", end=" ")
        print(
            f"{max(path.name[:4] for path in (old / 'migrations/versions').glob('*.py'))}) to {migrate.head()}:",
            flush=True,
        )
        return 0 if asyncio.run(roll(database.url, old, keys, given.letters, given.seconds)) else 1


if __name__ == "__main__":
    # Connections of replicas that were ended make the sandbox's server complain.
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sys.exit(main())
