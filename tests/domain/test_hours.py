"""Hours that two people share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import hours, when
from bot.domain.hours import Hours
from bot.domain.people import Availability

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)  # a Thursday
OFFICE = Availability()


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Hours("Europe/Berlin", OFFICE), Hours("Europe/Berlin", OFFICE), "Thursday 10:00 to 12:00"),
        (Hours("Europe/Berlin", OFFICE), Hours("Europe/London", OFFICE), "Thursday 10:00 to 12:00"),
        (Hours("Europe/Berlin", OFFICE), Hours("America/New_York", OFFICE), "Thursday 15:00 to 17:00"),
        (Hours("Europe/Berlin", Availability((1,))), Hours("Europe/Berlin", OFFICE), "Tuesday 09:00 to 11:00"),
        (
            Hours("Europe/Berlin", Availability((1,), "09:00", "10:10")),
            Hours("Europe/Berlin", Availability((1, 2), "09:20", "12:00")),
            "Tuesday 09:30 to 10:00",
        ),
        (
            Hours("Europe/Berlin", Availability((4,), "22:00", "02:00")),
            Hours("Asia/Kolkata", Availability((5,), "04:00", "06:00")),
            "Friday 23:30 to 01:30",
        ),
        (Hours("Europe/Berlin", OFFICE), Hours("America/Los_Angeles", OFFICE), None),
        (Hours("Europe/Berlin", Availability((0,))), Hours("Europe/Berlin", Availability((1,))), None),
    ],
)
def test_the_best_hours(one, other, words):
    found = hours.best(one, other, NOW)
    assert (hours.in_words(found, "Europe/Berlin") if found else None) == words
    assert hours.best(other, one, NOW) == found


anybody = st.builds(
    Hours,
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland"]),
    st.builds(
        Availability,
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}"),
        st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}"),
    ),
)


@given(anybody, anybody, st.integers(0, 24 * 14))
def test_what_is_shared_is_worked_by_both_and_lies_within_a_week(one, other, later):
    now = NOW + timedelta(hours=later)
    found = hours.shared(one, other, now)
    assert found == hours.shared(other, one, now)
    for stretch in found:
        assert now <= stretch.starts and stretch.length >= hours.LEAST
        assert stretch.ends <= now + timedelta(days=10)
        for person in (one, other):
            assert works(person, stretch.starts) and works(person, stretch.ends - timedelta(minutes=1))


def works(person, at):
    wall = when.local(at, person.zone)
    times = person.times
    now, start, end = f"{wall:%H:%M}", times.start, times.end
    if start < end:
        return wall.weekday() in times.days and start <= now < end
    return (wall.weekday() in times.days and now >= start) or ((wall.weekday() - 1) % 7 in times.days and now < end)
