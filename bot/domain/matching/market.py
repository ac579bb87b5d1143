"""The open mentees and the open places of a program, in the numbers that `proof` works on.

The order of the objective is in the size of the numbers: one more match is worth more than all scores and loads together, and
an existing pair that stays is worth more than all scores. With the dial set, a match is worth just so much.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.domain.matching.edges import Edges, Flags, Whole, no_edges
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import BEST
from bot.domain.matching.tables import FORBIDDEN, Block, Tables

Couple = tuple[str, str]
KEPT_PAIRS = 1 << 26


@dataclass(frozen=True)
class Wishes:
    """What the draw is asked for: settled pairs, pairs that should stay, pairs ruled out, and the dial."""

    settled: tuple[Couple, ...] = ()
    stay: frozenset[Couple] = frozenset()
    apart: tuple[Couple, ...] = ()
    match_worth: int | None = None


class PairMarket:
    """`proof.Market` for mentees and mentors. `floor` hides the pairs that score less."""

    def __init__(self, facts: Facts, wishes: Wishes) -> None:
        self.facts, self.wishes = facts, wishes
        settled = {mentee for mentee, _ in wishes.settled}
        taken = load_of(wishes.settled)
        people = facts.document.people
        self.mentees = [one.id for one in people if one.mentee and not one.paused and one.id not in settled]
        self.mentors = [one.id for one in people if not one.paused and places(facts, one.id) > taken.get(one.id, 0)]
        self.rows = len(self.mentees)
        self.taken = np.array([taken.get(id, 0) for id in self.mentors], dtype=np.int64)
        left = [places(facts, id) - taken.get(id, 0) for id in self.mentors]
        # One place more than there are mentees always stays free, so nobody's last place has a price.
        self.capacity = np.minimum(np.array(left, dtype=np.int64), self.rows + 1)
        self.step = facts.config.load_step
        self.tables = Tables(facts, self.mentees, self.mentors, wishes.apart)
        self.floor = 0
        self._kept: list[Block] | None = None
        self.stay_worth, self.bonus = self._stakes()
        self.known = self._staying() if wishes.stay else no_edges()

    def _stakes(self) -> tuple[int, Whole]:
        """What it is worth to keep a pair, and to match each mentee."""
        waited = np.array([_waited(self.facts, id) for id in self.mentees], dtype=np.int64)
        top = int((self.taken + self.capacity).max(initial=0)) * self.step
        scores = self.rows * (BEST + top) + 1
        if self.wishes.match_worth is not None:
            return scores, self.wishes.match_worth + BEST * waited
        all_else = (len(self.wishes.stay) + 1) * scores if self.wishes.stay else scores
        rank = np.searchsorted(np.unique(waited), waited)
        return scores, all_else * (1 + rank)

    def _staying(self) -> Edges:
        row_of = {id: row for row, id in enumerate(self.mentees)}
        column_of = {id: column for column, id in enumerate(self.mentors)}
        pairs = [(row_of[a], column_of[b]) for a, b in self.wishes.stay if a in row_of and b in column_of]
        if not pairs:
            return no_edges()
        wanted = np.zeros(self.rows, dtype=bool)
        wanted[[row for row, _ in pairs]] = True
        mentor = dict(pairs)
        found = []
        for block in self.blocks(wanted):
            for row, scores in zip(block.rows, block.scores, strict=True):
                at = np.flatnonzero(block.columns == mentor[int(row)])
                if len(at) and scores[at[0]] >= 0:
                    found.append((int(row), mentor[int(row)], int(scores[at[0]])))
        row, column, score = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return no_edges().together(Edges(row, column, score + self.bonus[row] + self.stay_worth))

    def blocks(self, rows: Flags | None = None, columns: Flags | None = None) -> Iterator[Block]:
        found = (
            self._kept_blocks(rows, columns)
            if self.rows * len(self.mentors) <= KEPT_PAIRS
            else self._made(rows, columns)
        )
        return found if self.floor <= 0 else (self._above_floor(block) for block in found)

    def _kept_blocks(self, rows: Flags | None, columns: Flags | None) -> Iterator[Block]:
        if self._kept is None:
            self._kept = list(self.tables.blocks())
        for block in self._kept:
            if rows is not None:
                some = rows[block.rows]
                block = Block(block.rows[some], block.columns, block.scores[some])
            if columns is not None:
                some = columns[block.columns]
                block = Block(block.rows, block.columns[some], block.scores[:, some])
            if block.scores.size:
                yield block

    def _made(self, rows: Flags | None, columns: Flags | None) -> Iterator[Block]:
        if columns is None:
            yield from self.tables.blocks(rows)
            return
        chosen = np.flatnonzero(columns)
        tables = Tables(self.facts, self.mentees, [self.mentors[place] for place in chosen], self.wishes.apart)
        for block in tables.blocks(rows):
            yield Block(block.rows, chosen[block.columns], block.scores)

    def _above_floor(self, block: Block) -> Block:
        return Block(block.rows, block.columns, np.where(block.scores >= self.floor, block.scores, FORBIDDEN))

    def cost(self, column: Whole, load: Whole) -> Whole:
        return self.step * (self.taken[column] + load)

    def profit(self, prices: Whole) -> int:
        """Each mentor takes mentees while the price is above what the next one costs."""
        count = np.minimum(self._paying(prices), self.capacity)
        costs = self.step * (self.taken * count + count * (count - 1) // 2)
        return int((prices * count - costs).sum())

    def _paying(self, prices: Whole) -> Whole:
        """How many places cost less than the price. Without a load each place costs nothing."""
        if not self.step:
            return np.where(prices > 0, self.capacity, 0)
        paying: Whole = np.maximum(-(-prices // self.step) - self.taken, 0)
        return paying

    def couples(self, match: Whole) -> list[Couple]:
        return [(self.mentees[row], self.mentors[match[row]]) for row in np.flatnonzero(match >= 0)]


def places(facts: Facts, mentor: str) -> int:
    offer = facts.people[mentor].mentor
    return offer.capacity if offer else 0


def load_of(couples: tuple[Couple, ...] | list[Couple]) -> Mapping[str, int]:
    load: dict[str, int] = {}
    for _, mentor in couples:
        load[mentor] = load.get(mentor, 0) + 1
    return load


def _waited(facts: Facts, id: str) -> int:
    wish = facts.people[id].mentee
    return wish.waited if wish else 0
