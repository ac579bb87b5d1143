"""What the program sets for everybody, what a member sets for themselves, and what the two come to."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.manners.classes import Topic
from bot.domain.manners.countries import country_of, name_of
from bot.domain.manners.deciding import WEEKLY, Reader
from bot.domain.manners.hours import SHORTEST, Hours
from bot.domain.people import Member
from bot.domain.programs import Rules

FEWEST, MOST = 1, 7
"""How few messages a week one can choose, and how many a program may allow."""
DaysOff = Callable[[str], frozenset[date]]
"""The holidays of a country, by its code."""


@dataclass(frozen=True)
class House:
    """The program's manners."""

    opens: time = when.MORNING
    closes: time = when.EVENING
    weekly: int = WEEKLY
    keep_holidays: bool = True
    weeks_off: frozenset[date] = frozenset()
    """Mondays of the weeks in which the company is away."""

    @classmethod
    def of(cls, rules: Rules) -> "House":
        return cls(
            opens=time.fromisoformat(rules.write_from),
            closes=time.fromisoformat(rules.write_until),
            weekly=rules.weekly_messages,
            keep_holidays=rules.keep_holidays,
            weeks_off=frozenset(date.fromisoformat(monday) for monday in rules.weeks_off),
        )

    def written_in(self, rules: Rules) -> Rules:
        return replace(
            rules,
            write_from=self.opens.isoformat("minutes"),
            write_until=self.closes.isoformat("minutes"),
            weekly_messages=self.weekly,
            keep_holidays=self.keep_holidays,
            weeks_off=tuple(sorted(monday.isoformat() for monday in self.weeks_off)),
        )

    @property
    def away(self) -> frozenset[date]:
        """The working days of these weeks."""
        return frozenset(monday + timedelta(days=ahead) for monday in self.weeks_off for ahead in range(5))


@dataclass(frozen=True)
class Own:
    """What a member has set for themselves; what is empty is as the program has it."""

    opens: time | None = None
    closes: time | None = None
    country: str = ""
    weekly: int | None = None
    muted: frozenset[Topic] = frozenset()


def coming_weeks(today: date, chosen: Collection[date]) -> list[date]:
    """The Mondays of the coming year, and those of `chosen` that are not over."""
    this = when.week_of(today)
    ahead = {this + timedelta(weeks=number) for number in range(52)}
    return sorted(ahead | {monday for monday in chosen if monday >= this})


def check_hours(opens: time, closes: time) -> None:
    open_for = timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
    when.check_hour(opens)
    if open_for < SHORTEST:
        raise Refused("Leave at least two hours between the two, the later one last.")


def check_weekly(weekly: int) -> None:
    if not FEWEST <= weekly <= MOST:
        raise Refused(f"A number from {FEWEST} to {MOST}.")


def reader_of(member: Member, own: Own, house: House, *, location: str = "", days_off: DaysOff) -> Reader:
    return Reader(
        hours=hours_of(member, own, house, location=location, days_off=days_off),
        paused_until=member.paused_until,
        weekly=min(own.weekly or house.weekly, house.weekly),
        muted=own.muted,
    )


def hours_of(member: Member, own: Own, house: House, *, location: str = "", days_off: DaysOff) -> Hours:
    country = country_of(member.tz, location, own.country) if house.keep_holidays else ""
    opens, closes = own.opens or house.opens, own.closes or house.closes
    return Hours(
        zone=member.tz,
        opens=opens,
        closes=closes,
        off=days_off(country) if country else when.NO_HOLIDAYS,
        away=house.away,
        country=name_of(country),
    )
