"""Places for those who are left over: exact splits of them together with none, one or two circles."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.domain.matching.crowd import Crowd, Group, joined
from bot.domain.matching.partition import best_split

TRIES, UNITS = 40, 10


class Repair:
    """`circles` is the answer: nobody who had a place before is without one, unless somebody else is the better for it."""

    def __init__(self, crowd: Crowd, units: Sequence[Group], circles: Sequence[Group]) -> None:
        self.crowd, self.units = crowd, units
        self.circles = sorted(circles)
        self.tries = 0
        while self.tries < TRIES and self.waiting() and self._one_more():
            pass

    def waiting(self) -> list[Group]:
        seated = {one for circle in self.circles for one in circle}
        return [unit for unit in self.units if unit[0] not in seated]

    def _one_more(self) -> bool:
        for chosen in self._neighbourhoods():
            self.tries += 1
            if self._resplit(chosen):
                return True
            if self.tries >= TRIES:
                return False
        return False

    def _neighbourhoods(self) -> Iterator[tuple[Group, ...]]:
        """No circle, each circle, then pairs of circles, those who can take most of the waiting first."""
        waiting = [one for unit in self.waiting() for one in unit][: 4 * UNITS]

        def clashes(circle: Group) -> int:
            return sum(not self.crowd.may_meet(one, other) for one in circle for other in waiting)

        ranked = sorted(self.circles, key=lambda circle: (clashes(circle), circle))
        yield ()
        yield from ((circle,) for circle in ranked)
        yield from combinations(ranked[:8], 2)

    def _resplit(self, chosen: tuple[Group, ...]) -> bool:
        seated = set(joined(*chosen))
        inside = [unit for unit in self.units if unit[0] in seated]
        room = UNITS - len(inside)
        if room <= 0:
            return False
        guests = self.waiting()[:room] if chosen else self._crowd(room)
        split = best_split(self.crowd, sorted([*inside, *guests]))
        gain = sum(map(self.crowd.energy, split)) - sum(map(self.crowd.energy, chosen))
        if gain <= 0 or sum(map(len, split)) <= sum(map(len, chosen)):
            return False
        self.circles = sorted([circle for circle in self.circles if circle not in chosen] + split)
        return True

    def _crowd(self, room: int) -> list[Group]:
        """Those of the waiting who clash least with the other waiting people."""
        waiting = self.waiting()
        everyone = [one for unit in waiting for one in unit][: 4 * UNITS]

        def clashes(unit: Group) -> int:
            return sum(not self.crowd.may_meet(one, other) for one in unit for other in everyone)

        return sorted(waiting, key=lambda unit: (clashes(unit), unit))[:room]
