"""The participants of a draw of circles as arrays, one column a person; the last column is an empty seat.

Hours are bits of 64-bit words, reduced to the starts that matter: one is dropped when everybody who has it also has another.
Distances between two sets of people come from one square table while that is small, otherwise from what people
said about themselves. People who may never meet are so far below zero that no sum of distances makes up for it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.matching.crowd import Crowd
from bot.domain.matching.slots import SLOTS

DENSE = 3000
FAR = np.float32(-(2.0**24))
WORD = 64

Array = NDArray[Any]


class Columns:
    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.empty = len(crowd)
        self.hours = _words(_useful(_bits(crowd.starts, SLOTS), crowd.circle.min))
        languages = max(1, max(crowd.languages, default=1).bit_length())
        self.tongues = _words(_useful(_bits(crowd.languages, languages), crowd.circle.min))
        self.wants = self._wants()
        self.groups = self._groups()
        self.middle = self._middles()
        self._features = self._said()
        self._levels = self._level_column()
        again = np.float32(-crowd.circle.repeat_penalty * crowd.circle.wD)
        self.square: Array | None = None
        couples = ((_couples(crowd.never), FAR), (_couples(crowd.met), again))
        self.near = [(found, worth) for found, worth in couples if found.size]
        """Couples, as (2, couples), who are nearer than what they said makes them, and by how much."""
        if self.empty <= DENSE:
            self.square = self._table(np.arange(self.empty + 1))

    def between(self, ones: Array, others: Array) -> Array:
        """Distances times their weight of each of `ones` (seats, circles) to each of `others`: (seats, seats, circles).

        Without a square the couples that are `near` are left out; where people sit is not known here.
        """
        if self.square is not None:
            width = self.empty + 1
            found: Array = self.square.take(ones[:, None] * np.int32(width) + others[None])
            return found
        return self._computed(ones, others)

    def _computed(self, ones: Array, others: Array) -> Array:
        rules = self.crowd.circle
        total = np.zeros((len(ones), *others.shape), np.float32)
        for points, codes, known in self._features:
            mine, theirs = codes[ones], codes[others]
            differ = mine[:, None] != theirs[None]
            if known is not None:
                differ &= known[ones][:, None]
                differ &= known[others][None]
            total += differ * np.float32(points * rules.wD)
        if self._levels is not None:
            mine, theirs = self._levels[ones], self._levels[others]
            gap = np.abs(mine[:, None] - theirs[None])
            gap[gap > LEVEL_UNKNOWN // 2] = 0
            np.minimum(gap, rules.level_cap_steps, out=gap)
            total += gap * np.float32(rules.level_per_step * rules.wD)
        total *= ones[:, None] != self.empty
        total *= others[None] != self.empty
        return total

    def table(self, people: Array) -> Array:
        """Distances times their weight among these people, couples who are `near` included."""
        if self.square is not None:
            return np.asarray(self.square[np.ix_(people, people)])
        return self._table(people)

    def _table(self, people: Array) -> Array:
        people = people.astype(np.int32)
        found = np.empty((len(people), len(people)), np.float32)
        for start in range(0, len(people), 256):
            part = people[start : start + 256]
            found[start : start + 256] = self._computed(part[:, None], people[:, None])[:, :, 0]
        place = np.full(self.empty + 1, -1, np.int32)
        place[people] = np.arange(len(people))
        place[self.empty] = -1
        for couples, worth in self.near:
            one, other = place[couples]
            both = (one >= 0) & (other >= 0)
            one, other = one[both], other[both]
            found[one, other] += worth
            found[other, one] += worth
        return found

    def _wants(self) -> Array:
        """Points for each theme that anybody wants."""
        found = np.zeros((len(self.crowd.themes), self.empty + 1), np.int16)
        for one, wishes in enumerate(self.crowd.wants):
            for theme, points in wishes.items():
                found[theme, one] = points
        return found

    def _groups(self) -> Array:
        found = np.zeros((len(self.crowd.circle.no_isolation_groups), self.empty + 1), np.int8)
        for one, groups in enumerate(self.crowd.groups):
            for group in groups:
                found[group, one] = 1
        return found[found.any(axis=1)]

    def _said(self) -> list[tuple[int, Array, Array | None]]:
        """For each field that scores: its points, a code for each person, and who said anything (None: everybody)."""
        found = []
        for name, points in self.crowd.circle.distance_points.items():
            values = [getattr(person, name) for person in self.crowd.people]
            number = {value: code for code, value in enumerate(sorted({each for each in values if each is not None}))}
            if points and number:
                codes = np.array([number.get(value, 0) for value in values] + [0], np.int32)
                known = None if None not in values else np.array([value is not None for value in [*values, None]])
                if len(number) < 2**15:
                    codes = codes.astype(np.int16)
                found.append((points, codes, known))
        return found

    def _level_column(self) -> Array | None:
        rules = self.crowd.circle
        levels = [person.level for person in self.crowd.people]
        if not rules.level_per_step * rules.level_cap_steps or all(level is None for level in levels):
            return None
        return np.array([LEVEL_UNKNOWN if level is None else level for level in [*levels, None]], np.int16)

    def _middles(self) -> Array:
        """The half hour of the day, counted from the one when fewest can meet, around which somebody's hours lie."""
        bits = _bits(self.crowd.starts, SLOTS)
        days = bits.reshape(len(self.crowd), SLOTS // 48, 48).sum(axis=1, dtype=np.int32)
        opening = int(days.sum(axis=0).argmin()) if len(self.crowd) else 0
        days = np.roll(days, -opening, axis=1).cumsum(axis=1)
        middle = (days * 2 >= days[:, -1:]).argmax(axis=1)
        return np.append(middle, 0).astype(np.int64)


LEVEL_UNKNOWN = 1 << 12
"""So far from every level that the gap is recognised; between two of them it is 0."""


def _bits(masks: Sequence[int], count: int) -> Array:
    """One row of booleans for each mask."""
    size = -(-count // 8)
    raw = b"".join(mask.to_bytes(size, "little") for mask in masks)
    rows = np.frombuffer(raw, np.uint8).reshape(len(masks), size)
    return np.unpackbits(rows, axis=1, bitorder="little")[:, :count]


def _useful(bits: Array, fewest: int) -> Array:
    """Without columns that too few people have, or that are part of another."""
    bits = bits[:, bits.sum(axis=0, dtype=np.int64) >= fewest]
    single = bits.astype(np.float32)
    together = single.T @ single
    whole = together.diagonal()
    inside = together >= whole[:, None]
    smaller = whole[:, None] < whole[None]
    later = np.arange(len(whole))[:, None] > np.arange(len(whole))[None]
    return bits[:, ~(inside & (smaller | later)).any(axis=1)]


def _words(bits: Array) -> Array:
    """Booleans packed into words, one column a person; the empty seat agrees to everything.

    No words at all when something suits everybody: then there is nothing to keep apart.
    """
    people, count = bits.shape
    if bits.all(axis=0).any():
        return np.zeros((0, people + 1), np.uint64)
    words = max(1, -(-count // WORD))
    padded = np.zeros((people + 1, words * WORD), np.uint8)
    padded[:people, :count] = bits
    padded[people] = 1
    packed = np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)
    return np.ascontiguousarray(packed.T)


def _couples(rows: Sequence[frozenset[int]]) -> Array:
    """Each couple once: (2, couples)."""
    found = [(one, other) for one, others in enumerate(rows) for other in sorted(others) if one < other]
    return np.array(found, np.int32).reshape(-1, 2).T.copy()
