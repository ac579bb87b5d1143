"""The best assignment among the pairs listed: SciPy's, or OR-Tools' where it is installed, which is several times faster.

Both are exact, so they agree on the value; where several assignments are the best, `faces` decides which one is meant.
"""

import importlib.util
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.domain.matching.edges import Edges, Whole

FAST = importlib.util.find_spec("ortools") is not None
if FAST:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

FEW_PLACES = 4
NOBODY = -1


class Places(Protocol):
    """How many mentees each mentor may get, and what the next one costs when there are so many already."""

    capacity: Whole

    def cost(self, column: Whole, load: Whole) -> Whole: ...


def solve(edges: Edges, rows: int, places: Places, *, fast: bool = FAST) -> Whole:
    """The column of each row, or -1, such that what the pairs are worth less what the places cost is highest."""
    if not len(edges):
        return np.full(rows, NOBODY, dtype=np.int64)
    found = _by_flow(edges, rows, places) if fast else None
    return _by_paths(edges, rows, places) if found is None else found


def _room(edges: Edges, places: Places) -> Whole:
    wishes = np.bincount(edges.column, minlength=len(places.capacity))
    room: Whole = np.minimum(places.capacity, wishes)
    return room


def _by_paths(edges: Edges, rows: int, places: Places) -> Whole:
    """Each place is a column. Later places cost more, so a mentor whose last listed place stays free needs no more of them."""
    room = _room(edges, places)
    listed = np.minimum(room, FEW_PLACES)
    while True:
        column, mentor = _assigned(edges, rows, places, listed)
        load = np.bincount(mentor[column >= 0], minlength=len(room))
        short = (load >= listed) & (listed < room)
        if not short.any():
            return mentor
        listed = np.where(short, np.minimum(room, 2 * listed), listed)


def _assigned(edges: Edges, rows: int, places: Places, listed: Whole) -> tuple[Whole, Whole]:
    """The place and the mentor of each row. Staying alone is a column of one's own, so everybody gets a column."""
    first = np.cumsum(listed) - listed
    times = listed[edges.column]
    load = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    mentor = np.repeat(edges.column, times)
    gain = np.repeat(edges.worth, times) - places.cost(mentor, load)
    total = int(listed.sum())
    top = max(0, int(gain.max(initial=0))) + 1
    row = np.concatenate([np.repeat(edges.row, times), np.arange(rows)])
    column = np.concatenate([first[mentor] + load, total + np.arange(rows)])
    cost = np.concatenate([top - gain, np.full(rows, top)]).astype(np.float64)
    _, chosen = min_weight_full_bipartite_matching(csr_array((cost, (row, column)), shape=(rows, total + rows)))
    owner = np.repeat(np.arange(len(listed)), listed)
    chosen = chosen.astype(np.int64)
    alone = chosen >= total
    return np.where(alone, NOBODY, chosen), np.where(alone, NOBODY, owner[np.where(alone, 0, chosen)])


def _by_flow(edges: Edges, rows: int, places: Places) -> Whole | None:
    """None where the numbers are too large for the solver's own scale."""
    room = _room(edges, places)
    mentor = np.repeat(np.arange(len(room)), room)
    load = np.arange(len(mentor)) - np.repeat(np.cumsum(room) - room, room)
    sink = rows + len(room)
    tails = np.concatenate([edges.row, rows + mentor, np.arange(rows)])
    heads = np.concatenate([rows + edges.column, np.full(len(mentor) + rows, sink)])
    costs = np.concatenate([-edges.worth, places.cost(mentor, load), np.zeros(rows, dtype=np.int64)])
    if int(np.abs(costs).max()) > (1 << 62) // (sink + 1):
        return None
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(len(tails), dtype=np.int64), costs)
    flow.set_nodes_supplies(np.append(np.arange(rows), sink), np.append(np.ones(rows, dtype=np.int64), -rows))
    if flow.solve() != flow.OPTIMAL:
        return None
    used = flow.flows(np.arange(len(edges))) > 0
    found = np.full(rows, NOBODY, dtype=np.int64)
    found[edges.row[used]] = edges.column[used]
    return found
