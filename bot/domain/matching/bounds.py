"""A value that no circles of these people can exceed, however large the crowd.

A circle gains by its theme and by what its members differ in. Taken apart, each of these gains is split as well as it
can be over circles of any allowed sizes (`relaxed`): as a mixture of the best circles for this gain alone, in which
every class of people comes as often as it is there. That is a linear program; its mixes are made when their charges
say that they could pay. The charges are a proof by themselves: whatever they are, nobody's place is worth more
than the charge plus what the best circle gains above its members' charges.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csc_array, hstack

from bot.domain.matching.columns import Array
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.relaxed import Mix, Part, parts

ROUNDS, WORK = 80, 8000
CLOSE = 1e-7
ROUNDING = 1e-4

Offers = Mapping[tuple[int, int], Sequence[Mix]]
"""For each part and size, mixes that gain much at the charges of the moment."""


def upper_bound(crowd: Crowd) -> int:
    """In whole points a person, rounded up, so that every machine says the same."""
    people = [one for one in range(len(crowd)) if crowd.starts[one]]
    if not people:
        return 0
    found = Relaxation(crowd, people, parts(crowd, people)).bound()
    return math.ceil(found / len(people) - ROUNDING) * len(people)


class Column(NamedTuple):
    """A mix of one part, as a circle of that size."""

    part: int
    size: int
    counts: tuple[int, ...]


@dataclass
class Relaxation:
    crowd: Crowd
    people: Sequence[int]
    parts: Sequence[Part]
    gains: dict[Column, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = self.crowd.circle
        self.sizes = range(rules.min, rules.max + 1)
        self.rounds = min(ROUNDS, max(2, WORK // (rules.max * len(self.sizes))))
        self.firsts = np.cumsum([0, *(part.classes for part in self.parts)])
        self.there = np.concatenate([np.bincount(part.of, minlength=part.classes) for part in self.parts])

    def bound(self) -> float:
        """The lowest that was proven on the way; the first charges are none at all."""
        charges = [np.zeros(part.classes) for part in self.parts]
        lowest = math.inf
        for _ in range(self.rounds):
            offers = self._offers(charges)
            share = max(self._share(offers, charges, size) for size in self.sizes)
            lowest = min(lowest, self._proven(share, charges))
            if share <= CLOSE * self.crowd.highest or not self._add(offers):
                break
            charges = self._charges()
        return lowest

    def _offers(self, charges: Sequence[Array]) -> Offers:
        return {
            (place, size): part.best(size, charges[place])
            for place, part in enumerate(self.parts)
            for size in self.sizes
        }

    def _share(self, offers: Offers, charges: Sequence[Array], size: int) -> float:
        """What each member of the best circle of that size gains above the charges."""
        above = -float(self._penalty(size))
        for place, charge in enumerate(charges):
            above += max(mix.gain - float(np.dot(mix.counts, charge)) for mix in offers[place, size])
        return above / size

    def _proven(self, share: float, charges: Sequence[Array]) -> float:
        """Nobody need be placed, so nobody counts less than nothing."""
        each = share + sum(charge[part.of] for part, charge in zip(self.parts, charges, strict=True))
        return float(np.maximum(each, 0).sum())

    def _penalty(self, size: int) -> int:
        return self.crowd.circle.size_penalty * abs(size - self.crowd.circle.target)

    def _add(self, offers: Offers) -> bool:
        before = len(self.gains)
        for (place, size), mixes in offers.items():
            self.gains.update({Column(place, size, mix.counts): mix.gain for mix in mixes})
        return len(self.gains) > before

    def _charges(self) -> list[Array]:
        """What each class is charged in the best mixture of the columns known.

        Somebody left out, or counted who is not there, costs more than anybody is worth, so that there always is a mixture.
        """
        classes = len(self.there)
        spare = coo_array(
            (np.ones(classes), (np.arange(classes),) * 2), shape=(self._links(len(self.parts)), classes)
        )
        costs = [-gain for gain in self.gains.values()] + [float(self._penalty(size)) for size in self.sizes]
        found = linprog(
            costs + [float(self.crowd.highest)] * (2 * classes),
            A_eq=hstack([self._covers(), spare, -spare]).tocsc(),
            b_eq=np.concatenate([self.there, np.zeros(len(self.parts) * len(self.sizes))]),
            bounds=(0, None),
            method="highs",
        )
        charges = -np.asarray(found.eqlin.marginals)
        return [charges[first:past] for first, past in zip(self.firsts[:-1], self.firsts[1:], strict=True)]

    def _covers(self) -> csc_array:
        """A row for each class, then one for each part and size: as many mixes as there are circles of that size."""
        rows: list[int] = []
        places: list[int] = []
        values: list[int] = []
        for place, (part, size, counts) in enumerate(self.gains):
            inside = [one for one, count in enumerate(counts) if count]
            rows += [*(int(self.firsts[part]) + one for one in inside), self._links(part) + size - self.sizes[0]]
            values += [*(counts[one] for one in inside), 1]
            places += [place] * (len(inside) + 1)
        for part in range(len(self.parts)):
            rows += range(self._links(part), self._links(part + 1))
            places += range(len(self.gains), len(self.gains) + len(self.sizes))
            values += [-1] * len(self.sizes)
        shape = self._links(len(self.parts)), len(self.gains) + len(self.sizes)
        return coo_array((np.array(values, float), (rows, places)), shape=shape).tocsc()

    def _links(self, part: int) -> int:
        return len(self.there) + part * len(self.sizes)
