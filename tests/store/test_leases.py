"""Gates let so much through in a minute, pause when told, and belong to one worker at a time."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.ids import TeamId
from bot.store.leases import Gate, Gates, Pace
from bot.store.unit_of_work import Store
from tests.clock import START

PACE = Pace(per_minute=60, burst=10, reads_per_minute=30, reads_burst=5)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seconds", "tokens", "reads"), [(0, 2, 1), (1, 3, 1.5), (5, 7, 3.5), (99, 10, 5), (-30, 2, 1)]
)
def test_a_gate_fills_up_with_time_and_never_empties_when_the_clock_steps_back(seconds, tokens, reads):
    gate = Gate(2, 1, START).refilled(PACE, START + seconds * SECOND)
    assert (gate.tokens, gate.reads) == (pytest.approx(tokens), pytest.approx(reads))


def test_a_paused_gate_has_no_room():
    gate = Gate(5, 5, START, paused_until=START + SECOND, reads_paused_until=START + 2 * SECOND)
    assert [gate.room(START), gate.room(START + SECOND)] == [0, 5]
    assert [gate.reading_room(START + SECOND), gate.reading_room(START + 2 * SECOND)] == [0, 5]


def test_how_long_until_a_token_is_there():
    assert PACE.until_token(0.25) == 0.75 * SECOND
    assert PACE.until_token(3) == timedelta(0)


async def test_a_new_gate_is_full_and_remembers_what_was_taken(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        gates = Gates(work.connection, team)
        gate = await gates.lock(PACE, START)
        assert (gate.tokens, gate.reads) == (10, 5)
        await gates.save(Gate(4, 2, START))
    async with store.open_work(team) as work:
        gate = await Gates(work.connection, team).lock(PACE, START + 2 * SECOND)
        assert (gate.tokens, gate.reads) == (6, 3)


async def test_a_longer_pause_stands(store: Store, team: TeamId):
    async with store.open_work(team) as work:
        gates = Gates(work.connection, team)
        await gates.lock(PACE, START)
        await gates.pause(START + 30 * SECOND)
        await gates.pause(START + 5 * SECOND)
        assert (await gates.lock(PACE, START)).paused_until == START + 30 * SECOND
        await gates.pause(START + 60 * SECOND)
        assert (await gates.lock(PACE, START)).paused_until == START + 60 * SECOND


@pytest.mark.database("postgresql")
async def test_another_replica_does_not_wait_for_a_gate_that_is_held(store: Store, team: TeamId):
    held, done = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with store.open_work(team) as work:
            assert await Gates(work.connection, team).lock(PACE, START)
            held.set()
            await done.wait()

    async with store.open_work(team) as work:
        await Gates(work.connection, team).lock(PACE, START)
    holder = asyncio.create_task(hold())
    await held.wait()
    async with store.open_work(team) as work:
        assert await Gates(work.connection, team).lock(PACE, START) is None
        assert await Gates(work.connection, TeamId("T0ELM")).lock(PACE, START), "another workspace's gate is free"
    done.set()
    await holder
