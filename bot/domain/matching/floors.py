"""How well off the worst-off pair can be while as many mentees are matched as ever can be.

At a score too high for everybody the search from the unmatched mentees reaches mentees and mentors who are short of each
other: all reached mentors are full, and no pair of that score leads out. Pairs outside the lists that would lead out join
them; when a scan of all pairs finds none, the score is proven to be out of reach.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from bot.domain.matching.edges import Edges, Flags, Whole, first_of_each, no_edges, stretches
from bot.domain.matching.market import PairMarket
from bot.domain.matching.options import Watch

MORE_AT_ONCE = 16


def highest_floor(market: PairMarket, listed: Edges, full: int, watch: Watch) -> int:
    """`listed` are pairs with their scores, among them a matching of `full` mentees."""
    floor, edges = 0, listed
    while full and not watch.stopped():
        floor = _best_listed(market, edges, full, floor)
        while not watch.stopped():
            match = _matched(market, edges.where(edges.worth > floor))
            if (match >= 0).sum() >= full:
                break
            more = _ways_out(market, edges.where(edges.worth > floor), match, floor)
            if not len(more):
                return floor
            edges = edges.together(more)
    return floor


def _best_listed(market: PairMarket, edges: Edges, full: int, floor: int) -> int:
    levels = np.unique(edges.worth[edges.worth > floor])
    low, high = -1, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if (_matched(market, edges.where(edges.worth >= levels[middle])) >= 0).sum() >= full:
            low = middle
        else:
            high = middle - 1
    return floor if low < 0 else int(levels[low])


def _matched(market: PairMarket, edges: Edges) -> Whole:
    """The column of each row, or -1, in an assignment of as many rows as possible."""
    rows, columns = market.rows, len(market.capacity)
    sink = rows + columns + 1
    tails = np.concatenate([np.zeros(rows, dtype=np.int64), edges.row + 1, rows + 1 + np.arange(columns)])
    heads = np.concatenate([1 + np.arange(rows), rows + 1 + edges.column, np.full(columns, sink)])
    room = np.concatenate([np.ones(rows + len(edges), dtype=np.int32), market.capacity.astype(np.int32)])
    flow = maximum_flow(csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1)), 0, sink).flow.tocoo()
    used = (flow.data > 0) & (flow.row >= 1) & (flow.row <= rows)
    match = np.full(rows, -1, dtype=np.int64)
    match[flow.row[used] - 1] = flow.col[used] - rows - 1
    return match


def _ways_out(market: PairMarket, edges: Edges, match: Whole, floor: int) -> Edges:
    """Pairs above the floor that lead from the reached rows to columns that were not reached."""
    rows, columns = _reached(edges, match, len(market.capacity))
    found = [no_edges()]
    for block in market.blocks():
        out = (block.scores > floor) & rows[block.rows][:, None] & ~columns[block.columns][None, :]
        place, at = np.nonzero(out)
        kept = first_of_each(place, -block.scores[place, at].astype(np.int64), MORE_AT_ONCE)
        place, at = place[kept], at[kept]
        found.append(Edges(block.rows[place], block.columns[at], block.scores[place, at].astype(np.int64)))
    return no_edges().together(*found)


def _reached(edges: Edges, match: Whole, width: int) -> tuple[Flags, Flags]:
    ends = np.searchsorted(edges.row, np.arange(len(match)), side="right")
    starts = np.searchsorted(edges.row, np.arange(len(match)), side="left")
    rows, columns = match < 0, np.zeros(width, dtype=bool)
    fresh = np.flatnonzero(rows)
    while len(fresh):
        columns[edges.column[stretches(starts[fresh], ends[fresh])]] = True
        now = rows | (columns[match] & (match >= 0))
        fresh = np.flatnonzero(now & ~rows)
        rows = now
    return rows, columns
