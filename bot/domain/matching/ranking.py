"""The best mentors for one mentee, quick enough for a click.

The skills are looked at first, as they are cheap to read and weigh most: whoever could not come among the best even with all
other points is passed by. The answer is that of `fit` and `rules`, which have the last word on everyone who is listed.
"""

import heapq
from collections.abc import Callable, Hashable
from typing import TypeVar

from bot.domain.matching.config import COMPONENTS, PRIORITIES
from bot.domain.matching.document import Mentee, Mentor, Person
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import FIELD_NAMES, fit, overlap_points
from bot.domain.matching.rules import may_pair
from bot.domain.matching.skills import fold
from bot.domain.matching.slots import shared_minutes

Key = TypeVar("Key", bound=Hashable)


def best_mentors(facts: Facts, mentee: str, count: int) -> list[str]:
    wish = facts.people[mentee].mentee
    if wish is None:
        return []
    sieve = Sieve(facts, facts.people[mentee], wish)
    best: list[tuple[int, int, str]] = []
    for place, person in enumerate(facts.document.mentors):
        offer = person.mentor
        if offer is None or not offer.capacity or person.paused or wish.type not in offer.types:
            continue
        if not sieve.speaks_with(person.languages) or sieve.is_out_of_level(person.level):
            continue
        bar = best[0][0] if len(best) == count else -1
        if bar >= sieve.without_skill and sieve.offers_nothing(offer):
            continue
        # Of two who score the same the one further up stays.
        if sieve.most(offer) <= bar or sieve.most(offer, person) <= bar or not may_pair(facts, mentee, person.id):
            continue
        score = fit(facts, mentee, person.id).score
        if score > bar:
            add = heapq.heappush if len(best) < count else heapq.heapreplace
            add(best, (score, -place, person.id))
    return [id for _, _, id in sorted(best, reverse=True)]


class Sieve:
    """The most that a mentor can score with one mentee, without what is between these two alone."""

    def __init__(self, facts: Facts, learner: Person, wish: Mentee) -> None:
        self._facts, self._learner, self._wish = facts, learner, wish
        self._weights = facts.config.weights[wish.type]
        self.without_skill = 100 * sum(self._weights.get(name, 0) for name in COMPONENTS if name != "skill")
        self._near = self._near_skills()
        self._mine = {fold(name) for name in learner.interests}
        self._levels = _remembered(self._level)
        self._at_work = _remembered(self._overlap)
        self._apart = _remembered(self._distance)
        self._shared = _remembered(self._interests)
        self._groups = _remembered(self._preference)
        own = facts.languages[learner.id]
        self._spoken: Callable[[tuple[str, ...]], int] = _remembered(
            lambda theirs: not own.isdisjoint(map(fold, theirs))
        )

    def speaks_with(self, theirs: tuple[str, ...]) -> int:
        return self._spoken(theirs)

    def is_out_of_level(self, theirs: int | None) -> bool:
        return self._levels(theirs) < 0

    def offers_nothing(self, offer: Mentor) -> bool:
        return self._near.keys().isdisjoint(offer.skills)

    def most(self, offer: Mentor, person: Person | None = None) -> int:
        """With all other points, or with those of this person; -1 is out of reach."""
        skill = 0
        if not self.offers_nothing(offer):
            shares = zip(*(self._near[name] for name in offer.skills if name in self._near), strict=True)
            skill = self._weights.get("skill", 0) * (sum(map(max, shares)) // 100)
        if person is None:
            return skill + self.without_skill
        level = self._levels(person.level)
        overlap = -1 if level < 0 else self._at_work(self._facts.slots(person.id))
        if overlap < 0:
            return -1
        apart = self._apart((person.dept, person.country, person.background))
        return skill + overlap + level + apart + self._shared(person.interests) + self._groups(person.groups)

    def _near_skills(self) -> dict[str, tuple[int, ...]]:
        """What each skill that is near a wanted one, as mentors spell it, is worth for each of those."""
        skills, given = self._facts.document.skills, self._facts.config.skill_priority
        wanted = [
            (name, given[place])
            for name, place in zip(self._facts.wanted(self._learner.id), PRIORITIES, strict=False)
        ]
        found = {}
        for spelled in self._facts.document.offered_skills:
            name = skills.canonical(spelled)
            worth = tuple(share * skills.closeness(wish, name) for wish, share in wanted)
            if any(worth):
                found[spelled] = worth
        return found

    def _level(self, theirs: int | None) -> int:
        mine, rule = self._learner.level, self._facts.config.level_rule.get(self._wish.type)
        if mine is None or theirs is None:
            return 0
        if rule is not None and not rule[0] <= theirs - mine <= rule[1]:
            return -1
        by_gap = self._facts.config.level_gap_points.get(self._wish.type, {})
        return self._weights.get("level", 0) * by_gap.get(theirs - mine, 0)

    def _overlap(self, slots: int) -> int:
        minutes = shared_minutes(self._facts.slots(self._learner.id), slots)
        if minutes < self._facts.config.min_overlap_minutes_per_week:
            return -1
        return self._weights.get("overlap", 0) * overlap_points(
            minutes, self._facts.config.overlap_saturation_minutes
        )

    def _distance(self, place: tuple[str | None, ...]) -> int:
        given = self._facts.config.distance_points
        mine = [getattr(self._learner, name) for name in FIELD_NAMES]
        differs = (None not in (one, other) and one != other for one, other in zip(mine, place, strict=True))
        points = sum(given[name] for name, is_other in zip(FIELD_NAMES, differs, strict=True) if is_other)
        return self._weights.get("distance", 0) * points

    def _interests(self, theirs: tuple[str, ...]) -> int:
        shared = len(self._mine.intersection(map(fold, theirs)))
        return self._weights.get("interests", 0) * min(100, self._facts.config.interest_points * shared)

    def _preference(self, theirs: tuple[str, ...]) -> int:
        return 0 if set(self._wish.prefer_groups).isdisjoint(theirs) else 100 * self._weights.get("preference", 0)


def _remembered(work_out: Callable[[Key], int]) -> Callable[[Key], int]:
    """Worked out once for each key. Lighter than functools.cache, which locks and counts."""

    class Answers(dict[Key, int]):
        def __missing__(self, key: Key) -> int:
            found = self[key] = work_out(key)
            return found

    return Answers().__getitem__
