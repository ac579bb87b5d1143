"""Good circles for many people: a first cut, then swaps and moves by annealing, then places for those who are left over.

Draws of few people are annealed several times at once, with different numbers of circles, and the best is taken.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.domain.matching.annealing import COLD, HOT, Annealing
from bot.domain.matching.columns import Array, Columns
from bot.domain.matching.crowd import Crowd, Group
from bot.domain.matching.exact import MOST_PEOPLE, MOST_STEPS, Choice
from bot.domain.matching.neighbourhoods import MOST_VISITS, Neighbourhoods
from bot.domain.matching.opening import first_cut
from bot.domain.matching.options import Options
from bot.domain.matching.pace import Pace
from bot.domain.matching.partition import MOST_UNITS, best_split
from bot.domain.matching.repairing import Repair
from bot.domain.matching.seating import Seating
from bot.domain.matching.sizes import coverable, nearest_number
from bot.domain.matching.standing import brought_up_to_date

AT_ONCE = 1200
MOST_DRAWS = 12
STILL = 12
"""Every so many rounds the last one is without heat: only what is better is done."""
HEATING, NOTING = 8, 5
OVERHEAD_MS, KIND_MS = 0.6, 0.00015
CROWDED = 20_000
"""Beyond so many people the arrays of a round outgrow the processor's memory, and all takes twice as long."""
LARGE = 2000
USUAL = ((MOST_PEOPLE, 12.0), (LARGE, 10.0), (20_000, 30.0), (10**9, 240.0))
"""Up to how many people a search of about so many seconds is usual."""
SHORT, RESERVE, LARGE_RESERVE = 0.3, 0.7, 0.5
"""The share of the seconds that is planned for, as machines differ; a large draw is good long before its time is up."""
FEW_PEOPLE, SOME_PEOPLE, MANY_PEOPLE, NEIGHBOURHOOD_SECONDS = 48, 70, 350, 1.6
LONG = 60.0
"""A proof for more than some people takes minutes; in less, the circles gain more by other means."""
TURNS = (0, 0, 1, -1, 0, 1, 2, -1, 0, 1, -2, 2)
"""By how much the number of circles of each draw at once is off the one nearest to the target size."""


@dataclass(frozen=True)
class Length:
    """Rounds of annealing; then so many seconds' worth of work for a proof, counted and not timed, or so many neighbourhoods.

    Without a `proof` there is nothing after the rounds.
    """

    rounds: int
    proof: float | None = None
    neighbourhoods: int = 0

    @property
    def steps(self) -> int:
        return self.rounds + (0 if self.proof is None else MOST_STEPS + self.neighbourhoods + MOST_VISITS)


@dataclass
class Search:
    """One run. `units` are people, or people locked together."""

    crowd: Crowd
    units: list[Group]
    length: Length
    pace: Pace
    bound: int | None = None
    columns: Columns = field(init=False)
    seen: set[Group] = field(default_factory=set)

    def run(self) -> list[Group]:
        if len(self.units) <= MOST_UNITS:
            circles = best_split(self.crowd, self.units)
            self.bound = sum(self.crowd.judge(circle).value for circle in circles)
            return circles
        self.columns = Columns(self.crowd)
        best = max(self._annealed(), key=self._energy)
        best = Repair(self.crowd, self.units, best).circles
        if self.length.proof is None or any(len(unit) > 1 for unit in self.units):
            return best
        best = self._among_neighbours(best)
        return self._proven(best) if self._is_small() and self.length.proof else best

    def from_standing(self, before: Sequence[Group]) -> list[Group]:
        """No search: the circles there were, with as few changes as bring them up to date."""
        circles = brought_up_to_date(self.crowd, self.units, before)
        return Repair(self.crowd, self.units, circles).circles

    def _is_small(self) -> bool:
        return len(self.units) <= MOST_PEOPLE

    def _among_neighbours(self, circles: list[Group]) -> list[Group]:
        found = Neighbourhoods(self.crowd, self.columns, [unit[0] for unit in self.units], circles)
        found.improve(self.pace, self.length.neighbourhoods)
        return found.circles

    def _proven(self, circles: list[Group]) -> list[Group]:
        people = [unit[0] for unit in self.units]
        choice = Choice(self.crowd, self.columns, people, seconds=self.length.proof or 0.0)
        solved = choice.solve(circles, self.seen, self.pace)
        self.bound = solved.bound
        return solved.circles

    def _energy(self, circles: Sequence[Group]) -> int:
        return sum(map(self.crowd.energy, circles))

    def _annealed(self) -> list[list[Group]]:
        """The circles of each of the draws at once."""
        cuts = [self._cut(number, salt) for salt, number in enumerate(self._numbers())]
        block = max(len(circles) + len(benches) for circles, benches in cuts)
        laid: list[Group] = []
        bench: list[bool] = []
        for circles, benches in cuts:
            spare: list[Group] = [()] * (block - len(circles) - len(benches))
            laid += [*circles, *benches, *spare]
            bench += [number >= len(circles) for number in range(block)]
        seating = Seating(self.columns, laid, bench)
        self._anneal(seating, block)
        return [seating.circles(first, first + block) for first in range(0, len(laid), block)]

    def _numbers(self) -> list[int]:
        """How many circles each draw at once has; at least one draw."""
        circle, heads = self.crowd.circle, sum(map(len, self.units))
        covered = coverable(heads, circle.min, circle.max)
        if not covered:
            return [0]
        nearest = nearest_number(covered, circle.min, circle.max, circle.target)
        draws = min(MOST_DRAWS, max(1, AT_ONCE // heads))
        possible = [nearest + turn for turn in TURNS if circle.min <= (nearest + turn) * circle.min <= covered]
        return possible[:draws]

    def _cut(self, number: int, salt: int) -> tuple[list[Group], list[Group]]:
        """The first circles, and benches for those who wait; what no circle came of is tried once more."""
        circles = first_cut(self.columns, self.units, number, salt=salt)
        for _ in range(2):
            waiting = self._waiting(circles)
            most = sum(map(len, waiting)) // self.crowd.circle.min
            circles += first_cut(self.columns, waiting, min(number - len(circles), most), salt=salt)
        left = [one for unit in self._waiting(circles) for one in unit]
        width = self.crowd.circle.max
        return circles, [tuple(left[start : start + width]) for start in range(0, len(left), width)]

    def _waiting(self, circles: Sequence[Group]) -> list[Group]:
        seated = {one for circle in circles for one in circle}
        return [unit for unit in self.units if unit[0] not in seated]

    def _anneal(self, seating: Seating, block: int) -> None:
        if block < 2:
            return
        seed = self.crowd.facts.document.seed
        annealing = Annealing(seating, seed=seed, block=block, pinned=self._pinned())
        small, rounds = bool(self.length.proof) and self._is_small(), self.length.rounds
        for turn in range(rounds):
            if not self.pace.step():
                break
            if turn % HEATING == 0:
                annealing.heat(temperature(turn, rounds))
            annealing.round(along=turn % 2 == 1)
            if small and turn % NOTING == 0 and 3 * turn > rounds:
                self.seen.update(seating.circles(0, len(seating.bench)))

    def _pinned(self) -> Array | None:
        """Those who are locked together stay where the first cut put them."""
        locked = [one for unit in self.units if len(unit) > 1 for one in unit]
        if not locked:
            return None
        found = np.zeros(len(self.crowd) + 1, bool)
        found[locked] = True
        return found


def temperature(turn: int, turns: int) -> int:
    """Falls evenly by shares from hot to cold; the last rounds are without heat."""
    warm = turns - turns // STILL
    return 0 if turn >= warm else round(HOT * (COLD / HOT) ** (turn / warm))


def length_of(heads: int, circle_max: int, options: Options) -> Length:
    """What a search of so many seconds does on an ordinary machine; `steps` asks for so many rounds and nothing else."""
    if options.steps is not None:
        return Length(options.steps)
    usual = next(seconds for most, seconds in USUAL if heads <= most)
    reserve = RESERVE if heads <= LARGE else LARGE_RESERVE
    seconds = usual if options.seconds is None else reserve * options.seconds
    rounds = max(1.0, seconds * 1000 / _round_ms(heads, circle_max))
    if heads <= FEW_PEOPLE:
        return Length(math.ceil(rounds * min(1.0, SHORT / seconds)), proof=max(0.0, seconds - SHORT))
    neighbourhoods = int(seconds / NEIGHBOURHOOD_SECONDS)
    if heads <= SOME_PEOPLE or (heads <= MOST_PEOPLE and seconds >= LONG):
        return Length(round(rounds * 0.15), seconds * 0.5, round(neighbourhoods * 0.35))
    if heads <= MOST_PEOPLE:
        return Length(round(rounds * 0.5), 0.0, round(neighbourhoods * 0.5))
    if heads <= MANY_PEOPLE:
        return Length(round(rounds * 0.25), 0.0, round(neighbourhoods * 0.75))
    return Length(round(rounds), 0.0)


def _round_ms(heads: int, circle_max: int) -> float:
    kinds = (circle_max + 1) ** 2
    draws = min(MOST_DRAWS, max(1, AT_ONCE // max(1, heads)))
    circles = draws * heads / max(1.0, 0.75 * circle_max)
    return OVERHEAD_MS + KIND_MS * kinds * circles / (2 if heads <= CROWDED else 1)
