"""Why a mentee has no mentor, and the smallest change that would give one.

The reason is the rule that alone keeps the most mentors away, since that is the one worth bending. Blocks and past mismatches are
never put into words, nor is who is on a pause: only how many mentors a change would open.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import hours
from bot.domain.matching.results import Unmatched
from bot.domain.matching.rules import Reason, level_gap, why_not
from bot.domain.matching.slots import shared_minutes


def mentors(facts: Facts) -> list[str]:
    return [person.id for person in facts.document.people if person.mentor is not None]


def explain(facts: Facts, mentee: str, apart: Iterable[str] = ()) -> Unmatched:
    """For a mentee whom no draw could match; `apart` are mentors whom a program lead ruled out."""
    if facts.people[mentee].paused:
        return Unmatched(mentee, Reason.MENTEE_PAUSED, "Ending the pause; nobody is matched on a pause.")
    ruled_out = {mentee, *apart}
    against = {mentor: tuple(why_not(facts, mentee, mentor)) for mentor in mentors(facts) if mentor not in ruled_out}
    if not against:
        return Unmatched(mentee, Reason.NOT_A_MENTOR, "A mentor: nobody else offers mentoring yet.")
    possible = sum(not reasons for reasons in against.values())
    if possible:
        return Unmatched(mentee, Reason.NO_CAPACITY, _taken(possible))
    reason, by_it_alone = _binding(against)
    said = [_change(facts, mentee, reason, by_it_alone), *_skill_nobody_offers(facts, mentee)]
    return Unmatched(mentee, reason, " ".join(said))


def _taken(possible: int) -> str:
    if possible == 1:
        return "One more place with the only mentor who is possible, whose places are all taken."
    return f"One more place with one of the {possible} mentors who are possible; all their places are taken."


def _binding(against: Mapping[str, Sequence[Reason]]) -> tuple[Reason, list[str]]:
    alone: dict[Reason, list[str]] = {reason: [] for reason in CHANGES}
    for mentor, reasons in against.items():
        if len(reasons) == 1 and reasons[0] in alone:
            alone[reasons[0]].append(mentor)
    best = max(CHANGES, key=lambda reason: len(alone[reason]))
    if alone[best]:
        return best, alone[best]
    first = Counter(reasons[0] for reasons in against.values())
    return max(Reason, key=lambda reason: first[reason]), []


def _change(facts: Facts, mentee: str, reason: Reason, mentors: list[str]) -> str:
    if not mentors:
        wish = facts.people[mentee].mentee
        return (
            f"A new mentor of the type {wish.type}: each of the others is kept out by more than one rule."
            if wish
            else ""
        )
    return CHANGES[reason](facts, mentee, mentors)


def _more_hours(facts: Facts, mentee: str, mentors: list[str]) -> str:
    shared = {mentor: shared_minutes(facts.slots(mentee), facts.slots(mentor)) for mentor in mentors}
    missing = facts.config.min_overlap_minutes_per_week - max(shared.values())
    opened = sum(minutes == max(shared.values()) for minutes in shared.values())
    return f"{_capital(hours(missing, 'more shared working'))} a week would open {_mentors(opened)}."


def _other_level(facts: Facts, mentee: str, mentors: list[str]) -> str:
    wish = facts.people[mentee].mentee
    low, high = facts.config.level_rule[wish.type] if wish else (0, 0)
    gaps = Counter(level_gap(facts, mentee, mentor) for mentor in mentors)
    nearest = min((gap for gap in gaps if gap is not None), key=lambda gap: (max(low - gap, gap - high), gap))
    return f"Allowing a level gap of {nearest} would open {_mentors(gaps[nearest])}."


def _other_language(facts: Facts, mentee: str, mentors: list[str]) -> str:
    return f"A language in common with {_mentors(len(mentors))} who would be possible otherwise."


def _other_type(facts: Facts, mentee: str, mentors: list[str]) -> str:
    wish = facts.people[mentee].mentee
    return f"Offering the type {wish.type if wish else ''} as well would open {_mentors(len(mentors))}."


def _more_places(facts: Facts, mentee: str, mentors: list[str]) -> str:
    return f"One place with {_mentors(len(mentors))} who would be possible and have none left."


def _end_of_pause(facts: Facts, mentee: str, mentors: list[str]) -> str:
    return f"The end of a pause: {_mentors(len(mentors))} would be possible after it."


def _same_manager(facts: Facts, mentee: str, mentors: list[str]) -> str:
    return f"Allowing pairs with the same manager would open {_mentors(len(mentors))}."


CHANGES: Mapping[Reason, Callable[[Facts, str, list[str]], str]] = {
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
    offered = {name for mentor in mentors(facts) if mentor != mentee for name in facts.offered(mentor)}
    missing = [name for name in facts.wanted(mentee) if name not in offered]
    return [f"A mentor for *{missing[0]}*: none offers it."] if missing else []


def _mentors(count: int) -> str:
    return "1 mentor" if count == 1 else f"{count} mentors"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
