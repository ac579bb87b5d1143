"""The participants of a draw of circles as numbers, so that a circle can be judged in a few microseconds.

A circle is a whole number with one bit for each member. Its energy counts people placed first, then its value; a broken rule
costs more than placing everybody in it brings, so a circle that breaks none is always preferred.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.domain.matching.facts import Facts
from bot.domain.matching.rules import never_together
from bot.domain.matching.skills import fold
from bot.domain.matching.slots import length, starts

LANE = 16
CACHE = 400_000


@dataclass(frozen=True)
class Verdict:
    """`broken` counts the rules that the circle breaks; `theme` is a place in the table's list, or None."""

    broken: int
    value: int
    theme: int | None
    starts: int


class Table:
    """Everything about the participants that the value and the rules of a circle need."""

    def __init__(self, facts: Facts, ids: Iterable[str], apart: Collection[tuple[str, str]] = ()) -> None:
        self.facts = facts
        self.circle = facts.config.circle
        self.ids = tuple(sorted(ids))
        self.place = {id: place for place, id in enumerate(self.ids)}
        slots = length(self.circle.meeting_minutes)
        self.starts = [starts(facts.slots(id), slots) for id in self.ids]
        self.languages = self._language_bits()
        self.never = self._never(set(apart))
        self.bad = [self.never[one] | self._no_meeting(one) for one in range(len(self.ids))]
        self.groups = [mask for mask in self._group_masks() if mask]
        self.themes, self.wants = self._wishes()
        self.distances = self._distances()
        self.reward, self.penalty = self._stakes()
        self._verdicts: dict[int, Verdict] = {}

    def members(self, mask: int) -> Iterator[int]:
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low

    def names(self, mask: int) -> tuple[str, ...]:
        return tuple(self.ids[place] for place in self.members(mask))

    def mask(self, ids: Iterable[str]) -> int:
        return sum(1 << self.place[id] for id in set(ids))

    def fits(self, mask: int) -> bool:
        return self.circle.min <= mask.bit_count() <= self.circle.max and self.judge(mask).broken == 0

    def energy(self, mask: int) -> int:
        if not mask:
            return 0
        verdict = self.judge(mask)
        return verdict.value + self.reward * mask.bit_count() - self.penalty * verdict.broken

    def judge(self, mask: int) -> Verdict:
        verdict = self._verdicts.get(mask)
        if verdict is None:
            if len(self._verdicts) > CACHE:
                self._verdicts.clear()
            verdict = self._verdicts[mask] = self._judge(mask)
        return verdict

    def _judge(self, mask: int) -> Verdict:
        members = tuple(self.members(mask))
        common, spoken, clashes, wants, distance = -1, -1, 0, 0, 0
        for index, one in enumerate(members):
            common &= self.starts[one]
            spoken &= self.languages[one]
            wants += self.wants[one]
            clashes += (self.bad[one] & mask).bit_count()
            row = self.distances[one]
            for other in members[:index]:
                distance += row[other]
        lonely = sum((group & mask).bit_count() == 1 for group in self.groups)
        theme, wanted = self._best_theme(wants)
        size, circle = len(members), self.circle
        spread = circle.wD * 2 * distance // (size - 1) if size > 1 else 0
        value = circle.wT * wanted + spread - circle.size_penalty * abs(size - circle.target)
        broken = clashes // 2 + (common == 0) + (spoken == 0) + lonely
        return Verdict(broken, value, theme, common)

    def _best_theme(self, wants: int) -> tuple[int | None, int]:
        """Wishes are summed in lanes of one number; the first theme of the alphabet wins a tie."""
        best, points = None, 0
        for theme in range(len(self.themes)):
            wanted = wants >> (theme * LANE) & ((1 << LANE) - 1)
            if wanted > points:
                best, points = theme, wanted
        return best, points

    def want(self, one: int, theme: int | None) -> int:
        return 0 if theme is None else self.wants[one] >> (theme * LANE) & ((1 << LANE) - 1)

    def worth(self, mask: int) -> dict[str, int]:
        """What the circle is worth to each member: the wish met and the mean distance to the others."""
        theme, size = self.judge(mask).theme, mask.bit_count()
        found = {}
        for one in self.members(mask):
            distance = sum(self.distances[one][other] for other in self.members(mask))
            found[self.ids[one]] = self.circle.wT * self.want(one, theme) + self.circle.wD * distance // max(
                1, size - 1
            )
        return found

    def _language_bits(self) -> list[int]:
        if not self.circle.common_language:
            return [1] * len(self.ids)
        every = sorted({name for id in self.ids for name in self.facts.languages[id]})
        bit = {name: 1 << place for place, name in enumerate(every)}
        return [sum(bit[name] for name in self.facts.languages[id]) for id in self.ids]

    def _never(self, apart: set[tuple[str, str]]) -> list[int]:
        rows = [0] * len(self.ids)
        for other, two in enumerate(self.ids):
            for one, first in enumerate(self.ids[:other]):
                if (first, two) in apart or never_together(self.facts, first, two):
                    rows[one] |= 1 << other
                    rows[other] |= 1 << one
        return rows

    def _no_meeting(self, one: int) -> int:
        """The people with whom there is no common hour or no common language."""
        mine, speaks = self.starts[one], self.languages[one]
        return sum(
            1 << other
            for other in range(len(self.ids))
            if other != one and not (mine & self.starts[other] and speaks & self.languages[other])
        )

    def _group_masks(self) -> list[int]:
        people = self.facts.people
        return [self.mask(id for id in self.ids if group in people[id].groups) for group in self._protected()]

    def _protected(self) -> tuple[str, ...]:
        return self.circle.no_isolation_groups

    def _wishes(self) -> tuple[tuple[str, ...], list[int]]:
        names: dict[str, str] = {}
        for id in self.ids:
            for theme in self._themes(id):
                names[fold(theme)] = min(theme, names.get(fold(theme), theme))
        folded = sorted(names)
        lane = {name: place * LANE for place, name in enumerate(folded)}
        rows = []
        for id in self.ids:
            ranked = dict.fromkeys(fold(theme) for theme in self._themes(id))
            points = zip(ranked, self.circle.theme_points, strict=False)
            rows.append(sum(value << lane[name] for name, value in points))
        return tuple(names[name] for name in folded), rows

    def _themes(self, id: str) -> tuple[str, ...]:
        wish = self.facts.people[id].circle
        return wish.themes if wish else ()

    def _distances(self) -> list[list[int]]:
        rows = [[0] * len(self.ids) for _ in self.ids]
        for other, two in enumerate(self.ids):
            for one, first in enumerate(self.ids[:other]):
                rows[one][other] = rows[other][one] = self._distance(first, two)
        return rows

    def _distance(self, one: str, other: str) -> int:
        mine, theirs = self.facts.people[one], self.facts.people[other]
        total = 0
        for name, points in self.circle.distance_points.items():
            a, b = getattr(mine, name), getattr(theirs, name)
            total += points if a is not None and b is not None and a != b else 0
        if mine.level is not None and theirs.level is not None:
            total += self.circle.level_per_step * min(abs(mine.level - theirs.level), self.circle.level_cap_steps)
        met = self.facts.met_as("circle", one, other)
        return total - (self.circle.repeat_penalty if met else 0)

    def _stakes(self) -> tuple[int, int]:
        """Placing one more person outweighs any change of value; one broken rule outweighs placing a full circle."""
        farthest = max((abs(points) for row in self.distances for points in row), default=0)
        each = self.circle.wT * max(self.circle.theme_points, default=0) + self.circle.wD * farthest
        reward = 2 * max(1, len(self.ids)) * (each + self.circle.size_penalty * self.circle.max) + 1
        return reward, reward * (self.circle.max + 1)
