"""Heat-bath annealing over pairs of circles: all swaps and moves between the two are weighed at once, and one is drawn.

Each round takes all circles two by two, half of the rounds at random and half along the day, so that people in the same
hours meet. A draw at a temperature is the highest value after each got a lot of its own from a fixed table (Gumbel's law), so
a round is a few dozen array operations whatever the number of people. Lots are whole numbers made from raw random
bits: the same on every machine.
"""

import math
from typing import Any

import numpy as np

from bot.domain.matching.columns import Array
from bot.domain.matching.picking import Picking
from bot.domain.matching.seating import Seating

HOT, COLD = 1500, 40
USUAL_WORTH = 10_000
"""Temperatures are for values of which the highest for one person is this."""
PLACING = 1.5
"""What a place is worth to whoever waits, as a multiple of the highest value for one person."""
CHUNK = 60_000
LOTS = 1 << 17
STEPS, FINE = 4096, 1024
LOUDEST = (1 << 19) - 1


class Annealing:
    """`block` is how many circles belong together: swaps never leave a block, so each block is a draw of its own."""

    def __init__(self, seating: Seating, *, seed: int, block: int, pinned: Array | None = None) -> None:
        self.seating, self.block = seating, block
        highest = max(1, seating.columns.crowd.highest)
        self.picking = Picking(seating, highest * PLACING, pinned)
        self.scale = np.float32(USUAL_WORTH / highest)
        self.bits = np.random.PCG64(seed)
        width = seating.width
        self.kinds = width * width + 2 * width + 1
        self.shift = self.kinds.bit_length()
        self.at_once = max(1, CHUNK // self.kinds)
        self._lots = self._table()
        self._heated = self._lots

    def heat(self, temperature: int) -> None:
        self._heated = self._lots * temperature // FINE

    def round(self, *, along: bool) -> None:
        ones, others = self._two_by_two(along=along)
        for start in range(0, len(ones), self.at_once):
            some = slice(start, start + self.at_once)
            self.picking.do(self._drawn(ones[some], others[some]), ones[some], others[some])

    def _drawn(self, ones: Array, others: Array) -> Array:
        """The row that is drawn for each pair of circles; value and row share one number, so that one maximum finds both."""
        values = self.picking.values(ones, others)
        values *= self.scale
        np.clip(values, -LOUDEST, LOUDEST, out=values)
        keys: Any = values.astype(np.int32 if self.shift <= 10 else np.int64)
        offset = self._below(LOTS)
        keys += self._heated[offset : offset + keys.size].reshape(keys.shape)
        np.clip(keys, -LOUDEST, LOUDEST, out=keys)
        keys <<= self.shift
        keys |= np.arange(self.kinds, dtype=keys.dtype)[:, None]
        found: Array = keys.max(axis=0) & ((1 << self.shift) - 1)
        return found

    def _two_by_two(self, *, along: bool) -> tuple[Array, Array]:
        blocks = self.seating.seats.shape[1] // self.block
        keys = (self._raw(blocks * self.block) >> np.uint64(20)).astype(np.int64)
        if along:
            keys = (self.seating.middle << 42) + (keys << 2)
        order = keys.reshape(blocks, self.block).argsort(axis=1, kind="stable")
        order += (np.arange(blocks) * self.block)[:, None]
        if along:
            order = np.roll(order, self._below(2), axis=1)
        even = self.block // 2 * 2
        return order[:, 0:even:2].ravel(), order[:, 1:even:2].ravel()

    def _raw(self, count: int) -> Array:
        return np.asarray(self.bits.random_raw(count), np.uint64)

    def _below(self, bound: int) -> int:
        return int(self.bits.random_raw()) % bound

    def _table(self) -> Array:
        law = [round(-math.log(-math.log((step + 0.5) / STEPS)) * FINE) for step in range(STEPS)]
        picks = (self._raw(LOTS + self.at_once * self.kinds) >> np.uint64(52)).astype(np.int64)
        found: Array = np.array(law, np.int32)[picks]
        return found
