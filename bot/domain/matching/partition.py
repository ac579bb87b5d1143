"""The best split of a few people into circles, proven by looking at every split.

Used for small draws as a whole, and to find places for a few people beside circles that stand.
"""

from collections.abc import Sequence

from bot.domain.matching.crowd import Crowd, Group, joined

MOST_UNITS = 12
"""3 ** 12 steps at most, a fraction of a second."""


def best_split(crowd: Crowd, units: Sequence[Group]) -> list[Group]:
    """Circles for the units (people, or people locked together): most people placed, then the highest value."""
    return _Splitting(crowd, units).solve()


class _Splitting:
    """Dynamic programming over sets of units; a set is a number with one bit for each unit."""

    def __init__(self, crowd: Crowd, units: Sequence[Group]) -> None:
        self.units = units
        self.energies: dict[int, int] = {}
        for chosen in range(1, 1 << len(units)):
            circle = self.people(chosen)
            if crowd.fits(circle):
                self.energies[chosen] = crowd.energy(circle)
        self.by_lowest: dict[int, list[int]] = {}
        for chosen in self.energies:
            self.by_lowest.setdefault(chosen & -chosen, []).append(chosen)

    def people(self, chosen: int) -> Group:
        return joined(*(unit for place, unit in enumerate(self.units) if chosen >> place & 1))

    def solve(self) -> list[Group]:
        """Sets that start at a later unit are settled first, so each step only looks up what is known."""
        best: list[tuple[int, int]] = [(0, 0)] * (1 << len(self.units))
        for chosen in range(1, 1 << len(self.units)):
            low = chosen & -chosen
            found = (best[chosen ^ low][0], 0)
            for circle in self.by_lowest.get(low, ()):
                if circle & ~chosen == 0:
                    found = max(found, (self.energies[circle] + best[chosen ^ circle][0], circle))
            best[chosen] = found
        return self._followed(best)

    def _followed(self, best: list[tuple[int, int]]) -> list[Group]:
        circles, left = [], (1 << len(self.units)) - 1
        while left:
            circle = best[left][1]
            if circle:
                circles.append(self.people(circle))
            left ^= circle or left & -left
        return circles
