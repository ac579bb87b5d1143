"""Whose turn it is: in the hot seat, and in the three roles of a session.

Nothing about the future is stored. The order follows from who joined when, what the sessions were, and the swaps and
passes between them, and is worked out anew each time, so that a re-run agrees whatever happened meanwhile.

A duty goes to whoever has waited longest; ties go to who joined first, then by id. Someone away keeps their place and
is stood in for: by whoever said that they are ready to, else by the next in line. A pass keeps the place once; each
further one in a row lets one more go ahead. A swap exchanges two places. An urgent question takes the next session's
seat and costs the next turn: the one still to come in this lap, or else it is owed, and goes by without them when their
name comes up. A newcomer lines up behind those who still wait in this lap, ahead of those who have sat in it. Who sits
holds no role, and nobody holds two roles while someone there holds none.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice, product, repeat

from bot.domain.circles import Seat
from bot.domain.duties import ROLES, Duty
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, SessionId
from bot.domain.rotation import Line, Offer, offer
from bot.domain.sessions import AHEAD, COUNTS, ENDED, Presence, Session


@dataclass(frozen=True)
class Meeting:
    """A session as the ledger sees it. `held` is None while that is not known; `sat` and `roles` are what happened."""

    session: SessionId | None
    starts: datetime
    held: bool | None = None
    sat: tuple[MemberId, ...] = ()
    roles: Mapping[Duty, MemberId] = field(default_factory=dict)
    away: frozenset[MemberId] = frozenset()
    """Who said so before, or was missed on the day."""
    chairs: int | None = None
    """How many sit in it, where it is not as many as usual."""


UNPLANNED = Meeting(session=None, starts=datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True)
class Swap:
    """Two members exchanged their places."""

    at: datetime
    one: MemberId
    other: MemberId


@dataclass(frozen=True)
class Pass:
    """A member does not want the seat in that session. It means something only if the seat would have been theirs."""

    member: MemberId
    session: SessionId


@dataclass(frozen=True)
class Jump:
    """A member has a question that cannot wait: the seat of that session is theirs, and costs them their next turn."""

    at: datetime
    member: MemberId
    session: SessionId


@dataclass(frozen=True)
class Reserve:
    """Whether a member is ready to sit in that session, should whoever has the seat not come."""

    member: MemberId
    session: SessionId
    ready: bool


@dataclass(frozen=True)
class Ledger:
    """All that is known of a circle: what was, and what was asked for. The order of each tuple does not matter."""

    seats: tuple[Seat, ...]
    meetings: tuple[Meeting, ...] = ()
    swaps: tuple[Swap, ...] = ()
    passes: tuple[Pass, ...] = ()
    jumps: tuple[Jump, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    chairs: int = 1
    """How many sit in one session; two in a hot seat of 90 minutes, none where everybody takes part alike."""


@dataclass(frozen=True)
class Turn:
    """Who does what in a session still to come. `session` is None where it is not planned yet."""

    session: SessionId | None
    sits: tuple[MemberId, ...]
    roles: Mapping[Duty, MemberId]
    reserve: MemberId | None
    """Who sits if someone who should cannot."""
    is_ready: bool = False
    """The reserve has said that they would."""
    jumped: MemberId | None = None
    """Who has the seat although it was not their turn."""


def as_meeting(
    session: Session,
    sat: Sequence[MemberId] = (),
    roles: Mapping[Duty, MemberId] | None = None,
    chairs: int | None = None,
) -> Meeting:
    away = (who for who, presence in session.presence.items() if presence in (Presence.AWAY, Presence.MISSED))
    return Meeting(
        session=session.id,
        starts=session.starts,
        held=session.state in COUNTS if session.state in ENDED else None,
        sat=tuple(sat),
        roles=dict(roles or {}),
        away=frozenset(away),
        chairs=chairs,
    )


def look_ahead(ledger: Ledger, sessions: int = AHEAD, roles: Sequence[Duty] = ROLES) -> tuple[Turn, ...]:
    """Who sits in each of the next sessions; those not planned yet follow after the planned ones.

    Who sits does not depend on the `roles`, so whoever asks for the seat alone leaves them out, which is quicker.
    """
    standing = _Standing(ledger, roles)
    known = (entry.what for entry in _timeline(ledger))
    turns = (standing.take(what) for what in chain(known, repeat(UNPLANNED)))
    return tuple(islice((turn for turn in turns if turn is not None), sessions))


def turn_in(session: SessionId, turns: Sequence[Turn]) -> Turn | None:
    return next((turn for turn in turns if turn.session == session), None)


def check_swap(ledger: Ledger, swap: Swap) -> None:
    """Refuse what would give one of the two a second turn before the other had one."""
    standing = _Standing(ledger)
    for entry in _timeline(ledger):
        if entry.at <= swap.at:
            standing.take(entry.what)
    line = standing.seat
    if swap.one == swap.other:
        raise Refused("Pick somebody else to swap with.")
    if not {swap.one, swap.other} <= set(line.order):
        raise Refused("You can only swap with somebody who is in this circle now.")
    if line.is_waiting(swap.one) != line.is_waiting(swap.other):
        raise Refused(
            "One of you two had the seat in this round already and the other is still to come. "
            "Swap with somebody in the same position as you, or pass this time: you keep your place."
        )


def check_pass(ledger: Ledger, a_pass: Pass) -> None:
    planned = turn_in(a_pass.session, look_ahead(ledger))
    if planned is None or a_pass.member not in planned.sits:
        raise Refused("The seat of that session is not yours, so there is nothing to pass on.")


def check_jump(ledger: Ledger, jump: Jump, now: datetime) -> None:
    """An urgent question takes the seat of the next session, once, from somebody who keeps their place."""
    turns = look_ahead(ledger)
    ahead = [meeting.session for meeting in ledger.meetings if meeting.held is None and meeting.starts > now]
    following = next((turn for turn in turns if turn.session in ahead), None)
    if following is None or following.session != jump.session:
        raise Refused("You can bring something urgent to the next session only. Ask there, or wait for your turn.")
    if not following.sits:
        raise Refused("Nobody has the seat of that session, so there is none to take. Bring your question along.")
    if jump.member in following.sits:
        raise Refused("The seat of that session is yours already.")
    if following.jumped:
        raise Refused("Somebody else brings something urgent to that session already.")
    standing = _Standing(ledger)
    for entry in _timeline(ledger):
        if not (isinstance(entry.what, Meeting) and entry.what.held is None):
            standing.take(entry.what)
    if jump.member not in standing.seat.order:
        raise Refused("You are not a member of this circle any more.")
    if standing.seat.owed[jump.member]:
        raise Refused("You have taken a turn ahead of time already, and the others come first until it is paid back.")


def check_reserve(ledger: Ledger, reserve: Reserve) -> None:
    planned = turn_in(reserve.session, look_ahead(ledger))
    if planned is None or not planned.sits:
        raise Refused("Nobody has the seat of that session, so it needs no reserve.")
    if reserve.member in planned.sits:
        raise Refused("The seat of that session is yours, so you can't be in reserve for it.")


def _roles(lines: Mapping[Duty, Line], there: Collection[MemberId]) -> dict[Duty, MemberId]:
    """The fairest way to give out the roles together: to those who had them least, one each as far as people go."""
    had = {who: sum(line.turns[who] for line in lines.values()) for who in there}
    # Looking at the best three for each role is enough: two of them at most can be needed elsewhere.
    likely = [_burdens(line, had)[: len(lines)] for line in lines.values()]
    lightest = [burdens[0] for burdens in likely if burdens]
    # Mostly the lightest for each role are different people, and nothing is fairer than that.
    apart = len({who for _, _, who in lightest}) == len(lines)
    best = lightest if apart else min(product(*likely), key=_unfairness, default=())
    return {role: who for role, (_turns, _place, who) in zip(lines, best, strict=False)}


_Burden = tuple[int, int, MemberId]
"""How much somebody had already, their place in line, and who it is."""


def _burdens(line: Line, had: Mapping[MemberId, int]) -> list[_Burden]:
    """The lightest first."""
    places = {who: place for place, who in enumerate(line.order)}
    return sorted((line.turns[who] + before, places[who], who) for who, before in had.items())


def _unfairness(way: Sequence[_Burden]) -> tuple[int, int, list[int]]:
    return -len({who for _, _, who in way}), sum(turns for turns, _, _ in way), [place for _, place, _ in way]


# The circle's days in order, from the first member who joined


@dataclass(frozen=True)
class _Joined:
    member: MemberId


@dataclass(frozen=True)
class _Left:
    member: MemberId


@dataclass(frozen=True, order=True)
class _Entry:
    at: datetime
    rank: int
    key: str
    what: _Joined | _Left | Swap | Meeting = field(compare=False)


def _timeline(ledger: Ledger) -> list[_Entry]:
    stays = [seat for seat in ledger.seats if seat.left is None or seat.left > seat.joined]
    return sorted(
        chain(
            (_Entry(seat.left, 0, seat.member, _Left(seat.member)) for seat in stays if seat.left),
            (_Entry(seat.joined, 1, seat.member, _Joined(seat.member)) for seat in stays),
            (_Entry(swap.at, 2, swap.one + swap.other, swap) for swap in ledger.swaps),
            (_Entry(meeting.starts, 3, f"{meeting.session or 0:020}", meeting) for meeting in ledger.meetings),
        )
    )


class _Standing:
    """The four lines as they stand, day by day."""

    def __init__(self, ledger: Ledger, roles: Sequence[Duty] = ROLES) -> None:
        self.chairs = ledger.chairs
        self.passing: defaultdict[SessionId, set[MemberId]] = defaultdict(set)
        for a_pass in ledger.passes:
            self.passing[a_pass.session].add(a_pass.member)
        self.said: defaultdict[tuple[SessionId, bool], set[MemberId]] = defaultdict(set)
        for reserve in ledger.reserves:
            self.said[reserve.session, reserve.ready].add(reserve.member)
        self.urgent: defaultdict[SessionId, list[MemberId]] = defaultdict(list)
        for jump in sorted(ledger.jumps, key=lambda one: (one.at, one.member)):
            self.urgent[jump.session].append(jump.member)
        # In the seat a turn missed is gone, or somebody back from a long leave would sit week after week.
        self.seat = Line(makes_up=0)
        self.roles = {role: Line(makes_up=1) for role in roles}

    def take(self, what: _Joined | _Left | Swap | Meeting) -> Turn | None:
        """What happened that day; for a session still to come, the turn it will be."""
        match what:
            case _Joined(member):
                for line in (self.seat, *self.roles.values()):
                    line.join(member)
            case _Left(member):
                for line in (self.seat, *self.roles.values()):
                    line.leave(member)
            case Swap():
                self.seat.swap(what.one, what.other)
            case Meeting(held=None):
                # Who sits in one that has begun was written down then.
                begun = bool(what.sat or what.roles)
                turn = Turn(what.session, what.sat, what.roles, None) if begun else self._plan(what)
                self._held(what, sat=turn.sits, roles=turn.roles)
                return turn
            case Meeting(held=True):
                self._held(what, sat=what.sat, roles=what.roles)
        return None

    def _offer(self, meeting: Meeting, places: int) -> Offer:
        if meeting.session is None:
            return offer(self.seat, away=meeting.away, passing=(), places=places)
        return offer(
            self.seat,
            away=meeting.away,
            passing=self.passing[meeting.session],
            places=places,
            ready=self.said[meeting.session, True],
            unready=self.said[meeting.session, False],
        )

    def _plan(self, meeting: Meeting) -> Turn:
        offered = self._offer(meeting, self.chairs if meeting.chairs is None else meeting.chairs)
        jumper = self._jumper(meeting, offered)
        sits = [jumper, *offered.takes[:-1]] if jumper else offered.takes
        there = [who for who in self.seat.order if who not in meeting.away and who not in sits]
        reserve = offered.reserve if offered.reserve not in sits else None
        if jumper:
            # Whose turn it was is there and prepared.
            reserve = offered.takes[-1]
        return Turn(
            session=meeting.session,
            sits=tuple(sits),
            roles=_roles(self.roles, there),
            reserve=reserve,
            is_ready=meeting.session is not None and reserve in self.said[meeting.session, True],
            jumped=jumper,
        )

    def _jumper(self, meeting: Meeting, offered: Offer) -> MemberId | None:
        """The first who may: there, not sitting anyway, and with nothing to pay back."""
        asked = self.urgent[meeting.session] if meeting.session is not None and offered.takes else []
        free = (who for who in asked if who in self.seat.order and who not in meeting.away)
        return next((who for who in free if who not in offered.takes and not self.seat.owed[who]), None)

    def _held(self, meeting: Meeting, *, sat: Sequence[MemberId], roles: Mapping[Duty, MemberId]) -> None:
        for role, who in roles.items():
            if role in self.roles and who in self.roles[role].order:
                self.roles[role].serve(who)
        sitting = [who for who in sat if who in self.seat.order]
        if sitting:
            # As many places as were taken: how the circle spends its sessions may have changed since.
            self._sat(sitting, self._offer(meeting, len(sat)))

    def _sat(self, sitting: list[MemberId], offered: Offer) -> None:
        """The seat goes to `sitting`, whoever it was offered to."""
        jumped_in = self._jumped_in(sitting, offered)
        for who in offered.pays_back:
            if who not in sitting:
                self.seat.pay_back(who)
        for who in sitting:
            if who in jumped_in:
                self.seat.jump_in(who)
            else:
                self.seat.serve(who)
        for who in reversed(offered.declines):
            if who not in sitting:
                self.seat.decline(who)

    def _jumped_in(self, sitting: list[MemberId], offered: Offer) -> list[MemberId]:
        passed_over = [who for who in offered.takes if who not in sitting]
        if not any(self.seat.is_waiting(who) for who in passed_over):
            return []
        return [who for who in sitting if who not in offered.takes and not self.seat.is_waiting(who)]
