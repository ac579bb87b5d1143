"""Whose buddy is whose: whom they picked, with whom they check in this week, or whoever's turn it is.

By turns there is another pair in each session, until everybody was paired with everybody. The circle method: one stays, the
others move on by one place. Where the number is odd, the one who is left over goes with the first pair. Nothing of that is
stored, so that the same circle and session always give the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import MemberId


def buddy_of(member: MemberId, members: Sequence[MemberId], turn: int) -> MemberId | None:
    """The member's buddy in the circle's `turn`-th session; None for somebody alone, or not in it."""
    if member not in members or len(members) < 2:
        return None
    pairs = _pairs(members, turn)
    for one, other in pairs:
        if member in (one, other):
            return other if member == one else one
    return pairs[0][0]


def _pairs(members: Sequence[MemberId], turn: int) -> list[tuple[MemberId, MemberId]]:
    """The pairs of a round; with an odd number, one member is in none of them."""
    seats: list[MemberId | None] = [*members, *([None] if len(members) % 2 else [])]
    still, moving = seats[0], seats[1:]
    step = turn % len(moving)
    ring = [still, *moving[step:], *moving[:step]]
    half = len(ring) // 2
    facing = zip(ring[:half], reversed(ring[half:]), strict=True)
    return [(one, other) for one, other in facing if one is not None and other is not None]


class Why(StrEnum):
    """Where a buddy comes from."""

    PICKED = "picked"
    PAIR = "pair"
    TURN = "turn"


@dataclass(frozen=True)
class Buddy:
    member: MemberId
    why: Why


@dataclass(frozen=True)
class Ties:
    """What is known of a member's ties in one circle: whom they picked, and with whom they check in this week."""

    picked: MemberId | None = None
    partners: tuple[MemberId, ...] = ()


def buddy(member: MemberId, members: Sequence[MemberId], ties: Ties, turn: int) -> Buddy | None:
    """Whom they picked; else this week's partner; else whoever's turn it is. Only somebody who is still there."""
    if member not in members:
        return None
    if ties.picked is not None and ties.picked in members and ties.picked != member:
        return Buddy(ties.picked, Why.PICKED)
    partner = next((one for one in ties.partners if one in members and one != member), None)
    if partner is not None:
        return Buddy(partner, Why.PAIR)
    found = buddy_of(member, members, turn)
    return Buddy(found, Why.TURN) if found else None


def check_pick(member: MemberId, buddy: MemberId, members: Sequence[MemberId], *, declined: bool) -> None:
    if member not in members:
        raise Refused("You are not a member of that circle. `/mentor buddy` shows yours.")
    if buddy == member:
        raise Refused("Somebody else, please: a buddy is the one who sees what you don't.")
    if buddy not in members:
        raise Refused("They are not in your circle any more. Pick somebody who is.")
    if declined:
        raise Refused("They said that it doesn't suit them right now. Pick somebody else, or go by turns.")
