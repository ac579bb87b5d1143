"""Good circles for many people: cut the day into circles, then swap and move people while it pays, then repair.

The search anneals with whole numbers: a change that costs something is accepted below a falling random threshold. Those without
a circle wait in a pool that takes part in the swaps, so nobody is fixed outside. Rules broken on the way cost
more than anything they bring; what is still broken at the end is taken apart and filled up again exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.domain.matching.dice import Dice, lot
from bot.domain.matching.options import Options, Watch
from bot.domain.matching.partition import MOST_UNITS, best_split
from bot.domain.matching.sizes import coverable, even_sizes, nearest_number
from bot.domain.matching.slots import SLOTS
from bot.domain.matching.table import Table

HALF_HOURS = 48
STEPS_A_PERSON = 200
FEWEST_STEPS, MOST_STEPS = 20_000, 60_000
LOOK_UP = 256
"""How many steps go by before the watch is asked."""
REPAIRS, REPAIR_UNITS = 40, 10
TRIES = ((60, 4), (150, 2), (10**9, 1))
"""Up to how many heads so many beginnings are tried; a large draw averages out with one."""


@dataclass
class Search:
    """One run. `circles` are masks of people; `units` are people, or people locked together."""

    table: Table
    units: list[int]
    dice: Dice
    watch: Watch
    circles: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    done: int = 0
    stopped: bool = False

    def run(self, options: Options) -> list[int]:
        if len(self.units) <= MOST_UNITS:
            return best_split(self.table, self.units)
        numbers, energy, best = self._numbers(), -1, list[int]()
        for number in numbers:
            self.circles, self.waiting = first_cut(self.table, self.units, number)
            self._anneal(options, len(numbers))
            self._take_apart()
            self._fill_up()
            reached = sum(map(self.table.energy, self.circles))
            if reached > energy:
                energy, best = reached, self.circles
            if self.stopped or self.done == options.stopped_at:
                break
        return best

    def _numbers(self) -> list[int]:
        """How many circles to try, the number nearest to the target size first; again where there are few to try."""
        circle, heads = self.table.circle, sum(unit.bit_count() for unit in self.units)
        covered = coverable(heads, circle.min, circle.max)
        if not covered:
            return [0]
        nearest = nearest_number(covered, circle.min, circle.max, circle.target)
        tries = next(tries for most, tries in TRIES if heads <= most)
        around = (nearest, nearest + 1, nearest - 1, nearest + 2)
        possible = [number for number in around if circle.min <= number * circle.min <= covered]
        return (possible * tries)[:tries]

    def _steps(self, options: Options) -> int:
        if options.steps is not None:
            return options.steps
        return max(FEWEST_STEPS, min(MOST_STEPS, STEPS_A_PERSON * len(self.table.ids)))

    def _anneal(self, options: Options, attempts: int) -> None:
        steps = self._steps(options)
        hot = max(1, self.table.circle.wT * 15)
        unit_of = {place: unit for unit in self.units for place in self.table.members(unit)}
        people = sorted(unit_of)
        home = self._homes()
        for step in range(steps):
            if self.done % LOOK_UP == 0:
                self.watch.progress(self.done, attempts * steps)
                self.stopped = self.watch.stopped()
            if self.stopped or self.done == options.stopped_at:
                break
            unit = unit_of[people[self.dice.below(len(people))]]
            self._try(unit, home, unit_of, hot * (steps - step) // steps)
            self.done += 1
        self.waiting = [unit for unit in self.units if home[unit] < 0]

    def _homes(self) -> dict[int, int]:
        """In which circle each unit sits; -1 is the pool of those who wait."""
        return {
            unit: next((place for place, circle in enumerate(self.circles) if circle & unit), -1)
            for unit in self.units
        }

    def _try(self, unit: int, home: dict[int, int], unit_of: dict[int, int], heat: int) -> None:
        """Swap the unit with another, or move it where there is room, if the two circles are better off."""
        here = home[unit]
        there = self.dice.below(len(self.circles) + 1) - 1
        if there == here:
            return
        other = self._partner(there, home, unit_of)
        old_here, old_there = self._at(here), self._at(there)
        new_here = old_here ^ unit | other if here >= 0 else 0
        new_there = old_there ^ other | unit if there >= 0 else 0
        if not (self._size_ok(here, new_here) and self._size_ok(there, new_there)):
            return
        energy = self.table.energy
        gain = energy(new_here) + energy(new_there) - energy(old_here) - energy(old_there)
        if gain >= 0 or (heat and gain + self.dice.below(heat) > 0):
            self._set(here, new_here)
            self._set(there, new_there)
            home[unit] = there
            if other:
                home[other] = here

    def _partner(self, there: int, home: dict[int, int], unit_of: dict[int, int]) -> int:
        """Somebody in the other circle, or nobody: an empty seat."""
        if there < 0:
            waiting = [unit for unit in self.units if home[unit] < 0]
            pick = self.dice.below(len(waiting) + 1)
            return waiting[pick] if pick < len(waiting) else 0
        seats = tuple(self.table.members(self.circles[there]))
        pick = self.dice.below(len(seats) + 1)
        return unit_of[seats[pick]] if pick < len(seats) else 0

    def _at(self, place: int) -> int:
        return self.circles[place] if place >= 0 else 0

    def _size_ok(self, place: int, mask: int) -> bool:
        return place < 0 or self.table.circle.min <= mask.bit_count() <= self.table.circle.max

    def _set(self, place: int, mask: int) -> None:
        if place >= 0:
            self.circles[place] = mask

    def _take_apart(self) -> None:
        """Whoever breaks the most leaves first, until the rest breaks nothing; too few left dissolve."""
        for place, circle in enumerate(self.circles):
            while circle and not self.table.fits(circle):
                inside = [unit for unit in self.units if unit & circle]
                out = max(inside, key=lambda unit: (self.table.energy(circle ^ unit), unit))
                too_small = circle.bit_count() - out.bit_count() < self.table.circle.min
                for leaver in inside if too_small else [out]:
                    circle ^= leaver
                    self.waiting.append(leaver)
            self.circles[place] = circle
        self.circles = sorted(circle for circle in self.circles if circle)
        self.waiting.sort()

    def _fill_up(self) -> None:
        """Exact splits of the waiting together with none, one or two circles, as long as somebody finds a place."""
        tries = 0
        while self.waiting and tries < REPAIRS:
            before = len(self.waiting)
            for chosen in self._neighbourhoods():
                tries += 1
                if self._resplit(chosen) or tries >= REPAIRS:
                    break
            if len(self.waiting) == before:
                return

    def _neighbourhoods(self) -> list[tuple[int, ...]]:
        """No circle, each circle, then pairs of circles, those who can take most of the waiting first."""
        waiting = sum(self.waiting)

        def welcome(circle: int) -> tuple[int, int]:
            clashes = sum((self.table.bad[one] & waiting).bit_count() for one in self.table.members(circle))
            return clashes, circle

        ranked = sorted(self.circles, key=welcome)
        return [(), *((circle,) for circle in ranked), *combinations(ranked[:8], 2)]

    def _resplit(self, chosen: tuple[int, ...]) -> bool:
        inside = [unit for unit in self.units if any(unit & circle for circle in chosen)]
        room = REPAIR_UNITS - len(inside)
        if room <= 0:
            return False
        guests = self.waiting[:room] if chosen else self._crowd(room)
        split = best_split(self.table, sorted([*inside, *guests]))
        gain = sum(map(self.table.energy, split)) - sum(map(self.table.energy, chosen))
        if gain <= 0 or sum(map(int.bit_count, split)) <= sum(map(int.bit_count, chosen)):
            return False
        self.circles = sorted([circle for circle in self.circles if circle not in chosen] + split)
        seated = sum(self.circles)
        self.waiting = [unit for unit in self.units if not unit & seated]
        return True

    def _crowd(self, room: int) -> list[int]:
        """Those of the waiting who clash least with the other waiting people."""
        waiting = sum(self.waiting)

        def clashes(unit: int) -> tuple[int, int]:
            return sum((self.table.bad[one] & waiting).bit_count() for one in self.table.members(unit)), unit

        return sorted(self.waiting, key=clashes)[:room]


def first_cut(table: Table, units: Sequence[int], number: int) -> tuple[list[int], list[int]]:
    """People in the order of their language and of the middle of their day, cut into circles of even sizes."""
    circle = table.circle
    ordered = _in_order_of_day(table, units)
    covered = coverable(sum(unit.bit_count() for unit in units), circle.min, circle.max)
    sizes = even_sizes(min(covered, number * circle.max), number) if number else []
    circles: list[int] = []
    for size in sizes:
        mask = 0
        while ordered and mask.bit_count() < size and (mask | ordered[0]).bit_count() <= circle.max:
            mask |= ordered.pop(0)
        if mask.bit_count() < circle.min:
            ordered += [unit for unit in units if unit & mask]
        else:
            circles.append(mask)
    return circles, ordered


def _in_order_of_day(table: Table, units: Sequence[int]) -> list[int]:
    days = [_hours_of_day(mask) for mask in table.starts]
    opening = _emptiest(days)
    common = _commonest_language(table)
    seed = table.facts.document.seed

    def key(unit: int) -> tuple[int, int, int]:
        first = next(table.members(unit))
        rare = 0 if table.languages[first] & common else table.languages[first] & -table.languages[first]
        return -rare, _middle(days[first], opening), lot(seed, *table.names(unit))

    return sorted(units, key=key)


def _hours_of_day(mask: int) -> list[int]:
    counts = [0] * HALF_HOURS
    for slot in range(SLOTS):
        counts[slot % HALF_HOURS] += mask >> slot & 1
    return counts


def _emptiest(days: Sequence[Sequence[int]]) -> int:
    return min(range(HALF_HOURS), key=lambda hour: (sum(day[hour] for day in days), hour))


def _middle(day: Sequence[int], opening: int) -> int:
    """The half hour, counted from the emptiest one, before which half of somebody's free time lies."""
    half, seen = sum(day), 0
    for ahead in range(HALF_HOURS):
        seen += day[(opening + ahead) % HALF_HOURS]
        if seen * 2 >= half:
            return ahead
    return HALF_HOURS


def _commonest_language(table: Table) -> int:
    bits = max(table.languages, default=0).bit_length()
    counts = [(sum(spoken >> bit & 1 for spoken in table.languages), -bit) for bit in range(bits)]
    return 1 << -max(counts)[1] if counts else 0
