"""Who sits where in many circles at once: arrays of (seats, circles), and what is known of each circle.

Taken seats come first in each circle. Some of the circles are waiting benches: they ask for nothing and are worth nothing, so
that whoever has no circle takes part in the swaps. Every circle keeps every rule at every moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.matching.columns import Array, Columns
from bot.domain.matching.crowd import Group

MANY_THEMES = 12
PICKED_THEMES = 8
AT_ONCE = 2048


@dataclass(frozen=True)
class Side:
    """One circle of each pair of circles, as far as swaps ask. `hours` and `tongues` are what all others there share."""

    seats: Array
    taken: Array
    bench: Array
    size: Array
    half: Array
    own: Array
    spread: Array
    hours: Array
    tongues: Array
    own_hours: Array
    own_tongues: Array
    counts: Array
    groups: Array
    points: Array
    best: Array


class Seating:
    def __init__(self, columns: Columns, circles: Sequence[Group], bench: Sequence[bool]) -> None:
        """`bench` says which of the circles are none, but a bench for those who wait."""
        self.columns = columns
        self.rules = columns.crowd.circle
        self.width = width = self.rules.max
        count = len(circles)
        self.seats = np.full((width, count), columns.empty, np.int32)
        for number, group in enumerate(circles):
            self.seats[: len(group), number] = group
        self.bench = np.array(bench, bool)
        self.size = np.zeros(count, np.int32)
        self.own = np.zeros((width, count), np.float32)
        self.spread = np.zeros(count, np.float32)
        self.points = np.zeros((len(columns.wants), count), np.int16)
        self.counts = np.zeros((len(columns.groups), count), np.int8)
        self.hours = np.zeros((len(columns.hours), width, count), np.uint64)
        self.tongues = np.zeros((len(columns.tongues), width, count), np.uint64)
        self.middle = np.zeros(count, np.int64)
        self._circle = np.full(columns.empty + 1, -1, np.int32)
        self._seat = np.zeros(columns.empty + 1, np.int32)
        sizes = np.arange(-1, width + 2)
        self._halves = np.where(sizes > 1, np.float32(1) / np.maximum(sizes - 1, 1).astype(np.float32), np.float32(0))
        self._penalties = (np.abs(sizes - self.rules.target) * self.rules.size_penalty).astype(np.float32)
        self.refresh(np.arange(count))

    def refresh(self, which: Array) -> None:
        """Work out anew what is known of these circles."""
        if self.columns.square is None:
            self._circle[self.seats[:, which]] = which
            self._seat[self.seats[:, which]] = np.arange(self.width)[:, None]
            self._circle[self.columns.empty] = -1
        for start in range(0, len(which), AT_ONCE):
            self._refresh(which[start : start + AT_ONCE])

    def _refresh(self, which: Array) -> None:
        seats, columns = self.seats[:, which], self.columns
        self.size[which] = (seats != columns.empty).sum(axis=0)
        own = self.between(which, which).sum(axis=1)
        self.own[:, which] = own
        self.spread[which] = own.sum(axis=0)
        self.points[:, which] = columns.wants[:, seats].sum(axis=1)
        self.counts[:, which] = columns.groups[:, seats].sum(axis=1)
        self.hours[:, :, which] = _all_but_one(columns.hours[:, seats])
        self.tongues[:, :, which] = _all_but_one(columns.tongues[:, seats])
        self.middle[which] = columns.middle[seats].sum(axis=0) * 4 // np.maximum(self.size[which], 1)

    def between(self, ones: Array, others: Array) -> Array:
        """How far each person of the one circle of a pair is from each of the other: (seats, seats, circles)."""
        mine, theirs = self.seats[:, ones], self.seats[:, others]
        found = self.columns.between(mine, theirs)
        if self.columns.square is None:
            pair = np.full(len(self.bench) + 1, -1, np.int32)
            pair[ones] = np.arange(len(ones))
            for couples, worth in self.columns.near:
                for mine, theirs in (couples, couples[::-1]):
                    met = self._met(pair, others, mine, theirs)
                    found[self._seat[mine[met]], self._seat[theirs[met]], pair[self._circle[mine[met]]]] += worth
        return found

    def _met(self, pair: Array, others: Array, mine: Array, theirs: Array) -> Array:
        """Which of these couples sit in both circles of a pair, the first of the two in the first."""
        at = pair[self._circle[mine]]
        inside = np.flatnonzero(at >= 0)
        found: Array = inside[others[at[inside]] == self._circle[theirs[inside]]]
        return found

    def half(self, size: Array) -> Array:
        """Twice the distances of all couples, times this, is what they are worth in a circle of that size."""
        return np.asarray(self._halves[size + 1])

    def penalty(self, size: Array) -> Array:
        return np.asarray(self._penalties[size + 1])

    def side(self, which: Array) -> Side:
        seats, bench, size, columns = self.seats[:, which], self.bench[which], self.size[which], self.columns
        points = self.points[:, which]
        return Side(
            seats=seats,
            taken=seats != columns.empty,
            bench=bench,
            size=size,
            half=np.where(bench, np.float32(0), self.half(size)),
            own=self.own[:, which],
            spread=self.spread[which],
            hours=self.hours[:, :, which],
            tongues=self.tongues[:, :, which],
            own_hours=columns.hours[:, seats],
            own_tongues=columns.tongues[:, seats],
            counts=self.counts[:, which],
            groups=columns.groups[:, seats],
            points=points,
            best=points.max(axis=0, initial=0),
        )

    def wishes(self, side: Side, guests: Side) -> tuple[Array, Array]:
        """Points for each theme without each member, and those of each guest; of many themes, the likeliest."""
        wants = self.columns.wants
        if len(wants) <= MANY_THEMES:
            return side.points[:, None] - wants[:, side.seats], wants[:, guests.seats]
        likely = self._likely(side)
        points = np.take_along_axis(side.points, likely, axis=0)
        return points[:, None] - wants[likely[:, None], side.seats[None]], wants[likely[:, None], guests.seats[None]]

    def _likely(self, side: Side) -> Array:
        """The themes with the most points in each circle; keys are all different, so no machine picks others."""
        count = len(side.points)
        keys = side.points.astype(np.int64) * count + np.arange(count)[::-1, None]
        highest = np.partition(keys, count - PICKED_THEMES, axis=0)[count - PICKED_THEMES :]
        found: Array = count - 1 - highest % count
        return found

    def wishes_with(self, goal: Side, guests: Side) -> Array:
        wants = self.columns.wants
        if len(wants) <= MANY_THEMES:
            return np.asarray((goal.points[:, None] + wants[:, guests.seats]).max(axis=0))
        likely = self._likely(goal)
        points = np.take_along_axis(goal.points, likely, axis=0)
        return np.asarray((points[:, None] + wants[likely[:, None], guests.seats[None]]).max(axis=0))

    def wishes_without(self, side: Side) -> Array:
        rest, _ = self.wishes(side, side)
        return np.asarray(rest.max(axis=0))

    def swap(self, ones: Array, seats: Array, others: Array, their_seats: Array) -> None:
        mine, theirs = self.seats[seats, ones], self.seats[their_seats, others]
        self.seats[seats, ones], self.seats[their_seats, others] = theirs, mine

    def move(self, ones: Array, seats: Array, goals: Array) -> None:
        """Whoever sits last takes the seat that gets free."""
        movers, last = self.seats[seats, ones], self.size[ones] - 1
        self.seats[seats, ones] = self.seats[last, ones]
        self.seats[last, ones] = self.columns.empty
        self.seats[self.size[goals], goals] = movers

    def circles(self, first: int, past: int) -> list[Group]:
        """Who sits together in these columns, benches left out."""
        found: list[Group] = []
        for number in range(first, past):
            seats: list[int] = self.seats[: self.size[number], number].tolist()
            if seats and not self.bench[number]:
                found.append(tuple(sorted(seats)))
        return found


def _all_but_one(words: Array) -> Array:
    """For each seat what all others have in common: (words, seats, circles)."""
    count = words.shape[1]
    found = np.full_like(words, np.iinfo(np.uint64).max)
    before, after = found[:, 0].copy(), found[:, 0].copy()
    for seat in range(count):
        found[:, seat] &= before
        before &= words[:, seat]
        found[:, count - 1 - seat] &= after
        after &= words[:, count - 1 - seat]
    return found
