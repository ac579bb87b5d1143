"""Who met whom how often in a pool, who may never meet, and what a group of two or three would cost.

People are numbers in the order of their ids. Nothing here grows with the square of the pool.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.domain.matching.document import Document
from bot.domain.matching.facts import MET, Facts

FORBIDDEN, ALONE, TRIAD, REPEAT, UNFAIR = 10**10, 10**8, 10**7, 10**3, 10
AGAIN = 100
MANY_MEETINGS = 10
MANY_TRIADS = 3

Team = tuple[int, ...]
Pair = tuple[int, int]


class Rota:
    """`met` counts meetings, those of the weeks already drawn among them."""

    def __init__(self, document: Document, pool: Iterable[str], apart: Iterable[tuple[str, str]] = ()) -> None:
        self.ids = tuple(sorted(pool))
        self.place = {id: place for place, id in enumerate(self.ids)}
        self.met: Counter[Pair] = Counter()
        self.triads: Counter[int] = Counter()
        self.fewest = 0
        facts = Facts(document)
        self.forbidden = frozenset(self._known(apart, document.blocks, self._lines(facts)))
        met = (past for past in document.history if past.kind == "pair" and past.outcome in MET)
        self.met.update(self._known((past.a, past.b) for past in met))

    def _lines(self, facts: Facts) -> Iterator[tuple[str, str]]:
        depth = facts.config.circle.manager_depth
        return ((id, boss) for id in self.ids for boss in facts.superiors(id)[:depth])

    def _known(self, *couples: Iterable[tuple[str, str]]) -> Iterator[Pair]:
        for one, other in ((one, other) for some in couples for one, other in some):
            a, b = self.place.get(one), self.place.get(other)
            if a is not None and b is not None and a != b:
                yield in_order(a, b)

    def kept_away(self, present: Sequence[int]) -> Counter[int]:
        """From how many of those present each of them is kept away."""
        here = {*present}
        return Counter(one for pair in self.forbidden if here.issuperset(pair) for one in pair)

    def able(self, present: Sequence[int]) -> list[int]:
        """Those who may meet somebody who is there."""
        kept_away = self.kept_away(present)
        return [one for one in present if kept_away[one] < len(present) - 1]

    def cost(self, team: Team) -> int:
        """Nobody alone, few triads, few repeats, and triads for those who had the fewest, in this order."""
        if len(team) == 1:
            return ALONE
        total = sum(self.cost_of_pair(pair) for pair in combinations(team, 2))
        if len(team) == 3:
            total += TRIAD + UNFAIR * sum(self.unfair(one) for one in team)
        return total

    def cost_of_pair(self, pair: Pair) -> int:
        return self.cost_of_meeting(pair, self.met[pair])

    def cost_of_meeting(self, pair: Pair, before: int) -> int:
        """Of two people who met so often before: the fewest repeats count first, then that the least met meet."""
        if pair in self.forbidden:
            return FORBIDDEN
        return REPEAT * (AGAIN + min(before, MANY_MEETINGS) ** 2) if before else 0

    def unfair(self, one: int) -> int:
        return min(self.triads[one] - self.fewest, MANY_TRIADS) ** 2

    def repeats(self, teams: Iterable[Team]) -> list[Pair]:
        return [pair for team in teams for pair in combinations(team, 2) if self.met[pair]]

    def note(self, teams: Iterable[Team]) -> None:
        for team in teams:
            self.met.update(combinations(team, 2))
            self.triads.update(team if len(team) == 3 else ())
        self.fewest = min((self.triads[one] for one in range(len(self.ids))), default=0)


def in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def cut(ordered: Sequence[int], triads: Mapping[int, int]) -> list[Team]:
    """Consecutive pairs; of an odd number the three with the fewest triads go together."""
    if len(ordered) < 2:
        return []
    teams: list[Team] = []
    if len(ordered) % 2:
        three = sorted(ordered, key=lambda one: triads.get(one, 0))[:3]
        teams.append(tuple(sorted(three)))
        ordered = [one for one in ordered if one not in three]
    return teams + [in_order(one, other) for one, other in zip(ordered[::2], ordered[1::2], strict=True)]
