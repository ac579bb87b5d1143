"""Why a mentee has no mentor, and the smallest change that would give one.

The reason is the rule that alone keeps the most mentors away, since that is the one worth bending. Blocks and past mismatches are
never put into words, nor is who is on a pause: only how many mentors a change would open.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import hours
from bot.domain.matching.results import Unmatched
from bot.domain.matching.rules import Reason, level_fits, level_gap, why_not
from bot.domain.matching.slots import shared_minutes

EARLY = (Reason.MENTOR_PAUSED, Reason.NO_CAPACITY, Reason.TYPE_NOT_OFFERED)
CONFIDENTIAL = (Reason.BLOCKED, Reason.PAST_MISMATCH)


def mentors(facts: Facts) -> list[str]:
    return [person.id for person in facts.document.mentors]


@dataclass
class Tally:
    """All mentors but the mentee and those ruled out, counted by the first rule that keeps each away, and by the rule that does
    so alone. `minutes` and `gaps` say how near those come whom only their hours or only their level keep away."""

    possible: int = 0
    first: Counter[Reason] = field(default_factory=Counter)
    alone: Counter[Reason] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)
    gaps: Counter[int] = field(default_factory=Counter)

    def counts(self) -> Mapping[str, int]:
        """For a program lead. What is confidential is left out."""
        told = {
            str(reason): self.first[reason] for reason in Reason if reason not in CONFIDENTIAL and self.first[reason]
        }
        return told | {"possible": self.possible}


def tally(facts: Facts, mentee: str, apart: Collection[tuple[str, str]] = ()) -> Tally:
    found = Tally()
    kept_apart = {one for two in apart if mentee in two for one in two}
    for mentor in mentors(facts):
        if mentor == mentee:
            continue
        asked = (Reason.KEPT_APART,) if mentor in kept_apart else ()
        reasons = chain(why_not(facts, mentee, mentor), asked)
        first = next(reasons, None)
        if first is None:
            found.possible += 1
            continue
        found.first[first] += 1
        if not _is_another(facts, (mentee, mentor), first, reasons):
            _count_alone(facts, found, (mentee, mentor), first)
    return found


def _is_another(facts: Facts, pair: tuple[str, str], first: Reason, more: Iterator[Reason]) -> bool:
    """Is there a second reason? Of the rules after the first, what is quick to see is looked at first."""
    quick = first in EARLY and not (level_fits(facts, *pair) and facts.share_language(*pair))
    return quick or next(more, None) is not None


def _count_alone(facts: Facts, found: Tally, pair: tuple[str, str], reason: Reason) -> None:
    found.alone[reason] += 1
    gap = level_gap(facts, *pair)
    if reason is Reason.OVERLAP:
        found.minutes[shared_minutes(facts.slots(pair[0]), facts.slots(pair[1]))] += 1
    elif reason is Reason.LEVEL and gap is not None:
        found.gaps[gap] += 1


def explain(facts: Facts, mentee: str, tally: Tally, left_over: Unmatched | None = None) -> Unmatched:
    """`left_over` is what to say where mentors were possible and the draw gave them to others."""
    return replace(_explained(facts, mentee, tally, left_over), counts=tally.counts())


def _explained(facts: Facts, mentee: str, tally: Tally, left_over: Unmatched | None) -> Unmatched:
    if facts.people[mentee].paused:
        return Unmatched(mentee, Reason.MENTEE_PAUSED, "Ending the pause; nobody is matched on a pause.")
    if tally.possible:
        return _but_for_the_lead(left_over or taken(mentee, tally.possible), tally)
    if not tally.first:
        return Unmatched(mentee, Reason.NOT_A_MENTOR, "Somebody who offers this: nobody does yet.")
    reason = _binding(tally)
    said = [_change(facts, mentee, reason, tally), *_skill_nobody_offers(facts, mentee)]
    return Unmatched(mentee, reason, " ".join(said))


def _but_for_the_lead(left_over: Unmatched, tally: Tally) -> Unmatched:
    if not (count := tally.alone[Reason.KEPT_APART]):
        return left_over
    said = (
        f"{count} more {'mentor' if count == 1 else 'mentors'} would fit, from whom a program lead keeps them apart."
    )
    return replace(left_over, would_help=f"{left_over.would_help} {said}")


def taken(mentee: str, possible: int) -> Unmatched:
    if possible == 1:
        said = "One more place with the only mentor who is possible, whose places are all taken."
    else:
        said = f"One more place with one of the {possible} mentors who are possible; all their places are taken."
    return Unmatched(mentee, Reason.NO_CAPACITY, said)


def _binding(tally: Tally) -> Reason:
    best = max(CHANGES, key=lambda reason: tally.alone[reason])
    return best if tally.alone[best] else max(Reason, key=lambda reason: tally.first[reason])


def _change(facts: Facts, mentee: str, reason: Reason, tally: Tally) -> str:
    if reason in CHANGES and tally.alone[reason]:
        return CHANGES[reason](facts, mentee, tally)
    wish = facts.people[mentee].mentee
    if wish is None:
        return ""
    if reason is Reason.MANAGER_LINE:
        return f"A new mentor of the kind *{wish.type}* outside their reporting line."
    if tally.alone:
        return f"A new mentor of the kind *{wish.type}*: the rules that keep out the others stay."
    return f"A new mentor of the kind *{wish.type}*: each of the others is kept out by more than one rule."


def _more_hours(facts: Facts, mentee: str, tally: Tally) -> str:
    most = max(tally.minutes)
    missing = facts.config.min_overlap_minutes_per_week - most
    return f"{_capital(hours(missing, 'more shared working'))} a week would open {_mentors(tally.minutes[most])}."


def _other_level(facts: Facts, mentee: str, tally: Tally) -> str:
    wish = facts.people[mentee].mentee
    low, high = facts.config.level_rule[wish.type] if wish else (0, 0)
    nearest = min(tally.gaps, key=lambda gap: (max(low - gap, gap - high), gap))
    where = "at their own level"
    if nearest:
        levels = "1 level" if abs(nearest) == 1 else f"{abs(nearest)} levels"
        where = f"{levels} {'above' if nearest > 0 else 'below'} them"
    return f"Allowing mentors {where} would open {_mentors(tally.gaps[nearest])}."


def _other_language(facts: Facts, mentee: str, tally: Tally) -> str:
    return f"A language in common with {_mentors(tally.alone[Reason.LANGUAGE])} who would be possible otherwise."


def _other_type(facts: Facts, mentee: str, tally: Tally) -> str:
    wish = facts.people[mentee].mentee
    opened = _mentors(tally.alone[Reason.TYPE_NOT_OFFERED])
    return f"{opened} would fit, and would have to offer the kind *{wish.type if wish else ''}* as well."


def _more_places(facts: Facts, mentee: str, tally: Tally) -> str:
    return f"One place with {_mentors(tally.alone[Reason.NO_CAPACITY])} who would be possible and have none left."


def _end_of_pause(facts: Facts, mentee: str, tally: Tally) -> str:
    return f"The end of a pause: {_mentors(tally.alone[Reason.MENTOR_PAUSED])} would be possible after it."


def _lead_asked(facts: Facts, mentee: str, tally: Tally) -> str:
    return f"Taking back that they are kept apart from {_mentors(tally.alone[Reason.KEPT_APART])} who would fit."


def _same_manager(facts: Facts, mentee: str, tally: Tally) -> str:
    return f"Allowing pairs with the same manager would open {_mentors(tally.alone[Reason.SAME_MANAGER])}."


CHANGES: Mapping[Reason, Callable[[Facts, str, Tally], str]] = {
    Reason.KEPT_APART: _lead_asked,
    Reason.OVERLAP: _more_hours,
    Reason.LEVEL: _other_level,
    Reason.NO_CAPACITY: _more_places,
    Reason.TYPE_NOT_OFFERED: _other_type,
    Reason.LANGUAGE: _other_language,
    Reason.SAME_MANAGER: _same_manager,
    Reason.MENTOR_PAUSED: _end_of_pause,
}
"""What can be changed, the easiest first; the first wins where two would open as many mentors."""


def _skill_nobody_offers(facts: Facts, mentee: str) -> list[str]:
    own = facts.offered(mentee)
    missing = [name for name in facts.wanted(mentee) if facts.offers[name] == (name in own)]
    return [f"A mentor for *{missing[0]}*: none offers it."] if missing else []


def _mentors(count: int) -> str:
    return "1 mentor" if count == 1 else f"{count} mentors"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
