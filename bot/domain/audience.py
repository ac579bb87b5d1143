"""Who sees a commitment, who confirms it, and what its owner tells the circle before it meets again.

Each commitment has an audience of its own: its owner alone, their buddy as well, or the circle. A witness sees it too.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.commitments import Audience, Commitment, CommitmentState, Undertaking
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import MemberId
from bot.domain.words import clean_text

UPDATE_LIMIT = 300


def may_see(commitment: Undertaking, viewer: MemberId, circle: Collection[MemberId]) -> bool:
    """The owner always; whom they named as witness; beyond that whom they chose, while they sit in that circle."""
    if viewer in (commitment.owner, commitment.witness):
        return True
    if viewer not in circle:
        return False
    is_buddy = viewer == commitment.buddy
    return commitment.audience is Audience.CIRCLE or (commitment.audience is Audience.BUDDY and is_buddy)


def confirmer(commitment: Commitment) -> MemberId | None:
    """Who says that they saw it: the witness; where none was named, the buddy, if its owner lets them see it."""
    if commitment.witness is not None:
        return commitment.witness
    return commitment.buddy if commitment.audience is Audience.BUDDY else None


def has_something_to_see(commitment: Commitment) -> bool:
    """Whether somebody is there to confirm, and something was done that they can have seen."""
    done = commitment.state in (CommitmentState.KEPT, CommitmentState.PARTLY)
    return done and confirmer(commitment) is not None


def confirm(commitment: Commitment, by: MemberId, now: datetime) -> Commitment:
    """The witness or the buddy saw it. Saying so again changes nothing."""
    if by != confirmer(commitment):
        raise NotYours("Only the witness whom its owner named, or their buddy, can confirm that one.")
    if not has_something_to_see(commitment):
        raise Refused("Its owner has changed what became of it, so there is nothing to confirm any more.")
    return commitment if commitment.confirmed_at else replace(commitment, confirmed_at=now)


def check_sharing(commitment: Commitment, by: MemberId, circle: Collection[MemberId]) -> None:
    """Whether its owner can tell the circle how it went; only of what the circle sees already."""
    if by != commitment.owner:
        raise NotYours("That commitment is somebody else's, so only they can tell how it went.")
    if by not in circle:
        raise Refused("You are not in that circle any more, so there is nobody to tell there.")
    if commitment.audience is not Audience.CIRCLE:
        raise Refused(
            "Your circle doesn't see that one, and it stays so. To let it see the next one, "
            "choose My circle when you make it."
        )
    if commitment.state is CommitmentState.REPLACED:
        raise Refused("Another has taken the place of that one. Tell your circle about the new one instead.")


def share(commitment: Commitment, line: str, *, now: datetime) -> Commitment:
    """With a line for the circle; a later one takes the place of the first."""
    return replace(commitment, update=clean_text(line, UPDATE_LIMIT, "Your line"), shared_at=now)
