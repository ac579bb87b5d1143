"""Local time, held against dateutil.rrule and against a clock read every quarter of an hour."""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.when import Rule

ZONE_NAMES = """
Africa/Cairo Africa/Casablanca Africa/El_Aaiun Africa/Johannesburg Africa/Lagos Africa/Nairobi Africa/Windhoek
America/Adak America/Anchorage America/Argentina/Buenos_Aires America/Asuncion America/Bogota America/Caracas
America/Chicago America/Denver America/Halifax America/Havana America/Los_Angeles America/Mexico_City America/New_York
America/Nuuk America/Phoenix America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Troll
Asia/Amman Asia/Beirut Asia/Dhaka Asia/Gaza Asia/Hong_Kong Asia/Jerusalem Asia/Kabul Asia/Kathmandu Asia/Kolkata
Asia/Manila Asia/Seoul Asia/Singapore Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Asia/Yangon Atlantic/Azores
Atlantic/Reykjavik Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Eucla Australia/Lord_Howe
Australia/Sydney Europe/Berlin Europe/Chisinau Europe/Dublin Europe/Istanbul Europe/Lisbon Europe/London Europe/Moscow
Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Fiji Pacific/Kiritimati Pacific/Marquesas UTC
"""
ZONES = ZONE_NAMES.split()

QUARTER = timedelta(minutes=15)
RR_DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def read_off_the_clock(wall, zone):
    """The first moment at which a clock there shows `wall` or later, found by looking every quarter of an hour."""
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=15)
    here = ZoneInfo(zone)
    while moment.astimezone(here).replace(tzinfo=None) < wall:
        moment += QUARTER
    return moment


def by_rrule(rule):
    """The wall times of a rule, by dateutil."""
    names = [RR_DAYS[weekday] for weekday in rule.weekdays]
    if rule.nth is not None:
        names = [name(rule.nth) for name in names]
    return rrule.rrule(
        rrule.WEEKLY if rule.nth is None else rrule.MONTHLY,
        dtstart=datetime.combine(rule.starts, rule.at),
        interval=rule.every,
        byweekday=names,
        wkst=rrule.MO,
    )


def rules_in(zone, starts):
    return [
        Rule(zone=zone, at=time(4, 0), weekdays=(6,), starts=starts),
        Rule(zone=zone, at=time(16, 30), weekdays=(1,), every=2, starts=starts),
        Rule(zone=zone, at=time(23, 45), weekdays=(0, 4, 5), every=3, starts=starts),
        Rule(zone=zone, at=time(9, 15), weekdays=(6,), nth=-1, starts=starts),
        Rule(zone=zone, at=time(12, 0), weekdays=(3, 5), nth=2, every=2, starts=starts),
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_a_rule_gives_the_same_moments_as_dateutil_through_a_year(zone):
    starts = date(2026, 1, 7)
    year_end = datetime(2027, 1, 8)
    for rule in rules_in(zone, starts):
        walls = list(by_rrule(rule).between(datetime(2026, 1, 1), year_end))
        expected = [read_off_the_clock(wall, zone) for wall in walls]
        found = when.occurrences(rule, datetime(2025, 12, 31, tzinfo=UTC), len(expected))
        assert found == expected, rule
        assert all(moment.tzinfo is UTC for moment in found)


@pytest.mark.parametrize("zone", ZONES)
def test_any_wall_time_of_a_year_is_read_as_the_clock_there_shows_it(zone):
    for at in (time(0, 0), time(2, 30), time(3, 0), time(23, 15)):
        for day in (date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)):
            wall = datetime.combine(day, at)
            moment = when.to_utc(day, at, zone)
            if when.local(moment, zone).replace(tzinfo=None) != wall or _offset_changes(day, zone):
                assert moment == read_off_the_clock(wall, zone), (day, at)


def _offset_changes(day, zone):
    midnight, next_midnight = (
        datetime.combine(day + timedelta(days=ahead), time(), ZoneInfo(zone)) for ahead in (0, 1)
    )
    return midnight.utcoffset() != next_midnight.utcoffset()


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29T01:00"),  # leapt over: 03:00 is first
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", "2026-10-25T00:30"),  # twice: the first
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-03T15:30"),  # a leap of half an hour
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", "2026-04-04T14:45"),
        (date(2026, 4, 24), time(0, 30), "Africa/Cairo", "2026-04-23T22:00"),  # a leap at midnight
        (date(2026, 6, 1), time(9, 0), "Asia/Kathmandu", "2026-06-01T03:15"),
        (date(2026, 3, 22), time(2, 30), "Africa/Casablanca", "2026-03-22T02:00"),  # after Ramadan
        (date(2011, 12, 30), time(9, 0), "Pacific/Apia", "2011-12-30T10:00"),  # a day that never was
    ],
)
def test_leaps_and_repeats(day, at, zone, moment):
    assert when.to_utc(day, at, zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_meeting_on_a_day_that_never_was_is_held_the_day_after_once():
    rule = Rule(zone="Pacific/Apia", at=time(16), weekdays=(4, 5), starts=date(2011, 12, 1))
    found = when.occurrences(rule, when.to_utc(date(2011, 12, 28), time(12), rule.zone), 2)
    assert [when.local(moment, rule.zone).date() for moment in found] == [date(2011, 12, 31), date(2012, 1, 6)]
    friday = Rule(zone="Pacific/Apia", at=time(16), weekdays=(4,), starts=date(2011, 12, 1))
    assert when.occurrences(friday, found[0] - timedelta(hours=1), 1) == found[:1]


rules = st.builds(
    Rule,
    zone=st.sampled_from(ZONES),
    at=st.times(min_value=time(4)),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(tuple),
    starts=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    every=st.integers(1, 12),
    nth=st.sampled_from([None, None, 1, 2, 3, 4, -1]),
)
moments = st.datetimes(datetime(2019, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
holiday_sets = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=12)
near_moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC))


@given(rules, moments)
def test_moments_come_in_order_and_none_is_left_out(rule, after):
    found = when.occurrences(rule, after, 8)
    assert len(found) == 8
    assert found[0] > after
    assert all(earlier < later for earlier, later in pairwise(found))
    assert when.occurrences(rule, found[2], 5) == found[3:]
    assert found[0] in when.occurrences(rule, found[0] - timedelta(seconds=1), 1)


@given(rules, moments)
def test_days_are_those_of_dateutil_from_any_day_on(rule, after):
    since = max(after.date(), rule.starts)
    expected = islice(by_rrule(rule).xafter(datetime.combine(since, time()), inc=True), 6)
    assert list(islice(when.days(rule, after.date()), 6)) == [wall.date() for wall in expected]


@given(rules, moments)
def test_nothing_falls_in_the_small_hours(rule, after):
    for moment in when.occurrences(rule, after, 8):
        assert when.local(moment, rule.zone).time() >= when.EARLIEST


@given(rules)
def test_a_rule_comes_back_from_json_as_it_was(rule):
    assert Rule.from_dict(json.loads(json.dumps(rule.as_dict()))) == rule


GOOD = {"zone": "Europe/Berlin", "at": time(16), "weekdays": (1,), "starts": date(2026, 3, 3)}


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"weekdays": ()}, "day of the week"),
        ({"weekdays": (7,)}, "day of the week"),
        ({"every": 0}, "rhythm"),
        ({"every": 13}, "rhythm"),
        ({"nth": 5}, "last"),
        ({"nth": 0}, "last"),
        ({"zone": "Mars/Olympus"}, "Europe/Berlin"),
        ({"zone": "../etc/passwd"}, "Europe/Berlin"),
        ({"zone": ""}, "Europe/Berlin"),
        ({"at": time(3, 59)}, "04:00"),
        ({"at": time(0, 0)}, "04:00"),
        ({"starts": date(9999, 12, 31)}, "first day"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_what_to_do(wrong, hint):
    with pytest.raises(Refused, match=hint):
        Rule(**(GOOD | wrong))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "every Tuesday at 16:00, Berlin time"),
        ({"every": 2}, "every second Tuesday at 16:00, Berlin time"),
        ({"every": 5}, "every 5 weeks on Tuesday at 16:00, Berlin time"),
        ({"weekdays": (3, 1)}, "every Tuesday and Thursday at 16:00, Berlin time"),
        (
            {"weekdays": (3, 1, 0), "every": 2},
            "every second week on Monday, Tuesday and Thursday at 16:00, Berlin time",
        ),
        ({"nth": 1}, "the first Tuesday of the month at 16:00, Berlin time"),
        ({"nth": -1, "zone": "America/New_York"}, "the last Tuesday of the month at 16:00, New York time"),
        ({"nth": -1, "every": 3}, "the last Tuesday of every third month at 16:00, Berlin time"),
        ({"nth": 2, "every": 6}, "the second Tuesday of every 6 months at 16:00, Berlin time"),
        ({"zone": "UTC", "at": time(9, 5)}, "every Tuesday at 09:05, UTC"),
        ({"zone": "Etc/GMT+5"}, "every Tuesday at 16:00, GMT+5"),
        ({"zone": "America/Argentina/Buenos_Aires"}, "every Tuesday at 16:00, Buenos Aires time"),
    ],
)
def test_a_rule_in_words(changes, words):
    assert when.in_words(Rule(**(GOOD | changes))) == words


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("16:00", time(16)),
        (" 9:05 ", time(9, 5)),
        ("16.30", time(16, 30)),
        ("16h30", time(16, 30)),
        ("4pm", time(16)),
        ("4 PM", time(16)),
        ("4:30 p.m.", time(16, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:15am", time(0, 15)),
        ("11am", time(11)),
        ("Noon", time(12)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_as_people_type_it(typed, at):
    assert when.wall_time(typed) == at


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4",
        "16",
        "25:00",
        "24:00",
        "12:60",
        "13pm",
        "0am",
        "soon",
        "4:3",
        "4pmm",
        "-4pm",
        "1 6:00",
        "٤:٠٠",
        "16:00:00",
        "9" * 3000,
    ],
)
def test_a_time_that_could_mean_anything_is_refused(typed):
    with pytest.raises(Refused, match="16:00"):
        when.wall_time(typed)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_time_or_a_refusal(typed):
    try:
        assert isinstance(when.wall_time(typed), time)
    except Refused as refusal:
        assert "4pm" in refusal.sentence


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_said_is_understood_again(at):
    assert when.wall_time(when.clock(at)) == at
    assert when.wall_time(at.strftime("%I:%M %p")) == at


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        (" new york ", "America/New_York"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_as_people_type_it(typed, zone):
    assert when.zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed", ["", "Mars", "localtime", "America", "../../etc/passwd", "Europe/Berlin\0", "🌍", "\ud800"]
)
def test_a_zone_nobody_knows_is_refused(typed):
    with pytest.raises(Refused, match="by its city"):
        when.zone_named(typed)


HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6)})  # Good Friday and Easter Monday


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        (date(2026, 4, 10), 0, date(2026, 4, 10)),
        (date(2026, 4, 10), 2, date(2026, 4, 8)),
        (date(2026, 4, 7), 1, date(2026, 4, 2)),
        (date(2026, 4, 7), 2, date(2026, 4, 1)),
        (date(2026, 4, 5), 1, date(2026, 4, 2)),
        (date(2026, 4, 13), 5, date(2026, 4, 2)),
    ],
)
def test_working_days_before_leap_over_weekends_and_holidays(day, n, before):
    assert when.working_days_before(day, n, HOLIDAYS) == before


@given(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(1, 15), holiday_sets)
def test_counting_working_days_there_and_back(day, n, holidays):
    before = when.working_days_before(day, n, holidays)
    between = [before + timedelta(days=ahead) for ahead in range((day - before).days)]
    assert when.is_working_day(before, holidays)
    assert sum(when.is_working_day(other, holidays) for other in between) == n
    assume(when.is_working_day(day, holidays))
    assert when.working_days_after(before, n, holidays) == day
    assert when.first_working_day(day, holidays) == day


@pytest.mark.parametrize(
    ("moment", "quiet", "good"),
    [
        ("2026-04-02T08:59", True, "2026-04-02T09:00"),
        ("2026-04-02T09:00", False, "2026-04-02T09:00"),
        ("2026-04-02T17:59", False, "2026-04-02T17:59"),
        ("2026-04-02T18:00", True, "2026-04-07T09:00"),  # over Easter
        ("2026-04-03T12:00", True, "2026-04-07T09:00"),
        ("2026-04-11T12:00", True, "2026-04-13T09:00"),
        ("2026-04-13T00:00", True, "2026-04-13T09:00"),
    ],
)
def test_quiet_hours_and_when_they_end(moment, quiet, good):
    zone = "America/New_York"
    there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert when.is_quiet(there, zone, HOLIDAYS) is quiet
    expected = datetime.fromisoformat(good).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert when.first_good_moment(there, zone, HOLIDAYS) == expected


@given(near_moments, st.sampled_from(ZONES), holiday_sets)
def test_a_good_moment_is_the_first_that_is_not_quiet(moment, zone, holidays):
    good = when.first_good_moment(moment, zone, holidays)
    assert not when.is_quiet(good, zone, holidays)
    waiting = moment
    while waiting < good:
        assert when.is_quiet(waiting, zone, holidays)
        waiting += timedelta(minutes=50)


@given(near_moments, st.sampled_from(ZONES), holiday_sets)
def test_a_working_morning_is_nine_o_clock_after_now(moment, zone, holidays):
    morning = when.next_working_morning(moment, zone, holidays)
    here = when.local(morning, zone)
    assert morning > moment
    assert here.time() == when.MORNING
    assert when.is_working_day(here.date(), holidays)
    first = when.first_morning(moment, zone, holidays)
    assert when.is_morning(first, zone, holidays)
    assert moment <= first <= morning


def test_at_nine_o_clock_the_next_morning_is_tomorrows():
    thursday = when.to_utc(date(2026, 3, 5), time(9), "Europe/Berlin")
    assert when.next_working_morning(thursday, "Europe/Berlin") == thursday + timedelta(days=1)
    assert when.first_morning(thursday, "Europe/Berlin") == thursday


def test_nine_o_clock_on_a_day_that_never_was_is_nobodys_morning():
    thursday_evening = when.to_utc(date(2011, 12, 29), time(20), "Pacific/Apia")
    monday = when.to_utc(date(2012, 1, 2), time(9), "Pacific/Apia")
    assert when.next_working_morning(thursday_evening, "Pacific/Apia") == monday


def test_a_week_is_known_by_its_monday():
    assert when.week_of(date(2026, 3, 1)) == date(2026, 2, 23)
    assert when.week_of(date(2026, 3, 2)) == date(2026, 3, 2)


def test_days_and_moments_in_words():
    assert when.say_day(date(2026, 3, 12)) == "Thursday 12 March"
    moment = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
    assert when.say_moment(moment, "Europe/Berlin") == "Thursday 12 March at 16:00, Berlin time"
    assert when.say_moment(moment, "Asia/Tokyo") == "Friday 13 March at 00:00, Tokyo time"


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["Ana"], "Ana"), (["Ana", "Bo"], "Ana and Bo"), (["Ana", "Bo", "Cy"], "Ana, Bo and Cy")],
)
def test_names_are_joined_as_in_a_sentence(names, words):
    assert when.and_join(names) == words
