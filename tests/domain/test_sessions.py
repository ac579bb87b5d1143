"""Sessions: what is due next, what may be moved where, and how six are kept ahead."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.ids import SessionId
from bot.domain.sessions import (
    AHEAD,
    Presence,
    Session,
    SessionState,
    Step,
    agenda_at,
    check_move,
    check_outcome,
    check_presence,
    first_look,
    missing,
    moved,
    next_step,
    replanned,
    restored,
    skipped,
    taken,
)
from bot.domain.when import Rule
from tests.builders import ZONE, a_circle, a_rule, a_session, an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")
CIRCLE = a_circle()
HOUR = timedelta(hours=1)


def planned(circle, now):
    """All that the rule gives, as it would be stored."""
    return [
        Session(SessionId(number), circle.id, slot.planned_for, slot.starts, circle.minutes)
        for number, slot in enumerate(missing(circle, [], now), 1)
    ]


# What is due next


def test_a_session_goes_through_its_four_steps_in_order():
    session = a_session(look_at=START + HOUR)
    seen = []
    now = START
    while session.look_at is not None:
        now = max(now, session.look_at)
        step = next_step(session, now)
        seen.append((step, now))
        session = taken(session, step, now)
    starts = a_session().starts
    assert seen == [
        (Step.AGENDA, START + HOUR),
        (Step.OPEN, starts),
        (Step.WRAP_UP, starts + HOUR),
        (Step.SETTLE, starts + HOUR + timedelta(hours=24)),
    ]
    assert session.state is SessionState.NOT_HELD and next_step(session, now + timedelta(days=9)) is None


def test_nothing_is_due_before_its_time():
    session = a_session(look_at=START + HOUR)
    assert next_step(session, START) is None


def test_after_a_long_absence_the_agenda_is_left_out_and_the_question_still_asked():
    late = a_session().ends + timedelta(days=3)
    session = a_session(look_at=START)
    assert next_step(session, late) is Step.OPEN
    session = taken(session, Step.OPEN, late)
    assert next_step(session, late) is Step.WRAP_UP
    session = taken(session, Step.WRAP_UP, late)
    assert next_step(session, late) is None
    assert next_step(session, late + timedelta(hours=24)) is Step.SETTLE


@pytest.mark.parametrize(
    ("present", "outcome"), [(0, SessionState.NOT_HELD), (1, SessionState.NOT_HELD), (2, SessionState.HELD)]
)
def test_without_an_answer_two_taps_decide(present, outcome):
    marks = {an_id(name): Presence.PRESENT for name in ("Ana", "Bo")[:present]} | {an_id("Chi"): Presence.COMING}
    session = a_session(state=SessionState.OPEN, presence=marks)
    assert taken(session, Step.SETTLE, START).state is outcome


# When the agenda comes


def test_the_agenda_comes_two_working_days_before_at_the_circles_hour():
    monday_session = when.to_utc(date(2026, 3, 16), time(15), ZONE)
    assert agenda_at(monday_session, CIRCLE, START) == when.to_utc(date(2026, 3, 12), time(10), ZONE)


def test_a_session_planned_too_late_gets_its_agenda_at_the_next_good_moment():
    friday_evening = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
    monday = when.to_utc(date(2026, 3, 9), time(15), ZONE)
    assert agenda_at(monday, CIRCLE, friday_evening) == when.to_utc(date(2026, 3, 9), time(9), ZONE)


def test_an_agenda_that_would_come_with_the_session_is_left_out():
    now = datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
    starts = now + HOUR
    assert agenda_at(starts, CIRCLE, now) is None
    assert first_look(starts, CIRCLE, now) == starts


@given(
    day=st.integers(0, 700),
    minute=st.integers(4 * 60, 24 * 60 - 1),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
    gap=st.integers(1, 40 * 24 * 60),
)
def test_an_agenda_comes_in_good_hours_and_before_its_session(day, minute, zone, gap):
    circle = a_circle(rule=a_rule(zone=zone))
    starts = when.to_utc(date(2026, 1, 1) + timedelta(days=day), time(minute // 60, minute % 60), zone)
    now = starts - timedelta(minutes=gap)
    at = agenda_at(starts, circle, now)
    if at is not None:
        assert now <= at < starts
        assert not when.is_quiet(at, zone)


# Changes by hand


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (a_session().starts, "takes place already"),
        (START - HOUR, "time is over"),
        (START, "time is over"),
        (START + timedelta(days=200), "more than six months"),
        (datetime(2026, 3, 10, 23, 30, tzinfo=UTC), "00:30 in Berlin time"),
        (datetime(2026, 3, 11, 2, 59, tzinfo=UTC), "03:59 in Berlin time"),
        (datetime(2026, 3, 19, 8, 0, tzinfo=UTC), "meets on Thursday 19 March at 15:00"),
        (datetime(2026, 3, 19, 14, 30, tzinfo=UTC), "meets on Thursday 19 March"),
    ],
)
def test_a_move_is_refused_with_the_reason(to, sentence):
    other = a_session(id=SessionId(2), planned_for=date(2026, 3, 19))
    with pytest.raises(Refused, match=sentence):
        check_move(a_session(), to, circle=CIRCLE, others=[a_session(), other], now=START)


def test_a_move_may_go_where_a_session_was_left_out_or_is_over():
    gone = a_session(id=SessionId(2), planned_for=date(2026, 3, 19), state=SessionState.SKIPPED)
    to = datetime(2026, 3, 19, 8, 0, tzinfo=UTC)
    check_move(a_session(), to, circle=CIRCLE, others=[gone], now=START)


def test_sessions_of_two_days_may_not_overlap():
    long = a_session(id=SessionId(2), starts=datetime(2026, 3, 10, 8, 0, tzinfo=UTC), minutes=48 * 60)
    with pytest.raises(Refused, match="Tuesday 10 March"):
        check_move(a_session(), datetime(2026, 3, 12, 7, tzinfo=UTC), circle=CIRCLE, others=[long], now=START)


@pytest.mark.parametrize("state", [SessionState.OPEN, SessionState.HELD, SessionState.NOT_HELD, SessionState.SKIPPED])
def test_what_has_begun_or_is_left_out_is_not_moved(state):
    to = START + timedelta(days=8)
    with pytest.raises(Refused):
        check_move(a_session(state=state), to, circle=CIRCLE, others=[], now=START)
    with pytest.raises(Refused):
        skipped(a_session(state=state), by=ANA, now=START)


def test_a_moved_session_keeps_the_day_it_was_planned_for():
    to = START + timedelta(days=8)
    after = moved(a_session(), to, by=ANA, circle=CIRCLE, now=START)
    assert (after.starts, after.moved_by, after.planned_for) == (to, ANA, a_session().planned_for)
    assert after.look_at == first_look(to, CIRCLE, START)


def test_a_session_left_out_can_be_brought_back_until_its_time():
    out = skipped(a_session(), by=ANA, now=START)
    assert (out.state, out.look_at) == (SessionState.SKIPPED, None)
    back = restored(out, by=BO, circle=CIRCLE, now=START)
    assert (back.state, back.moved_by) == (SessionState.PLANNED, BO) and back.look_at is not None
    with pytest.raises(Refused, match="is over"):
        restored(out, by=BO, circle=CIRCLE, now=out.starts)
    with pytest.raises(Refused, match="takes place already"):
        restored(back, by=BO, circle=CIRCLE, now=START)


@pytest.mark.parametrize(
    ("state", "presence", "at", "allowed"),
    [
        (SessionState.PLANNED, Presence.COMING, -HOUR, True),
        (SessionState.PLANNED, Presence.AWAY, -HOUR, True),
        (SessionState.PLANNED, Presence.PRESENT, -HOUR, False),
        (SessionState.OPEN, Presence.PRESENT, HOUR / 2, True),
        (SessionState.OPEN, Presence.AWAY, HOUR / 2, True),
        (SessionState.OPEN, Presence.PRESENT, 5 * HOUR, True),
        (SessionState.OPEN, Presence.COMING, 5 * HOUR, False),
        (SessionState.HELD, Presence.PRESENT, 5 * HOUR, False),
        (SessionState.SKIPPED, Presence.COMING, -HOUR, False),
    ],
)
def test_who_comes_is_said_before_and_who_is_there_from_the_start_on(state, presence, at, allowed):
    session = a_session(state=state)
    if allowed:
        check_presence(session, presence, session.starts + at)
    else:
        with pytest.raises(Refused):
            check_presence(session, presence, session.starts + at)


def test_how_it_went_is_said_once_it_has_begun():
    check_outcome(a_session(state=SessionState.OPEN), a_session().starts)
    check_outcome(a_session(state=SessionState.HELD), a_session().ends)
    for session in (a_session(), a_session(state=SessionState.SKIPPED)):
        with pytest.raises(Refused):
            check_outcome(session, START)


# Planning ahead


def test_six_sessions_are_planned_by_the_rule():
    assert [slot.planned_for for slot in missing(CIRCLE, [], START)] == [
        date(2026, 3, 5) + timedelta(weeks=2 * turn) for turn in range(6)
    ]


def test_only_what_is_missing_is_planned():
    known = planned(CIRCLE, START)
    assert missing(CIRCLE, known, START) == []
    assert [slot.planned_for for slot in missing(CIRCLE, known, known[0].starts)] == [date(2026, 5, 28)]


def test_what_is_moved_or_left_out_is_not_planned_again():
    known = planned(CIRCLE, START)
    known[1] = replace(known[1], state=SessionState.SKIPPED)
    known[2] = replace(known[2], starts=known[2].starts + timedelta(days=1), moved_by=ANA)
    assert [slot.planned_for for slot in missing(CIRCLE, known, START)] == [date(2026, 5, 28)]


def test_no_session_is_planned_on_a_day_to_which_another_was_moved():
    known = planned(CIRCLE, START)[:1]
    known[0] = replace(known[0], starts=when.to_utc(date(2026, 3, 19), time(9), ZONE), moved_by=ANA)
    assert date(2026, 3, 19) not in [slot.planned_for for slot in missing(CIRCLE, known, START)]


def test_a_new_rule_takes_the_untouched_sessions_with_it():
    known = planned(CIRCLE, START)
    known[0] = replace(known[0], presence={ANA: Presence.COMING})
    known[2] = replace(known[2], starts=known[2].starts + timedelta(days=1), moved_by=ANA)
    known[3] = replace(known[3], state=SessionState.SKIPPED)
    weekly = a_circle(rule=a_rule(weekdays=(1,), every=1, at=time(9), starts=date(2026, 3, 10)), minutes=90)
    after = sorted(replanned(weekly, known, START), key=lambda session: session.starts)
    assert [session.id for session in after] == [1, 2, 5, 6]
    assert [session.planned_for for session in after] == [
        date(2026, 3, 10) + timedelta(weeks=week) for week in range(4)
    ]
    assert all(session.minutes == 90 and session.presence == {} for session in after)


RULES = st.builds(
    lambda weekday, every, offset, hour: Rule(
        ZONE, time(hour), (weekday,), date(2026, 2, 16) + timedelta(days=offset), every
    ),
    st.integers(0, 6),
    st.integers(1, 4),
    st.integers(0, 60),
    st.integers(4, 23),
)


@given(before=RULES, after=RULES, touched=st.sets(st.integers(0, 5)), left_out=st.sets(st.integers(0, 5)))
def test_a_new_rule_can_be_saved_session_by_session_and_leaves_six_ahead(before, after, touched, left_out):
    """In the given order no two sessions of a circle ever have the same planned day, nor lie on one day at the end."""
    old, new = a_circle(rule=before), a_circle(rule=after)
    known = {session.id: session for session in planned(old, START)}
    for place in touched | left_out:
        session = known[place + 1]
        shifted = replace(session, starts=session.starts + timedelta(minutes=30), moved_by=ANA)
        known[session.id] = replace(shifted, state=SessionState.SKIPPED) if place in left_out else shifted
    untouched = {number for number, session in known.items() if session.moved_by is None}
    for session in replanned(new, list(known.values()), START):
        assert session.id in untouched
        days = {other.planned_for for other in known.values() if other.id != session.id}
        assert session.planned_for not in days
        known[session.id] = session
    slots = missing(new, list(known.values()), START)
    live = [session for session in known.values() if session.is_ahead]
    assert len(live) + len(slots) == AHEAD
    days = [
        when.local(starts, ZONE).date() for starts in [one.starts for one in live] + [one.starts for one in slots]
    ]
    assert len(days) == len(set(days)), "two on one day"
