"""A value that no circles of these people can exceed, however large the crowd.

Wishes: everybody gets their first. Distances: of each department, country, background and step of the levels only so many people
are there, and a circle gains less by each further one of a kind. Spreading every kind for itself over circles of any allowed size
is more than any real split can do. The price of a kind makes that one sum for each size (weak duality): whatever the
prices, the result is a bound.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.matching.crowd import Crowd

Kind = tuple[int, int]
"""How many people are of a kind, and what one of them far from one other is worth."""


def upper_bound(crowd: Crowd) -> int:
    wishes = crowd.circle.wT * sum(max(each.values(), default=0) for each in crowd.wants)
    kinds = list(_kinds(crowd))
    rules, heads = crowd.circle, len(crowd)
    sizes = range(rules.min, rules.max + 1)
    spread = min((_spread(crowd, kinds, size, sizes) for size in sizes), default=0.0)
    return wishes + math.floor(max(0.0, spread) * (1 + 1e-9)) if heads else 0


def _spread(crowd: Crowd, kinds: Sequence[Kind], base: int, sizes: Iterable[int]) -> float:
    """The bound on distances less penalties, with the prices that suit circles of the size `base`."""
    heads, rules = len(crowd), crowd.circle
    prices = [_price(count * base / heads, worth, base) for count, worth in kinds]
    paid = sum(price * count for price, (count, _) in zip(prices, kinds, strict=True))

    def a_circle(size: int) -> float:
        gained = sum(
            max(_gain(inside, worth, size) - price * inside for inside in range(size + 1))
            for price, (_, worth) in zip(prices, kinds, strict=True)
        )
        return (gained - rules.size_penalty * abs(size - rules.target)) / size

    return paid + heads * max(map(a_circle, sizes))


def _gain(inside: int, worth: int, size: int) -> float:
    """What so many of a kind are worth by their distance to the others in a circle."""
    return worth * inside * (size - inside) / (size - 1)


def _price(average: float, worth: int, size: int) -> float:
    """What the last of a kind brings when every circle has about the average of it."""
    inside = min(size - 1, int(average))
    return _gain(inside + 1, worth, size) - _gain(inside, worth, size)


def _kinds(crowd: Crowd) -> Iterator[Kind]:
    rules = crowd.circle
    for name, points in rules.distance_points.items():
        counts = Counter(getattr(person, name) for person in crowd.people)
        del counts[None]
        if len(counts) > 1:
            yield from ((count, points * rules.wD) for count in counts.values())
    levels = [person.level for person in crowd.people if person.level is not None]
    yield from _steps(crowd, levels)


def _steps(crowd: Crowd, levels: Sequence[int]) -> Iterator[Kind]:
    """A gap is a sum of steps, each between those below and those above; capped gaps are less than that."""
    rules = crowd.circle
    for step in range(min(levels, default=0), max(levels, default=0) if rules.level_cap_steps else 0):
        below = sum(level <= step for level in levels)
        worth = rules.level_per_step * rules.wD
        yield from ((count, worth) for count in (below, len(levels) - below))
