"""Mentor and mentee pairs for a whole program, proven best.

Most mentees are matched first, then the sum of scores less the load is as high as it can be. Each place of a mentor is a
column of an assignment problem whose cost rises with the place, so that first places fill first; a column of their own lets
each mentee stay unmatched at a cost above all others. Costs are whole numbers below 2 ** 53, so the solver's floats are exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from bot.domain.errors import Refused
from bot.domain.matching.candidates import pair
from bot.domain.matching.dice import lot
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import BEST, fit
from bot.domain.matching.options import Options
from bot.domain.matching.results import Header, Json, Pair, Pairs
from bot.domain.matching.rules import why_not
from bot.domain.matching.unmatched import explain, mentors

LOTS = 1024
EXACT = 2**53

Scores = Mapping[tuple[str, str], int]
Couple = tuple[str, str]


def propose_pairs(document: Document, options: Options | None = None) -> Pairs:
    options = options or Options()
    facts = Facts(document)
    kept = _kept(facts, options)
    market = Market(facts, kept, _scores(facts, options, kept))
    floor = market.floor() if options.fair == "floor" else 0
    chosen = market.solve(floor, options.match_worth)
    matched = tuple(pair(facts, *couple) for couple in sorted([*kept, *chosen]))
    paired = {each.mentee for each in matched}
    left = [person.id for person in document.people if person.mentee and person.id not in paired]
    return Pairs(
        header=Header.of(document, options),
        pairs=matched,
        unmatched=tuple(explain(facts, mentee, _ruled_out(options, mentee)) for mentee in left),
        summary=_summary(facts, matched, left) | _fairness(market, options, floor, chosen),
    )


def _ruled_out(options: Options, mentee: str) -> list[str]:
    return [other for couple in options.apart if mentee in couple for other in couple if other != mentee]


def _kept(facts: Facts, options: Options) -> list[Couple]:
    """Settled pairs, (mentee, mentor); each must still be allowed, and nobody may have two mentors here."""
    kept: list[Couple] = []
    for entry in options.keep:
        if len(entry) != 2 or not set(entry) <= facts.people.keys():
            raise Refused(f"A pair to keep is a mentee and a mentor of this draw; {', '.join(entry)} is not.")
        reason = next(why_not(facts, entry[0], entry[1]), None)
        if reason is not None:
            raise Refused(f"The pair {entry[0]} and {entry[1]} cannot be kept: the rule {reason} is against it.")
        kept.append((entry[0], entry[1]))
    _within_places(facts, kept)
    return kept


def _within_places(facts: Facts, kept: list[Couple]) -> None:
    if len({mentee for mentee, _ in kept}) < len(kept):
        raise Refused("A mentee is kept with two mentors; keep one of them.")
    for mentor, count in _load(kept).items():
        if count > places(facts, mentor):
            raise Refused(f"{mentor} has {places(facts, mentor)} places, and more pairs than that are to be kept.")


def places(facts: Facts, mentor: str) -> int:
    offer = facts.people[mentor].mentor
    return offer.capacity if offer else 0


def _load(couples: Iterable[Couple]) -> dict[str, int]:
    load: dict[str, int] = {}
    for _, mentor in couples:
        load[mentor] = load.get(mentor, 0) + 1
    return load


def _scores(facts: Facts, options: Options, kept: list[Couple]) -> Scores:
    """Every allowed pair of those who are not settled."""
    settled, apart = {mentee for mentee, _ in kept}, set(options.apart)
    found = {}
    for person in facts.document.people:
        if person.mentee is None or person.paused or person.id in settled:
            continue
        for mentor in mentors(facts):
            couple = (min(person.id, mentor), max(person.id, mentor))
            if couple not in apart and next(why_not(facts, person.id, mentor), None) is None:
                found[person.id, mentor] = fit(facts, person.id, mentor).score
    return found


@dataclass
class Market:
    """The open mentees and the open places."""

    facts: Facts
    kept: list[Couple]
    scores: Scores

    def __post_init__(self) -> None:
        self.mentees = sorted({mentee for mentee, _ in self.scores})
        self.load = _load(self.kept)
        self.columns: list[tuple[str, int]] = []
        for mentor in sorted({mentor for _, mentor in self.scores}):
            taken = self.load.get(mentor, 0)
            most = min(places(self.facts, mentor), taken + len(self.mentees))
            self.columns += [(mentor, place) for place in range(taken, most)]
        self.of_mentor: dict[str, list[int]] = {}
        for column, (mentor, _) in enumerate(self.columns):
            self.of_mentor.setdefault(mentor, []).append(column)

    def solve(self, floor: int = 0, match_worth: int | None = None) -> list[Couple]:
        couples = [couple for couple, score in self.scores.items() if score >= floor]
        if not couples:
            return []
        rows, columns, costs = self._entries(couples, match_worth)
        width = len(self.columns) + len(self.mentees)
        matrix = csr_array((costs, (rows, columns)), shape=(len(self.mentees), width))
        matched = zip(*min_weight_full_bipartite_matching(matrix), strict=True)
        return [(self.mentees[row], self.columns[column][0]) for row, column in matched if column < len(self.columns)]

    def _entries(self, couples: list[Couple], match_worth: int | None) -> tuple[list[int], list[int], list[float]]:
        row_of = {mentee: row for row, mentee in enumerate(self.mentees)}
        step = self.facts.config.load_step
        base = BEST + abs(match_worth or 0)
        dearest = base + step * max((place for _, place in self.columns), default=0) + 1
        scale = self._scale(dearest)
        unmatched = dearest * (len(self.mentees) + 1) if match_worth is None else base + match_worth
        rows, columns, costs = [], [], []
        for mentee, mentor in couples:
            drawn = lot(self.facts.document.seed, mentee, mentor) % LOTS if scale > 1 else 0
            for column in self.of_mentor.get(mentor, ()):
                cost = base - self.scores[mentee, mentor] + step * self.columns[column][1]
                rows.append(row_of[mentee])
                columns.append(column)
                costs.append(float(cost * scale + drawn + 1))
        for row in range(len(self.mentees)):
            rows.append(row)
            columns.append(len(self.columns) + row)
            costs.append(float(unmatched * scale + LOTS))
        return rows, columns, costs

    def _scale(self, dearest: int) -> int:
        """Room below one point of score for the lots that settle ties; none where the sums would leave exact floats."""
        heads = len(self.mentees) + 1
        scale = LOTS * heads
        return scale if dearest * heads * heads * scale < EXACT else 1

    def floor(self) -> int:
        """The highest score that every matched mentee can have while as many are matched as ever can be."""
        levels = sorted({0, *self.scores.values()})
        most, low, high = self._cardinality(0), 0, len(levels) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._cardinality(levels[middle]) == most:
                low = middle
            else:
                high = middle - 1
        return levels[low]

    def _cardinality(self, floor: int) -> int:
        row_of = {mentee: row for row, mentee in enumerate(self.mentees)}
        entries = [
            (row_of[mentee], column)
            for (mentee, mentor), score in self.scores.items()
            if score >= floor
            for column in self.of_mentor.get(mentor, ())
        ]
        if not entries:
            return 0
        rows, columns = np.array(entries).T
        shape = (len(self.mentees), len(self.columns))
        graph = csr_array((np.ones(len(entries)), (rows, columns)), shape=shape)
        return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())

    def objective(self, chosen: Iterable[Couple]) -> int:
        """The sum of scores less the load of the open pairs."""
        couples = list(chosen)
        total = sum(self.scores[couple] for couple in couples)
        for mentor, count in _load(couples).items():
            before = self.load.get(mentor, 0)
            total -= load_cost(self.facts, before + count) - load_cost(self.facts, before)
        return total


def load_cost(facts: Facts, count: int) -> int:
    return facts.config.load_step * count * (count - 1) // 2


def _summary(facts: Facts, matched: tuple[Pair, ...], left: list[str]) -> Json:
    score = sum(each.score for each in matched)
    load = _load((each.mentee, each.mentor) for each in matched)
    cost = sum(load_cost(facts, count) for count in load.values())
    worst = min(matched, key=lambda each: (each.score, each.mentee), default=None)
    return {
        "mentees": len(matched) + len(left),
        "matched": len(matched),
        "unmatched": len(left),
        "places": sum(places(facts, mentor) for mentor in mentors(facts) if not facts.people[mentor].paused),
        "score": score,
        "load": cost,
        "objective": score - cost,
        "worst": None if worst is None else {"mentee": worst.mentee, "score": worst.score},
        "mean": score // len(matched) if matched else 0,
    }


def _fairness(market: Market, options: Options, floor: int, chosen: list[Couple]) -> Json:
    """The solver looked at all pairs, so what it found is its own bound. A floor has a price, which is reported."""
    settled = sum(fit(market.facts, *couple).score for couple in market.kept)
    settled -= sum(load_cost(market.facts, count) for count in market.load.values())
    best = settled + market.objective(chosen)
    found: Json = {"bound": best, "gap": 0, "fair": options.fair}
    if options.fair == "floor":
        free = settled + market.objective(market.solve(0, options.match_worth))
        found |= {"floor": floor, "price": free - best}
    return found
