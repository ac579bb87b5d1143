"""Pairs that a solver looks at: flat arrays of mentee, mentor and what the pair is worth, in the order of mentees."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.signedinteger]

SAMPLE = 400
CROWD = 16


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


def best_of_each(values: Values, most: int, turns: Whole) -> tuple[Whole, Whole]:
    """Row and column of the highest values of each row, at most so many, none below 0.

    Ties for the last place go round from a turn of the row's own: many mentees to whom all mentors are equal are not to list
    the same few.
    """
    width = values.shape[1]
    line = _line(values, most)
    high = values >= line[:, None]
    counts = np.count_nonzero(high, axis=1)
    crowded = np.flatnonzero(counts > CROWD * most)
    high[crowded] = False
    row, column = np.nonzero(high)
    order = (column - turns[row]) % width - values[row, column].astype(np.int64) * width
    kept = first_of_each(row, order, most)
    found = [(row[kept], column[kept])]
    for place in crowded:
        best = _best_of(values[place], most, int(turns[place]))
        found.append((np.full(len(best), place), best))
    rows, columns = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(columns)


def _line(values: Values, most: int) -> Values:
    """For each row a value that at least so many reach and not many more; 0 where fewer are above it.

    Long rows are judged by a sample; where too few turn out to reach it, the row is looked at whole.
    """
    width = values.shape[1]
    if width <= most:
        return np.zeros(len(values), dtype=values.dtype)
    step = width // SAMPLE
    if step < 2:
        return np.maximum(np.partition(values, width - most, axis=1)[:, width - most], 0)
    sample = np.ascontiguousarray(values[:, ::step])
    at = sample.shape[1] - 3 * most // step - 1
    line = np.maximum(np.partition(sample, at, axis=1)[:, at], 0)
    few = np.flatnonzero((np.count_nonzero(values >= line[:, None], axis=1) < most) & (line > 0))
    line[few] = np.maximum(np.partition(values[few], width - most, axis=1)[:, width - most], 0)
    return line


def _best_of(values: Values, most: int, turn: int) -> Whole:
    line = max(int(np.partition(values, len(values) - most)[len(values) - most]), 0)
    above, even = np.flatnonzero(values > line), np.flatnonzero(values == line)
    start = int(np.searchsorted(even, turn % len(values)))
    return np.concatenate([above, np.roll(even, -start)[: most - len(above)]])


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
