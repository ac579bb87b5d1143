"""Quorum: how many make a session, when they are counted, and what a circle is asked when too few can come.

They are counted on the working day before, at the circle's hour. While enough could still come, those who have not said
are asked once; a few hours later, or as soon as enough no longer can, the circle decides by tap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.agenda import AgendaFacts
from bot.domain.ballots import Option
from bot.domain.circles import ENOUGH, Circle
from bot.domain.errors import Refused
from bot.domain.ids import MemberId
from bot.domain.people import Availability
from bot.domain.sessions import Session, check_move

FEWEST = 3
CALL_TIME = timedelta(hours=4)
"""How long those who have not said have, before the others decide without them."""
OPEN_TIME = timedelta(hours=2)
"""A question stays open at least so long."""
NOTICE = timedelta(hours=3)
"""So long before the session it is decided, in working hours."""
SHORTEST_NOTICE = timedelta(hours=1)
FARTHEST_SLOT = timedelta(days=7)
STEP = timedelta(minutes=30)


class Choice(StrEnum):
    GO = "go"
    LEAVE_OUT = "leave_out"
    """In place of going ahead, where nobody would meet anybody."""
    MOVE = "move"
    WRITE = "write"


def needed(people: int, fewest: int = FEWEST) -> int:
    """Half of them and one, and no fewer than `fewest`; all of a circle that is smaller than that."""
    return min(max((people + 1) // 2 + 1, fewest), people)


@dataclass(frozen=True)
class Count:
    """Who comes to a session, of those who are not on a break."""

    coming: tuple[MemberId, ...]
    away: tuple[MemberId, ...]
    silent: tuple[MemberId, ...]
    needed: int

    @property
    def is_reached(self) -> bool:
        return len(self.coming) >= self.needed

    @property
    def may_be_reached(self) -> bool:
        return len(self.coming) + len(self.silent) >= self.needed

    @property
    def can_meet(self) -> bool:
        """Whether at least two could be there."""
        return len(self.coming) + len(self.silent) >= ENOUGH

    @property
    def answered(self) -> tuple[MemberId, ...]:
        return (*self.coming, *self.away)

    @property
    def people(self) -> tuple[MemberId, ...]:
        return (*self.coming, *self.away, *self.silent)


def count(facts: AgendaFacts, fewest: int = FEWEST) -> Count:
    away = tuple(member for member in facts.away if member not in facts.paused)
    people = len(facts.coming) + len(away) + len(facts.silent)
    return Count(facts.coming, away, facts.silent, needed(people, fewest))


# When


class Act(StrEnum):
    CALL = "call"
    """Ask those who have not said."""
    ASK = "ask"
    """Ask the circle what to do."""


@dataclass(frozen=True)
class Look:
    """What to do now, and when to look again; None where nothing is left to do unless somebody taps."""

    act: Act | None = None
    again: datetime | None = None


def counted_at(session: Session, circle: Circle) -> datetime:
    """The circle's hour, at noon at the latest, on the working day before."""
    day = when.working_days_before(when.local(session.starts, circle.zone).date(), 1)
    return when.to_utc(day, min(max(circle.checkin_time, when.MORNING), when.NOON), circle.zone)


def latest_question(session: Session) -> datetime:
    return session.starts - SHORTEST_NOTICE - OPEN_TIME


def closes_at(session: Session, circle: Circle, opened: datetime) -> datetime:
    in_time = when.last_good_moment(session.starts - NOTICE, circle.zone)
    return max(in_time, opened + OPEN_TIME)


def look(session: Session, circle: Circle, counted: Count, *, called: datetime | None, now: datetime) -> Look:
    """`called` is when those who had not said were asked, None while they were not."""
    first, latest = counted_at(session, circle), latest_question(session)
    if now < first:
        return Look(again=first)
    if now > latest or counted.is_reached:
        return Look()
    if when.is_quiet(now, circle.zone):
        good = when.first_good_moment(now, circle.zone)
        return Look(again=good if good <= latest else None)
    if not counted.may_be_reached:
        return Look(Act.ASK)
    until = min((called or now) + CALL_TIME, latest)
    if called is None and until > now:
        return Look(Act.CALL, again=until)
    return Look(Act.ASK) if now >= until else Look(again=until)


# What to do instead


@dataclass(frozen=True)
class Hours:
    """When a member works."""

    zone: str
    availability: Availability


@dataclass(frozen=True)
class Slot:
    starts: datetime
    can: tuple[MemberId, ...]
    """Whose hours it lies in."""


def best_slot(
    session: Session, circle: Circle, hours: Mapping[MemberId, Hours], *, others: Sequence[Session], now: datetime
) -> Slot | None:
    """The time after its day, and before the next session's, that most of these have in their hours.

    Of several the one nearest to the usual time of day, then the soonest. None where no time suits two of them.
    """
    usual = _minute(when.local(session.starts, circle.zone))
    slots = []
    for starts in _candidates(session, circle, others, now):
        can = tuple(member for member in hours if is_in_hours(starts, session.minutes, hours[member]))
        off = abs(_minute(when.local(starts, circle.zone)) - usual)
        slots.append((-len(can), off, starts, can))
    if not slots:
        return None
    _most, _off, starts, can = min(slots)
    return Slot(starts, can) if len(can) >= ENOUGH else None


def _candidates(session: Session, circle: Circle, others: Sequence[Session], now: datetime) -> list[datetime]:
    day = when.local(session.starts, circle.zone).date() + timedelta(days=1)
    first = when.to_utc(day, when.EARLIEST, circle.zone)
    nexts = [one.starts for one in others if one.starts > session.starts]
    last = min([session.starts + FARTHEST_SLOT, *(at - timedelta(days=1) for at in nexts)])
    steps = range(max((last - first) // STEP + 1, 0))
    moments = (when.next_beat(first - STEP, STEP) + turn * STEP for turn in steps)
    return [at for at in moments if _may_move(session, at, circle=circle, others=others, now=now)]


def _may_move(session: Session, to: datetime, *, circle: Circle, others: Sequence[Session], now: datetime) -> bool:
    try:
        check_move(session, to, circle=circle, others=others, now=now)
    except Refused:
        return False
    return True


def is_in_hours(starts: datetime, minutes: int, hours: Hours) -> bool:
    begins, free = when.local(starts, hours.zone), hours.availability
    return begins.weekday() in free.days and _of(free.start) <= _minute(begins) <= _of(free.end) - minutes


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _of(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def options(counted: Count, slot: Slot | None) -> tuple[Option, ...]:
    """What the circle can choose; another time only where more can come to it than now."""
    first = Choice.GO if counted.can_meet else Choice.LEAVE_OUT
    found = [Option(first.value)]
    if slot is not None and len(slot.can) > len(counted.coming):
        found.append(Option(Choice.MOVE.value, {"at": slot.starts.isoformat(), "can": len(slot.can)}))
    return (*found, Option(Choice.WRITE.value))
