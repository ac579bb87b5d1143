"""What a circle could gain at most, one trait of its members at a time: the parts of the upper bound.

A part puts each person in a class. Given what each class is charged, it knows the most that so many people, of whatever
classes, can gain above their charges. It may promise more than real circles can hold, never less.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, Protocol

import numpy as np

from bot.domain.matching.columns import Array
from bot.domain.matching.crowd import Crowd

MOST_MIXES = 20_000
MOST_PROFILES = 300
MOST_PLACES = 300
DAY = 48


@dataclass(frozen=True)
class Mix:
    """So many of each class, and what they gain together."""

    counts: tuple[int, ...]
    gain: float


class Part(Protocol):
    """`of` holds the class of each person."""

    of: Array
    classes: int

    def best(self, size: int, charges: Array) -> list[Mix]:
        """Mixes of that size that gain much above their charges, the one that gains most among them."""
        ...


def parts(crowd: Crowd, people: Sequence[int]) -> list[Part]:
    """Of these people; each of them is free at some time."""
    rules, those = crowd.circle, [crowd.people[one] for one in people]
    worth = {name: points * rules.wD for name, points in rules.distance_points.items()}
    wishes = Wishes([crowd.wants[one] for one in people], rules.wT)
    places = Places([one.country for one in those], [crowd.starts[one] for one in people], worth.get("country", 0))
    found = [
        Differences([getattr(one, name) for one in those], worth[name])
        for name in ("dept", "background")
        if worth.get(name, 0)
    ]
    return [wishes, places, *found, *_levels(crowd, [one.level for one in those])]


def _levels(crowd: Crowd, levels: Sequence[int | None]) -> list[Part]:
    """The gaps of levels, or where there are too many mixes of them, one step after the other and without the cap."""
    rules = crowd.circle
    known = sorted({level for level in levels if level is not None})
    each = rules.level_per_step * rules.wD
    if len(known) < 2 or not each or not rules.level_cap_steps:
        return []
    if math.comb(len(known) + rules.max, rules.max) <= MOST_MIXES:
        return [Gaps(levels, each, rules.level_cap_steps)]
    steps = range(known[0], known[-1])
    return [Differences([None if one is None else one <= step for one in levels], each) for step in steps]


def _classes(keys: Sequence[Hashable]) -> tuple[list[Any], Array]:
    number: dict[Any, int] = {}
    of = np.array([number.setdefault(key, len(number)) for key in keys], np.int64)
    return list(number), of


class Differences:
    """Each two who differ gain `worth`, twice and divided by the others; of whom nothing is known, nothing is gained."""

    def __init__(self, values: Sequence[Hashable | None], worth: int) -> None:
        self.names, self.of = _classes(values)
        self.classes, self.worth = len(self.names), worth

    def best(self, size: int, charges: Array) -> list[Mix]:
        return [_spread_out(self.names, size, self.worth, charges)]


class Gaps:
    """Each two gain by the steps between their levels, up to a cap."""

    def __init__(self, levels: Sequence[int | None], worth: int, cap: int) -> None:
        self.names, self.of = _classes(levels)
        self.classes, self._worth, self._cap = len(self.names), worth, cap
        self._mixes: dict[int, tuple[Array, Array]] = {}

    def best(self, size: int, charges: Array) -> list[Mix]:
        counts, gains = self._mixes.get(size) or self._all(size)
        place = int((gains - counts @ charges).argmax())
        return [Mix(tuple(counts[place].tolist()), float(gains[place]))]

    def _all(self, size: int) -> tuple[Array, Array]:
        chosen = np.array(list(combinations_with_replacement(range(self.classes), size)), np.int64)
        counts = (chosen[:, :, None] == np.arange(self.classes)).sum(axis=1)
        apart = np.array([[self._gap(one, other) for other in self.names] for one in self.names])
        gains = ((counts @ apart) * counts).sum(axis=1) * (self._worth / (size - 1))
        self._mixes[size] = counts, gains
        return counts, gains

    def _gap(self, one: int | None, other: int | None) -> int:
        return 0 if one is None or other is None else min(abs(one - other), self._cap)


class Wishes:
    """The theme with the most points; classes are the people who wish for the same."""

    def __init__(self, wants: Sequence[Mapping[int, int]], worth: int) -> None:
        profiles = [tuple(sorted(each.items())) for each in wants]
        if len(set(profiles)) > MOST_PROFILES:
            # Then everybody is taken to get their first.
            profiles = [((0, max((points for _, points in each), default=0)),) for each in profiles]
        names, self.of = _classes(profiles)
        self.classes = len(names)
        themes = sorted({theme for profile in names for theme, _ in profile}) or [0]
        self._gains = np.array([[worth * dict(profile).get(theme, 0) for profile in names] for theme in themes])

    def best(self, size: int, charges: Array) -> list[Mix]:
        above = self._gains - charges
        return [self._all_of(theme, int(above[theme].argmax()), size) for theme in range(len(above))]

    def _all_of(self, theme: int, place: int, size: int) -> Mix:
        counts = [0] * self.classes
        counts[place] = size
        return Mix(tuple(counts), float(size * self._gains[theme, place]))


class Places:
    """Countries, of those who are free at one time of the day; classes are the people of a country with the same times."""

    def __init__(self, countries: Sequence[str | None], starts: Sequence[int], worth: int) -> None:
        keys = [(country, _times_of_day(when)) for country, when in zip(countries, starts, strict=True)]
        if len(set(keys)) > MOST_PLACES:
            every = _united(keys)
            keys = [(country, every[country]) for country in countries]
        names, self.of = _classes(keys)
        self.classes, self._worth = len(names), worth
        free = {tuple(place for place, (_, when) in enumerate(names) if when >> time & 1) for time in range(DAY)}
        self._free = sorted(group for group in free if group)
        self._countries = [country for country, _ in names]

    def best(self, size: int, charges: Array) -> list[Mix]:
        return [self._at(group, size, charges) for group in self._free]

    def _at(self, group: Sequence[int], size: int, charges: Array) -> Mix:
        """Of each country those who are charged least."""
        cheapest: dict[str | None, int] = {}
        for place in group:
            country = self._countries[place]
            if country not in cheapest or charges[place] < charges[cheapest[country]]:
                cheapest[country] = place
        names = list(cheapest)
        mix = _spread_out(names, size, self._worth, charges[list(cheapest.values())])
        counts = [0] * self.classes
        for name, count in zip(names, mix.counts, strict=True):
            counts[cheapest[name]] = count
        return Mix(tuple(counts), mix.gain)


def _times_of_day(starts: int) -> int:
    """The half hours of the day at which somebody could meet, on whichever day."""
    found = 0
    while starts:
        found |= starts & ((1 << DAY) - 1)
        starts >>= DAY
    return found


def _united(keys: Sequence[tuple[str | None, int]]) -> Mapping[str | None, int]:
    found: dict[str | None, int] = {}
    for country, times in keys:
        found[country] = found.get(country, 0) | times
    return found


def _spread_out(names: Sequence[Hashable | None], size: int, worth: int, charges: Array) -> Mix:
    """The best of the best for each number of people of whom something is known."""
    unknown = names.index(None) if None in names else None
    known = [place for place in range(len(names)) if place != unknown]
    numbers = range(size + 1) if known and unknown is not None else [size if known else 0]
    return max(
        (_filled(known, unknown, (number, size), worth, charges) for number in numbers),
        key=lambda mix: mix.gain - float(np.dot(mix.counts, charges)),
    )


def _filled(known: Sequence[int], unknown: int | None, of: tuple[int, int], worth: int, charges: Array) -> Mix:
    """`of` is how many are known, of how many. The cheapest seat each time is the best, as costs only rise."""
    number, size = of
    each = 2 * worth / (size - 1)
    counts = [0] * len(charges)
    costs = {place: float(charges[place]) for place in known}
    for _ in range(number):
        place = min(costs, key=lambda one: (costs[one], one))
        counts[place] += 1
        costs[place] += each
    squares = sum(counts[place] ** 2 for place in known)
    if unknown is not None:
        counts[unknown] = size - number
    return Mix(tuple(counts), worth * (number * number - squares) / (size - 1))
