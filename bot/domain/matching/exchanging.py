"""A change by hand to pairs that are drawn already: two mentees change places. Quick enough for a handler."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.matching.candidates import pair
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.results import Json, Pair, Pairs, Unmatched
from bot.domain.matching.rules import Reason, why_not
from bot.domain.matching.unmatched import explain, tally

Couple = tuple[str, str]

SENTENCES: Mapping[Reason, str] = {
    Reason.SELF: "Nobody can be their own mentor.",
    Reason.TYPE_NOT_OFFERED: "The mentor doesn't offer the kind that is looked for.",
    Reason.MANAGER_LINE: "One of them reports to the other, so they cannot be a pair.",
    Reason.SAME_MANAGER: "Both have the same manager, and your program keeps such pairs apart.",
    Reason.LEVEL: "Their levels are too far apart, or too close, for this kind.",
    Reason.LANGUAGE: "They have no language in common.",
    Reason.OVERLAP: "They share too few working hours.",
}
CONFIDENTIAL = "A confidential rule is against it."
"""It does not say of which pair, for that would tell who asked not to meet whom."""


def exchange(document: Document, result: Pairs, one: str, other: str, apart: Collection[Couple] = ()) -> Pairs:
    """Each of the two gets the other's mentor; one of them may be without."""
    mentor_of = {each.mentee: each.mentor for each in result.pairs}
    waiting = {each.mentee for each in result.unmatched}
    _check_mentees(mentor_of.keys() | waiting, one, other)
    if one not in mentor_of and other not in mentor_of:
        raise Refused("Neither of the two has a mentor yet.")
    if mentor_of.get(one) == mentor_of.get(other):
        raise Refused("Both have the same mentor already.")
    facts = Facts(document)
    new = [(mentee, mentor_of[left]) for mentee, left in ((one, other), (other, one)) if left in mentor_of]
    for couple in new:
        _check(facts, couple, apart)
    return _changed(facts, result, new, two=(one, other), apart=apart)


def _check_mentees(known: Collection[str], *two: str) -> None:
    for id in two:
        if id not in known:
            raise Refused("Pick two people who look for a mentor in this draft: they change places.")


def _check(facts: Facts, couple: Couple, apart: Collection[Couple]) -> None:
    mentee, mentor = couple
    if any(set(couple) == set(two) for two in apart):
        raise Refused(f"{mentee} would be with {mentor}, and the two are kept apart in this draft.")
    reasons = [reason for reason in why_not(facts, *couple) if reason is not Reason.NO_CAPACITY]
    told = [SENTENCES[reason] for reason in reasons if reason in SENTENCES]
    if reasons:
        raise Refused(f"{mentee} would be with {mentor}. {told[0]}" if told else CONFIDENTIAL)


def _changed(facts: Facts, result: Pairs, new: Iterable[Couple], *, two: Couple, apart: Collection[Couple]) -> Pairs:
    kept = [each for each in result.pairs if each.mentee not in two]
    pairs = tuple(
        sorted([*kept, *(pair(facts, *couple) for couple in new)], key=lambda each: (each.mentee, each.mentor))
    )
    paired = {each.mentee for each in pairs}
    left = [each for each in result.unmatched if each.mentee not in two]
    left += [explain(facts, mentee, tally(facts, mentee, apart)) for mentee in two if mentee not in paired]
    return replace(
        result,
        header=result.header.changed(facts.document),
        pairs=pairs,
        unmatched=tuple(sorted(left, key=_mentee)),
        summary=result.summary | _summary(facts, result.summary, pairs),
        certificate=None,
    )


def _mentee(each: Unmatched) -> str:
    return each.mentee


def _summary(facts: Facts, before: Json, pairs: Collection[Pair]) -> Json:
    """What a draw says of its pairs, of these; the bound still holds, and is reached by chance only."""
    score = sum(each.score for each in pairs)
    loads = Counter(each.mentor for each in pairs).values()
    load = sum(facts.config.load_step * count * (count - 1) // 2 for count in loads)
    worst = min(pairs, key=lambda each: (each.score, each.mentee))
    gap = before["bound"] - (score - load)
    return {
        "score": score,
        "load": load,
        "objective": score - load,
        "worst": {"mentee": worst.mentee, "score": worst.score},
        "mean": score // len(pairs),
        "gap": gap,
        "proven": before["proven"] and gap == 0,
    }
