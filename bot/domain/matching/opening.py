"""The first circles of a draw: people in the order of their day, each circle filled from those who come next.

Every circle made here keeps every rule. Whoever does not fit waits, for the swaps that follow to find a place.
"""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from bot.domain.matching.columns import Columns
from bot.domain.matching.crowd import Crowd, Group, joined
from bot.domain.matching.dice import lot
from bot.domain.matching.sizes import coverable, even_sizes

WINDOW, SCAN = 40, 1000
FINE = 16
"""Steps of a half hour, so that chance has a say in the order of people with nearly the same day."""


def first_cut(columns: Columns, units: Sequence[Group], number: int, *, salt: int = 0) -> list[Group]:
    """At most that many circles of even sizes. `units` are people, or people locked together; `salt` varies the order."""
    crowd = columns.crowd
    covered = coverable(sum(map(len, units)), crowd.circle.min, crowd.circle.max)
    sizes = even_sizes(min(covered, number * crowd.circle.max), number) if number else []
    coming = iter(in_order_of_day(columns, units, salt))
    near = list(islice(coming, SCAN))
    circles: list[Group] = []
    while near and len(circles) < len(sizes):
        chosen = filled(crowd, near, sizes[len(circles)])
        circle = joined(*chosen)
        if crowd.fits(circle):
            circles.append(circle)
        else:
            chosen = near[:1]
        near = [unit for unit in near if unit not in chosen]
        near += islice(coming, SCAN - len(near))
    return circles


def filled(crowd: Crowd, left: Sequence[Group], size: int) -> list[Group]:
    """The first unit and those after it who leave it the most common hours."""
    if not left:
        return []
    first, chosen = left[0], [left[0]]
    near = (unit for unit in left[1:] if all(crowd.may_meet(first[0], one) for one in unit))
    candidates = list(islice(near, WINDOW))
    while candidates and sum(map(len, chosen)) < size:
        circle = joined(*chosen)
        hours, spoken = _shared(crowd, circle)
        lonely = set(crowd.lonely(circle))
        ranked = [
            (len(lonely.intersection(crowd.groups[unit[0]])), (hours & mine).bit_count(), -place)
            for place, unit in enumerate(candidates)
            if len(circle) + len(unit) <= crowd.circle.max
            and (mine := _shared(crowd, unit)[0]) & hours
            and spoken & _shared(crowd, unit)[1]
            and not any(crowd.never[one].intersection(circle) for one in unit)
        ]
        if not ranked:
            break
        chosen.append(candidates.pop(-max(ranked)[2]))
    return chosen


def _shared(crowd: Crowd, people: Group) -> tuple[int, int]:
    hours = spoken = -1
    for one in people:
        hours &= crowd.starts[one]
        spoken &= crowd.languages[one]
    return hours, spoken


def in_order_of_day(columns: Columns, units: Sequence[Group], salt: int = 0) -> list[Group]:
    """Those who do not speak the commonest language first, by language; then by the middle of their day."""
    crowd, common = columns.crowd, _commonest_language(columns.crowd)
    seed = crowd.facts.document.seed

    def key(unit: Group) -> tuple[int, int, int]:
        spoken, chance = crowd.languages[unit[0]], lot(seed + salt, *crowd.names(unit))
        rare = 0 if spoken & common else spoken & -spoken
        return -rare, int(columns.middle[unit[0]]) * FINE + chance % (2 * FINE), chance

    return sorted(units, key=key)


def _commonest_language(crowd: Crowd) -> int:
    most = max(crowd.languages, default=0).bit_length()
    if not most:
        return 0
    counts = np.zeros(most, np.int64)
    for spoken in crowd.languages:
        while spoken:
            low = spoken & -spoken
            counts[low.bit_length() - 1] += 1
            spoken ^= low
    return 1 << int(counts.argmax())
