"""Local time: cadences, working days, mornings and quiet hours, and how to say them.

The only module that knows what a clock on a wall shows. Everywhere else a moment is an aware UTC datetime. A wall
time that a zone leaps over in spring becomes the first moment after the leap; one that comes twice in autumn is the first.
Nothing is planned between midnight and four in the morning, where most zones make their leaps.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count as numbers
from itertools import islice, pairwise
from typing import TypedDict
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.errors import Refused

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
NO_HOLIDAYS: frozenset[date] = frozenset()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MORNING = time(9, 0)
"""When quiet hours end."""
NOON = time(12, 0)
EVENING = time(18, 0)
"""When quiet hours begin."""
EARLIEST = time(4, 0)
MOST_WEEKS = 12
YEARS = range(1990, 2200)
"""Far enough from both ends of the calendar that no sum of dates can leave it."""


class RuleDict(TypedDict):
    """A rule as plain JSON."""

    zone: str
    at: str
    weekdays: list[int]
    every: int
    nth: int | None
    starts: str


@dataclass(frozen=True)
class Rule:
    """A cadence: these weekdays (0 = Monday), at this wall time in this zone, from `starts` on.

    Without `nth` it is every `every` weeks, counted from the week of `starts`. With `nth` (1 to 4, or -1 for the last)
    it is that weekday of every `every`-th month, counted from the month of `starts`.
    """

    zone: str
    at: time
    weekdays: tuple[int, ...]
    starts: date
    every: int = 1
    nth: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        object.__setattr__(self, "at", self.at.replace(second=0, microsecond=0))
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise Refused("Pick at least one day of the week.")
        if not 1 <= self.every <= MOST_WEEKS:
            raise Refused(f"Pick a rhythm between every week and every {MOST_WEEKS} weeks.")
        if self.nth is not None and self.nth not in ORDINALS:
            raise Refused("Pick the first, second, third, fourth or last such day of the month.")
        if self.starts.year not in YEARS:
            raise Refused("Pick a first day in the coming months.")
        if not is_zone(self.zone):
            raise Refused("Pick a time zone by its city, such as Europe/Berlin.")
        check_hour(self.at)

    def as_dict(self) -> RuleDict:
        return RuleDict(
            zone=self.zone,
            at=self.at.isoformat(timespec="minutes"),
            weekdays=list(self.weekdays),
            every=self.every,
            nth=self.nth,
            starts=self.starts.isoformat(),
        )

    @classmethod
    def from_dict(cls, stored: RuleDict) -> "Rule":
        return cls(
            zone=stored["zone"],
            at=time.fromisoformat(stored["at"]),
            weekdays=tuple(stored["weekdays"]),
            every=stored["every"],
            nth=stored["nth"],
            starts=date.fromisoformat(stored["starts"]),
        )


def occurrences(rule: Rule, after: datetime, count: int) -> list[datetime]:
    """The next `count` moments of the rule, strictly after `after`."""
    since = local(after, rule.zone).date() - timedelta(days=1)
    moments = (_moment(rule, day) for day in days(rule, since))
    # Two days can fall on one moment where a zone left out a whole day, as Apia did on 30 December 2011.
    distinct = (later for earlier, later in pairwise(_after(after, moments)) if later > earlier)
    return list(islice(distinct, count))


def _after(after: datetime, moments: Iterator[datetime]) -> Iterator[datetime]:
    yield after
    yield from (moment for moment in moments if moment > after)


def _moment(rule: Rule, day: date) -> datetime:
    moment = to_utc(day, rule.at, rule.zone)
    if local(moment, rule.zone).date() == day:
        return moment
    return to_utc(day + timedelta(days=1), rule.at, rule.zone)


def days(rule: Rule, since: date) -> Iterator[date]:
    """The days the rule falls on, from `since` on, in order and without end."""
    first = max(since, rule.starts)
    periods = _weeks(rule, first) if rule.nth is None else _months(rule, first, rule.nth)
    return (day for period in periods for day in period if day >= first)


def _weeks(rule: Rule, first: date) -> Iterator[list[date]]:
    anchor = week_of(rule.starts)
    passed = (week_of(first) - anchor).days // 7 // rule.every
    for turn in numbers(passed):
        monday = anchor + timedelta(weeks=turn * rule.every)
        yield [monday + timedelta(days=weekday) for weekday in rule.weekdays]


def _months(rule: Rule, first: date, nth: int) -> Iterator[list[date]]:
    anchor = rule.starts.year * 12 + rule.starts.month - 1
    passed = (first.year * 12 + first.month - 1 - anchor) // rule.every
    for turn in numbers(passed):
        year, month = divmod(anchor + turn * rule.every, 12)
        yield sorted(_nth_weekday(year, month + 1, weekday=weekday, nth=nth) for weekday in rule.weekdays)


def _nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


# The two directions between a clock on a wall and UTC


def to_utc(day: date, at: time, zone: str) -> datetime:
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    first = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if _wall(first, zone) == wall:
        return first
    # The wall time does not exist. Read with the offset of after the leap it lands before the leap: look in between.
    before = wall.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    return _end_of_leap(wall, zone, before=before, after=first)


def _end_of_leap(wall: datetime, zone: str, *, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=1) // 2)
        before, after = (before, middle) if _wall(middle, zone) > wall else (middle, after)
    return after


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment, as a clock in that zone shows it."""
    return moment.astimezone(ZoneInfo(zone))


def week_of(day: date) -> date:
    """The Monday of that week, by which the week is known."""
    return day - timedelta(days=day.weekday())


def around(weeks: Collection[date]) -> tuple[datetime, datetime]:
    """From before the first of these weeks, given by their Mondays, to after the last, whatever the zone."""
    first, last = min(weeks) - timedelta(days=1), max(weeks) + timedelta(days=8)
    return datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC)


# Working days and quiet hours


def is_working_day(day: date, holidays: frozenset[date] = NO_HOLIDAYS) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_before(day: date, n: int, holidays: frozenset[date] = NO_HOLIDAYS) -> date:
    """The working day `n` working days before `day`, which itself is not counted; with 0, the day itself."""
    return _working_days(day, n, holidays, step=timedelta(days=-1))


def working_days_after(day: date, n: int, holidays: frozenset[date] = NO_HOLIDAYS) -> date:
    """The working day `n` working days after `day`, which itself is not counted; with 0, the day itself."""
    return _working_days(day, n, holidays, step=timedelta(days=1))


def _working_days(day: date, n: int, holidays: frozenset[date], *, step: timedelta) -> date:
    for _ in range(n):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def first_working_day(day: date, holidays: frozenset[date] = NO_HOLIDAYS) -> date:
    """`day` itself, or the first working day after it."""
    return day if is_working_day(day, holidays) else working_days_after(day, 1, holidays)


def is_quiet(now: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> bool:
    """Whether nobody there should be written to unasked: 18:00 to 09:00, weekends and holidays."""
    here = local(now, zone)
    return not is_working_day(here.date(), holidays) or not MORNING <= here.time() < EVENING


def is_morning(now: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> bool:
    return not is_quiet(now, zone, holidays) and local(now, zone).time() < NOON


def first_good_moment(at_or_after: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """That very moment, or the end of the quiet hours it falls in."""
    if not is_quiet(at_or_after, zone, holidays):
        return at_or_after
    return next_working_morning(at_or_after, zone, holidays)


def last_good_moment(at_or_before: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """That very moment, or the last evening before the quiet hours it falls in."""
    if not is_quiet(at_or_before, zone, holidays):
        return at_or_before
    today = local(at_or_before, zone).date()
    working = (day for back in numbers() if is_working_day(day := today - timedelta(days=back), holidays))
    return next(at for day in working if (at := to_utc(day, EVENING, zone)) <= at_or_before)


def first_morning(at_or_after: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """That very moment if it is a working morning there, or the start of the next one."""
    if is_morning(at_or_after, zone, holidays):
        return at_or_after
    return next_working_morning(at_or_after, zone, holidays)


def next_working_morning(after: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> datetime:
    """The next nine o'clock of a working day there, strictly after `after`."""
    today = local(after, zone).date()
    mornings = (to_utc(today + timedelta(days=ahead), MORNING, zone) for ahead in numbers())
    return next(at for at in mornings if at > after and not is_quiet(at, zone, holidays))


def working_time(start: datetime, end: datetime, zone: str, holidays: frozenset[date] = NO_HOLIDAYS) -> timedelta:
    """How much of the time between the two is not quiet there."""
    first, last = local(start, zone).date(), local(end, zone).date()
    every = (first + timedelta(days=ahead) for ahead in range(max((last - first).days + 1, 0)))
    open_days = [day for day in every if is_working_day(day, holidays)]
    spans = (min(end, to_utc(day, EVENING, zone)) - max(start, to_utc(day, MORNING, zone)) for day in open_days)
    return sum((span for span in spans if span > timedelta()), timedelta())


# What members say, and what is said to them


def check_hour(at: time) -> time:
    if at < EARLIEST:
        raise Refused("Nothing is planned between midnight and 04:00. Pick a time from 04:00 on.")
    return at


WALL_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.ASCII)
CLOCK_UNCLEAR = 'I need a time of day such as "16:00" or "4pm".'


def wall_time(text: str) -> time:
    """A time of day as a member types it. A bare "4" is refused: it could be either half of the day."""
    typed = text.strip().lower()
    if typed in ("noon", "midday"):
        return NOON
    found = WALL_TIME.fullmatch(typed)
    if found is None or (found[2] is None and found[3] is None):
        raise Refused(CLOCK_UNCLEAR)
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise Refused(CLOCK_UNCLEAR)
        hour = hour % 12 + (12 if found[3].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise Refused(CLOCK_UNCLEAR)
    return time(hour, minute)


@cache
def _zones() -> frozenset[str]:
    # "localtime" is whatever the machine happens to be set to, and "Factory" is nowhere.
    return frozenset(available_timezones() - {"localtime", "Factory"})


def is_zone(name: str) -> bool:
    return name in _zones()


def zone_named(text: str) -> str:
    """The zone a member means: its full name, or its city alone, in any case."""
    typed = "_".join(text.split()).casefold()
    found = [name for name in sorted(_zones()) if typed == name.casefold()]
    cities = [name for name in sorted(_zones()) if typed == name.rpartition("/")[2].casefold()]
    if found or len(cities) == 1:
        return (found or cities)[0]
    raise Refused("I don't know that time zone. Write it by its city, such as Europe/Berlin or America/New_York.")


def place(zone: str) -> str:
    """How to name a zone in a sentence: "Berlin time"."""
    region, _, city = zone.rpartition("/")
    return f"{city.replace('_', ' ')} time" if region not in ("", "Etc") else city


def clock(at: time) -> str:
    return at.strftime("%H:%M")


def in_words(rule: Rule) -> str:
    """Such as "every second Tuesday at 16:00, Berlin time"."""
    return f"{_rhythm(rule)} at {clock(rule.at)}, {place(rule.zone)}"


def _rhythm(rule: Rule) -> str:
    names = and_join([WEEKDAYS[weekday] for weekday in rule.weekdays])
    nth = ORDINALS.get(rule.every, "")
    if rule.nth is not None:
        months = {1: "the month"}.get(rule.every, f"every {nth} month" if nth else f"every {rule.every} months")
        return f"the {ORDINALS[rule.nth]} {names} of {months}"
    if rule.every == 1:
        return f"every {names}"
    if nth and len(rule.weekdays) == 1:
        return f"every {nth} {names}"
    return f"every {nth} week on {names}" if nth else f"every {rule.every} weeks on {names}"


def and_join(names: list[str]) -> str:
    """ "Ana", "Ana and Bo", "Ana, Bo and Cy"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def say_day(day: date) -> str:
    """Such as "Thursday 12 March"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def say_moment(moment: datetime, zone: str) -> str:
    """Such as "Thursday 12 March at 16:00, Berlin time"."""
    here = local(moment, zone)
    return f"{say_day(here.date())} at {clock(here.time())}, {place(zone)}"


def next_beat(now: datetime, every: timedelta) -> datetime:
    """The next of the moments that divide the days since 1970 evenly, so that what is looked at often is so together."""
    return EPOCH + ((now - EPOCH) // every + 1) * every
