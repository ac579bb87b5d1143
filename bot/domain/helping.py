"""Who is asked to help with what somebody wrote in a check-in: one peer at a time, with a reason, and nobody twice.

The first to be asked is whoever knows about it, shares hours with the asker and was not asked lately. Whoever can't, or
says nothing for a working day, is left in peace; after two peers it is the facilitator, and then the asker is told.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import hours, when
from bot.domain.errors import NotYours, Refused
from bot.domain.hours import Hours, Stretch
from bot.domain.ids import CallId, CircleId, MemberId, RoundId
from bot.domain.people import Member, Profile

PEERS = 2
"""How many peers are asked before the facilitator."""
TIME_TO_SAY = timedelta(days=1)
ASKED_LATELY = timedelta(days=28)
ASK_HOW_IT_WENT = timedelta(days=7)


class CallState(StrEnum):
    ASKING = "asking"
    TAKEN = "taken"
    DONE = "done"
    """It helped, and thanks were said."""
    OPEN = "open"
    """Nobody who was asked could."""


@dataclass(frozen=True)
class Call:
    """One wish for help: of whose answer it is, who is asked right now, and who was."""

    id: CallId
    answer: int
    round: RoundId
    circle: CircleId
    asker: MemberId
    state: CallState = CallState.ASKING
    asked: MemberId | None = None
    tried: tuple[MemberId, ...] = ()
    helper: MemberId | None = None
    look_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class Peer:
    """Somebody who could be asked, and how often they were lately."""

    member: Member
    profile: Profile | None = None
    asked: int = 0
    is_partner: bool = False
    """This week's pair partner of the one who asks."""

    @property
    def hours(self) -> Hours | None:
        return Hours(self.member.tz, self.profile.availability) if self.profile else None


@dataclass(frozen=True)
class Reason:
    """Why this peer: a skill they offer, and when both work; either may be missing."""

    skill: str = ""
    shared: Stretch | None = None


def reason(asker: Peer, peer: Peer, wanted: str, now: datetime) -> Reason:
    skill = next((name for name in _offers(peer) if _speaks_of(wanted, name)), "")
    if not skill and asker.profile:
        wants = {wish.skill.casefold() for wish in asker.profile.wants}
        skill = next((name for name in _offers(peer) if name.casefold() in wants), "")
    shared = hours.best(asker.hours, peer.hours, now) if asker.hours and peer.hours else None
    return Reason(skill, shared)


def _offers(peer: Peer) -> list[str]:
    return [wish.skill for wish in peer.profile.offers] if peer.profile else []


def _speaks_of(wanted: str, skill: str) -> bool:
    """Whether the words of the skill stand in it, in one piece."""
    return re.search(rf"(?<!\w){re.escape(skill.casefold())}(?!\w)", wanted.casefold()) is not None


def in_order(asker: Peer, peers: Sequence[Peer], wanted: str, now: datetime) -> list[MemberId]:
    """Whom to ask, the best first; those on a break or gone are not among them."""

    def merit(peer: Peer) -> tuple[int, int, str]:
        why = reason(asker, peer, wanted, now)
        spoken_of = any(_speaks_of(wanted, name) for name in _offers(peer))
        points = 4 * spoken_of + 2 * bool(why.skill) + 2 * (why.shared is not None) + 3 * peer.is_partner - peer.asked
        return -points, peer.asked, peer.member.id

    there = [peer for peer in peers if peer.member.id != asker.member.id and peer.member.is_reachable(now)]
    return [peer.member.id for peer in sorted(there, key=merit)]


def next_to_ask(call: Call, ordered: Sequence[MemberId], facilitator: MemberId | None) -> MemberId | None:
    """None where everybody was asked who is to be."""
    left = [one for one in ordered if one not in call.tried]
    if len(call.tried) < PEERS:
        return next(iter(left), None)
    return facilitator if facilitator in left else None


def ask(call: Call, peer: MemberId, *, told_at: datetime, zone: str) -> Call:
    """With a working day to say something, from when they hear of it."""
    look = when.first_good_moment(told_at + TIME_TO_SAY, zone)
    return replace(call, asked=peer, tried=(*call.tried, peer), look_at=look)


def give_up(call: Call) -> Call:
    return replace(call, state=CallState.OPEN, asked=None, look_at=None)


def pass_on(call: Call, by: MemberId, now: datetime) -> Call:
    """Whoever is asked can't: the next one is asked at once. Saying so late, or twice, changes nothing."""
    if by not in call.tried:
        raise NotYours("That question went to somebody else.")
    if call.state is not CallState.ASKING or call.asked != by:
        return call
    return replace(call, asked=None, look_at=now)


def take(call: Call, helper: MemberId, members: Collection[MemberId]) -> Call:
    """Whoever was asked, or anybody else of the circle, does it; the first who says so."""
    if helper not in members:
        raise Refused("You are not in that circle any more, so somebody else will see to it. Thank you.")
    if call.helper not in (None, helper):
        raise Refused("Somebody is on it already. Thank you for offering.")
    return replace(call, state=CallState.TAKEN, helper=helper, asked=None, look_at=None)


def thank(call: Call, by: MemberId) -> Call:
    """It helped. Thanks are said once."""
    if by != call.asker or call.helper is None:
        raise NotYours("Only whoever asked for help there can say how it went.")
    return replace(call, state=CallState.DONE)
