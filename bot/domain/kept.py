"""How much of what was due was kept: for a member alone, and for a circle where enough people are in the figure.

A figure about few people is a figure about each of them, so nobody but a member sees one of fewer than five.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.commitments import UNDER_WAY, CommitmentState

COUNTED = frozenset({CommitmentState.KEPT, CommitmentState.PARTLY, CommitmentState.NOT_YET})
"""The outcomes that count."""
ENOUGH_PEOPLE = 5
"""So many people are in each figure that is shown to somebody else."""


@dataclass(frozen=True)
class KeptRate:
    """Of all that was due, what was kept and what partly."""

    kept: int = 0
    partly: int = 0
    due: int = 0

    @property
    def share(self) -> float | None:
        """(kept + half of partly) ÷ due; None while nothing was due."""
        return (self.kept + self.partly / 2) / self.due if self.due else None


def kept_rate(counts: Mapping[CommitmentState, int]) -> KeptRate:
    """How many of what was due stand how.

    Due is what ended as kept, partly or not yet, and what is under way past its day. What was dropped or replaced is not.
    """
    due = sum(many for state, many in counts.items() if state in COUNTED or state in UNDER_WAY)
    return KeptRate(counts.get(CommitmentState.KEPT, 0), counts.get(CommitmentState.PARTLY, 0), due)
