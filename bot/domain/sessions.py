"""Sessions: the dated meetings of a circle.

A session keeps the date it was planned for by the rule (`planned_for`), so that a moved one is not planned again. What
the bot has to do for it comes in four steps, one after the other; `look_at` is when the next one is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.errors import Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, SessionId, Timestamp
from bot.domain.shipped import protocol_named

AHEAD = 6
"""How many sessions are kept planned ahead."""
FARTHEST = timedelta(days=183)
"""How far ahead a session may be moved; farther is most likely a slip of the finger."""
AGENDA_DAYS = 2
"""How many working days before a session its agenda is posted."""
ANSWER_TIME = timedelta(hours=24)
"""How long a circle has to say whether it met, before the taps in the thread decide."""
HANDFUL = 2
"""How many taps make a session that nobody spoke of one that was held."""
SHORTEST_NOTICE = timedelta(hours=2)
"""An agenda that would come later than this is left out."""
NOTE_LIMIT = 2000
IN_WRITING = "async-48"
"""The key of the protocol of a session that is held in writing."""
WRITING_MINUTES = 48 * 60
BY_TAP = MemberId("")
"""In place of who moved a session: its circle decided."""


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    """Its time has come and its thread is there."""
    HELD = "held"
    PARTLY = "partly"
    NOT_HELD = "not_held"
    SKIPPED = "skipped"
    """Left out on purpose beforehand."""


ENDED = frozenset({SessionState.HELD, SessionState.PARTLY, SessionState.NOT_HELD, SessionState.SKIPPED})
COUNTS = frozenset({SessionState.HELD, SessionState.PARTLY})
"""The ones that count: for turns, for who met whom, for figures."""
OUTCOMES = (SessionState.HELD, SessionState.PARTLY, SessionState.NOT_HELD)
"""What a circle can say of a session afterwards."""


class Form(StrEnum):
    """How a session takes place."""

    TOGETHER = "together"
    """At its time, by the circle's protocol."""
    WRITTEN = "async"
    """In writing, over two days from its time on."""


class Presence(StrEnum):
    COMING = "coming"
    AWAY = "away"
    PRESENT = "present"
    MISSED = "missed"


class Step(StrEnum):
    """What the bot does for a session, in this order."""

    AGENDA = "agenda"
    OPEN = "open"
    WRAP_UP = "wrap-up"
    SETTLE = "settle"


@dataclass(frozen=True)
class Session:
    id: SessionId
    circle: CircleId
    planned_for: date
    """The day the circle's rule gave it, in the circle's zone; unique within the circle."""
    starts: datetime
    minutes: int
    state: SessionState = SessionState.PLANNED
    moved_by: MemberId | None = None
    channel: ChannelId | None = None
    thread: Timestamp | None = None
    decisions: str = ""
    parked: str = ""
    protocol: str = ""
    """Its own protocol; empty where it is the circle's."""
    version: int = 1
    presence: dict[MemberId, Presence] = field(default_factory=dict)
    look_at: datetime | None = None
    """When the next step is due; None when there is nothing left to do."""
    form: Form = Form.TOGETHER

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        return self.state is SessionState.PLANNED

    @property
    def counts(self) -> bool:
        return self.state in COUNTS

    def marked(self, presence: Presence) -> tuple[MemberId, ...]:
        return tuple(sorted(member for member, mark in self.presence.items() if mark is presence))


def protocol_of(session: Session, circle: Circle) -> str:
    """The key of the protocol by which a session of that circle is held."""
    return IN_WRITING if session.form is Form.WRITTEN else session.protocol or circle.protocol


# What the bot does next


def next_step(session: Session, now: datetime) -> Step | None:
    if session.look_at is None or now < session.look_at:
        return None
    if session.state is SessionState.PLANNED:
        return Step.OPEN if now >= session.starts else Step.AGENDA
    if session.state is SessionState.OPEN:
        return Step.WRAP_UP if session.look_at <= session.ends else Step.SETTLE
    return None


def taken(session: Session, step: Step, now: datetime) -> Session:
    """The session after that step."""
    match step:
        case Step.AGENDA:
            return replace(session, look_at=session.starts)
        case Step.OPEN:
            return replace(session, state=SessionState.OPEN, look_at=session.ends)
        case Step.WRAP_UP:
            return replace(session, look_at=now + ANSWER_TIME)
        case Step.SETTLE:
            return settled(session, _by_taps(session))


def settled(session: Session, outcome: SessionState) -> Session:
    return replace(session, state=outcome, look_at=None)


def _by_taps(session: Session) -> SessionState:
    return SessionState.HELD if len(session.marked(Presence.PRESENT)) >= HANDFUL else SessionState.NOT_HELD


def agenda_at(starts: datetime, circle: Circle, now: datetime) -> datetime | None:
    """The circle's hour two working days before; where that is over, the next good moment that is early enough."""
    zone = circle.zone
    day = when.working_days_before(when.local(starts, zone).date(), AGENDA_DAYS)
    at = when.to_utc(day, max(circle.checkin_time, when.EARLIEST), zone)
    if at > now:
        return at
    soon = when.first_good_moment(now, zone)
    return soon if soon <= starts - SHORTEST_NOTICE else None


def first_look(starts: datetime, circle: Circle, now: datetime) -> datetime:
    return agenda_at(starts, circle, now) or starts


# Changes by hand


def moved(session: Session, to: datetime, *, by: MemberId, circle: Circle, now: datetime) -> Session:
    return replace(session, starts=to, moved_by=by, look_at=first_look(to, circle, now))


def check_move(session: Session, to: datetime, *, circle: Circle, others: Sequence[Session], now: datetime) -> None:
    check_ahead(session, now)
    if to == session.starts:
        raise Refused("That is when it takes place already. Pick another day or time.")
    if to <= now:
        raise Refused("That time is over. Pick one that is still to come.")
    if to > now + FARTHEST:
        raise Refused("That is more than six months away. Pick an earlier day.")
    here = when.local(to, circle.zone)
    if here.time() < when.EARLIEST:
        raise Refused(
            f"That is {when.clock(here.time())} in {when.place(circle.zone)}, and nothing is planned there between "
            "midnight and 04:00. Pick another time."
        )
    for other in others:
        if other.id != session.id and _is_live(other, now) and _collide(other, to, session.minutes, circle.zone):
            raise Refused(
                f"The circle meets on {when.say_moment(other.starts, circle.zone)} already. Pick another day, "
                "or move that session first."
            )


def check_ahead(session: Session, now: datetime) -> None:
    if session.state is SessionState.SKIPPED:
        raise Refused("That session is left out. Bring it back first, then you can move it.")
    if not session.is_ahead or session.starts <= now:
        raise Refused("That session has begun or is over, so it stays as it is.")


def by_protocol(session: Session, key: str, circle: Circle, now: datetime) -> Session:
    """The session as it is with a protocol of its own; with the circle's one, it goes as all others do."""
    check_ahead(session, now)
    own = "" if key == circle.protocol else key
    minutes = protocol_named(key).minutes if own else circle.session_minutes
    return replace(session, protocol=own, form=Form.TOGETHER, minutes=minutes)


def written(session: Session, *, now: datetime) -> Session:
    """The same session in writing: it begins when it would have, and takes two days."""
    check_ahead(session, now)
    return replace(session, form=Form.WRITTEN, minutes=WRITING_MINUTES)


def skipped(session: Session, *, by: MemberId, now: datetime) -> Session:
    check_ahead(session, now)
    return replace(session, state=SessionState.SKIPPED, moved_by=by, look_at=None)


def restored(session: Session, *, by: MemberId, circle: Circle, now: datetime) -> Session:
    """A session that was left out takes place after all."""
    if session.state is not SessionState.SKIPPED:
        raise Refused("That session takes place already, so there is nothing to bring back.")
    if session.starts <= now:
        raise Refused("Its time is over. Move another session instead.")
    look = first_look(session.starts, circle, now)
    return replace(session, state=SessionState.PLANNED, moved_by=by, look_at=look)


def left_out(session: Session) -> Session:
    """Because the company is away in its week; by nobody."""
    return replace(session, state=SessionState.SKIPPED, look_at=None)


def check_presence(session: Session, presence: Presence, now: datetime) -> None:
    """Coming and away are said beforehand, being there from the start on until it is settled."""
    if session.state is SessionState.SKIPPED:
        raise Refused("That session is left out, so nobody needs to come.")
    if session.state in ENDED:
        raise Refused("That session is over. If I counted you wrongly, use *Notes* below its thread.")
    if presence is Presence.PRESENT and session.state is not SessionState.OPEN:
        raise Refused("The session has not begun yet. Tap again when it has.")
    if presence is not Presence.PRESENT and session.ends <= now:
        raise Refused("That session is over. Tap *I'm here* in its thread if you were there.")


def check_outcome(session: Session, now: datetime) -> None:
    if session.state is SessionState.SKIPPED:
        raise Refused("That session was left out, so there is nothing to say about it.")
    if session.state is SessionState.PLANNED or now < session.starts:
        raise Refused("The session has not begun yet. Tell me afterwards.")


def _is_live(session: Session, now: datetime) -> bool:
    return session.state in (SessionState.PLANNED, SessionState.OPEN) and session.ends > now


def _collide(other: Session, starts: datetime, minutes: int, zone: str) -> bool:
    same_day = when.local(other.starts, zone).date() == when.local(starts, zone).date()
    overlap = other.starts < starts + timedelta(minutes=minutes) and starts < other.ends
    return same_day or overlap


# Planning ahead


@dataclass(frozen=True)
class Slot:
    """A time the rule gives; `is_off` where the company is away in that week."""

    planned_for: date
    starts: datetime
    is_off: bool = False


def missing(
    circle: Circle, known: Sequence[Session], now: datetime, weeks_off: frozenset[date] = when.NO_HOLIDAYS
) -> list[Slot]:
    """What to plan so that six sessions lie ahead, with the slots in weeks off that lie in between. `known` are all of
    the circle's from today on."""
    short = AHEAD - sum(session.is_ahead and session.starts > now for session in known)
    slots: list[Slot] = []
    for slot in _free_slots(circle, known, now, weeks_off):
        if short <= 0:
            break
        slots.append(slot)
        short -= not slot.is_off
    return slots


def replanned(
    circle: Circle, known: Sequence[Session], now: datetime, weeks_off: frozenset[date] = when.NO_HOLIDAYS
) -> list[Session]:
    """The untouched sessions ahead, at the times of the circle's new rule, in an order in which they can be saved.

    They keep their numbers, and with them the turns and briefs that were made for them; what was said about coming is
    no longer true, so it is dropped.
    """
    ahead = [session for session in known if session.is_ahead and session.starts > now]
    untouched = sorted((session for session in ahead if session.moved_by is None), key=lambda one: one.planned_for)
    kept = [session for session in known if session not in untouched]
    slots = [slot for slot in _free_slots(circle, kept, now, weeks_off) if not slot.is_off]
    pairs = list(zip(untouched, slots, strict=False))
    # Each planned day is unique in its circle, so a session may only take a day that is free by then.
    later = [pair for pair in reversed(pairs) if pair[1].planned_for > pair[0].planned_for]
    return [
        replace(
            session,
            planned_for=slot.planned_for,
            starts=slot.starts,
            minutes=circle.session_minutes,
            presence={},
            look_at=first_look(slot.starts, circle, now),
        )
        for session, slot in [*later, *(pair for pair in pairs if pair not in later)]
    ]


def _free_slots(circle: Circle, known: Sequence[Session], now: datetime, weeks_off: frozenset[date]) -> list[Slot]:
    """The next times of the rule on days that have no session and were not planned before."""
    zone = circle.zone
    planned = {session.planned_for for session in known}
    busy = {when.local(session.starts, zone).date() for session in known if _is_live(session, now)}
    taken_days = planned | busy
    most_off = len(weeks_off) * len(circle.rule.weekdays)
    moments = when.occurrences(circle.rule, now, AHEAD + len(taken_days) + most_off)
    days = ((when.local(moment, zone).date(), moment) for moment in moments)
    slots = [Slot(day, moment, when.week_of(day) in weeks_off) for day, moment in days if day not in taken_days]
    return slots[: AHEAD + most_off]
