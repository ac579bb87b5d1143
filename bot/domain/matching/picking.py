"""What every swap and every move between two circles would be worth, for many pairs of circles at once.

A swap or move that breaks a rule is worth `NEVER`. Of many themes only the ones that stand highest in a circle are weighed.
"""

import numpy as np

from bot.domain.matching.columns import Array, Columns
from bot.domain.matching.seating import Seating, Side

NEVER = np.float32(-1e9)


class Picking:
    """`placing` is what a place is worth to whoever waits; whoever is `pinned` stays where they are."""

    def __init__(self, seating: Seating, placing: float, pinned: Array | None = None) -> None:
        self.seating, self.pinned = seating, pinned
        self.columns: Columns = seating.columns
        self.rules = seating.rules
        self.placing = np.float32(placing)

    def values(self, ones: Array, others: Array) -> Array:
        """A row for each swap (seat by seat), each move there, each move back, and one for staying as it is."""
        width, count = self.seating.width, len(ones)
        one, other = self.seating.side(ones), self.seating.side(others)
        between = self.seating.between(ones, others)
        found = np.empty((width * width + 2 * width + 1, count), np.float32)
        self._swaps(found[: width * width].reshape(width, width, count), one, other, between)
        found[width * width : width * width + width] = self._moves(one, other, between.sum(axis=1))
        found[width * width + width : -1] = self._moves(other, one, between.sum(axis=0))
        found[-1] = 0
        return found

    def _swaps(self, found: Array, one: Side, other: Side, between: Array) -> None:
        here, there = between.sum(axis=0), between.sum(axis=1)
        leave = other.half * there - one.half * one.own
        enter = one.half * here - other.half * other.own
        np.multiply(between, -(one.half + other.half), out=found)
        found += leave[:, None]
        found += enter[None]
        found *= np.float32(2)
        self._add_themes(found, one, other, back=False)
        self._add_themes(found, other, one, back=True)
        legal = self._free(one)[:, None] & self._free(other)[None]
        self._forbid(legal, one, other, back=False)
        self._forbid(legal, other, one, back=True)
        found[~legal] = NEVER

    def _free(self, side: Side) -> Array:
        return side.taken if self.pinned is None else side.taken & ~self.pinned[side.seats]

    def _add_themes(self, found: Array, side: Side, guests: Side, *, back: bool) -> None:
        """The circle's best theme after the swap, less its best now; `back` when its seats are the second axis."""
        if not len(self.columns.wants) or not self.rules.wT:
            return
        rest, new = self.seating.wishes(side, guests)
        best = np.zeros(found.shape, np.int16)
        added = np.empty(found.shape, np.int16)
        for mine, theirs in zip(rest, new, strict=True):
            if back:
                np.add(mine[None], theirs[:, None], out=added)
            else:
                np.add(mine[:, None], theirs[None], out=added)
            np.maximum(best, added, out=best)
        best -= side.best
        best *= ~side.bench
        found += best * np.float32(self.rules.wT)

    def _forbid(self, legal: Array, side: Side, guests: Side, *, back: bool) -> None:
        for rest, theirs in ((side.hours, guests.own_hours), (side.tongues, guests.own_tongues)):
            if len(rest):
                legal &= _in_common(rest, theirs, back=back) | side.bench
        for count, mine, theirs in zip(side.counts, side.groups, guests.groups, strict=True):
            left = count - mine
            after = left[None] + theirs[:, None] if back else left[:, None] + theirs[None]
            legal &= (after != 1) | side.bench

    def _moves(self, side: Side, goal: Side, met: Array) -> Array:
        """One more in `goal`, one less in `side`; `met` is how far each of `side` is from all in `goal`."""
        half, penalty, wish = self.seating.half, self.seating.penalty, np.float32(self.rules.wT)
        with_guest = (goal.spread + 2 * met) * half(goal.size + 1) - penalty(goal.size + 1)
        gain = with_guest - (goal.spread * goal.half - penalty(goal.size))
        without = (side.spread - 2 * side.own) * half(side.size - 1) - penalty(side.size - 1)
        loss = (side.spread * side.half - penalty(side.size)) - without
        if len(self.columns.wants):
            gain += (self.seating.wishes_with(goal, side) - goal.best) * wish
            loss += (side.best - self.seating.wishes_without(side)) * wish
        found: Array = gain - np.where(side.bench, -self.placing, loss)
        found[~self._may_move(side, goal)] = NEVER
        return found

    def _may_move(self, side: Side, goal: Side) -> Array:
        room = (goal.size < self.seating.width) & ~goal.bench & (side.bench | (side.size > self.rules.min))
        legal = self._free(side) & room
        for rest, own, theirs in (
            (goal.hours, goal.own_hours, side.own_hours),
            (goal.tongues, goal.own_tongues, side.own_tongues),
        ):
            if len(rest):
                legal &= (rest[:, :1] & own[:, :1] & theirs).any(axis=0)
        for left, own, joined in zip(side.counts, side.groups, goal.counts, strict=True):
            legal &= ((left - own != 1) | side.bench) & (joined + own != 1)
        return legal

    def do(self, best: Array, ones: Array, others: Array) -> None:
        """Carry out the chosen row of each pair of circles."""
        width = self.seating.width
        swapped = best < width * width
        there = (best >= width * width) & (best < width * width + width)
        back = (best >= width * width + width) & (best < width * width + 2 * width)
        self.seating.swap(ones[swapped], best[swapped] // width, others[swapped], best[swapped] % width)
        self.seating.move(ones[there], best[there] - width * width, others[there])
        self.seating.move(others[back], best[back] - width * width - width, ones[back])
        changed = swapped | there | back
        self.seating.refresh(np.concatenate((ones[changed], others[changed])))


def _in_common(rest: Array, theirs: Array, *, back: bool) -> Array:
    _, seats, count = rest.shape
    found = np.zeros((seats, seats, count), np.uint64)
    both = np.empty_like(found)
    for mine, guest in zip(rest, theirs, strict=True):
        if back:
            np.bitwise_and(mine[None], guest[:, None], out=both)
        else:
            np.bitwise_and(mine[:, None], guest[None], out=both)
        found |= both
    return np.asarray(found != 0)
