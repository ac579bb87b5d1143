"""What is between a mentee and single mentors: blocks, mismatches, one line of managers, a pair before.

Lines of managers are numbered as a tree: whoever is below somebody stands in one stretch of the numbering. So all who are
below are a slice, and all who are above are found without walking a line that is thousands of people long.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bot.domain.matching.facts import MET, Facts

Places = npt.NDArray[np.int64]

WALKED = 64
"""A line longer than this is looked up in the numbering instead."""


class Lines:
    def __init__(
        self, facts: Facts, mentees: Sequence[str], mentors: Sequence[str], apart: Iterable[tuple[str, str]]
    ) -> None:
        self._facts = facts
        self._mentees = mentees
        self._place = {id: place for place, id in enumerate(mentors)}
        document = facts.document
        met = {(past.a, past.b) for past in document.history if past.kind == "mentor" and past.outcome in MET}
        mismatches = {(past.a, past.b) for past in document.history if past.outcome == "mismatch"}
        self._blocked, self._ruled_out = self._both_ways(document.blocks), self._both_ways(apart)
        self._mismatched, self._met = self._both_ways(mismatches), self._both_ways(met)
        self._reports = self._mentors_under(mentors)
        self._first, self._past, self._depth = _numbering(facts)
        self._starts = np.array([self._first[id] for id in mentors], dtype=np.int64)
        self._ends = np.array([self._past[id] for id in mentors], dtype=np.int64)
        self._order = np.argsort(self._starts, kind="stable")
        self._sorted = self._starts[self._order]

    def apart(self, row: int) -> Places:
        """All mentors whom this mentee may not have for what is between the two."""
        rules = (self.themselves, self.ruled_out, self.blocked, self.mismatched, self.same_manager, self.in_line)
        return np.concatenate([rule(row) for rule in rules])

    def blocked(self, row: int) -> Places:
        return self._of(self._blocked, row)

    def mismatched(self, row: int) -> Places:
        return self._of(self._mismatched, row)

    def themselves(self, row: int) -> Places:
        place = self._place.get(self._mentees[row])
        return np.array([] if place is None else [place], dtype=np.int64)

    def ruled_out(self, row: int) -> Places:
        """Whom a program lead keeps apart from them."""
        return self._of(self._ruled_out, row)

    def same_manager(self, row: int) -> Places:
        id = self._mentees[row]
        manager = self._facts.people[id].manager
        if not self._facts.config.same_manager_excluded or manager is None:
            return np.empty(0, dtype=np.int64)
        return np.array(
            [place for place in self._reports.get(manager, ()) if place != self._place.get(id)], dtype=np.int64
        )

    def met(self, row: int) -> Places:
        return self._of(self._met, row)

    def _of(self, pairs: Mapping[str, list[int]], row: int) -> Places:
        return np.array(pairs.get(self._mentees[row], ()), dtype=np.int64)

    def in_line(self, row: int) -> Places:
        """Mentors above and below, not the mentee themselves."""
        id = self._mentees[row]
        if self._facts.config.manager_line == "direct":
            manager = self._facts.people[id].manager
            above = [self._place[manager]] if manager in self._place else []
            return np.array([*above, *self._reports.get(id, ())], dtype=np.int64)
        start, end = np.searchsorted(self._sorted, [self._first[id], self._past[id]])
        below = self._order[start:end]
        return np.concatenate([below[below != self._place.get(id, -1)], self._above(id)])

    def _above(self, id: str) -> Places:
        if self._depth[id] > WALKED:
            at = self._first[id]
            return np.flatnonzero((self._starts < at) & (self._ends > at))
        found, people = [], self._facts.people
        above = people[id].manager
        while above is not None and above in people:
            if above in self._place:
                found.append(self._place[above])
            above = people[above].manager
        return np.array(found, dtype=np.int64)

    def _mentors_under(self, mentors: Sequence[str]) -> Mapping[str, list[int]]:
        """The mentors who report to somebody directly."""
        found: dict[str, list[int]] = {}
        for place, id in enumerate(mentors):
            manager = self._facts.people[id].manager
            if manager is not None:
                found.setdefault(manager, []).append(place)
        return found

    def _both_ways(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for one, other in pairs:
            for mentee, mentor in ((one, other), (other, one)):
                if mentor in self._place:
                    found.setdefault(mentee, []).append(self._place[mentor])
        return found


def _numbering(facts: Facts) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """The place of each person in a walk through the tree, the place past everybody below, and the depth."""
    below: dict[str | None, list[str]] = {}
    for person in facts.document.people:
        known = person.manager if person.manager in facts.people else None
        below.setdefault(known, []).append(person.id)
    first: dict[str, int] = {}
    past: dict[str, int] = {}
    depth: dict[str, int] = {}
    waiting = [(id, 0) for id in reversed(below.get(None, []))]
    while waiting:
        id, level = waiting.pop()
        if level < 0:
            past[id] = len(first)
            continue
        first[id], depth[id] = len(first), level
        waiting.append((id, -1))
        waiting += [(report, level + 1) for report in reversed(below.get(id, []))]
    return first, past, depth
