"""Which of several equally good assignments is meant: lots decide, drawn from the seed and the two ids.

The best assignments are exactly those that use no pair worth less than its two prices, match everybody to whom a match leaves
something, and fill each mentor up to the place that still pays. Among these the one with the highest lots is taken. So the
answer depends on neither the solver nor the order of the input.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bot.domain.matching.dice import lot
from bot.domain.matching.edges import Edges, Flags, Whole, no_edges
from bot.domain.matching.proof import NARROW, Market, Proven
from bot.domain.matching.tables import Block

LOT_BITS = 24
MOST_KNOWN = 40


class Lots:
    """A lot for each pair, drawn from the names alone."""

    def __init__(self, seed: int, rows: Sequence[str], columns: Sequence[str]) -> None:
        self._rows = np.array([lot(seed, "mentee", id) for id in rows], dtype=np.uint64)
        self._columns = np.array([lot(seed, "mentor", id) for id in columns], dtype=np.uint64)

    def of(self, row: Whole, column: Whole) -> Whole:
        mixed = self._rows[row] + self._columns[column]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - LOT_BITS)).astype(np.int64)


class Face:
    """The best assignments of a market as a market of their own, in which lots are what pairs are worth."""

    def __init__(self, market: Market, proven: Proven, lots: Lots) -> None:
        self._market, self._left, self._prices, self._lots = market, proven.left, proven.prices, lots
        self.rows = market.rows
        self._stake = (market.rows + 1) << LOT_BITS
        self.bonus = np.where(proven.left > 0, self._stake, 0)
        self._must, self.capacity = self._bounds()
        known = self._tight_ones(market.known)
        known = known.where(self.capacity[known.column] > 0).together(self._used(proven.match))
        self._tight = self._all_tight()
        self.known = known if self._tight is None else known.together(self._tight)

    def _bounds(self) -> tuple[Whole, Whole]:
        """How many mentees each mentor has in every best assignment, and how many at most."""
        columns = np.arange(len(self._market.capacity))
        must, most = np.zeros_like(columns), np.zeros_like(columns)
        room = self._market.capacity
        for place in range(int(room.max(initial=0))):
            cost = self._market.cost(columns, np.full_like(columns, place))
            must += (place < room) & (cost < self._prices)
            most += (place < room) & (cost <= self._prices)
        return must, most

    def cost(self, column: Whole, load: Whole) -> Whole:
        return np.where(load < self._must[column], -self._stake, 0)

    def profit(self, prices: Whole) -> int:
        free = np.maximum(prices, 0) * (self.capacity - self._must)
        return int((np.maximum(prices + self._stake, 0) * self._must + free).sum())

    def blocks(self, rows: Flags | None = None, columns: Flags | None = None) -> Iterator[Block]:
        """None where all pairs of the face are known; else the face is so broad that it's scanned like a market."""
        if self._tight is not None:
            return
        for block in self._market.blocks(rows, columns):
            place, at = np.nonzero(self._is_tight(block))
            lots = np.full(block.scores.shape, -1, dtype=np.int32)
            lots[place, at] = self._lots.of(block.rows[place], block.columns[at])
            yield Block(block.rows, block.columns, lots)

    def _all_tight(self) -> Edges | None:
        found, count = [no_edges()], 0
        for block in self._market.blocks():
            place, at = np.nonzero(self._is_tight(block))
            row = block.rows[place]
            found.append(self._drawn(Edges(row, block.columns[at], np.zeros_like(row))))
            count += len(place)
            if count > MOST_KNOWN * self.rows:
                return None
        return no_edges().together(*found)

    def _is_tight(self, block: Block) -> Flags:
        bar = (self._left - self._market.bonus)[block.rows]
        narrow = int(np.abs(bar).max()) + int(np.abs(self._prices).max(initial=0)) < NARROW
        kind = np.int32 if narrow else np.int64
        over: npt.NDArray[np.signedinteger] = block.scores.astype(kind)
        np.subtract(over, self._prices[block.columns].astype(kind), out=over)
        tight: Flags = (over == bar.astype(kind)[:, None]) & (block.scores >= 0)
        tight &= self.capacity[block.columns] > 0
        return tight

    def _tight_ones(self, known: Edges) -> Edges:
        return self._drawn(known.where(known.worth == self._left[known.row] + self._prices[known.column]))

    def _used(self, match: Whole) -> Edges:
        row = np.flatnonzero(match >= 0)
        return self._drawn(Edges(row, match[row], np.zeros_like(row)))

    def _drawn(self, edges: Edges) -> Edges:
        worth = self._lots.of(edges.row, edges.column) + self.bonus[edges.row]
        return Edges(edges.row, edges.column, worth)
