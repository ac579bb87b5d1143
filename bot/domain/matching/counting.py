"""Counts, for mentees without a mentor, by which rules each mentor is out of reach: `unmatched.tally` for whole programs."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from bot.domain.matching.edges import Whole
from bot.domain.matching.facts import Facts
from bot.domain.matching.lines import Lines
from bot.domain.matching.rules import Reason
from bot.domain.matching.slots import SLOT
from bot.domain.matching.tables import Members, words
from bot.domain.matching.unmatched import Tally, mentors

CODES = (
    Reason.MENTOR_PAUSED,
    Reason.NO_CAPACITY,
    Reason.TYPE_NOT_OFFERED,
    Reason.BLOCKED,
    Reason.PAST_MISMATCH,
    Reason.MANAGER_LINE,
    Reason.SAME_MANAGER,
    Reason.LEVEL,
    Reason.LANGUAGE,
    Reason.OVERLAP,
    Reason.KEPT_APART,
)
"""In the order in which the rules are asked."""
BIT = {reason: 1 << place for place, reason in enumerate(CODES)}


class Counting:
    """All mentors, whatever keeps them away, as arrays."""

    def __init__(self, facts: Facts, mentees: Sequence[str], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._facts, self._mentees = facts, mentees
        self._ids = mentors(facts)
        self._lines = Lines(facts, mentees, self._ids, apart)
        people = [facts.people[id] for id in self._ids]
        offers = [(one.paused, one.mentor.capacity if one.mentor else 0) for one in people]
        self._levels = np.array([-99 if one.level is None else one.level for one in people])
        self._types = Members(one.mentor.types if one.mentor else () for one in people)
        self._languages = Members(facts.languages[id] for id in self._ids)
        self._slots = words([facts.slots(id) for id in self._ids])
        self._base = np.array(
            [paused * BIT[Reason.MENTOR_PAUSED] | (not room) * BIT[Reason.NO_CAPACITY] for paused, room in offers],
            dtype=np.int64,
        )

    def tally(self, row: int) -> Tally:
        id = self._mentees[row]
        minutes = np.bitwise_count(self._slots & words([self._facts.slots(id)])[0]).sum(axis=1, dtype=np.int64) * SLOT
        reasons = self._reasons(row, minutes)
        reasons[self._lines.themselves(row)] = -1
        counted = np.bincount(reasons[reasons >= 0], minlength=1 << len(CODES))
        found = Tally(possible=int(counted[0]))
        for code in np.flatnonzero(counted[1:]) + 1:
            found.first[CODES[(int(code) & -int(code)).bit_length() - 1]] += int(counted[code])
        for reason, bit in BIT.items():
            if counted[bit]:
                found.alone[reason] = int(counted[bit])
        level = self._facts.people[id].level
        found.minutes = _counter(minutes[reasons == BIT[Reason.OVERLAP]])
        if level is not None:
            found.gaps = _counter(self._levels[reasons == BIT[Reason.LEVEL]] - level)
        return found

    def _reasons(self, row: int, minutes: Whole) -> Whole:
        person, config = self._facts.people[self._mentees[row]], self._facts.config
        type = person.mentee.type if person.mentee else ""
        found = self._base.copy()
        found[self._types.count((type,)) == 0] |= BIT[Reason.TYPE_NOT_OFFERED]
        found[self._lines.ruled_out(row)] |= BIT[Reason.KEPT_APART]
        found[self._lines.blocked(row)] |= BIT[Reason.BLOCKED]
        found[self._lines.mismatched(row)] |= BIT[Reason.PAST_MISMATCH]
        found[self._lines.in_line(row)] |= BIT[Reason.MANAGER_LINE]
        found[self._lines.same_manager(row)] |= BIT[Reason.SAME_MANAGER]
        if person.level is not None and type in config.level_rule:
            low, high = config.level_rule[type]
            gaps = self._levels - person.level
            found[(self._levels >= 0) & ((gaps < low) | (gaps > high))] |= BIT[Reason.LEVEL]
        found[self._languages.count(self._facts.languages[person.id]) == 0] |= BIT[Reason.LANGUAGE]
        found[minutes < config.min_overlap_minutes_per_week] |= BIT[Reason.OVERLAP]
        return found


def _counter(values: Whole) -> Counter[int]:
    kinds, counts = np.unique(values, return_counts=True)
    return Counter(dict(zip(kinds.tolist(), counts.tolist(), strict=True)))
