"""The round of one week with the fewest repeats there can be, for whoever is there.

Proven by a solver for mixed whole numbers: each person in one team, the cheapest teams. Large pools are shuffled instead, and
what repeats is swapped away; among so many people there is always somebody new. Only those of a large pool who may meet few
have their teams chosen first.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from bot.domain.matching.dice import lot
from bot.domain.matching.pockets import pockets
from bot.domain.matching.rota import AGAIN, FORBIDDEN, REPEAT, TRIAD, Pair, Rota, Team, cut, in_order

ALL_TRIADS = 25
"""Up to so many people every team of three is weighed; above, the one with the fewest triads is everybody's third."""
MOST_TRIADS = 3000
"""So many are weighed in a part of the pool that needs one, with those as thirds who had the fewest."""
PASSES = 8
GAP = 0.2
"""Times the cost of a round, divided by the people there, is less than a repeat: so near to the best, no round has fewer."""
NODES = 3000
ALONE = 3.0
FEW = 4
"""Whoever may not meet a fourth of a large pool has a team chosen; any two others find one by a swap."""


def fewest_repeats(rota: Rota, present: Sequence[int]) -> list[Team]:
    """Teams of people who may meet; whoever is in none is left over by the rules."""
    if len(present) < 2:
        return []
    pairs: list[Team] = list(combinations(present, 2))
    odd = len(present) % 2
    found = _cheapest(rota, Asked(present, [*pairs, *(_triads(rota, present, pairs) if odd else [])]), triads=odd)
    return found if found is not None else _fewest_alone(rota, present, pairs)


def _fewest_alone(rota: Rota, present: Sequence[int], pairs: Sequence[Team]) -> list[Team]:
    """The rules leave no place for somebody: now people may be alone, or more than one triad drawn."""
    row = {one: place for place, one in enumerate(present)}
    meets = np.zeros((len(present), len(present)), dtype=bool)
    for one, other in pairs:
        meets[row[one], row[other]] = meets[row[other], row[one]] = (one, other) not in rota.forbidden
    parts = [[present[place] for place in part] for part in pockets(meets) if len(part) > 1]
    if len(present) <= ALL_TRIADS:
        triads: list[Team] = list(combinations(present, 3))
    else:
        triads = [team for part in parts for team in islice(_triads_of(rota, part), MOST_TRIADS)]
    return _cheapest(rota, Asked(present, [*pairs, *triads], parts=parts)) or []


def _triads_of(rota: Rota, part: Sequence[int]) -> Iterator[Team]:
    """Those in which everybody may meet, each once; first with those as thirds who had the fewest."""
    left = set(part)
    for third in sorted(part, key=lambda one: (rota.triads[one], one)):
        left.discard(third)
        others = sorted(one for one in left if in_order(one, third) not in rota.forbidden)
        for one, other in combinations(others, 2):
            if (one, other) not in rota.forbidden:
                yield tuple(sorted((one, other, third)))


def _triads(rota: Rota, present: Sequence[int], pairs: Sequence[Team]) -> list[Team]:
    if len(present) <= ALL_TRIADS:
        return list(combinations(present, 3))
    first = next(_triads_of(rota, present), None)
    if first is None:
        return []
    third = min(first, key=lambda one: (rota.triads[one], one))
    return [tuple(sorted((*pair, third))) for pair in pairs if third not in pair]


@dataclass(frozen=True)
class Asked:
    """Who is there, the teams that there may be, and the parts of which pairs leave one over. Of `spare` people nobody need be
    in a team here; they find one among themselves."""

    present: Sequence[int]
    teams: Sequence[Team]
    parts: Sequence[Sequence[int]] = ()
    spare: Collection[int] = ()


def _cheapest(rota: Rota, asked: Asked, *, triads: int | None = None) -> list[Team] | None:
    """With so many triads everybody is in a team, or None is the answer. Without a number, the fewest people are alone."""
    people = len(asked.present)
    singles: list[Team] = [] if triads is not None else [(one,) for one in asked.present]
    teams = [*singles, *(team for team in asked.teams if rota.cost(team) < FORBIDDEN)]
    if len(teams) == len(singles):
        return None
    constraints = [_once_each(teams, asked.present), *(_pairs_within(teams, part) for part in asked.parts)]
    if triads is not None:
        constraints.append(LinearConstraint(np.array([[float(len(team) == 3) for team in teams]]), triads, triads))
    found = milp(
        np.array([0.0 if {*asked.spare}.issuperset(team) else _cost(rota, team, people) for team in teams]),
        integrality=np.ones(len(teams)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": GAP / people, "node_limit": NODES},
    )
    if found.x is None:
        return None
    return [teams[place] for place in np.flatnonzero(found.x > 0.5) if len(teams[place]) > 1]


def _cost(rota: Rota, team: Team, present: int) -> float:
    """In repeats. Being alone costs more than all others together, so that the solver's numbers stay small."""
    if len(team) == 1:
        return ALONE * present
    return (rota.cost(team) - TRIAD) / (REPEAT * AGAIN) + 1 if len(team) == 3 else rota.cost(team) / (REPEAT * AGAIN)


def _once_each(teams: Sequence[Team], present: Sequence[int]) -> LinearConstraint:
    row = {one: place for place, one in enumerate(present)}
    members = [row[one] for team in teams for one in team]
    starts = np.cumsum([0, *(len(team) for team in teams)])
    covers = csc_array((np.ones(len(members)), members, starts), shape=(len(present), len(teams)))
    return LinearConstraint(covers, 1, 1)


def _pairs_within(teams: Sequence[Team], part: Sequence[int]) -> LinearConstraint:
    """Of an odd number of people only so many teams can have two or more; without this the solver tries halves of teams."""
    inside = {*part}
    row = [float(len(inside.intersection(team)) > 1) for team in teams]
    return LinearConstraint(np.array([row]), 0, len(part) // 2)


def shuffled(rota: Rota, present: Sequence[int], *, seed: int, week: int) -> list[Team]:
    """A shuffle in which every team that repeats somebody swaps with another until none does, or it is no use."""
    ordered = sorted(present, key=lambda one: lot(seed, str(week), rota.ids[one]))
    few = _who_may_meet_few(rota, ordered)
    if 2 * FEW * len(few) > len(ordered):
        return fewest_repeats(rota, present)
    first = _teams_of(rota, few, ordered)
    seated = {one for team in first for one in team}.union(few)
    teams = cut([one for one in ordered if one not in seated], rota.triads)
    for _ in range(PASSES):
        wrong = [place for place, team in enumerate(teams) if _repeats(rota, team)]
        if not wrong:
            break
        for place in wrong:
            _swap_away(rota, teams, place)
    return [*first, *(team for team in teams if rota.cost(team) < FORBIDDEN)]


def _who_may_meet_few(rota: Rota, present: Sequence[int]) -> list[int]:
    kept_away = rota.kept_away(present)
    return [one for one in present if FEW * kept_away[one] > len(present)]


def _teams_of(rota: Rota, few: Sequence[int], present: Sequence[int]) -> list[Team]:
    """For as many of these as can have one; more partners than each could lose to the others need not be looked at."""
    if not few:
        return []
    many = 2 * len(few) + 2
    pairs: dict[Pair, None] = {}
    for one in few:
        others = (other for other in present if other != one and in_order(one, other) not in rota.forbidden)
        fresh = sorted(islice(others, 4 * many), key=lambda other: rota.cost_of_pair(in_order(one, other)))
        pairs.update((in_order(one, other), None) for other in fresh[:many])
    people = sorted({one for pair in pairs for one in pair}.union(few))
    those = {*few}
    triads: set[Team] = set()
    for one, other in pairs:
        triads.update(
            tuple(sorted((one, other, third)))
            for third in people
            if third not in (one, other) and len(those & {one, other, third}) > 1
        )
    spare = {*people} - those
    return _cheapest(rota, Asked(people, [*pairs, *sorted(triads)], spare=spare)) or []


def _repeats(rota: Rota, team: Team) -> bool:
    return any(rota.cost_of_pair(pair) >= REPEAT for pair in combinations(team, 2))


def _swap_away(rota: Rota, teams: list[Team], place: int) -> None:
    """With the first team, counted from here, where the swap costs less."""
    for ahead in range(1, len(teams)):
        other = (place + ahead) % len(teams)
        before = rota.cost(teams[place]) + rota.cost(teams[other])
        for one in teams[place]:
            for two in teams[other]:
                mine, theirs = (tuple(sorted({*team} ^ {one, two})) for team in (teams[place], teams[other]))
                if rota.cost(mine) + rota.cost(theirs) <= before - REPEAT:
                    teams[place], teams[other] = mine, theirs
                    return
