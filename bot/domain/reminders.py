"""When a member hears about their commitments: a receipt, one mid-point, one last reminder; then silence.

Both commitments of a session go into one message wherever their days are near, and none is ever in more than one
mid-point and one last reminder: a commitment remembers the mornings it was promised for.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.commitments import Commitment, Undertaking
from bot.domain.people import Member

RECEIPT_AFTER = timedelta(minutes=10)
LAST_DAYS = 2
"""How many working days before its day the last reminder of a commitment comes."""
APART = timedelta(days=2)
"""How far the mid-point must be from the last reminder to be worth a message."""
NEAR = timedelta(days=3)
"""Reminders that are at most this far apart become one."""


class Moment(StrEnum):
    MIDPOINT = "midpoint"
    LAST = "last"


@dataclass(frozen=True)
class Reminder:
    """One message about these commitments, on the morning of that day where the owner is."""

    moment: Moment
    on: date
    at: datetime
    about: tuple[Commitment, ...]


@dataclass(frozen=True)
class Promised:
    """A commitment with the mornings it was promised for, and when the next reminder falls due (None: never again)."""

    commitment: Commitment
    next_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    """Where the owner is, and which days are holidays there."""

    zone: str
    holidays: frozenset[date] = when.NO_HOLIDAYS


def place_of(member: Member | None) -> Place:
    """Where a member is; somebody who is not known any more is in UTC."""
    return Place(member.tz if member else "UTC")


def receipt_at(commitments: Collection[Commitment]) -> datetime:
    """Ten minutes after the later one was made, so that one receipt covers both."""
    return max(commitment.made_at for commitment in commitments) + RECEIPT_AFTER


def plan(commitments: Collection[Commitment], place: Place) -> list[Reminder]:
    """The reminders still to be promised to one member for one session, in order; what is settled needs none."""
    under_way = sorted((one for one in commitments if one.is_under_way), key=lambda one: one.slot)
    reminders = [
        Reminder(moment, on, morning(on, place), tuple(about))
        for moment, day in ((Moment.MIDPOINT, midpoint_day), (Moment.LAST, last_day))
        for on, about in _together([(day(one, place), one) for one in under_way if not told_on(one, moment)], place)
    ]
    return sorted(reminders, key=lambda reminder: reminder.at)


def promise(
    commitments: Collection[Commitment], place: Place, until: datetime
) -> tuple[list[Reminder], list[Promised]]:
    """The reminders that fall due until then, and the commitments as they are once these are promised."""
    ready = [reminder for reminder in plan(commitments, place) if reminder.at <= until]
    told = {one.id: one for one in commitments}
    for reminder in ready:
        for one in reminder.about:
            told[one.id] = _told(told[one.id], reminder.moment, reminder.on)
    return ready, waiting(told.values(), place)


def waiting(commitments: Iterable[Commitment], place: Place) -> list[Promised]:
    """Each with the moment its next reminder falls due."""
    every = list(commitments)
    ahead = plan(every, place)
    return [Promised(one, next((next_one.at for next_one in ahead if one in next_one.about), None)) for one in every]


def rescheduled(commitment: Commitment, place: Place, now: datetime) -> Commitment:
    """After its day was moved: what was promised and has not come yet is open again, what lies behind is not made up for."""
    for moment, day in ((Moment.MIDPOINT, midpoint_day), (Moment.LAST, last_day)):
        told = told_on(commitment, moment)
        if told is not None and morning(told, place) > now:
            told = None
        on = day(commitment, place)
        if told is None and on is not None and morning(on, place) <= now:
            told = on
        commitment = _told(commitment, moment, told)
    return commitment


def still_wanted(reminder: Reminder, place: Place, today: date) -> list[Commitment]:
    """What is left to be said of those it is about, when its time has come."""
    return [one for one in reminder.about if one.is_under_way and _in_time(one, reminder.moment, place, today)]


def _in_time(commitment: Commitment, moment: Moment, place: Place, today: date) -> bool:
    if commitment.by < today:
        return False
    last = last_day(commitment, place)
    return moment is Moment.LAST or last is None or today < last


def told_on(commitment: Commitment, moment: Moment) -> date | None:
    """The morning for which this reminder was promised."""
    return commitment.midpoint_on if moment is Moment.MIDPOINT else commitment.last_on


def _told(commitment: Commitment, moment: Moment, on: date | None) -> Commitment:
    if moment is Moment.MIDPOINT:
        return replace(commitment, midpoint_on=on)
    return replace(commitment, last_on=on)


def morning(on: date, place: Place) -> datetime:
    return when.to_utc(on, when.MORNING, place.zone)


def last_day(commitment: Undertaking, place: Place) -> date | None:
    """Two working days before its day; None where that is not after the day it was made."""
    day = when.working_days_before(commitment.by, LAST_DAYS, place.holidays)
    return day if day > _made_on(commitment, place) else None


def midpoint_day(commitment: Undertaking, place: Place) -> date | None:
    """Half of the way, on a working day; None where that would come just before the last reminder."""
    made, last = _made_on(commitment, place), last_day(commitment, place)
    if last is None:
        return None
    day = when.first_working_day(made + (commitment.by - made) / 2, place.holidays)
    return day if made < day <= last - APART else None


def _made_on(commitment: Undertaking, place: Place) -> date:
    return when.local(commitment.made_at, place.zone).date()


def _together(days: Sequence[tuple[date | None, Commitment]], place: Place) -> list[tuple[date, list[Commitment]]]:
    """One message for both on the earlier day, if they are near and both were made by then."""
    known = sorted(((on, one.slot, one) for on, one in days if on is not None), key=lambda known: known[:2])
    messages: list[tuple[date, list[Commitment]]] = []
    for on, _, one in known:
        if messages and on - messages[-1][0] <= NEAR and _made_on(one, place) < messages[-1][0]:
            messages[-1][1].append(one)
        else:
            messages.append((on, [one]))
    return messages
