"""Sessions and presence, as stored."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import Gone, Stale
from bot.domain.ids import ChannelId, CircleId, SessionId, Timestamp
from bot.domain.sessions import Presence, SessionState
from tests.builders import a_session, an_id, saved_session
from tests.clock import START

FIRST, SECOND = date(2026, 3, 5), date(2026, 3, 19)


async def test_a_session_comes_back_as_saved(store, team):
    full = a_session(
        state=SessionState.HELD,
        moved_by=an_id("Bo"),
        channel=ChannelId("C0OAK"),
        thread=Timestamp("1772438400.000100"),
        decisions="Ana asks her lead on Monday.",
        parked="Who may see the budget?",
    )
    async with store.open_work(team) as work:
        saved = await saved_session(work, **vars(full))
        await work.sessions.mark(saved.id, an_id("Ana"), Presence.PRESENT)
    async with store.open_view(team) as work:
        found = await work.sessions.get(saved.id)
    assert found == replace(full, id=saved.id, presence={an_id("Ana"): Presence.PRESENT})


async def test_a_session_that_is_not_there_says_where_the_others_are(store, team):
    async with store.open_view(team) as work:
        assert await work.sessions.find(SessionId(7)) is None
        with pytest.raises(Gone, match="circle schedule"):
            await work.sessions.get(SessionId(7))


async def test_a_planned_day_is_planned_once(store, team):
    async with store.open_work(team) as work:
        assert await work.sessions.plan(a_session())
        assert not await work.sessions.plan(a_session(starts=START))
        assert await work.sessions.plan(a_session(circle=CircleId(2)))
        assert [session.starts for session in await work.sessions.of_circle(CircleId(1))] == [a_session().starts]


async def test_the_sessions_of_several_circles_come_by_circle(store, team):
    async with store.open_work(team) as work:
        second = await saved_session(work, planned_for=SECOND)
        first = await saved_session(work, planned_for=FIRST)
        found = await work.sessions.of_circles([CircleId(1), CircleId(2)])
        assert found == {1: [first, second], 2: []}
        assert await work.sessions.of_circles([]) == {}


async def test_a_session_is_looked_at_for_its_brief_when_it_is_due_and_when_the_seats_change(store, team):
    async with store.open_work(team) as work:
        planned = await saved_session(work)
        await saved_session(work, planned_for=SECOND, state=SessionState.SKIPPED)
        now, later = planned.starts - timedelta(days=9), planned.starts - timedelta(days=8)
        assert await work.sessions.to_brief(now) == [planned]
        await work.sessions.look_for_briefs({planned.id: later})
        assert await work.sessions.to_brief(later - timedelta(microseconds=1)) == []
        assert await work.sessions.to_brief(later) == [planned]
        await work.sessions.look_for_briefs({planned.id: None})
        assert await work.sessions.to_brief(planned.starts) == []
        await work.sessions.mark(planned.id, an_id("Ana"), Presence.AWAY)
        assert [one.id for one in await work.sessions.to_brief(now)] == [planned.id]


async def test_a_circle_that_ends_leaves_out_what_it_has_before_it(store, team):
    async with store.open_work(team) as work:
        held = await saved_session(work, planned_for=FIRST, state=SessionState.HELD)
        planned = await saved_session(work, planned_for=SECOND)
        elsewhere = await saved_session(work, planned_for=SECOND, circle=CircleId(2))
        await work.sessions.call_off(CircleId(1), START)
        assert await work.sessions.of_circle(CircleId(2)) == [elsewhere]
        was_held, left_out = await work.sessions.of_circle(CircleId(1))
        assert was_held == held
        assert left_out == replace(planned, state=SessionState.SKIPPED, look_at=None, version=2)


async def test_a_later_mark_takes_the_place_of_an_earlier_one(store, team):
    async with store.open_work(team) as work:
        session = await saved_session(work)
        await work.sessions.mark(session.id, an_id("Ana"), Presence.COMING)
        await work.sessions.mark(session.id, an_id("Bo"), Presence.AWAY)
        await work.sessions.mark(session.id, an_id("Ana"), Presence.MISSED)
        presence = (await work.sessions.get(session.id)).presence
    assert presence == {an_id("Ana"): Presence.MISSED, an_id("Bo"): Presence.AWAY}


async def test_a_session_saved_by_somebody_else_meanwhile_is_stale(store, team):
    async with store.open_work(team) as work:
        read = await saved_session(work)
        await work.sessions.save(replace(read, state=SessionState.SKIPPED))
        with pytest.raises(Stale):
            await work.sessions.save(replace(read, minutes=90))
        saved = await work.sessions.get(read.id)
    assert (saved.state, saved.minutes, saved.version) == (SessionState.SKIPPED, 60, 2)
