"""The questions of delivery use their indexes, so that a million letters for later cost nothing."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.ids import TeamId
from bot.store.agenda import figures, next_moment, teams_with_work
from bot.store.delivery import Delivery
from bot.store.inbox import Inbox
from bot.store.leases import Pace
from bot.store.outbox import outbox
from bot.store.unit_of_work import Store
from tests.builders import an_installation
from tests.clock import START

EXPECTED = {
    "heads": {"ix_outbox_pending", "uq_outbox_flying", "ix_outbox_lane"},
    "expire": {"ix_outbox_expires"},
    "lose_leases": {"ix_outbox_lease"},
    "to_look_for": {"ix_outbox_check"},
    "teams_with_work": {"ix_outbox_pending", "ix_outbox_lease", "ix_outbox_check"},
    "next_moment": {"ix_outbox_pending", "ix_outbox_lease", "ix_outbox_check", "ix_outbox_lane"},
    "inbox": {"ix_inbox_open"},
}


@pytest.fixture
async def statements(engine: AsyncEngine) -> AsyncIterator[list]:
    asked: list = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine.sync_engine, "before_cursor_execute", note)


@pytest.mark.database("sqlite")
async def test_every_question_uses_its_indexes(store: Store, team: TeamId, statements: list):
    async with store.open_work(team) as work:
        await work.installations.save(an_installation(team))
    async with store.transaction() as connection:
        delivery = Delivery(connection, team)
        questions = {
            "heads": lambda: delivery.heads(START, 8),
            "expire": lambda: delivery.expire(START),
            "lose_leases": lambda: delivery.lose_leases(START, START + timedelta(minutes=1)),
            "to_look_for": lambda: delivery.to_look_for(START, 8, again=START),
            "teams_with_work": lambda: teams_with_work(connection, START),
            "next_moment": lambda: next_moment(connection, START, Pace()),
            "inbox": lambda: Inbox(connection).any_due(START),
        }
        for name, ask in questions.items():
            statements.clear()
            await ask()
            statement, parameters = statements[0]
            rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            plan = " ".join(row[3] for row in rows)
            missing = {index for index in EXPECTED[name] if index not in plan}
            assert not missing, f"{name} does without {missing}: {plan}"
            assert "SCAN outbox" not in plan, f"{name} walks all letters: {plan}"


BACKLOG = text(
    "INSERT INTO outbox (team, key, recipient, lane, kind, subject, due, state, attempt)"
    " SELECT 'T0OAK', 'k:' || n, 'C' || n % 100, 'C' || n % 100, 'k', n, 0, 'pending', 0"
    " FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n"
)


@pytest.mark.database("postgresql")
@pytest.mark.parametrize("before", ["nothing", "one conversation", "what was deleted"])
async def test_a_backlog_that_postgresql_has_not_looked_at_yet_is_claimed_by_its_indexes(
    engine, team, statements, before
):
    """Statistics lag a minute behind; no claim walks thousands of letters until then."""
    async with engine.connect() as connection, connection.begin() as begun:
        if before != "nothing":
            await connection.execute(BACKLOG, {"first": 0, "last": 0 if before == "one conversation" else 2000})
        if before == "what was deleted":
            await connection.execute(outbox.delete())
        await connection.execute(text("ANALYZE outbox"))
        await connection.execute(BACKLOG, {"first": 10_000, "last": 20_000})
        await Delivery(connection, team).heads(START, 8)
        by_index, (statement, parameters), _as_usual = statements[-3:]
        await connection.exec_driver_sql(by_index[0])
        rows = (await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, TIMING OFF) {statement}", parameters)).all()
        plan = "\n".join(row[0] for row in rows)
        await begun.rollback()
    assert not re.search(r"Seq Scan on outbox|Join|Removed by Filter: \d{3}", plan), plan


async def test_the_figures_of_an_empty_outbox(store: Store):
    async with store.transaction(read_only=True) as connection:
        found = await figures(connection, START)
    assert (found.pending, found.dead, found.oldest_due) == (0, 0, None)


async def test_the_figures_tell_the_oldest_that_is_due(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        for hours in (-3, -1, 5):
            await work.outbox.add("a.letter", hours, to="U0ANA", due=START + timedelta(hours=hours))
    async with store.transaction(read_only=True) as connection:
        found = await figures(connection, START)
    assert (found.pending, found.oldest_due) == (3, START - timedelta(hours=3))
