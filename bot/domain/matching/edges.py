"""Pairs that a solver looks at: flat arrays of mentee, mentor and what the pair is worth, in the order of mentees."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Edges:
    row: Whole
    column: Whole
    worth: Whole

    def __len__(self) -> int:
        return len(self.row)

    def where(self, flags: Flags) -> "Edges":
        return Edges(self.row[flags], self.column[flags], self.worth[flags])

    def together(self, *others: "Edges") -> "Edges":
        """In order, each pair once; of two with the same pair the one that is worth more."""
        row = np.concatenate([self.row, *(each.row for each in others)])
        column = np.concatenate([self.column, *(each.column for each in others)])
        worth = np.concatenate([self.worth, *(each.worth for each in others)])
        order = np.lexsort((-worth, column, row))
        row, column, worth = row[order], column[order], worth[order]
        fresh = np.ones(len(row), dtype=bool)
        fresh[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
        return Edges(row[fresh], column[fresh], worth[fresh])


def no_edges() -> Edges:
    nothing = np.empty(0, dtype=np.int64)
    return Edges(nothing, nothing, nothing)


def best_of_each(values: npt.NDArray[np.signedinteger], most: int) -> tuple[Whole, Whole]:
    """Row and column of the highest values of each row, at most so many, none below 0.

    Ties for the last place go round from a turn of the row's own: many mentees to whom all mentors are equal are not to list
    the same few.
    """
    width = values.shape[1]
    if width <= most:
        row, column = np.nonzero(values >= 0)
        return row, column
    line = np.maximum(np.partition(values, width - most, axis=1)[:, width - most], 0)
    row, column = np.nonzero(values > line[:, None])
    even_row, even = np.nonzero(values == line[:, None])
    room = most - np.bincount(row, minlength=len(values))
    kept = first_of_each(even_row, (even - even_row * 7919) % width, room[even_row])
    return np.concatenate([row, even_row[kept]]), np.concatenate([column, even[kept]])


def first_of_each(row: Whole, order: Whole, most: int | Whole) -> Whole:
    """Places of the first few of each row in this order; rows come in rising order."""
    if not (np.arange(len(row)) - np.searchsorted(row, row) >= most).any():
        return np.arange(len(row))
    sorted_by: Whole = np.lexsort((order, row))
    return sorted_by[np.arange(len(row)) - np.searchsorted(row, row) < most]


def stretches(starts: Whole, ends: Whole) -> Whole:
    """All places from each start up to its end, one stretch after the other."""
    lengths = ends - starts
    past = np.cumsum(lengths)
    total = int(past[-1]) if len(past) else 0
    places: Whole = np.arange(total) + np.repeat(starts - (past - lengths), lengths)
    return places
