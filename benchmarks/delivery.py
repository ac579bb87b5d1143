"""Delivery: what a claim and a planning tick cost beside a million letters for later, how near replicas come to the ceiling
of Slack's limit, and how late a letter is when there is little to do."""

import asyncio
import contextlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from benchmarks.chaos.__main__ import Run, open_letters, workspace, zygote
from benchmarks.chaos.letters import FEATURE, KIND, PACE, TERMS, Promise, moment_of, plan, promise
from benchmarks.report import Table, milliseconds, spread
from bot.domain.ids import ChannelId, TeamId
from bot.feature import Deps
from bot.jobs.claim import Claimer
from bot.jobs.nudge import Nudges
from bot.repertoire import FEATURES
from bot.sandbox import server
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.store.engine import connect
from bot.store.installations import Installation
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade
from bot.store.outbox import outbox
from bot.store.unit_of_work import Store, inside_work
from tests import postgres
from tests.sandbox.calling import ALL_SCOPES, with_scopes

TEAM = TeamId("T0BENCH")
FEW, MANY = 10_000, 1_000_000
ROUNDS = 40
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECONDS = 20
FILL = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) ",
    "postgresql": "WITH n(i) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint))) ",
}
ROWS = (
    "INSERT INTO outbox (team, key, recipient, lane, kind, subject, due, state, attempt, failures)"
    " {} SELECT 'T0BENCH', 'later:' || i, 'C' || (i % 300), 'C' || (i % 300), 'chaos.word', '1',"
    " CAST(:due AS bigint) + i * 60000000, 'pending', 0, 0 FROM n"
)


async def measure() -> Table:
    table = Table("Delivery", ("what", "", "", "wanted"))
    with tempfile.TemporaryDirectory() as folder, postgres.running() as url:
        for name, database in (("SQLite", f"sqlite:///{folder}/bench.db"), ("PostgreSQL", url)):
            async with _opened(database) as store:
                table.rows += await _costs(name, store)
        for name, database, replicas in (
            ("SQLite", f"sqlite:///{folder}/pace.db", (1,)),
            ("PostgreSQL", url, (1, 2, 3)),
        ):
            for count in replicas:
                share, late = await _live(database, count)
                wanted = 0.9 if name == "SQLite" else 0.95
                table.rows.append((f"{name}, {count} at the ceiling", f"{share:.1%}", "", f">= {wanted:.0%}"))
            table.rows.append((f"{name}, lateness", *spread(late)[:2], "median 1 s, 99 % 3 s"))
    return table


@contextlib.asynccontextmanager
async def _opened(database: str) -> AsyncIterator[Store]:
    keyring = Keyring.parse(new_key())
    await asyncio.to_thread(upgrade, database, keyring)
    store = Store(connect(database, keyring))
    async with store.open_work(TEAM) as work:
        await work.installations.save(Installation(TEAM, "Bench", "U0BOT", "A1", "xoxb-1", (), NOW))
    yield store
    await store.close()


async def _costs(name: str, store: Store) -> list[tuple[str, str, str, str]]:
    empty = await _planning(store)
    await _fill(store, 1, FEW)
    few = await _claiming(store)
    await _fill(store, FEW + 1, MANY)
    many, full = await _claiming(store), await _planning(store)
    return [
        (f"{name}, a claim of 8", f"{milliseconds(few)} → {milliseconds(many)}", f"x {many / few:.2f}", "x 1.3"),
        (f"{name}, planning", f"{milliseconds(empty)} → {milliseconds(full)}", f"x {full / empty:.2f}", "x 1.5"),
    ]


async def _fill(store: Store, first: int, last: int) -> None:
    async with store.transaction() as connection:
        due = int((NOW + timedelta(days=1)).timestamp()) * 1_000_000
        insert = text(ROWS.format(FILL[store.engine.dialect.name]))
        await connection.execute(insert, {"first": first, "last": last, "due": due})
    async with store.transaction() as connection:
        await connection.execute(text("ANALYZE"))


async def _claiming(store: Store) -> float:
    claimer = Claimer(store, {one.kind: one for one in FEATURE.letters}, owner="bench", terms=TERMS)

    async def claim(moment: datetime) -> None:
        assert len((await claimer.claim(TEAM, moment, 8)).parcels) == 8

    async def prepare(moment: datetime) -> None:
        async with store.transaction() as connection:
            await connection.execute(outbox.delete().where(outbox.c.key.in_([f"{KIND}:{n}" for n in range(1, 9)])))
        await promise(store, TEAM, [Promise(n, ChannelId(f"CNOW{n}"), moment) for n in range(1, 9)])

    return await _timed(claim, prepare)


async def _planning(store: Store) -> float:
    gateway = Gateway(lambda _team: NotImplemented, inside_work)
    deps = Deps(store=store, slack=gateway, directory=Directory(gateway), now=lambda: NOW)
    nudges = Nudges(deps, FEATURES)

    async def tick(_moment: datetime) -> None:
        await nudges.run_once()

    async def nothing(_moment: datetime) -> None:
        pass

    return await _timed(tick, nothing)


async def _timed(act: Callable[[datetime], Awaitable[None]], prepare: Callable[[datetime], Awaitable[None]]) -> float:
    taken = []
    for number in range(ROUNDS):
        moment = NOW + timedelta(seconds=5 * number)
        await prepare(moment)
        begun = time.perf_counter()
        await act(moment)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[ROUNDS // 4 :])


async def _live(database: str, replicas: int) -> tuple[float, list[float]]:
    """The share of the ceiling with a backlog, and how late letters are that are due one after the other."""
    keys = new_key()
    await asyncio.to_thread(upgrade, database, Keyring.parse(keys))
    store = Store(connect(database, Keyring.parse(keys)))
    async with store.transaction() as connection:
        for table in ("outbox", "gates", "lanes", "beats", "installations"):
            await connection.execute(text(f"DELETE FROM {table}"))
    slack_of_now = server.running(seed="empty", manifest=with_scopes(*ALL_SCOPES), start=datetime.now(UTC))
    async with slack_of_now as slack, zygote() as process:
        team, channels = await workspace(slack, store, ALL_SCOPES, 300)
        run = Run(
            slack,
            store,
            {"database": database, "keys": keys, "token": slack.bot_token, "api": slack.api_url},
            process,
        )
        for _ in range(replicas):
            await run.start_replica()
        await asyncio.sleep(3)
        share = await _backlog(run, team, channels)
        late = await _trickle(run, team, channels)
        while run.alive:
            run.kill(0)
    await store.close()
    return share, late


async def _backlog(run: Run, team: TeamId, channels: list[ChannelId]) -> float:
    count = PACE.burst + PACE.per_minute * SECONDS // 60
    now = datetime.now(UTC)
    await promise(
        run.store,
        team,
        [Promise(2 * n * 25 + 1, one.channel, now) for n, one in enumerate(plan(count, channels, now, timedelta()))],
    )
    await _sent(run, count)
    moments = sorted(moment_of(message.ts) for message in run.slack.workspace.posted)
    # The burst goes at once; after it, only what the ceiling lets through.
    after = moments[PACE.burst :]
    return (len(after) - 1) / (after[-1] - after[0]).total_seconds() * 60 / PACE.per_minute


async def _trickle(run: Run, team: TeamId, channels: list[ChannelId]) -> list[float]:
    await asyncio.sleep(5)
    before = len(run.slack.workspace.posted)
    start = datetime.now(UTC) + timedelta(seconds=2)
    promises = [
        Promise(100_001 + 25 * n, one.channel, one.due)
        for n, one in enumerate(plan(60, channels, start, timedelta(seconds=SECONDS)))
    ]
    await promise(run.store, team, promises)
    await _sent(run, before + len(promises))
    due = {one.number: one.due for one in promises}
    posted = run.slack.workspace.posted[before:]
    return [(moment_of(message.ts) - due[int(message.text)]).total_seconds() for message in posted]


async def _sent(run: Run, count: int) -> None:
    deadline = time.monotonic() + 6 * SECONDS
    while len(run.slack.workspace.posted) < count and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    while time.monotonic() < deadline and sum(await open_letters(run.store)):
        await asyncio.sleep(0.2)
