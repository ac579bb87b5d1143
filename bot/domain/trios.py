"""Who thinks with whom in a session in threes: groups of three or four, with as few people together again as can be.

Every split of the circle is looked at, so the same people and the same past give the same groups, and no group of last
time comes back where there is another way.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from bot.domain.ids import MemberId

Group = tuple[MemberId, ...]
THREE, FOUR, FIVE = 3, 4, 5


def sizes(people: int) -> list[int]:
    """Threes, and fours where they do not come out even; five are a three and a pair."""
    if people <= FOUR:
        return [people] if people else []
    if people == FIVE:
        return [THREE, 2]
    threes, left = divmod(people, THREE)
    return [FOUR] * left + [THREE] * (threes - left)


def split(people: Sequence[MemberId], before: Sequence[Collection[MemberId]] = ()) -> tuple[Group, ...]:
    """The groups; `before` are those of last time."""
    old = [frozenset(group) for group in before]
    ways = _ways(tuple(sorted(people)), tuple(sizes(len(people))))
    return min(ways, key=lambda groups: (*_repeats(groups, old), groups), default=())


def _repeats(groups: tuple[Group, ...], old: Sequence[frozenset[MemberId]]) -> tuple[int, int]:
    """How many groups are the same again, and how many pairs."""
    same = sum(frozenset(group) in old for group in groups)
    pairs = sum(len(pair) * (len(pair) - 1) // 2 for group in groups for one in old if (pair := one & {*group}))
    return same, pairs


def _ways(people: Group, left: tuple[int, ...]) -> Iterator[tuple[Group, ...]]:
    """Each way once: the first of those who are left takes their company."""
    if not left:
        yield ()
        return
    first, *others = people
    for size in sorted(set(left), reverse=True):
        place = left.index(size)
        rest_sizes = (*left[:place], *left[place + 1 :])
        for company in combinations(others, size - 1):
            rest = tuple(who for who in others if who not in company)
            for way in _ways(rest, rest_sizes):
                yield ((first, *company), *way)
