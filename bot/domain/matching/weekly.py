"""The round of one week with the fewest repeats there can be, for whoever is there.

Proven by a solver for mixed whole numbers: each person in one team, the cheapest teams. Large pools are shuffled instead, and
what repeats is swapped away; among so many people there is always somebody new.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from bot.domain.matching.dice import lot
from bot.domain.matching.rota import AGAIN, FORBIDDEN, REPEAT, TRIAD, Rota, Team, cut

ALL_TRIADS = 25
"""Up to so many people every team of three is weighed; above, the one with the fewest triads is everybody's third."""
PASSES = 8
GAP = 0.2
"""Times the cost of a round, divided by the people there, is less than a repeat: so near to the best, no round has fewer."""
NODES = 3000


def fewest_repeats(rota: Rota, present: Sequence[int]) -> list[Team]:
    """Teams of people who may meet; whoever is in none is left over by the rules."""
    if len(present) < 2:
        return []
    pairs: list[Team] = list(combinations(present, 2))
    odd = len(present) % 2
    found = _cheapest(rota, present, [*pairs, *(_triads(rota, present, pairs) if odd else [])], triads=odd)
    if found is None:
        # The rules leave no place for somebody: now people may be alone, or more than one triad drawn.
        singles: list[Team] = [(one,) for one in present]
        found = _cheapest(rota, present, [*singles, *pairs, *_triads(rota, present, pairs)]) or []
    return [team for team in found if len(team) > 1]


def _triads(rota: Rota, present: Sequence[int], pairs: Sequence[Team]) -> list[Team]:
    if len(present) <= ALL_TRIADS:
        return list(combinations(present, 3))
    third = min(present, key=lambda one: (rota.triads[one], one))
    return [tuple(sorted((*pair, third))) for pair in pairs if third not in pair]


def _cheapest(
    rota: Rota, present: Sequence[int], teams: Sequence[Team], *, triads: int | None = None
) -> list[Team] | None:
    """Everybody in one team, with so many triads (None: any number); None where no teams do that."""
    teams = [team for team in teams if rota.cost(team) < FORBIDDEN]
    if not teams:
        return None
    constraints = [_once_each(teams, present)]
    if triads is not None:
        constraints.append(LinearConstraint(np.array([[float(len(team) == 3) for team in teams]]), triads, triads))
    found = milp(
        np.array([_cost(rota, team, len(present)) for team in teams]),
        integrality=np.ones(len(teams)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": GAP / len(present), "node_limit": NODES},
    )
    return None if found.x is None else [teams[place] for place in np.flatnonzero(found.x > 0.5)]


def _cost(rota: Rota, team: Team, present: int) -> float:
    """In repeats. Being alone costs more than all others together, so that the solver's numbers stay small."""
    if len(team) == 1:
        return 2.0 * present
    return (rota.cost(team) - TRIAD) / (REPEAT * AGAIN) + 1 if len(team) == 3 else rota.cost(team) / (REPEAT * AGAIN)


def _once_each(teams: Sequence[Team], present: Sequence[int]) -> LinearConstraint:
    row = {one: place for place, one in enumerate(present)}
    members = [row[one] for team in teams for one in team]
    starts = np.cumsum([0, *(len(team) for team in teams)])
    covers = csc_array((np.ones(len(members)), members, starts), shape=(len(present), len(teams)))
    return LinearConstraint(covers, 1, 1)


def shuffled(rota: Rota, present: Sequence[int], *, seed: int, week: int) -> list[Team]:
    """A shuffle in which every team that repeats somebody swaps with another until none does, or it is no use."""
    ordered = sorted(present, key=lambda one: lot(seed, str(week), rota.ids[one]))
    teams = cut(ordered, rota.triads)
    for _ in range(PASSES):
        wrong = [place for place, team in enumerate(teams) if _repeats(rota, team)]
        if not wrong:
            break
        for place in wrong:
            _swap_away(rota, teams, place)
    return [team for team in teams if rota.cost(team) < FORBIDDEN]


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
