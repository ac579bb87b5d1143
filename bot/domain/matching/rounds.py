"""Pairs of the week: nobody meets the same person again before everyone has met, as far as the pool allows.

A fixed pool of even size follows the circle method, which is perfect. Any other week (somebody away, an odd number, a history,
people who may not meet) is solved for itself: exactly for up to ten people, by swaps above that.
Planned rounds count as met for the weeks after them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.domain.matching.dice import lot
from bot.domain.matching.document import Document
from bot.domain.matching.facts import MET, Facts
from bot.domain.matching.options import Options
from bot.domain.matching.results import Header, Json, Round, Rounds, Unplaced
from bot.domain.matching.rules import never_together

EXACT_POOL = 10
FORBIDDEN, ALONE, TRIAD, REPEAT, UNFAIR = 10**12, 10**9, 10**8, 10**4, 100
MANY_MEETINGS = 25
STARTS, PASSES = 6, 12

Group = tuple[str, ...]


def propose_rounds(document: Document, options: Options | None = None) -> Rounds:
    options = options or Options()
    pool = [person.id for person in document.people if person.pair_pool and not person.paused]
    rota = Rota(document, pool, options)
    rounds = tuple(rota.week(week) for week in range(1, options.weeks + 1))
    return Rounds(Header.of(document, options), rounds, _summary(pool, rounds, rota))


@dataclass
class Rota:
    """The pool and who met whom how often, week after week."""

    document: Document
    pool: list[str]
    options: Options
    met: Counter[frozenset[str]] = field(default_factory=Counter)
    triads: Counter[str] = field(default_factory=Counter)
    fewest: int = 0

    def __post_init__(self) -> None:
        facts, apart = Facts(self.document), set(self.options.apart)
        self.forbidden = {
            frozenset((one, other))
            for one, other in combinations(self.pool, 2)
            if (one, other) in apart or never_together(facts, one, other)
        }
        for past in self.document.history:
            if past.kind == "pair" and past.outcome in MET:
                self.met[frozenset((past.a, past.b))] += 1
        known = set(self.pool)
        self.fresh = not any(pair <= known for pair in self.met)

    def week(self, week: int) -> Round:
        self.fewest = min((self.triads[id] for id in self.pool), default=0)
        away = {id for absent, id in self.options.absent if absent == week}
        present = [id for id in self.pool if id not in away]
        groups = self._groups(week, present)
        repeats = [pair for group in groups for pair in combinations(group, 2) if self.met[frozenset(pair)]]
        for group in groups:
            self.met.update(frozenset(pair) for pair in combinations(group, 2))
            self.triads.update(group if len(group) == 3 else ())
        seated = {id for group in groups for id in group}
        alone = tuple(_alone(id) for id in present if id not in seated)
        return Round(week, tuple(sorted(groups)), tuple(sorted(repeats)), alone)

    def _groups(self, week: int, present: list[str]) -> list[Group]:
        ordered = sorted(present, key=lambda id: lot(self.document.seed, str(week), id))
        if self._is_simple():
            return circle_method(sorted(self.pool, key=lambda id: lot(self.document.seed, id)), week - 1)
        if len(ordered) <= EXACT_POOL:
            return _paired_exactly(ordered, self)
        return _paired_by_swaps(ordered, self)

    def _is_simple(self) -> bool:
        """Even, nobody away in any week, nobody kept apart, nobody met before the first week."""
        free = not self.forbidden and not self.options.absent and self.fresh
        return free and len(self.pool) % 2 == 0

    def cost(self, group: Group) -> int:
        """Repeats weigh by their square, so that the least met meet first; triads go to whoever had fewest."""
        if len(group) == 1:
            return ALONE
        total = 0
        for pair in combinations(group, 2):
            key = frozenset(pair)
            total += FORBIDDEN if key in self.forbidden else REPEAT * min(self.met[key], MANY_MEETINGS) ** 2
        if len(group) == 3:
            total += TRIAD + UNFAIR * sum((self.triads[id] - self.fewest) ** 2 for id in group)
        return total


def circle_method(people: Sequence[str], round: int) -> list[Group]:
    """Round 0, 1, … of an even number of people: one stays, the others go round; all have met after n - 1."""
    if len(people) < 2:
        return []
    first, rest = people[0], list(people[1:])
    turn = round % len(rest)
    wheel = [first, *rest[turn:], *rest[:turn]]
    half = len(wheel) // 2
    return [_group(pair) for pair in zip(wheel[:half], reversed(wheel[half:]), strict=True)]


def _group(ids: Sequence[str]) -> Group:
    return tuple(sorted(ids))


def _paired_exactly(ordered: Sequence[str], rota: Rota) -> list[Group]:
    """The cheapest split into pairs and triads, by dynamic programming over sets of people."""
    costs: dict[int, int] = {}
    best: list[tuple[int, int]] = [(0, 0)] * (1 << len(ordered))
    for chosen in range(1, len(best)):
        groups = list(_with_lowest(chosen))
        for group in groups:
            if group not in costs:
                costs[group] = rota.cost(_of(ordered, group))
        best[chosen] = min((costs[group] + best[chosen ^ group][0], group) for group in groups)
    left, split = len(best) - 1, []
    while left:
        split.append(_of(ordered, best[left][1]))
        left ^= best[left][1]
    return [group for group in split if _is_allowed(group, rota)]


def _is_allowed(group: Group, rota: Rota) -> bool:
    return len(group) > 1 and rota.cost(group) < FORBIDDEN


def _with_lowest(chosen: int) -> Iterator[int]:
    """The lowest person alone, with one other and with two others."""
    low = chosen & -chosen
    others = [1 << place for place in range(chosen.bit_length()) if (chosen ^ low) >> place & 1]
    yield low
    for one in others:
        yield low | one
    for one, other in combinations(others, 2):
        yield low | one | other


def _of(ordered: Sequence[str], chosen: int) -> Group:
    return _group([id for place, id in enumerate(ordered) if chosen >> place & 1])


def _paired_by_swaps(ordered: Sequence[str], rota: Rota) -> list[Group]:
    """From several beginnings, swaps that lower the cost until none does; the cheapest end is taken."""
    best: tuple[int, list[Group]] | None = None
    for start in range(STARTS):
        shift = start * len(ordered) // STARTS
        groups = _cut([*ordered[shift:], *ordered[:shift]], rota)
        cost = _improve(groups, rota)
        if best is None or cost < best[0]:
            best = cost, list(groups)
        if best[0] in (0, TRIAD):
            break
    groups = best[1] if best else []
    return [group for group in groups if _is_allowed(group, rota)]


def _cut(ordered: list[str], rota: Rota) -> list[Group]:
    """Consecutive pairs; of an odd number the three with the fewest triads go first."""
    if len(ordered) % 2:
        three = sorted(ordered, key=lambda id: rota.triads[id])[:3]
        rest = [id for id in ordered if id not in three]
        return [_group(three), *_cut(rest, rota)]
    return [_group(pair) for pair in zip(ordered[::2], ordered[1::2], strict=True)]


def _improve(groups: list[Group], rota: Rota) -> int:
    costs = [rota.cost(group) for group in groups]
    for _ in range(PASSES):
        changed = False
        for place in range(len(groups)):
            if costs[place] % TRIAD or costs[place] >= FORBIDDEN:
                changed = _best_swap(groups, costs, place, rota) or changed
        if not changed:
            break
    return sum(costs)


def _best_swap(groups: list[Group], costs: list[int], place: int, rota: Rota) -> bool:
    """Swap one of this group with one of any other group where that lowers the cost of both the most."""
    best = (0, place, groups[place], groups[place])
    for other in range(len(groups)):
        if other == place:
            continue
        for mine, theirs in _swapped(groups[place], groups[other]):
            gain = costs[place] + costs[other] - rota.cost(mine) - rota.cost(theirs)
            if gain > best[0]:
                best = (gain, other, mine, theirs)
    gain, other, mine, theirs = best
    if gain:
        groups[place], groups[other] = mine, theirs
        costs[place], costs[other] = rota.cost(mine), rota.cost(theirs)
    return gain > 0


def _swapped(mine: Group, theirs: Group) -> Iterator[tuple[Group, Group]]:
    for one in mine:
        for other in theirs:
            yield (
                _group([other, *(id for id in mine if id != one)]),
                _group([one, *(id for id in theirs if id != other)]),
            )


def _alone(id: str) -> Unplaced:
    return Unplaced(id, "nobody_left", "One more person in the pool whom they may meet.")


def _summary(pool: Sequence[str], rounds: Sequence[Round], rota: Rota) -> Json:
    triads = [rota.triads[id] for id in pool]
    return {
        "people": len(pool),
        "weeks": len(rounds),
        "repeats": sum(len(each.repeats) for each in rounds),
        "clean_weeks": next((place for place, each in enumerate(rounds) if each.repeats), len(rounds)),
        "fewest_triads": min(triads, default=0),
        "most_triads": max(triads, default=0),
        "note": "A pool needs at least 2 people." if len(pool) < 2 else None,
    }
