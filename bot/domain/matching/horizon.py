"""A plan for the coming weeks of a pool: swaps inside the rounds until nobody meets twice, or as few as can be found.

Looking ahead matters: at six people three innocent rounds can leave two triangles, and a repeat that had no need to be.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from bot.domain.matching.dice import lot
from bot.domain.matching.rota import REPEAT, UNFAIR, Pair, Rota, Team, cut, in_order

PATIENCE = 100
"""How many tries a team, and this many in all, go by without a better plan before it is left at that."""
REST = 5

Swap = tuple[int, int, int, int]
"""What it gains, the other team of the same week, and the two people."""


class Plan:
    """`rounds` holds the teams of each of the weeks for which somebody is `present`."""

    def __init__(self, rota: Rota, present: Sequence[Sequence[int]], *, seed: int, week: int) -> None:
        self.rota = rota
        self.met: Counter[Pair] = Counter(rota.met)
        self.triads: Counter[int] = Counter(rota.triads)
        self.rounds: list[list[Team]] = []
        self._seed, self._salt, self._throws = seed, str(week), 0
        for ahead, people in enumerate(present):
            ordered = sorted(people, key=lambda one: lot(seed, self._salt, str(ahead), rota.ids[one]))
            self.rounds.append(cut(ordered, self.triads))
            for team in self.rounds[-1]:
                self._count(team, 1)
        self._settle()

    def _count(self, team: Team, times: int) -> None:
        for pair in combinations(team, 2):
            self.met[pair] += times
        if len(team) == 3:
            for one in team:
                self.triads[one] += times

    def _settle(self) -> None:
        """The best swap for a team that is wrong, whether it gains or not; the cheapest rounds are kept."""
        teams = [(week, place) for week, found in enumerate(self.rounds) for place in range(len(found))]
        kept, cost, cheapest = [list(found) for found in self.rounds], 0, 0
        now, until = 0, PATIENCE + len(teams)
        rest: dict[tuple[int, int], int] = {}
        while now < until:
            now += 1
            often = min((self.triads[one] for one in range(len(self.rota.ids))), default=0) + 2
            wrong = [(week, place) for week, place in teams if self._is_wrong(self.rounds[week][place], often)]
            if not wrong:
                kept = self.rounds
                break
            week, place = wrong[self._throw(len(wrong))]
            swap = self._best_swap(week, place, {one for (at, one), end in rest.items() if at == week and now < end})
            if swap is None:
                continue
            self._do(week, place, swap)
            cost -= swap[0]
            rest.update({(week, one): now + REST + self._throw(REST) for one in swap[2:]})
            if cost < cheapest:
                cheapest, kept = cost, [list(found) for found in self.rounds]
                until = now + PATIENCE + len(teams)
        self.rounds = kept

    def _is_wrong(self, team: Team, often: int) -> bool:
        """Somebody is repeated or forbidden, or in a triad again although others had two less."""
        if len(team) == 3 and any(self.triads[one] >= often for one in team):
            return True
        return any(self.met[pair] > 1 or pair in self.rota.forbidden for pair in combinations(team, 2))

    def _throw(self, bound: int) -> int:
        self._throws += 1
        return lot(self._seed, self._salt, str(self._throws)) % bound

    def _best_swap(self, week: int, place: int, resting: set[int]) -> Swap | None:
        """With any other team of the week; whoever swapped lately rests, so that the search gets about."""
        best: Swap | None = None
        mine = self.rounds[week][place]
        for other, theirs in enumerate(self.rounds[week]):
            for one in mine if other != place else ():
                for two in theirs:
                    gain = self._gain(mine, theirs, one, two)
                    rested = gain >= REPEAT or (one not in resting and two not in resting)
                    if rested and (best is None or gain > best[0]):
                        best = gain, other, one, two
        return best

    def _gain(self, mine: Team, theirs: Team, one: int, two: int) -> int:
        gain = 0
        for each in mine:
            if each != one:
                gain += self._last(one, each) - self._next(two, each)
        for each in theirs:
            if each != two:
                gain += self._last(two, each) - self._next(one, each)
        if len(mine) != len(theirs):
            leaver, joiner = (one, two) if len(mine) == 3 else (two, one)
            gain += UNFAIR * (self.triads[leaver] - self.triads[joiner] - 1)
        return gain

    def _last(self, one: int, other: int) -> int:
        """What the last of the meetings of two people costs."""
        pair = in_order(one, other)
        return self.rota.cost_of_meeting(pair, self.met[pair] - 1)

    def _next(self, one: int, other: int) -> int:
        pair = in_order(one, other)
        return self.rota.cost_of_meeting(pair, self.met[pair])

    def _do(self, week: int, place: int, swap: Swap) -> None:
        _, other, one, two = swap
        for at in (place, other):
            team = self.rounds[week][at]
            self._count(team, -1)
            self.rounds[week][at] = tuple(sorted({*team} ^ {one, two}))
            self._count(self.rounds[week][at], 1)
