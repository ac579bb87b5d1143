"""Quorum: how many are needed, when they are counted, and which time is proposed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import when
from bot.domain.agenda import AgendaFacts
from bot.domain.ids import SessionId
from bot.domain.people import Availability
from bot.domain.quorum import (
    CALL_TIME,
    OPEN_TIME,
    Act,
    Choice,
    Hours,
    best_slot,
    closes_at,
    count,
    counted_at,
    is_in_hours,
    latest_question,
    look,
    needed,
    options,
)
from bot.domain.sessions import Presence
from tests.builders import ZONE, a_circle, a_session, an_id
from tests.clock import START

SIX = a_circle("Ana", "Bo", "Chi", "Dee", "Eve", "Fin")
THURSDAY = a_session()
ALWAYS = Hours(ZONE, Availability())


def counted(coming=0, away=0, circle=SIX, session=THURSDAY):
    said = [Presence.COMING] * coming + [Presence.AWAY] * away
    presence = dict(zip(circle.members, said, strict=False))
    return count(AgendaFacts(circle, replace(session, presence=presence)))


@pytest.mark.parametrize(
    ("people", "enough"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 4), (7, 5), (8, 5), (12, 7)]
)
def test_how_many_are_needed(people, enough):
    assert needed(people) == enough


def test_a_program_may_ask_for_more_but_never_for_more_than_there_are():
    assert needed(6, 5) == 5
    assert needed(4, 9) == 4


def test_who_is_on_a_break_is_not_counted():
    facts = AgendaFacts(SIX, THURSDAY, paused=frozenset([an_id("Fin"), an_id("Eve")]))
    assert count(facts).needed == 3
    assert len(count(facts).people) == 4


DAY_BEFORE = counted_at(THURSDAY, SIX)


@pytest.mark.parametrize(
    ("coming", "away", "called", "now", "act", "again"),
    [
        (0, 0, None, DAY_BEFORE - timedelta(minutes=1), None, DAY_BEFORE),
        (0, 0, None, DAY_BEFORE, Act.CALL, DAY_BEFORE + CALL_TIME),
        (2, 1, DAY_BEFORE, DAY_BEFORE + timedelta(hours=1), None, DAY_BEFORE + CALL_TIME),
        (2, 1, DAY_BEFORE, DAY_BEFORE + CALL_TIME, Act.ASK, None),
        (4, 2, None, DAY_BEFORE, None, None),
        (2, 3, None, DAY_BEFORE, Act.ASK, None),
        (2, 3, DAY_BEFORE, DAY_BEFORE + timedelta(hours=1), Act.ASK, None),
        (2, 3, None, DAY_BEFORE + timedelta(hours=12), None, DAY_BEFORE + timedelta(hours=23)),
        (0, 6, None, THURSDAY.starts - timedelta(hours=2), None, None),
    ],
)
def test_what_is_done_the_day_before(coming, away, called, now, act, again):
    found = look(THURSDAY, SIX, counted(coming, away), called=called, now=now)
    assert (found.act, found.again) == (act, again)


def test_a_monday_is_asked_about_on_friday_and_decided_then():
    monday = a_session(planned_for=date(2026, 3, 9))
    early = replace(monday, starts=when.to_utc(date(2026, 3, 9), when.MORNING, ZONE))
    asked = counted_at(early, SIX)
    assert when.say_moment(asked, ZONE) == "Friday 6 March at 10:00, Berlin time"
    assert when.say_moment(closes_at(early, SIX, asked), ZONE) == "Friday 6 March at 18:00, Berlin time"


@given(st.integers(0, 24 * 14), st.integers(0, 72))
def test_a_question_is_asked_in_good_hours_and_decided_before_the_session(start_in, asked_before):
    session = replace(THURSDAY, starts=START + timedelta(hours=start_in))
    now = session.starts - timedelta(hours=asked_before)
    found = look(session, SIX, counted(1, 5, session=session), called=None, now=now)
    if found.act is Act.ASK:
        assert not when.is_quiet(now, SIX.zone)
        assert now + OPEN_TIME <= closes_at(session, SIX, now) < session.starts
    if found.again is not None:
        assert now < found.again <= latest_question(session)


def test_the_slot_most_can_make_nearest_to_the_usual_time():
    late = Hours(ZONE, Availability(days=(0, 1, 4), start="16:00", end="20:00"))
    hours = {an_id("Ana"): ALWAYS, an_id("Bo"): late, an_id("Chi"): late}
    slot = best_slot(THURSDAY, SIX, hours, others=[], now=START)
    assert slot.can == tuple(hours)
    assert when.say_moment(slot.starts, ZONE) == "Friday 6 March at 16:00, Berlin time"


def test_the_slot_lies_before_the_next_session_and_not_on_its_day():
    nexts = a_session(id=SessionId(2), planned_for=date(2026, 3, 9))
    sundays = Hours(ZONE, Availability(days=(6,)))
    thursdays = Hours(ZONE, Availability(days=(3,)))
    two = {an_id("Ana"): thursdays, an_id("Bo"): thursdays}
    assert best_slot(THURSDAY, SIX, two, others=[nexts], now=START) is None
    two = {an_id("Ana"): sundays, an_id("Bo"): sundays}
    slot = best_slot(THURSDAY, SIX, two, others=[nexts], now=START)
    assert when.say_moment(slot.starts, ZONE) == "Sunday 8 March at 15:00, Berlin time"


def test_no_slot_suits_two_of_them():
    apart = {
        an_id("Ana"): Hours("Asia/Tokyo", Availability()),
        an_id("Bo"): Hours("America/Los_Angeles", Availability(start="08:00", end="12:00")),
    }
    assert best_slot(THURSDAY, SIX, apart, others=[], now=START) is None


@given(st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York"]), st.integers(30, 120))
def test_the_slot_lies_in_the_hours_of_those_it_names(zone, minutes):
    hours = {an_id("Ana"): ALWAYS, an_id("Bo"): Hours(zone, Availability())}
    session = replace(THURSDAY, minutes=minutes)
    slot = best_slot(session, SIX, hours, others=[], now=START)
    if slot:
        assert all(is_in_hours(slot.starts, minutes, hours[member]) for member in slot.can)
        assert slot.starts > session.starts


def test_what_can_be_chosen():
    slot = best_slot(THURSDAY, SIX, {an_id("Ana"): ALWAYS, an_id("Bo"): ALWAYS}, others=[], now=START)
    assert [one.key for one in options(counted(1, 5), slot)] == [Choice.LEAVE_OUT, Choice.MOVE, Choice.WRITE]
    assert [one.key for one in options(counted(2, 4), slot)] == [Choice.GO, Choice.WRITE]
    assert [one.key for one in options(counted(1, 3), None)] == [Choice.GO, Choice.WRITE]
