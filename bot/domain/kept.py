"""How much of what was due was kept: for a member alone, and for a circle where enough people are in the figure.

A figure about few people is a figure about each of them, so nobody but a member sees one of fewer than five.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.commitments import UNDER_WAY, CommitmentState
from bot.domain.ids import CircleId, MemberId

COUNTED = frozenset({CommitmentState.KEPT, CommitmentState.PARTLY, CommitmentState.NOT_YET})
"""The outcomes that count."""
ENOUGH_PEOPLE = 5
"""So many people are in each figure that is shown to somebody else."""
STEP = 5
"""Per cent, in which such a figure is told."""


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


Standing = Mapping[MemberId, Mapping[CommitmentState, int]]
"""How many of what was due stand how, by owner."""


@dataclass(frozen=True)
class CircleRate:
    """One circle's figure. Only `percent` of it is ever shown, in steps that no single commitment stands out of."""

    circle: CircleId
    people: int
    rate: KeptRate

    @property
    def percent(self) -> int:
        return round((self.rate.share or 0) * 100 / STEP) * STEP


@dataclass(frozen=True)
class Figures:
    shown: tuple[CircleRate, ...] = ()
    hidden: int = 0
    """Circles in which something was due, of too few people to say anything."""

    @property
    def all_shown(self) -> KeptRate:
        """Of the shown ones alone: with the others in it, the difference would speak of them."""
        rates = [one.rate for one in self.shown]
        return KeptRate(sum(r.kept for r in rates), sum(r.partly for r in rates), sum(r.due for r in rates))


def figures(circles: Mapping[CircleId, Standing]) -> Figures:
    """What a lead may see: a figure a circle where five people or more are in it."""
    rates = [_of_circle(circle, standing) for circle, standing in sorted(circles.items()) if standing]
    shown = tuple(one for one in rates if one.people >= ENOUGH_PEOPLE)
    return Figures(shown, len(rates) - len(shown))


def _of_circle(circle: CircleId, standing: Standing) -> CircleRate:
    together: Counter[CommitmentState] = Counter()
    for counts in standing.values():
        together.update(counts)
    return CircleRate(circle, len(standing), kept_rate(together))
