"""The best of all pairs without looking at all pairs at once, and the proof of it.

A solver finds the best assignment among a short list for each mentee. From it come prices: what a place with each mentor is
worth, and what is left to each mentee. A pair outside the lists can only improve the assignment if it is worth more than the
two prices together, so all pairs are scanned for such ones; they join the lists, and the solver runs again. When none is left
the prices prove that no assignment of all pairs is better: whatever is matched, its worth is at most the sum of the prices.

Everything is whole numbers, so the proof is exact. `Proven.bound` is the least sum of prices seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.domain.matching.edges import Edges, Flags, Whole, best_of_each, first_of_each, no_edges, stretches
from bot.domain.matching.options import Watch
from bot.domain.matching.solvers import FAST, NOBODY, Places, solve
from bot.domain.matching.tables import Block

SHORT, LONG = 24, 32
MANY = 10_000
MORE_AT_ONCE = 40
NEARLY = 100
TURN = 7919
WORTH_A_WHOLE_SCAN = 0.4
ROUGH_ROUNDS, ROUGH = 4, 300
"""In the first rounds pairs that are worth so much less than their prices leave the lists; a scan brings them back if needed."""
NARROW, WIDE = (1 << 31) - (1 << 25), 1 << 62
"""What two prices may differ by in 32 and in 64 bits."""


class Market(Places, Protocol):
    """Rows that look for columns. What a pair is worth is its entry in a block and the row's bonus; below 0 it's forbidden."""

    rows: int
    bonus: Whole
    known: Edges
    """Pairs that are always listed; what they are worth here counts where it's more than the blocks say."""

    def blocks(self, rows: Flags | None = None, columns: Flags | None = None) -> Iterator[Block]: ...

    def profit(self, prices: Whole) -> int:
        """What all mentors together keep at these prices when each takes as many as pays."""
        ...


@dataclass(frozen=True)
class Proven:
    """The column of each row or -1, its worth, and the prices that say how much better any other could be."""

    match: Whole
    value: int
    bound: int
    left: Whole
    prices: Whole

    @property
    def proven(self) -> bool:
        return self.value == self.bound


def prove(market: Market, watch: Watch, *, fast: bool = FAST) -> Proven:
    """Ends early, with what it has, when somebody stops it."""
    edges = shortlists(market, watch)
    scans = Scans(market)
    best: Proven | None = None
    rounds = 0
    while True:
        match = solve(edges, market.rows, market, fast=fast)
        value = worth(market, edges, match)
        left, prices = price(market, edges, match)
        more, left = scans.scan(left, prices)
        bound = int(left.sum()) + market.profit(prices)
        if best is None or bound <= best.bound:
            best = Proven(match, value, bound, left, prices)
        best = replace(best, match=match, value=value)
        rounds += 1
        # Nobody knows how many rounds there will be; each takes half of what is left of the second half.
        watch.progress(2 * market.rows - (0 if best.proven else market.rows >> rounds), 2 * market.rows)
        if best.proven or watch.stopped():
            return best
        slack = left[edges.row] + prices[edges.column] - edges.worth
        spare = min(bound - value, ROUGH) if rounds <= ROUGH_ROUNDS else bound - value
        edges = edges.where((slack <= spare) | (match[edges.row] == edges.column)).together(scans.near, more)


def shortlists(market: Market, watch: Watch) -> Edges:
    most = SHORT if market.rows <= MANY else LONG
    found, done = [market.known], 0
    for block in market.blocks():
        found.append(_listed(market, block, *best_of_each(block.scores, most, block.rows * TURN)))
        done += len(block.rows)
        watch.progress(done, 2 * market.rows)
    return no_edges().together(*found)


def _listed(market: Market, block: Block, place: Whole, at: Whole) -> Edges:
    row = block.rows[place]
    return Edges(row, block.columns[at], block.scores[place, at] + market.bonus[row])


def worth(market: Market, edges: Edges, match: Whole) -> int:
    used = match[edges.row] == edges.column
    columns = np.sort(match[match >= 0])
    load = np.arange(len(columns)) - np.searchsorted(columns, columns)
    return int(edges.worth[used].sum()) - int(market.cost(columns, load).sum())


def price(market: Market, edges: Edges, match: Whole) -> tuple[Whole, Whole]:
    """What is left to each row, and the price of each column: the highest prices at which nobody would rather change."""
    load = np.bincount(match[match >= 0], minlength=len(market.capacity))
    columns = np.arange(len(load))
    full = load >= market.capacity
    prices = market.cost(columns, load)
    used = match[edges.row] == edges.column
    mine = np.zeros(market.rows, dtype=np.int64)
    mine[edges.row[used]] = edges.worth[used]
    # A full column has no free place that would cap its price; what its own rows have to give does.
    most = np.full(len(load), np.iinfo(np.int64).min)
    np.maximum.at(most, edges.column[used], edges.worth[used])
    prices = np.where(full, np.where(load > 0, most, market.cost(columns, np.zeros_like(columns))), prices)
    return _settled(edges, match, mine, prices)


def _settled(edges: Edges, match: Whole, mine: Whole, prices: Whole) -> tuple[Whole, Whole]:
    """Prices only fall and what is left only rises, so each step looks at the edges of the columns that changed."""
    order = np.argsort(edges.column, kind="stable")
    row, column, worth = edges.row[order], edges.column[order], edges.worth[order]
    ends = np.searchsorted(column, np.arange(len(prices)), side="right")
    starts = np.searchsorted(column, np.arange(len(prices)), side="left")
    left = np.zeros(len(match), dtype=np.int64)
    np.maximum.at(left, row, worth - prices[column])
    changed = np.flatnonzero(match != NOBODY)
    while len(changed):
        lower = prices.copy()
        np.minimum.at(lower, match[changed], mine[changed] - left[changed])
        fallen = np.flatnonzero(lower < prices)
        prices = lower
        touched = stretches(starts[fallen], ends[fallen])
        higher = left.copy()
        np.maximum.at(higher, row[touched], worth[touched] - prices[column[touched]])
        changed = np.flatnonzero((higher > left) & (match != NOBODY))
        left = higher
    return left, prices


class Scans:
    """Looks for pairs that are worth more than the two prices, or nearly so: the next prices may ask for them.

    A pair that was not nearly worth its prices at the last scan of everything needs no look as long as the two have not fallen
    by so much since. So the last rounds look only at the rows and columns whose prices fell. `near` are the pairs that the last
    scan of everything found; they stay listed. A row that had more of them than are listed is looked at each time.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self.near = no_edges()
        self._left: Whole | None = None
        self._prices = self._crowded = np.empty(0, dtype=np.int64)

    def scan(self, left: Whole, prices: Whole) -> tuple[Edges, Whole]:
        """The pairs, the best few of each row, and what is left to each row when all pairs count."""
        rows, columns = self._fallen(left, prices)
        if rows is None or columns is None or rows.mean() + columns.mean() > WORTH_A_WHOLE_SCAN:
            self.near, most, self._crowded = _scan(self._market, left, prices)
            self._left, self._prices = most, prices
            return self.near, most
        by_row, most, _ = _scan(self._market, left, prices, rows=rows) if rows.any() else (no_edges(), left, None)
        if columns.any():
            by_column, most, _ = _scan(self._market, most, prices, columns=columns)
            return by_row.together(by_column), most
        return by_row, most

    def _fallen(self, left: Whole, prices: Whole) -> tuple[Flags | None, Flags | None]:
        if self._left is None:
            return None, None
        rows = (self._left - left) * 2 >= NEARLY
        rows[self._crowded] = True
        return rows, (self._prices - prices) * 2 >= NEARLY


def _scan(
    market: Market, left: Whole, prices: Whole, *, rows: Flags | None = None, columns: Flags | None = None
) -> tuple[Edges, Whole, Whole]:
    found, most, crowded = [no_edges()], left.copy(), [np.empty(0, dtype=np.int64)]
    narrow = int(np.abs(prices).max(initial=0)) < NARROW // 2
    kind = np.int32 if narrow else np.int64
    asked = prices.astype(kind)
    for block in market.blocks(rows, columns):
        bar = (left - market.bonus)[block.rows]
        over: npt.NDArray[np.signedinteger] = block.scores.astype(kind)
        np.subtract(over, asked[block.columns], out=over)
        near = over > np.maximum(bar - NEARLY, -NARROW if narrow else -WIDE).astype(kind)[:, None]
        near &= block.scores >= 0
        place, at = np.nonzero(near)
        excess = over[place, at].astype(np.int64) + market.bonus[block.rows[place]]
        np.maximum.at(most, block.rows[place], excess)
        chosen = first_of_each(place, -excess, MORE_AT_ONCE)
        found.append(_listed(market, block, place[chosen], at[chosen]))
        crowded.append(block.rows[np.bincount(place, minlength=len(block.rows)) > MORE_AT_ONCE])
    return no_edges().together(*found), most, np.concatenate(crowded)
