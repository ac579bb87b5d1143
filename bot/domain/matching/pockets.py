"""The parts of a pool that pairs alone cannot seat, however they are made: where a team of three is of use.

Take any way of pairing as many people as possible. Those whom some such way leaves over fall into parts, each of an odd number
of whom all but one can be paired, whoever that one is (Gallai and Edmonds). Only a triad inside such a part seats one more,
and no part ever needs two. Who is ever left over is read off a matrix with a random number for each two who may meet:
everybody whom a vector of its kernel touches (Lovász).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

PRIME = 2**31 - 1
SEED = 7
"""Any will do: numbers that happen to cancel out are a matter of one in ten million."""

Meets = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def pockets(meets: Meets) -> list[Sequence[int]]:
    """Each with the places of its people in the table of who may meet whom."""
    over = np.flatnonzero(_ever_left_over(meets))
    count, of = connected_components(csr_array(meets[np.ix_(over, over)]), directed=False)
    return [over[of == part].tolist() for part in range(count)]


def _ever_left_over(meets: Meets) -> Meets:
    table = _numbers(meets)
    pivots: list[int] = []
    for column in range(len(table)):
        rows = np.flatnonzero(table[len(pivots) :, column])
        if len(rows):
            _clear(table, len(pivots), row=len(pivots) + int(rows[0]), column=column)
            pivots.append(column)
    free = np.ones(len(table), dtype=bool)
    free[pivots] = False
    touched = free.copy()
    touched[pivots] = table[: len(pivots), free].any(axis=1)
    return touched


def _numbers(meets: Meets) -> Numbers:
    above = np.triu(np.random.default_rng(SEED).integers(1, PRIME, meets.shape), 1) * np.triu(meets, 1)
    return (above - above.T) % PRIME


def _clear(table: Numbers, at: int, *, row: int, column: int) -> None:
    """Bring the row to this place, and take its multiples from all others until their column is empty."""
    table[[at, row]] = table[[row, at]]
    table[at] = table[at] * pow(int(table[at, column]), -1, PRIME) % PRIME
    factors = table[:, column].copy()
    factors[at] = 0
    table -= factors[:, None] * table[at] % PRIME
    table %= PRIME
