"""Files and addresses: what a calendar is told of a session that moves, is left out, or has nobody to meet."""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest

from bot.domain.calendars import EVERYBODY, event_of, events_of
from bot.domain.circles import CircleState
from bot.domain.errors import Refused
from bot.domain.sessions import moved, skipped, written
from bot.feature import Moot, Send
from bot.features.calendar import flows, letters
from bot.slack.requests import Request
from tests.builders import a_circle, a_session, an_id, saved_circle, saved_people, saved_session
from tests.clock import START
from tests.letters import letters_of


@pytest.fixture
async def oak(store, team):
    async with store.open_work(team) as work:
        await saved_people(work, "Ana", "Bo", "Zoe")
        circle = await saved_circle(work, "Ana", "Bo")
        await saved_session(work)
        return circle


@pytest.fixture
def reached(deps):
    return replace(deps, public_url=lambda: "https://mentor.example.org")


def as_read(content):
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return str(event["uid"]), event["sequence"], str(event["status"]), str(event["transp"]), event["dtstart"].dt


def test_a_move_and_a_cancellation_are_the_same_event_later_on(team):
    circle, session = a_circle(), a_session()
    to = session.starts + timedelta(days=1)
    later = replace(moved(session, to, by=an_id("Bo"), circle=circle, now=START), version=2)
    out = replace(skipped(session, by=an_id("Bo"), now=START), version=3)
    events = [event_of(one, circle, team) for one in (session, later, out)]
    assert len({event.uid for event in events}) == 1
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.called_off for event in events] == [False, False, True]
    assert events[1].starts == to


def test_a_session_in_writing_takes_nobodys_time(team):
    event = event_of(written(a_session(), now=START), a_circle(), team)
    assert (event.is_busy, event.called_off, event.ends - event.starts) == (False, False, timedelta(days=2))


def test_a_circle_of_one_promises_no_date(team):
    alone = a_circle("Ana")
    assert events_of([alone], {alone.id: [a_session()]}, team=team, now=START) == []


async def test_a_file_of_one_session_says_what_became_of_it(oak, store, team, deps, slack):
    await flows.send_session(Request(team, an_id("Ana")), 1, deps)
    async with store.open_work(team) as work:
        await work.sessions.save(skipped(await work.sessions.get(1), by=an_id("Bo"), now=START))
    await flows.send_session(Request(team, an_id("Ana")), 1, deps)
    first, second = (as_read(content) for content in slack.uploads.values())
    assert first[0] == second[0]
    assert (first[1:4], second[1:4]) == ((1, "CONFIRMED", "OPAQUE"), (2, "CANCELLED", "TRANSPARENT"))


@pytest.mark.parametrize("act", [flows.share, flows.unshare, flows.send_session])
async def test_only_for_members_of_the_circle(oak, team, reached, act):
    with pytest.raises(Refused):
        await act(Request(team, an_id("Zoe")), 1, reached)


async def test_one_address_belongs_to_all_until_one_of_them_turns_it_off(oak, store, team, reached, clock):
    first = await flows.share(Request(team, an_id("Ana")), oak.id, reached)
    second = await flows.share(Request(team, an_id("Bo")), oak.id, reached)
    assert first.shared_link(oak.id) != second.shared_link(oak.id)
    [letter] = await letters_of(store, team, kind="calendar.shared")
    async with store.open_view(team) as work:
        [feed] = await work.feeds.of_circles([oak.id])
        assert feed.owner == EVERYBODY
        assert await work.feeds.of(an_id("Ana")) == []
        assert isinstance(await letters.shared(work, letter, clock.now()), Send)
    after = await flows.unshare(Request(team, an_id("Ana")), oak.id, reached)
    assert after.shared_link(oak.id) == ""
    async with store.open_view(team) as work:
        assert isinstance(await letters.shared(work, letter, clock.now()), Moot)


async def test_an_ended_circle_calls_its_dates_off(team):
    ended = a_circle(state=CircleState.CLOSED)
    [event] = events_of([ended], {ended.id: [a_session()]}, team=team, now=START)
    assert event.called_off


async def test_nothing_of_a_circle_of_one_goes_into_a_file(store, team, deps):
    async with store.open_work(team) as work:
        await saved_people(work, "Ana")
        await saved_circle(work, "Ana")
        await saved_session(work)
    with pytest.raises(Refused, match="nothing to put into a calendar"):
        await flows.send_file(team, an_id("Ana"), deps)
