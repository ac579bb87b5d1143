"""Hours that two people share: what both said about their working days, each in their own zone.

Only whole half hours count, on the days of one week, so that the answer is one both can act on this week.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import when
from bot.domain.people import Availability

LEAST = timedelta(minutes=30)
BEST = timedelta(hours=2)
"""A longer stretch is told by its first two hours: an offer, not a timetable."""


@dataclass(frozen=True)
class Hours:
    """Somebody's working hours and where they hold."""

    zone: str
    times: Availability


@dataclass(frozen=True)
class Stretch:
    starts: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts


def shared(one: Hours, other: Hours, after: datetime) -> list[Stretch]:
    """Where both work, from then on for a week, in order; empty where their hours never meet."""
    found = []
    theirs = _stretches(other, after)
    for mine in _stretches(one, after):
        for stretch in theirs:
            both = Stretch(max(mine.starts, stretch.starts, after), min(mine.ends, stretch.ends))
            if both.length >= LEAST:
                found.append(both)
    return sorted(found, key=lambda stretch: stretch.starts)


def best(one: Hours, other: Hours, after: datetime) -> Stretch | None:
    """The first stretch that is long enough for a talk without haste, else the longest there is."""
    every = shared(one, other, after)
    first = next((stretch for stretch in every if stretch.length >= BEST), None)
    chosen = first or max(every, key=lambda stretch: (stretch.length, -stretch.starts.timestamp()), default=None)
    if chosen is None:
        return None
    return Stretch(chosen.starts, min(chosen.ends, chosen.starts + BEST))


def in_words(stretch: Stretch, zone: str) -> str:
    """ "Tuesday 09:00 to 11:00", as it is there."""
    starts, ends = when.local(stretch.starts, zone), when.local(stretch.ends, zone)
    return f"{starts:%A} {starts:%H:%M} to {ends:%H:%M}"


def _stretches(hours: Hours, after: datetime) -> list[Stretch]:
    """A week of working days, from the day before on: it may be later there."""
    today = when.local(after, hours.zone).date()
    days = [today + timedelta(days=number) for number in range(-1, 8)]
    return [_day(hours, day) for day in days if day.weekday() in hours.times.days]


def _day(hours: Hours, day: date) -> Stretch:
    start, end = time.fromisoformat(hours.times.start), time.fromisoformat(hours.times.end)
    last = day if end > start else day + timedelta(days=1)
    return Stretch(_half_hour(day, start, hours.zone, up=True), _half_hour(last, end, hours.zone, up=False))


def _half_hour(day: date, at: time, zone: str, *, up: bool) -> datetime:
    exact = when.to_utc(day, at, zone).astimezone(UTC)
    over = timedelta(minutes=exact.minute % 30, seconds=exact.second)
    if not over:
        return exact
    return exact - over + (timedelta(minutes=30) if up else timedelta())
