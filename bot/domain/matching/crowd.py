"""The participants of a draw of circles by number, in the order of their ids, and the judgement of a circle of them.

A circle is a sorted tuple of such numbers. Nothing here grows with the square of the people, so a handler may build it for a
large program. Whole draws mirror it in arrays (`benches`), but what a circle is worth and breaks is said here alone.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.matching.facts import MET, Facts
from bot.domain.matching.skills import fold
from bot.domain.matching.slots import length, starts

CACHE = 200_000

Group = tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """`broken` counts the rules that the circle breaks; `theme` is a place in the crowd's list, or None."""

    broken: int
    value: int
    theme: int | None
    starts: int


class Crowd:
    def __init__(self, facts: Facts, ids: Iterable[str], apart: Collection[tuple[str, str]] = ()) -> None:
        self.facts = facts
        self.circle = facts.config.circle
        self.ids = tuple(sorted(ids))
        self.place = {id: place for place, id in enumerate(self.ids)}
        self.people = [facts.people[id] for id in self.ids]
        self.starts = self._starts()
        self.languages = self._language_bits()
        self.never = self._never(apart)
        self.kept_apart = self._neighbours(apart)
        self.met = self._met()
        self.groups = self._groups()
        self.themes, self.wants = self._wishes()
        self.reward, self.penalty = self._stakes()
        self._verdicts: dict[Group, Verdict] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def names(self, circle: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.ids[place] for place in circle)

    def group(self, ids: Iterable[str]) -> Group:
        return tuple(sorted({self.place[id] for id in ids}))

    def waiting(self, circles: Iterable[Group]) -> list[int]:
        seated = {one for circle in circles for one in circle}
        return [one for one in range(len(self.ids)) if one not in seated]

    def may_meet(self, one: int, other: int) -> bool:
        """No rule about two people keeps these two out of one circle."""
        if other in self.never[one] or not self.languages[one] & self.languages[other]:
            return False
        return bool(self.starts[one] & self.starts[other])

    def fits(self, circle: Group) -> bool:
        return self.circle.min <= len(circle) <= self.circle.max and self.judge(circle).broken == 0

    def energy(self, circle: Group) -> int:
        """People placed first, then the value; a broken rule costs more than placing a full circle brings."""
        if not circle:
            return 0
        verdict = self.judge(circle)
        return verdict.value + self.reward * len(circle) - self.penalty * verdict.broken

    def judge(self, circle: Group) -> Verdict:
        verdict = self._verdicts.get(circle)
        if verdict is None:
            if len(self._verdicts) > CACHE:
                self._verdicts.clear()
            verdict = self._verdicts[circle] = self._judge(circle)
        return verdict

    def _judge(self, circle: Group) -> Verdict:
        common, spoken, clashes, distance = -1, -1, 0, 0
        for index, one in enumerate(circle):
            common &= self.starts[one]
            spoken &= self.languages[one]
            for other in circle[:index]:
                clashes += not self.may_meet(one, other)
                distance += self.distance(one, other)
        theme, wanted = self.best_theme(circle)
        size, rules = len(circle), self.circle
        spread = rules.wD * 2 * distance // (size - 1) if size > 1 else 0
        value = rules.wT * wanted + spread - rules.size_penalty * abs(size - rules.target)
        broken = clashes + (common == 0) + (spoken == 0) + len(self.lonely(circle))
        return Verdict(broken, value, theme, common)

    def lonely(self, circle: Iterable[int]) -> list[int]:
        """The groups of which the circle has exactly one."""
        counts: dict[int, int] = {}
        for one in circle:
            for group in self.groups[one]:
                counts[group] = counts.get(group, 0) + 1
        return [group for group, count in counts.items() if count == 1]

    def best_theme(self, circle: Iterable[int]) -> tuple[int | None, int]:
        """The theme with the most points; the first of the alphabet wins a tie."""
        points: dict[int, int] = {}
        for one in circle:
            for theme, value in self.wants[one].items():
                points[theme] = points.get(theme, 0) + value
        best = min(points, key=lambda theme: (-points[theme], theme), default=None)
        return (None, 0) if best is None or points[best] == 0 else (best, points[best])

    def distance(self, one: int, other: int) -> int:
        mine, theirs = self.people[one], self.people[other]
        total = 0
        for name, points in self.circle.distance_points.items():
            a, b = getattr(mine, name), getattr(theirs, name)
            total += points if a is not None and b is not None and a != b else 0
        if mine.level is not None and theirs.level is not None:
            total += self.circle.level_per_step * min(abs(mine.level - theirs.level), self.circle.level_cap_steps)
        return total - (self.circle.repeat_penalty if other in self.met[one] else 0)

    def worth(self, circle: Group) -> dict[str, int]:
        """What the circle is worth to each member: the wish met and the mean distance to the others."""
        theme, others = self.judge(circle).theme, max(1, len(circle) - 1)
        found = {}
        for one in circle:
            distance = sum(self.distance(one, other) for other in circle if other != one)
            wish = self.wants[one].get(theme, 0) if theme is not None else 0
            found[self.ids[one]] = self.circle.wT * wish + self.circle.wD * distance // others
        return found

    def _starts(self) -> list[int]:
        slots = length(self.circle.meeting_minutes)
        known: dict[int, int] = {}
        found = []
        for id in self.ids:
            free = self.facts.slots(id)
            if free not in known:
                known[free] = starts(free, slots)
            found.append(known[free])
        return found

    def _language_bits(self) -> list[int]:
        if not self.circle.common_language:
            return [1] * len(self.ids)
        every = sorted({name for id in self.ids for name in self.facts.languages[id]})
        bit = {name: 1 << place for place, name in enumerate(every)}
        return [sum(bit[name] for name in self.facts.languages[id]) for id in self.ids]

    def _never(self, apart: Iterable[tuple[str, str]]) -> list[frozenset[int]]:
        lines = ((id, boss) for id in self.ids for boss in self.facts.superiors(id)[: self.circle.manager_depth])
        return self._neighbours(lines, self.facts.document.blocks, apart)

    def _met(self) -> list[frozenset[int]]:
        history = self.facts.document.history
        return self._neighbours((past.a, past.b) for past in history if past.kind == "circle" and past.outcome in MET)

    def _neighbours(self, *couples: Iterable[tuple[str, str]]) -> list[frozenset[int]]:
        rows: dict[int, set[int]] = {}
        for one, other in ((one, other) for some in couples for one, other in some):
            a, b = self.place.get(one), self.place.get(other)
            if a is not None and b is not None and a != b:
                rows.setdefault(a, set()).add(b)
                rows.setdefault(b, set()).add(a)
        nobody: frozenset[int] = frozenset()
        return [frozenset(rows[one]) if one in rows else nobody for one in range(len(self.ids))]

    def _groups(self) -> list[Group]:
        """To which of the groups that must not be alone each person belongs."""
        number = {group: place for place, group in enumerate(self.circle.no_isolation_groups)}
        return [tuple(sorted({number[name] for name in one.groups if name in number})) for one in self.people]

    def _wishes(self) -> tuple[tuple[str, ...], list[dict[int, int]]]:
        names: dict[str, str] = {}
        for theme in (theme for one in range(len(self.ids)) for theme in self._themes(one)):
            names[fold(theme)] = min(theme, names.get(fold(theme), theme))
        folded = sorted(names)
        number = {name: place for place, name in enumerate(folded)}
        rows = []
        for one in range(len(self.ids)):
            ranked = dict.fromkeys(number[fold(theme)] for theme in self._themes(one))
            rows.append(dict(zip(ranked, self.circle.theme_points, strict=False)))
        return tuple(names[name] for name in folded), rows

    def _themes(self, one: int) -> Sequence[str]:
        wish = self.people[one].circle
        return wish.themes if wish else ()

    @property
    def highest(self) -> int:
        """The most that anybody's place can be worth to them."""
        farthest = sum(self.circle.distance_points.values())
        farthest += self.circle.level_per_step * self.circle.level_cap_steps
        return self.circle.wT * max(self.circle.theme_points, default=0) + self.circle.wD * farthest

    def _stakes(self) -> tuple[int, int]:
        """Placing one more person outweighs any change of value; one broken rule outweighs placing a full circle."""
        lost = self.circle.wD * self.circle.repeat_penalty if any(self.met) else 0
        each = self.highest + lost + self.circle.size_penalty * self.circle.max
        reward = 2 * max(1, len(self.ids)) * each + 1
        return reward, reward * (self.circle.max + 1)


def without(circle: Group, one: int) -> Group:
    return tuple(other for other in circle if other != one)


def joined(*parts: Iterable[int]) -> Group:
    return tuple(sorted(one for part in parts for one in part))


def seated(circles: Iterable[Group]) -> Iterator[int]:
    return (one for circle in circles for one in circle)
