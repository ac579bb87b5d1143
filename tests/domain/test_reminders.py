"""A receipt, one mid-point, one last reminder, and never more."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import reminders, when
from bot.domain.commitments import Commitment, CommitmentState
from bot.domain.reminders import Moment, Place

BERLIN = Place("Europe/Berlin")
MADE = datetime(2026, 3, 5, 16, tzinfo=UTC)  # a Thursday


def a_commitment(**changes):
    made = Commitment(
        will="call Sam", by=date(2026, 3, 19), id=1, owner="ANA", circle=1, session=1, slot=1, made_at=MADE
    )
    return replace(made, **changes)


def two(**changes):
    return [a_commitment(), replace(a_commitment(id=2, slot=2), **changes)]


def planned(commitments, place=BERLIN):
    return [
        (reminder.moment, reminder.on.day, [one.id for one in reminder.about])
        for reminder in reminders.plan(commitments, place)
    ]


def test_both_are_in_one_message_each_time():
    assert planned(two()) == [(Moment.MIDPOINT, 12, [1, 2]), (Moment.LAST, 17, [1, 2])]


def test_near_days_share_the_earlier_message():
    assert planned(two(by=date(2026, 3, 18))) == [(Moment.MIDPOINT, 11, [2, 1]), (Moment.LAST, 16, [2, 1])]


def test_days_far_apart_get_a_message_each():
    assert planned(two(by=date(2026, 3, 11))) == [
        (Moment.LAST, 9, [2]),
        (Moment.MIDPOINT, 12, [1]),
        (Moment.LAST, 17, [1]),
    ]


def test_one_made_after_the_others_mid_point_is_not_in_that_message():
    first = a_commitment(made_at=datetime(2026, 2, 27, 16, tzinfo=UTC), by=date(2026, 3, 13))
    second = a_commitment(id=2, slot=2, made_at=datetime(2026, 3, 6, 16, tzinfo=UTC), by=date(2026, 3, 13))
    assert planned([first, second]) == [
        (Moment.MIDPOINT, 6, [1]),
        (Moment.MIDPOINT, 9, [2]),
        (Moment.LAST, 11, [1, 2]),
    ]


@pytest.mark.parametrize(
    ("state", "count"), [(state, 2 if state.value in ("open", "on_it", "stuck") else 0) for state in CommitmentState]
)
def test_what_is_settled_is_not_spoken_of(state, count):
    assert len(planned([a_commitment(state=state)])) == count


@pytest.mark.parametrize(
    ("by", "days"),
    [
        (date(2026, 3, 6), []),  # tomorrow: the receipt is enough
        (date(2026, 3, 9), []),
        (date(2026, 3, 10), [6]),
        (date(2026, 3, 11), [9]),
        (date(2026, 3, 12), [10]),
        (date(2026, 3, 13), [9, 11]),
    ],
)
def test_a_short_way_has_fewer_reminders(by, days):
    assert [on for _, on, _ in planned([a_commitment(by=by)])] == days


def test_holidays_move_reminders_to_working_days():
    place = Place("Europe/Berlin", frozenset({date(2026, 3, 12), date(2026, 3, 17), date(2026, 3, 18)}))
    assert [on for _, on, _ in planned([a_commitment()], place)] == [13]
    assert reminders.last_day(a_commitment(), place) == date(2026, 3, 13)


def test_a_reminder_comes_in_the_morning_where_the_owner_is():
    for zone in ("America/New_York", "Asia/Kathmandu", "Pacific/Auckland"):
        for reminder in reminders.plan(two(), Place(zone)):
            assert when.local(reminder.at, zone).time() == time(9, 0)
            assert when.local(reminder.at, zone).date() == reminder.on


def test_the_receipt_comes_ten_minutes_after_the_later_one():
    later = MADE + timedelta(minutes=4)
    assert reminders.receipt_at(two(made_at=later)) == MADE + timedelta(minutes=14)


days = st.integers(1, 40)


@given(
    days,
    days,
    st.integers(0, 20),
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Pacific/Apia"]),
    st.integers(0, 6),
)
def test_none_is_in_more_than_one_of_each_and_all_fall_between_making_and_day(first, second, late, zone, weekday):
    made = MADE + timedelta(days=weekday)
    made_later = made + timedelta(days=late)
    those = [
        a_commitment(made_at=made, by=made.date() + timedelta(days=first)),
        a_commitment(id=2, slot=2, made_at=made_later, by=made_later.date() + timedelta(days=second)),
    ]
    place = Place(zone)
    found = reminders.plan(those, place)
    assert found == reminders.plan(those[::-1], place)
    assert found == sorted(found, key=lambda reminder: reminder.at)
    told = Counter((reminder.moment, one.id) for reminder in found for one in reminder.about)
    assert all(count == 1 for count in told.values())
    for reminder in found:
        assert not when.is_quiet(reminder.at, zone)
        for one in reminder.about:
            assert one.made_at < reminder.at
            assert reminder.on < one.by
    for one in those:
        has_last = reminders.last_day(one, place) is not None
        assert told[Moment.LAST, one.id] == has_last
