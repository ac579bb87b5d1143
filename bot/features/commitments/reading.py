"""What is read of commitments: where one can be made and with whom, and how a member's stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.domain import buddies, when
from bot.domain.buddies import Buddy
from bot.domain.circles import Circle, check_membership, check_open
from bot.domain.commitments import SLOTS, Commitment, CommitmentState, Setting, check_change
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import CircleId, CommitmentId, MemberId, SessionId
from bot.domain.kept import KeptRate
from bot.domain.reminders import place_of
from bot.domain.sessions import Session, SessionState
from bot.store.unit_of_work import Work

FRESH = timedelta(days=1)
"""So long what was settled stands at Home with a way back."""
NOT_MET = frozenset({SessionState.SKIPPED, SessionState.NOT_HELD})
Named = tuple[MemberId, str]


@dataclass(frozen=True)
class Desk:
    """Where a commitment is made or changed: by whom, in which circle and session, who could see it."""

    circle: Circle
    session: Session
    setting: Setting
    buddy: Named | None = None
    others: Sequence[Named] = ()
    taken: Sequence[Commitment] = ()
    """What the owner has in that session already, replaced ones left out."""
    after: Commitment | None = None
    """The one that a new, smaller one follows."""

    @property
    def is_full(self) -> bool:
        return len(self.taken) >= len(SLOTS)


@dataclass(frozen=True)
class Part:
    """One circle in the overview of a member's commitments."""

    circle: Circle | None
    """None for a circle that is not known any more."""
    commitments: Sequence[Commitment]
    session: Session | None = None
    """Where new ones can be made now."""
    coming: Session | None = None
    room: bool = False
    buddy: Buddy | None = None
    is_over: bool = False
    """The circle has ended, or the member has left it; what they promised there stays theirs."""


@dataclass(frozen=True)
class Overview:
    me: MemberId
    today: date
    parts: Sequence[Part] = ()
    kept: KeptRate = field(default_factory=KeptRate)
    shared: Sequence[Commitment] = ()
    """What others let me see as their witness or buddy."""
    since: datetime | None = None
    """What was settled after this is fresh: Home still offers to correct it."""

    def fresh_in(self, part: Part) -> list[Commitment]:
        return [one for one in part.commitments if self.since and one.settled_at and one.settled_at > self.since]


def current(sessions: Sequence[Session], now: datetime) -> Session | None:
    """The newest session that has begun, left-out ones and those that were not held aside."""
    begun = [session for session in sessions if session.starts <= now and session.state not in NOT_MET]
    return max(begun, key=lambda session: session.starts, default=None)


def turn_of(sessions: Sequence[Session], now: datetime) -> int:
    """How far the buddies by turns have come: as many sessions as have begun, the first being 0."""
    return max(sum(session.starts <= now for session in sessions) - 1, 0)


def _shown(sessions: Sequence[Session], now: datetime) -> list[Session]:
    """Those whose settled commitments are still shown: the newest, and the newest that was held."""
    begun = [session for session in sessions if session.starts <= now and session.state is not SessionState.SKIPPED]
    last = max(begun, key=lambda session: session.starts, default=None)
    return [session for session in (last, current(sessions, now)) if session is not None]


def coming(sessions: Sequence[Session], now: datetime) -> Session | None:
    ahead = [session for session in sessions if session.is_ahead and session.starts > now]
    return min(ahead, key=lambda session: session.starts, default=None)


@dataclass(frozen=True)
class _Place:
    circle: Circle
    session: Session
    sessions: Sequence[Session]
    """All of the circle's."""


async def desk_for(work: Work, member: MemberId, session: SessionId, now: datetime) -> Desk:
    """For a new one; refused where the member or the session has no place for it."""
    place = await _placed(work, session)
    check_membership(place.circle, member)
    check_open(place.circle)
    _check_session(place, now)
    desk = await _desk(work, place, member, now)
    mine = await work.commitments.of_owner(member, [session])
    return replace(desk, taken=[one for one in mine if one.state is not CommitmentState.REPLACED])


async def desk_of(work: Work, member: MemberId, commitment: CommitmentId, now: datetime) -> tuple[Commitment, Desk]:
    """For a change of one under way; its owner may make it even after leaving the circle."""
    found = await own(work, member, commitment)
    check_change(found, member)
    desk = await _desk(work, await _placed(work, found.session), member, now)
    known = next((one for one in desk.others if one[0] == found.buddy), None)
    return found, replace(desk, buddy=known or desk.buddy)


async def own(work: Work, member: MemberId, commitment: CommitmentId) -> Commitment:
    """The owner's commitment; everybody else is refused before they have seen anything of it."""
    found = await work.commitments.get(commitment)
    if found.owner != member:
        raise NotYours("That commitment is somebody else's, so only they can see to it.")
    return found


async def _placed(work: Work, session: SessionId) -> _Place:
    found = await work.sessions.get(session)
    circle = await work.circles.get(found.circle)
    return _Place(circle, found, await work.sessions.of_circle(circle.id))


async def _desk(work: Work, place: _Place, member: MemberId, now: datetime) -> Desk:
    circle, session = place.circle, place.session
    people = await work.members.named({*circle.members, member})
    here = [one for one in circle.members if one != member] if member in circle.members else []
    names = [(one, people[one].name) for one in here if one in people and not people[one].left]
    following = coming(place.sessions, now)
    setting = Setting(
        owner=member,
        members=[one for one, _ in names],
        today=when.local(now, place_of(people.get(member)).zone).date(),
        next_session=when.local(following.starts, circle.zone).date() if following else None,
    )
    ties = (await work.buddies.ties([circle.id], member, now))[circle.id]
    buddy = buddies.buddy(member, circle.members, ties, place.sessions.index(session))
    known = next((one for one in names if buddy is not None and one[0] == buddy.member), None)
    return Desk(circle, session, setting, known, names)


def _check_session(place: _Place, now: datetime) -> None:
    if place.session.state in NOT_MET:
        raise Refused(
            "That session didn't take place, so there is nothing to take from it. Your next one has room for two."
        )
    if place.session.starts > now:
        raise Refused(
            "That session hasn't begun yet. Your two come out of it: the form is there as soon as it starts."
        )
    if current(place.sessions, now) != place.session:
        raise Refused("Your circle has met again since. `/mentor commitments` has the form for the newest session.")


async def overview(work: Work, member: MemberId, now: datetime) -> Overview:
    """A constant number of questions, however many circles."""
    me = await work.members.get(member)
    today = when.local(now, place_of(me).zone).date()
    circles = await work.circles.of(member)
    sessions = await work.sessions.of_circles([circle.id for circle in circles])
    newest = {circle.id: current(sessions[circle.id], now) for circle in circles}
    shown = {one.id for circle in circles for one in _shown(sessions[circle.id], now)}
    since = now - FRESH
    held = await work.commitments.open_or_in(member, shown, settled_since=since)
    ties = await work.buddies.ties([circle.id for circle in circles], member, now)
    parts = [
        replace(
            _part(circle, newest[circle.id], coming(sessions[circle.id], now), held),
            buddy=buddies.buddy(member, circle.members, ties[circle.id], turn_of(sessions[circle.id], now)),
        )
        for circle in circles
    ]
    left = [one for one in held if one.circle not in newest]
    former = await work.circles.named({one.circle for one in left})
    for number in sorted({one.circle for one in left}):
        parts.append(Part(former.get(number), [one for one in left if one.circle == number], is_over=True))
    return Overview(member, today, parts, await work.commitments.kept_rate(member, today), since=since)


def _part(circle: Circle, session: Session | None, ahead: Session | None, held: Sequence[Commitment]) -> Part:
    here = [one for one in held if one.circle == circle.id]
    new = [one for one in here if session is not None and one.session == session.id]
    return Part(circle, here, session, ahead, room=session is not None and len(new) < len(SLOTS))


async def only_session(work: Work, member: MemberId, now: datetime) -> SessionId | None:
    """The session of a form that was opened without saying for which: the only one in which there is room."""
    parts = (await overview(work, member, now)).parts
    open_ones = [part.session.id for part in parts if part.room and part.session is not None]
    return open_ones[0] if len(open_ones) == 1 else None


async def room_in(work: Work, member: MemberId, circle: CircleId, now: datetime) -> Session | None:
    """The circle's session in which the member could still make one, if any."""
    found = await work.circles.find(circle)
    if found is None or member not in found.members or not found.is_open:
        return None
    session = current(await work.sessions.of_circle(circle), now)
    if session is None:
        return None
    mine = await work.commitments.of_owner(member, [session.id])
    taken = [one for one in mine if one.state is not CommitmentState.REPLACED]
    return session if len(taken) < len(SLOTS) else None
