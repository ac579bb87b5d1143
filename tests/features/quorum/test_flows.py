"""Who is asked when too few can come, and what the circle's taps do."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Refused
from bot.domain.sessions import BY_TAP, Form, Presence, SessionState
from bot.feature import Moot, Send
from bot.features.quorum import chores, handlers, letters
from bot.store.messages import Place
from tests.builders import an_id

WEDNESDAY_TEN = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
COMING, AWAY = Presence.COMING, Presence.AWAY


@pytest.fixture
async def asked(oak, say, clock, tick):
    """Ana and Bo come, the others are away: the circle is asked at once."""
    await say(COMING, "Ana", "Bo")
    await say(AWAY, "Chi", "Dee", "Eve")
    clock.to(WEDNESDAY_TEN)
    await tick()


async def test_nobody_is_asked_before_the_day_nor_where_enough_come(oak, say, clock, tick, promised):
    await tick()
    assert (await promised("sessions.call"), await promised("quorum.ask")) == ([], [])
    await say(COMING, "Ana", "Bo", "Chi", "Dee")
    clock.to(WEDNESDAY_TEN)
    await tick()
    assert (await promised("sessions.call"), await promised("quorum.ask")) == ([], [])


async def test_who_has_not_said_is_asked_once_and_the_circle_hours_later(oak, say, clock, tick, promised, ballot):
    await say(COMING, "Ana", "Bo")
    clock.to(WEDNESDAY_TEN)
    for _replica in range(2):
        await tick()
    assert len(await promised("sessions.call")) == 1
    assert await ballot() is None
    clock.forward(hours=4)
    for _replica in range(2):
        await tick()
    assert len(await promised("quorum.ask")) == 1
    assert [one.key for one in (await ballot()).options] == ["go", "write"]  # all keep the same hours: none is better


async def test_a_tap_that_makes_it_impossible_brings_the_question(oak, say, clock, tick, promised):
    await say(COMING, "Ana", "Bo")
    clock.to(WEDNESDAY_TEN)
    await tick()
    await say(AWAY, "Chi", "Dee")
    clock.forward(minutes=1)
    await tick()
    assert len(await promised("quorum.ask")) == 1


@pytest.mark.parametrize(("taps", "told"), [((), 0), (("Ana",), 1)])
async def test_silence_goes_ahead(asked, clock, tick, promised, ballot, first, tap, deps, taps, told):
    for name in taps:
        await handlers.vote(tap(name, "move"), deps)
    clock.to((await ballot()).closes)
    for _replica in range(2):
        await tick()
    assert (await ballot()).outcome == "go"
    assert len(await promised("quorum.goes")) == told
    assert (await first()).state is SessionState.PLANNED


async def test_three_of_five_move_it(asked, tap, deps, promised, ballot, first):
    before = await first()
    to = datetime.fromisoformat((await ballot()).option("move").details["at"])
    for name in ("Chi", "Dee"):
        await handlers.vote(tap(name, "move"), deps)
    assert (await first()).starts == before.starts
    await handlers.vote(tap("Eve", "move"), deps)
    after = await first()
    assert (after.starts, after.moved_by, after.presence, after.version) == (to, BY_TAP, {}, before.version + 1)
    assert len(await promised("sessions.moved")) == 1
    with pytest.raises(Refused, match="decided already"):
        await handlers.vote(tap("Ana", "go"), deps)


async def test_in_writing_takes_two_days_and_is_not_counted_again(asked, tap, deps, promised, first, tick):
    for name in ("Ana", "Bo", "Chi"):
        await handlers.vote(tap(name, "write"), deps)
    after = await first()
    assert (after.form, (after.ends - after.starts).days) == (Form.WRITTEN, 2)
    assert len(await promised("sessions.written")) == 1
    await tick()
    assert len(await promised("quorum.ask")) == 1


async def test_nobody_but_one_can_come_and_silence_leaves_it_out(oak, say, clock, tick, ballot, first):
    await say(COMING, "Ana")
    await say(AWAY, "Bo", "Chi", "Dee", "Eve")
    clock.to(WEDNESDAY_TEN)
    await tick()
    clock.to((await ballot()).closes)
    await tick()
    assert (await first()).state is SessionState.SKIPPED


async def test_taps_at_once_are_all_counted(asked, tap, deps, first):
    names = ("Ana", "Bo", "Chi")
    await asyncio.gather(*(handlers.vote(tap(name, "write"), deps) for name in names))
    assert (await first()).form is Form.WRITTEN


@pytest.mark.parametrize(("who", "choice"), [("Zoe", "go"), ("Ana", "leave_out"), ("Ana", "x" * 3000)])
async def test_forged_taps_are_refused(asked, tap, deps, ballot, who, choice):
    with pytest.raises(Refused):
        await handlers.vote(tap(who, choice), deps)
    assert (await ballot()).votes == {}


async def test_a_question_that_is_gone_is_refused(oak, tap, deps):
    with pytest.raises(Refused, match="isn't there"):
        await handlers.vote(tap("Ana", "go", number=99), deps)


async def test_a_session_changed_by_hand_leaves_nothing_to_decide(asked, store, team, tap, deps, clock, tick, ballot):
    async with store.open_work(team) as work:
        session = (await work.sessions.of_circle(1))[0]
        await work.sessions.save(replace(session, state=SessionState.SKIPPED, look_at=None))
    clock.to((await ballot()).closes)
    await tick()
    assert (await ballot()).is_void
    with pytest.raises(Refused, match="changed meanwhile"):
        await handlers.vote(tap("Ana", "go"), deps)


async def test_a_circle_that_ended_is_not_asked(asked, store, team, clock, promised, tick, ballot):
    async with store.open_work(team) as work:
        circle = await work.circles.get(1)
        await work.circles.save(replace(circle, state=CircleState.CLOSED))
    [letter] = await promised("quorum.ask")
    async with store.open_work(team) as work:
        assert isinstance(await letters.ask(work, letter, clock.now()), Moot)
    clock.to((await ballot()).closes)
    await tick()
    assert (await ballot()).is_void


async def test_what_the_clock_decided_is_drawn_where_the_question_stands(
    asked, store, team, deps, slack, clock, tick, ballot, promised
):
    [letter] = await promised("quorum.ask")
    async with store.open_work(team) as work:
        assert isinstance(await letters.ask(work, letter, clock.now()), Send)
        await work.messages.remember("quorum.ask", "1", Place("C0OAK", "1.1"))
    clock.to((await ballot()).closes)
    await tick()
    slack.refuse("chat.update", "channel_not_found")
    await chores.draw_results(deps, team)
    assert len(slack.called("chat.update")) == 1
    async with store.open_work(team) as work:
        await work.ballots.vote(1, an_id("Ana"), "go")
    await chores.draw_results(deps, team)
    assert len(slack.called("chat.update")) == 1


async def test_a_late_agenda_is_the_call(oak, clock, tick, promised, store, team, first):
    clock.to(WEDNESDAY_TEN)
    session = await first()
    async with store.open_work(team) as work:
        occasion = session.starts.isoformat(timespec="minutes")
        await work.outbox.add("sessions.agenda", session.id, to="C0OAK", due=clock.now(), key=occasion)
    await tick()
    assert await promised("sessions.call") == []
    clock.forward(hours=4)
    await tick()
    assert len(await promised("quorum.ask")) == 1
