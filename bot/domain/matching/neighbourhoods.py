"""Better circles for a few neighbours at a time: some circles that meet in the same hours, solved anew like a draw of their own.

Whoever waits takes part, so that a place is found for them when the neighbours can make room.
"""

from collections.abc import Sequence
from itertools import islice

from bot.domain.matching.columns import Columns
from bot.domain.matching.crowd import Crowd, Group
from bot.domain.matching.dice import lot
from bot.domain.matching.exact import MOST_STEPS, Choice
from bot.domain.matching.options import Unwatched
from bot.domain.matching.pace import Pace

HEADS, GUESTS = 36, 4
TRIES, MOST_WAITING = 2, 6
MOST_VISITS = TRIES * MOST_WAITING
SECONDS = 1.0
"""A neighbourhood takes about so long on an ordinary machine; the work is counted, not timed."""
APART = 8
"""How far apart, in half hours, chance may put circles that meet at the same time of the day."""


class Neighbourhoods:
    """`circles` is the answer, never worse than before."""

    def __init__(self, crowd: Crowd, columns: Columns, people: Sequence[int], circles: Sequence[Group]) -> None:
        self.crowd, self.columns = crowd, columns
        self.people, self.circles = set(people), sorted(circles)
        self._tried: set[frozenset[Group]] = set()

    def improve(self, pace: Pace, times: int) -> None:
        """So many neighbourhoods, one after the other along the circles; then some around each of the waiting."""
        for turn in range(times):
            if not pace.step():
                return
            self._settle(self._around(turn))
        for one in self._hopeful():
            for turn in range(TRIES):
                if one not in self._waiting() or not pace.step():
                    break
                self._settle(self._around(turn, one))

    def _settle(self, chosen: list[Group]) -> None:
        if frozenset(chosen) in self._tried:
            return
        self._tried.add(frozenset(chosen))
        people = [one for circle in chosen for one in circle] + self._guests(chosen)
        choice = Choice(self.crowd, self.columns, people, seconds=SECONDS)
        found = choice.solve(chosen, (), Pace(Unwatched(), MOST_STEPS)).circles
        if sum(map(self.crowd.energy, found)) > sum(map(self.crowd.energy, chosen)):
            self.circles = sorted([circle for circle in self.circles if circle not in chosen] + found)

    def _around(self, turn: int, guest: int | None = None) -> list[Group]:
        """Circles next to each other along the day: near the one whose turn it is, or near somebody who waits."""
        if not self.circles:
            return []
        seed = self.crowd.facts.document.seed
        by_turn = sorted(self.circles, key=lambda circle: lot(seed, *self.crowd.names(circle[:1])))
        middle = self._middle((guest,) if guest is not None else by_turn[turn % len(by_turn)])

        def away(circle: Group) -> tuple[int, Group]:
            chance = lot(seed, str(turn), *self.crowd.names(circle)) % (100 * APART)
            return abs(self._middle(circle) - middle) + chance, circle

        chosen: list[Group] = []
        for circle in sorted(self.circles, key=away):
            if sum(map(len, chosen)) + len(circle) > HEADS:
                break
            chosen.append(circle)
        return chosen

    def _waiting(self) -> list[int]:
        return sorted(self.people.difference(one for circle in self.circles for one in circle))

    def _hopeful(self) -> list[int]:
        """Those of the waiting for whom there are people enough to make a circle with."""
        needed = self.crowd.circle.min - 1

        def some(one: int) -> int:
            return sum(1 for _ in islice((other for other in self.people if self.crowd.may_meet(one, other)), needed))

        return [one for one in self._waiting()[:MOST_WAITING] if some(one) == needed]

    def _middle(self, circle: Group) -> int:
        """Of its members' days, in hundredths of a half hour."""
        return 100 * int(self.columns.middle[list(circle)].sum()) // len(circle)

    def _guests(self, chosen: Sequence[Group]) -> list[int]:
        """The waiting who may meet the most of those chosen."""
        inside = [one for circle in chosen for one in circle]
        waiting = self._waiting()[: 10 * GUESTS]
        return sorted(waiting, key=lambda one: -sum(self.crowd.may_meet(one, other) for other in inside))[:GUESTS]
