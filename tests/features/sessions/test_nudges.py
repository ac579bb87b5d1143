"""What the bot does for a session by itself, hour by hour."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import when
from bot.domain.circles import CircleState
from bot.domain.sessions import Presence, SessionState
from bot.feature import Moot, Send
from bot.features.sessions import letters, nudges
from bot.store.messages import Place
from tests.builders import an_id

KINDS = ("sessions.agenda", "sessions.thread", "sessions.wrapup", "sessions.commit")


@pytest.fixture
def nudge(store, team, clock):
    async def run():
        for one in nudges.NUDGES:
            async with store.open_work(team) as work:
                await one.plan(work, clock.now())

    return run


@pytest.fixture
def first(sessions_of, oak):
    async def read():
        return (await sessions_of(oak))[0]

    return read


@pytest.fixture
def compose(store, team, clock):
    async def run(letter):
        kinds = {kind.kind: kind.compose for kind in letters.LETTERS}
        async with store.open_work(team) as work:
            return await kinds[letter.kind](work, letter, clock.now())

    return run


async def test_each_letter_comes_at_its_time_once(oak, nudge, clock, promised, first):
    """Every half hour over four days, each time on two replicas."""
    seen = {}
    starts = (await first()).starts
    while clock.now() < starts + timedelta(hours=27):
        for _replica in range(2):
            await nudge()
        for kind in KINDS:
            for letter in await promised(kind):
                seen.setdefault(letter.key, letter)
        clock.forward(minutes=30)
    keys = [key.split(":")[0] for key in seen]
    assert keys == ["sessions.agenda", "sessions.thread", "sessions.wrapup"]
    due = [when.local(letter.due, "Europe/Berlin") for letter in seen.values()]
    assert [(at.day, at.hour, at.minute) for at in due] == [(3, 10, 0), (5, 15, 0), (5, 16, 0)]
    assert (await first()).state is SessionState.NOT_HELD


async def test_two_replicas_at_the_same_moment_take_each_step_once(store, team, oak, clock, promised, first):
    """On PostgreSQL both transactions are open at once."""

    async def replica():
        async with store.open_work(team) as work:
            for one in nudges.NUDGES:
                await one.plan(work, clock.now())
            await asyncio.sleep(0.05)

    session = await first()
    for at in (session.look_at, session.starts, session.ends, session.ends + timedelta(hours=24)):
        clock.to(at)
        await asyncio.gather(replica(), replica())
    assert [len(await promised(kind)) for kind in KINDS[:3]] == [1, 1, 1]
    assert (await first()).state is SessionState.NOT_HELD


async def test_six_are_always_ahead(oak, nudge, clock, sessions_of):
    for _week in range(8):
        clock.forward(weeks=1)
        await nudge()
        ahead = [session for session in await sessions_of(oak) if session.is_ahead and session.starts > clock.now()]
        assert len(ahead) == 6


async def test_nothing_is_planned_for_circles_that_are_not_running(store, team, oak, nudge, clock, sessions_of):
    async with store.open_work(team) as work:
        await work.circles.save(replace(oak, state=CircleState.CLOSED))
    clock.forward(weeks=3)
    await nudge()
    assert [session for session in await sessions_of(oak) if session.starts > clock.now() + timedelta(weeks=9)] == []


async def test_a_closed_circles_sessions_pass_in_silence(store, team, oak, nudge, clock, promised, first):
    async with store.open_work(team) as work:
        await work.circles.save(replace(oak, state=CircleState.CLOSED))
    clock.to((await first()).ends)
    await nudge()
    assert [letter for kind in KINDS for letter in await promised(kind)] == []
    assert (await first()).look_at is None


async def test_a_move_after_the_agenda_brings_another_one(store, team, oak, nudge, clock, promised, first, compose):
    session = await first()
    clock.to(session.look_at)
    await nudge()
    (old,) = await promised("sessions.agenda")
    async with store.open_work(team) as work:
        now = clock.now()
        later = session.starts + timedelta(days=7)
        look = later - timedelta(days=2)
        await work.sessions.save(replace(session, starts=later, moved_by=an_id("Bo"), look_at=look))
    assert isinstance(await compose(old), Moot)
    clock.to(now + timedelta(days=7, hours=6))
    await nudge()
    new = (await promised("sessions.agenda"))[-1]
    assert new.key != old.key and isinstance(await compose(new), Send)


async def test_the_roles_of_the_day_are_kept_when_it_begins(store, team, oak, nudge, clock, first):
    session = await first()
    clock.to(session.starts)
    await nudge()
    async with store.open_view(team) as work:
        ledger = await work.turns.ledger(oak, [session])
    [kept] = ledger.meetings
    assert kept.sat == (an_id("Ana"),)
    assert set(kept.roles) == {"facilitator", "timekeeper", "scribe"}
    assert (await first()).state is SessionState.OPEN


async def test_where_the_thread_stands_is_kept(store, team, oak, nudge, clock, first):
    session = await first()
    clock.to(session.starts)
    await nudge()
    async with store.open_work(team) as work:
        await work.messages.remember("sessions.thread", str(session.id), Place(oak.channel, "1772719200.000100"))
    clock.to(session.ends)
    await nudge()
    session = await first()
    assert (session.channel, session.thread) == (oak.channel, "1772719200.000100")


async def test_the_question_goes_into_the_thread(store, team, oak, nudge, clock, first, promised, compose):
    session = await first()
    clock.to(session.starts)
    await nudge()
    async with store.open_work(team) as work:
        await work.messages.remember("sessions.thread", str(session.id), Place(oak.channel, "1772719200.000100"))
    clock.to(session.ends)
    await nudge()
    sent = await compose((await promised("sessions.wrapup"))[0])
    assert isinstance(sent, Send) and sent.thread == "1772719200.000100"


async def test_two_taps_make_a_session_that_nobody_spoke_of(store, team, oak, nudge, clock, first, promised, compose):
    session = await first()
    clock.to(session.starts)
    await nudge()
    async with store.open_work(team) as work:
        for name in ("Ana", "Bo"):
            await work.sessions.mark(session.id, an_id(name), Presence.PRESENT)
    clock.to(session.ends)
    await nudge()
    clock.forward(hours=24)
    await nudge()
    assert (await first()).state is SessionState.HELD
    asked = await promised("sessions.commit")
    assert {letter.to for letter in asked} == {an_id(name) for name in ("Ana", "Bo", "Chi", "Dee")}
    for letter in asked:
        assert not when.is_quiet(letter.due, "Europe/Berlin")


async def test_after_a_long_absence_nothing_late_is_posted(oak, nudge, clock, first, promised):
    session = await first()
    clock.to(session.ends + timedelta(days=2))
    for _minute in range(4):
        await nudge()
        clock.forward(minutes=1)
    assert await promised("sessions.agenda") == [] and await promised("sessions.thread") == []
    assert len(await promised("sessions.wrapup")) == 1


@pytest.mark.parametrize("kind", KINDS[:3])
async def test_letters_of_a_session_that_is_over_are_moot(
    store, team, oak, nudge, clock, first, compose, kind, promised
):
    session = await first()
    steps = {"sessions.agenda": session.look_at, "sessions.thread": session.starts, "sessions.wrapup": session.ends}
    for at in steps.values():
        if clock.now() < at <= steps[kind]:
            clock.to(at)
            await nudge()
    letter = (await promised(kind))[0]
    async with store.open_work(team) as work:
        now = await work.sessions.get(session.id)
        await work.sessions.save(replace(now, state=SessionState.HELD, look_at=None))
    assert isinstance(await compose(letter), Moot)
