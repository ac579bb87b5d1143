"""When somebody may be written to: from one hour of the day to another, on working days that are not off.

Days off are holidays of the reader's country and weeks in which the company is away; which days those are is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain import when

FARTHEST = 400
"""Days looked ahead. Who has no open hour in more than a year has none."""
SHORTEST = timedelta(hours=2)
"""The least that must be left of a day to write to somebody in."""


@dataclass(frozen=True)
class Hours:
    """Open from `opens` to `closes` by the clock there, Monday to Friday but for `off` and `away`."""

    zone: str = "UTC"
    opens: time = when.MORNING
    closes: time = when.EVENING
    off: frozenset[date] = when.NO_HOLIDAYS
    """Holidays."""
    away: frozenset[date] = when.NO_HOLIDAYS
    """Days in weeks in which the company is away."""
    country: str = ""
    """Whose holidays these are, as one says it: "Portugal"."""

    def is_day(self, day: date) -> bool:
        return when.is_working_day(day, self.off) and day not in self.away

    def is_open(self, at: datetime) -> bool:
        here = when.local(at, self.zone)
        return self.is_day(here.date()) and self.opens <= here.time() < self.closes

    def next_open(self, at: datetime) -> datetime | None:
        """That very moment, or the next at which somebody there may be written to."""
        if self.is_open(at):
            return at
        today = when.local(at, self.zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(FARTHEST))
        return next((moment for moment in self._openings(days) if moment >= at), None)

    def before(self, deadline: datetime, now: datetime) -> datetime | None:
        """The last opening in good time before a deadline, or now where it is open and that is over."""
        last = when.local(deadline, self.zone).date()
        first = when.local(now, self.zone).date()
        days = (last - timedelta(days=back) for back in range((last - first).days + 1))
        in_time = (moment for moment in self._openings(days) if moment + SHORTEST <= deadline)
        found = next(in_time, None)
        if found is not None and found >= now:
            return found
        return now if self.is_open(now) and now < deadline else None

    def best(self, at: datetime, deadline: datetime | None, now: datetime) -> datetime | None:
        """The first good moment from `at` on; where the deadline comes too soon after, the last one before.

        None where no good moment is left before the deadline."""
        first = self.next_open(at)
        if deadline is None or (first is not None and first + SHORTEST <= deadline):
            return first
        earlier = self.before(deadline, now)
        if earlier is not None:
            return earlier
        return first if first is not None and first < deadline else None

    def why_closed(self, at: datetime) -> str:
        """What keeps one from writing now: the last words of "it waits because of …"."""
        here = when.local(at, self.zone)
        if here.date() in self.away:
            return "a week off"
        if here.date() in self.off:
            return f"a holiday in {self.country}" if self.country else "a holiday"
        return "quiet hours" if when.is_working_day(here.date()) else "the weekend"

    def _openings(self, days: Iterator[date]) -> Iterator[datetime]:
        return (when.to_utc(day, self.opens, self.zone) for day in days if self.is_day(day))


def week_of(at: datetime, zone: str) -> date:
    """The Monday of the week it is there, by which messages are counted."""
    return when.week_of(when.local(at, zone).date())
