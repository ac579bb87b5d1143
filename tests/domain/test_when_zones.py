"""Every zone there is keeps its wall times through a year, as dateutil and a clock there say: one of each that are alike."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain import when
from tests.domain.test_when import ZONES, by_rrule, read_off_the_clock, rules_in

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYS = 400
LEAP_DAY = date(2028, 2, 29)


@cache
def habits(zone: str) -> tuple:
    """How its offset goes through the year, and at which hours it changes: two zones that agree in that are alike."""
    here = ZoneInfo(zone)
    offsets = [(START + DAY * day).astimezone(here).utcoffset() for day in range(DAYS)]
    changes = [day for day in range(DAYS - 1) if offsets[day] != offsets[day + 1]]
    hours = [(START + DAY * day + HOUR * hour).astimezone(here).utcoffset() for day in changes for hour in range(24)]
    return offsets[0], tuple(changes), tuple(hours)


def one_of_each() -> list[str]:
    """A zone for each habit that none of those of `test_when` has."""
    known = {habits(zone) for zone in ZONES}
    names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
    others = {habits(name): name for name in names}
    return sorted(name for habit, name in others.items() if habit not in known)


def test_every_zone_is_one_of_these_or_like_one():
    tried = {habits(zone) for zone in [*ZONES, *one_of_each()]}
    assert {habits(name) for name in available_timezones() if "/" in name} <= tried


@pytest.mark.parametrize("zone", one_of_each())
def test_a_rule_gives_the_same_moments_as_dateutil_through_a_year(zone):
    for rule in rules_in(zone, date(2026, 1, 7)):
        walls = list(by_rrule(rule).between(datetime(2026, 1, 1), datetime(2027, 1, 8)))
        found = when.occurrences(rule, datetime(2025, 12, 31, tzinfo=UTC), len(walls))
        assert found == [read_off_the_clock(wall, zone) for wall in walls], rule


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Apia", "America/St_Johns"])
def test_a_leap_day_is_a_day_like_any_other(zone):
    for rule in rules_in(zone, date(2028, 1, 5)):
        walls = list(by_rrule(rule).between(datetime(2028, 1, 1), datetime(2028, 4, 30)))
        found = when.occurrences(rule, datetime(2027, 12, 31, tzinfo=UTC), len(walls))
        assert found == [read_off_the_clock(wall, zone) for wall in walls], rule
    assert when.local(when.to_utc(LEAP_DAY, datetime(2028, 2, 29, 9).time(), zone), zone).date() == LEAP_DAY
