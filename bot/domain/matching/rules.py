"""Who may never meet, and by which rule.

The codes and their order are part of the document format: a reason given to a program lead is always the first of these
that applies, and a pair is possible only when none does.
"""

from collections.abc import Iterator
from enum import StrEnum

from bot.domain.matching.document import Person
from bot.domain.matching.facts import Facts
from bot.domain.matching.slots import shared_minutes


class Reason(StrEnum):
    """Why a mentee and a mentor may not be paired."""

    SELF = "self"
    NOT_A_MENTEE = "not_a_mentee"
    NOT_A_MENTOR = "not_a_mentor"
    MENTEE_PAUSED = "mentee_paused"
    MENTOR_PAUSED = "mentor_paused"
    NO_CAPACITY = "no_capacity"
    TYPE_NOT_OFFERED = "type_not_offered"
    BLOCKED = "blocked"
    PAST_MISMATCH = "past_mismatch"
    MANAGER_LINE = "manager_line"
    SAME_MANAGER = "same_manager"
    LEVEL = "level"
    LANGUAGE = "language"
    OVERLAP = "overlap"
    KEPT_APART = "kept_apart"
    """No rule of the document: whoever asked for the draw wants the two apart."""
    NOT_WORTH_IT = "not_worth_it"
    """No rule: the dial asks for more than any mentor left would bring."""


class CircleReason(StrEnum):
    """Why somebody who asked for a circle has none. Blocks are confidential: they read `no_circle_fits`."""

    HEADCOUNT = "headcount"
    OVERLAP = "overlap"
    LANGUAGE = "language"
    MANAGER_LINE = "manager_line"
    KEPT_APART = "kept_apart"
    ISOLATED = "isolated"
    """They would be the only one of a group; of which is confidential."""
    NO_CIRCLE_FITS = "no_circle_fits"


def why_not(facts: Facts, mentee: str, mentor: str) -> Iterator[Reason]:
    """Every rule that keeps the two apart, in the order of the codes."""
    learner, teacher = facts.people[mentee], facts.people[mentor]
    yield from _not_available(learner, teacher)
    if learner.mentee is None or teacher.mentor is None or mentee == mentor:
        return
    if learner.mentee.type not in teacher.mentor.types:
        yield Reason.TYPE_NOT_OFFERED
    yield from _kept_apart(facts, mentee, mentor)
    if not level_fits(facts, mentee, mentor):
        yield Reason.LEVEL
    if not facts.share_language(mentee, mentor):
        yield Reason.LANGUAGE
    if shared_minutes(facts.slots(mentee), facts.slots(mentor)) < facts.config.min_overlap_minutes_per_week:
        yield Reason.OVERLAP


def may_pair(facts: Facts, mentee: str, mentor: str) -> bool:
    return next(why_not(facts, mentee, mentor), None) is None


def _not_available(learner: Person, teacher: Person) -> Iterator[Reason]:
    if learner.id == teacher.id:
        yield Reason.SELF
    if learner.mentee is None:
        yield Reason.NOT_A_MENTEE
    if teacher.mentor is None:
        yield Reason.NOT_A_MENTOR
    if learner.paused:
        yield Reason.MENTEE_PAUSED
    if teacher.paused:
        yield Reason.MENTOR_PAUSED
    if teacher.mentor is not None and teacher.mentor.capacity == 0:
        yield Reason.NO_CAPACITY


def _kept_apart(facts: Facts, mentee: str, mentor: str) -> Iterator[Reason]:
    if facts.blocked(mentee, mentor):
        yield Reason.BLOCKED
    if facts.mismatched(mentee, mentor):
        yield Reason.PAST_MISMATCH
    if facts.in_line(mentee, mentor, 1 if facts.config.manager_line == "direct" else None):
        yield Reason.MANAGER_LINE
    managers = facts.people[mentee].manager, facts.people[mentor].manager
    if facts.config.same_manager_excluded and managers[0] is not None and managers[0] == managers[1]:
        yield Reason.SAME_MANAGER


def level_gap(facts: Facts, mentee: str, mentor: str) -> int | None:
    """How many levels the mentor is above; None when either did not say."""
    learner, teacher = facts.people[mentee].level, facts.people[mentor].level
    return None if learner is None or teacher is None else teacher - learner


def level_fits(facts: Facts, mentee: str, mentor: str) -> bool:
    """An unknown level keeps nobody out: only a known gap can break the rule."""
    wish = facts.people[mentee].mentee
    rule = facts.config.level_rule.get(wish.type) if wish else None
    gap = level_gap(facts, mentee, mentor)
    return rule is None or gap is None or rule[0] <= gap <= rule[1]
