"""Rounds of a circle: so many sessions, then everybody says alone how they want to go on, and all answers are opened together.

Who says nothing stays, and is for things as they are. A change of size, rhythm or protocol needs more than half of those who
answered. A circle in which fewer than two stay ends with thanks.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import when
from bot.domain.circles import ENOUGH, Circle, first_day
from bot.domain.commitments import Commitment, CommitmentState
from bot.domain.errors import NotYours, Refused
from bot.domain.hotseat import Ledger
from bot.domain.ids import CircleId, CircleRoundId, MemberId
from bot.domain.kept import figures as kept_figures
from bot.domain.sessions import COUNTS, IN_WRITING, Session, SessionState
from bot.domain.shipped import protocol_named

Value = TypeVar("Value", int, str)

ANSWER_DAYS = 5
REMIND_DAYS = 3
PART_DAYS = 3
"""Working days in which somebody who wants to say goodbye in their own words still sits in the circle."""
ARCHIVED_AFTER = timedelta(days=14)
SETTLED_AFTER = timedelta(hours=25)
"""After the last session's end it is known whether it was held."""
LEAST_SIZE = 3
OVER = frozenset({SessionState.HELD, SessionState.PARTLY, SessionState.NOT_HELD})


class RoundState(StrEnum):
    RUNNING = "running"
    ASKING = "asking"
    PARTING = "parting"
    """Opened; those who say goodbye themselves still sit in it."""
    DONE = "done"
    ENDED = "ended"
    """The circle did not go on; its channel is archived in a while."""


class Stays(StrEnum):
    STAY = "stay"
    LEAVE = "leave"
    """The bot says so, kindly."""
    LEAVE_MYSELF = "leave_myself"
    """They say so in their own words."""


@dataclass(frozen=True)
class Wish:
    """What one member wants for the next round. 0 or "" is as it is now."""

    stays: Stays
    size_max: int = 0
    every: int = 0
    protocol: str = ""


@dataclass(frozen=True)
class CircleRound:
    id: CircleRoundId
    circle: CircleId
    number: int
    began: datetime
    sessions: int
    state: RoundState = RoundState.RUNNING
    look_at: datetime | None = None
    closes: datetime | None = None
    """When the answers are opened at the latest."""
    wishes: Mapping[MemberId, Wish] = field(default_factory=dict)
    version: int = 1


def of_round(this: CircleRound, sessions: Sequence[Session]) -> list[Session]:
    """Those of the round that are over: held or not, but not those left out."""
    return [one for one in sessions if one.starts >= this.began and one.state in OVER][: this.sessions]


def is_complete(this: CircleRound, sessions: Sequence[Session]) -> bool:
    return len(of_round(this, sessions)) >= this.sessions


def look_at(this: CircleRound, sessions: Sequence[Session], now: datetime) -> datetime:
    """When its last session should be known to be over."""
    left = this.sessions - len(of_round(this, sessions))
    ahead = sorted(one.ends for one in sessions if one.state in (SessionState.PLANNED, SessionState.OPEN))
    last = ahead[min(left, len(ahead)) - 1] if ahead and left > 0 else now
    return max(last + SETTLED_AFTER, now + timedelta(hours=6))


def in_days(circle: Circle, now: datetime, days: int) -> datetime:
    """The circle's hour, so many working days on."""
    day = when.working_days_after(when.local(now, circle.zone).date(), days)
    return when.to_utc(day, max(circle.checkin_time, when.MORNING), circle.zone)


# What there is to celebrate


@dataclass(frozen=True)
class Figures:
    """What the circle did together in a round, from behaviour alone."""

    held: int
    sessions: int
    sat: int
    """How many members sat in the hot seat at least once."""
    promises: int = 0
    kept: int | None = None
    """Per cent; None where fewer than five people are in the figure."""


def figures(
    this: CircleRound, sessions: Sequence[Session], ledger: Ledger, made: Collection[Commitment], today: date
) -> Figures:
    over = of_round(this, sessions)
    numbers = {one.id for one in over}
    sat = {who for meeting in ledger.meetings if meeting.session in numbers and meeting.held for who in meeting.sat}
    standing: dict[MemberId, Counter[CommitmentState]] = {}
    for one in made:
        if not one.is_under_way or one.by < today:
            standing.setdefault(one.owner, Counter())[one.state] += 1
    shown = kept_figures({this.circle: standing}).shown
    return Figures(
        held=sum(one.state in COUNTS for one in over),
        sessions=len(over),
        sat=len(sat),
        promises=len(made),
        kept=shown[0].percent if shown and shown[0].rate.due else None,
    )


# What everybody wants


@dataclass(frozen=True)
class Outcome:
    """What follows from the answers. None where it stays as it is."""

    stay: tuple[MemberId, ...]
    leave: tuple[MemberId, ...]
    leave_themselves: tuple[MemberId, ...]
    answered: int
    size_max: int | None = None
    every: int | None = None
    protocol: str | None = None

    @property
    def goes_on(self) -> bool:
        return len(self.stay) >= ENOUGH

    @property
    def changes(self) -> bool:
        return any(one is not None for one in (self.size_max, self.every, self.protocol))


def outcome(this: CircleRound, circle: Circle) -> Outcome:
    given = {member: this.wishes[member] for member in circle.members if member in this.wishes}
    staying = [wish for wish in given.values() if wish.stays is Stays.STAY]

    def leaving(how: Stays) -> tuple[MemberId, ...]:
        return tuple(member for member, wish in given.items() if wish.stays is how)

    gone = {*leaving(Stays.LEAVE), *leaving(Stays.LEAVE_MYSELF)}
    return Outcome(
        stay=tuple(member for member in circle.members if member not in gone),
        leave=leaving(Stays.LEAVE),
        leave_themselves=leaving(Stays.LEAVE_MYSELF),
        answered=len(given),
        size_max=_most([wish.size_max for wish in staying], circle.size_max),
        every=_most([wish.every for wish in staying], circle.rule.every if circle.rule.nth is None else 0),
        protocol=_most([wish.protocol for wish in staying], circle.protocol),
    )


def _most(wanted: Sequence[Value], now: Value) -> Value | None:
    """What more than half of those who stay and answered want, where it is a change."""
    if not wanted:
        return None
    choice, votes = Counter(wanted).most_common(1)[0]
    return choice if choice and choice != now and votes * 2 > len(wanted) else None


def is_all(this: CircleRound, circle: Circle) -> bool:
    """Everybody has answered, so there is nothing to wait for."""
    return set(circle.members) <= set(this.wishes)


def check_answer(this: CircleRound, circle: Circle, member: MemberId) -> None:
    if member not in circle.members:
        raise NotYours("That question is for the members of the circle.")
    if this.state is not RoundState.ASKING or not circle.is_open:
        raise Refused("The answers are opened already. `/mentor circle` shows how it goes on.")


def check_wish(wish: Wish, circle: Circle) -> None:
    if wish.size_max and not max(circle.size_min, LEAST_SIZE) <= wish.size_max <= 12:
        raise Refused("Choose one of the sizes.")
    if wish.every not in (0, *range(1, when.MOST_WEEKS + 1)):
        raise Refused("Choose one of the rhythms.")
    if wish.protocol and protocol_named(wish.protocol).key != wish.protocol:
        raise Refused("Choose one of the protocols.")


def renewed(circle: Circle, wanted: Outcome, *, last: date, today: date) -> Circle:
    """The circle as it goes on; `last` is the day of the round's last session, from which a new rhythm counts."""
    changed = replace(circle, size_max=max(wanted.size_max or circle.size_max, circle.size_min))
    if wanted.every is not None:
        earliest = max(last + timedelta(weeks=wanted.every), today + timedelta(days=1))
        starts = first_day(earliest, circle.rule.weekdays[0])
        changed = replace(changed, rule=replace(circle.rule, every=wanted.every, nth=None, starts=starts))
    if wanted.protocol is not None:
        protocol = protocol_named(wanted.protocol)
        minutes = circle.minutes if protocol.key == IN_WRITING else protocol.minutes
        changed = replace(changed, protocol=protocol.key, minutes=minutes)
    return changed
