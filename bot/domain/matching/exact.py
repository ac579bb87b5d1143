"""The proven best circles of a small draw, as a choice among circles so that everybody sits in one.

There are too many circles to list, so only those are made that the prices of the people say could pay (column generation). Once
none is left, the relaxed optimum bounds every answer; then every circle that could be part of a better answer than
the one at hand is listed, and a solver for whole numbers picks the best among them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from bot.domain.matching.columns import Array, Columns
from bot.domain.matching.crowd import Crowd, Group
from bot.domain.matching.dice import lot
from bot.domain.matching.pace import Pace
from bot.domain.matching.pricing import Pricing, TooMany

MOST_PEOPLE = 110
CELLS_A_SECOND = 80_000_000
GLANCE = 10_000
A_TIME = 60
MOST_COLUMNS, WORK = 15_000, 1_500_000
FEW, NEARLY = 400, 1e-3
"""A first choice, among the circles that fall short the least, need not be the best of them."""
ROUNDS = 80
MOST_STEPS = 2 * ROUNDS
SHARES = (8, 3, 1)
LOTS = 1000
ROUNDING, CLOSE = 1e-3, 0.5
"""Values are whole numbers: a bound less than one above the answer proves it, with room for rounding."""


@dataclass(frozen=True)
class Solved:
    """`bound` is what no answer that places as many people can exceed; None when it was not found."""

    circles: list[Group]
    bound: int | None


class Choice:
    """`known` are circles to begin with; the search is as long as `seconds` on an ordinary machine, counted in work done."""

    def __init__(self, crowd: Crowd, columns: Columns, people: Sequence[int], *, seconds: float) -> None:
        self.crowd = crowd
        # Those of the groups first: whether the second of a group comes is then known early.
        self.people = sorted(people, key=lambda one: (not crowd.groups[one], crowd.groups[one], one))
        self.row = {one: place for place, one in enumerate(self.people)}
        self.pricing = Pricing(
            crowd, columns, self.people, round(seconds * CELLS_A_SECOND) // max(1, len(self.people))
        )
        self.worth: dict[Group, int] = {}
        self.everybody = True
        self.reward = crowd.highest * len(self.people)

    def solve(self, circles: list[Group], known: Iterable[Group], pace: Pace) -> Solved:
        """The best circles, from an answer at hand; that one is returned when there is not time enough."""
        self._value_all(circles, known)
        solved = self._solve(circles, pace)
        if not self.everybody and self._seats(solved.circles) == len(self.people):
            # Now that everybody has a place, nobody need be paid for.
            self._value_all(solved.circles, self.worth)
            solved = self._solve(solved.circles, pace)
        return solved

    def _solve(self, circles: list[Group], pace: Pace) -> Solved:
        relaxed, charges = self._relaxed(pace)
        if relaxed is None:
            return Solved(circles, None)
        bound: float = relaxed
        if not self._is_proven(circles, bound):
            circles, _ = self._picked(circles, charges, None)
        for share in SHARES:
            if self._is_proven(circles, bound) or self._outgrown(circles):
                break
            reach = (relaxed - self._total(circles)) / share
            try:
                self._add(self.pricing.circles(charges, -reach - ROUNDING))
            except TooMany:
                break
            circles, whole = self._picked(circles, charges, reach + ROUNDING)
            # Any answer with a circle beyond reach is worth less than this; of the others, the best was picked.
            bound = max(relaxed - reach, self._total(circles)) if whole else bound
        if self._is_proven(circles, bound):
            circles = self._by_lot(circles, charges, relaxed - self._total(circles))
        return Solved(circles, self._bound(circles, bound))

    def _by_lot(self, circles: list[Group], charges: Array, room: float) -> list[Group]:
        """Of all best answers the one that the lots of its circles decide on, whatever way the solvers took on this machine."""
        try:
            self._add(self.pricing.circles(charges, -room - ROUNDING))
        except TooMany:
            return circles
        chosen, whole = self._picked([], charges, room + ROUNDING, lots=True)
        return sorted(chosen) if whole and self._total(chosen) == self._total(circles) else circles

    def _bound(self, circles: Sequence[Group], bound: float) -> int | None:
        if self._is_proven(circles, bound):
            return sum(self.crowd.judge(circle).value for circle in circles)
        return int(bound) if self.everybody else None

    def _outgrown(self, circles: Sequence[Group]) -> bool:
        return not self.everybody and self._seats(circles) == len(self.people)

    def _is_proven(self, circles: Sequence[Group], bound: float) -> bool:
        return bound < self._total(circles) + 1 - CLOSE

    def _total(self, circles: Sequence[Group]) -> int:
        return sum(map(self._value, circles))

    def _seats(self, circles: Sequence[Group]) -> int:
        return sum(map(len, circles))

    def _value_all(self, circles: Sequence[Group], known: Iterable[Group]) -> None:
        self.everybody = self._seats(circles) == len(self.people)
        self.worth = {circle: self._value(circle) for circle in sorted({*known, *circles})}

    def _value(self, circle: Group) -> int:
        """With the reward for placing people, where not all can be placed."""
        return self.crowd.judge(circle).value + (0 if self.everybody else self.reward * len(circle))

    def _add(self, circles: Iterable[Group]) -> None:
        self.worth.update({circle: self._value(circle) for circle in circles if circle not in self.worth})

    def _relaxed(self, pace: Pace) -> tuple[float | None, Array]:
        """The value that no answer exceeds, and what each person is charged at that point; None when time is up."""
        charges = np.zeros(len(self.people))
        for _ in range(ROUNDS):
            if not pace.step():
                break
            value, charges = self._priced()
            try:
                fresh = self._paying(charges, 1e-9 * max(1.0, value))
            except TooMany:
                break
            if not fresh:
                return value, charges
            self._add(fresh)
        return None, charges

    def _paying(self, charges: Array, least: float) -> set[Group]:
        """Some circles that bring more than they are charged; none only when there are none. A glance often does."""
        for most in (GLANCE, 10 * GLANCE, None):
            found = self.pricing.circles(charges, least, limit=A_TIME, most=most)
            fresh = {circle for circle in found if circle not in self.worth}
            if fresh:
                return fresh
        return set()

    def _priced(self) -> tuple[float, Array]:
        """The best mixture of the circles known, and what each person is charged in it, beyond the reward for a place."""
        circles = list(self.worth)
        if not circles:
            return 0.0, np.full(len(self.people), -float(self.reward))
        values = np.array([self.worth[circle] for circle in circles], float)
        covers, ones = self._covers(circles), np.ones(len(self.people))
        limits = {"A_eq": covers, "b_eq": ones} if self.everybody else {"A_ub": covers, "b_ub": ones}
        found = linprog(-values, **limits, bounds=(0, None), method="highs")
        duals = found.eqlin.marginals if self.everybody else found.ineqlin.marginals
        charges = -np.asarray(duals, float)
        return float(-found.fun), charges if self.everybody else charges - self.reward

    def _covers(self, circles: Sequence[Group]) -> csc_array:
        members = [self.row[one] for circle in circles for one in circle]
        starts = np.cumsum([0, *map(len, circles)])
        return csc_array((np.ones(len(members)), members, starts), shape=(len(self.people), len(circles)))

    def _picked(
        self, at_hand: list[Group], charges: Array, reach: float | None, *, lots: bool = False
    ) -> tuple[list[Group], bool]:
        """The best choice among circles that fall short of their charges by no more than `reach`, and whether it is proven."""
        charge = dict(zip(self.people, charges.tolist(), strict=True))
        short = {circle: sum(charge[one] for one in circle) - self.crowd.judge(circle).value for circle in self.worth}
        within = sorted(self.worth, key=lambda circle: (short[circle], circle))[: FEW if reach is None else None]
        circles = sorted({*(one for one in within if reach is None or short[one] <= reach), *at_hand})
        if not circles or len(circles) > MOST_COLUMNS:
            return at_hand, not circles
        worth = np.array([self.worth[circle] for circle in circles], float)
        if lots:
            worth += [self._lot(circle) for circle in circles]
        found = milp(
            -worth,
            integrality=np.ones(len(circles)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(self._covers(circles), 1 if self.everybody else 0, 1),
            options={"mip_rel_gap": NEARLY if reach is None else 0, "node_limit": max(1, WORK // len(circles))},
        )
        chosen = [] if found.x is None else [circles[place] for place in np.flatnonzero(found.x > 0.5)]
        better = self._total(chosen) > self._total(at_hand)
        return chosen if better else at_hand, reach is not None and found.status == 0

    def _lot(self, circle: Group) -> float:
        """Less than one for all circles of an answer together."""
        drawn = lot(self.crowd.facts.document.seed, *self.crowd.names(circle)) % LOTS
        return drawn / (2 * LOTS * len(self.people))
