"""A reader who moves to another zone: what waits for their morning waits for the morning there."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

import pytest

from bot.domain import when
from bot.domain.manners import Hours, Letter, Manner, Reader, followed

ZONES = (
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
)
LEAPS = (
    date(2026, 3, 6),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 9, 25),
    date(2026, 10, 23),
    date(2026, 10, 30),
)
"""The Fridays before clocks go forth or back in one of them."""
DAYS = [friday + timedelta(days=more) for friday in LEAPS for more in (0, 3)]


def reader(zone: str, opens: time = when.MORNING) -> Reader:
    return Reader(Hours(zone, opens=opens, closes=time(20)))


@pytest.mark.parametrize("opens", [time(9), time(11, 30)])
@pytest.mark.parametrize(("before", "after"), list(permutations(ZONES, 2)))
def test_a_morning_there_is_the_same_morning_here(before, after, opens):
    dice = random.Random(f"{before} {after}")
    for day in DAYS:
        due, same = when.to_utc(day, opens, before), when.to_utc(day, opens, after)
        now = due - timedelta(minutes=dice.randrange(1, 30 * 60))
        letter, _why = followed(Letter(Manner.NUDGE, due), before, reader(after, opens), now)
        if same > now:
            assert letter.due == same
        else:
            assert letter.due == same or when.local(letter.due, after).time() == opens
            assert reader(after, opens).hours.is_open(max(letter.due, now))


@pytest.mark.parametrize(("before", "after"), list(permutations(ZONES, 2)))
def test_there_and_back_again_is_where_it_was(before, after):
    for day in DAYS:
        due = when.to_utc(day, when.MORNING, before)
        evening = when.to_utc(day + timedelta(days=2), when.EVENING, before)
        now = due - timedelta(days=2)
        there, _why = followed(Letter(Manner.NUDGE, due, evening), before, reader(after), now)
        back, _why = followed(there, after, reader(before), now)
        assert back.due == due
        assert back.deadline >= evening


def test_a_day_ends_there_as_it_would_have_here_and_never_earlier():
    due, evening = datetime(2026, 3, 9, 8, tzinfo=UTC), datetime(2026, 3, 9, 17, tzinfo=UTC)
    letter = Letter(Manner.NUDGE, due, evening)
    now = due - timedelta(hours=10)
    west, _why = followed(letter, "Europe/Berlin", reader("America/Los_Angeles"), now)
    assert (west.due, west.deadline) == (datetime(2026, 3, 9, 16, tzinfo=UTC), datetime(2026, 3, 10, 1, tzinfo=UTC))
    east, _why = followed(letter, "Europe/Berlin", reader("Asia/Tokyo"), now)
    assert (east.due, east.deadline) == (datetime(2026, 3, 9, 0, tzinfo=UTC), evening)


def test_a_moment_of_the_world_stays_unless_they_sleep_then():
    """Half past three in Berlin is half past eleven at night in Tokyo."""
    due = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
    now = due - timedelta(hours=3)
    stays, why = followed(Letter(Manner.NUDGE, due), "Europe/Berlin", reader("Europe/Lisbon"), now)
    assert (stays.due, why) == (due, "")
    waits, why = followed(Letter(Manner.NUDGE, due), "Europe/Berlin", reader("Asia/Tokyo"), now)
    assert waits.due == datetime(2026, 3, 10, 0, tzinfo=UTC)
    assert why == "quiet hours until Tuesday 10 March at 09:00, Tokyo time"
