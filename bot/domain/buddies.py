"""Whose buddy is whose: in each session of a circle another pair, until everybody was paired with everybody.

The circle method: one stays, the others move on by one place. Where the number is odd, the one who is left over goes with
the first pair. Nothing is stored here, so that the same circle and session always give the same answer.
"""

from collections.abc import Sequence

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
