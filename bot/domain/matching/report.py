"""What a draw means for the people in it, in facts and plain sentences: what a report and a preview show.

No sentence names anybody, so that each surface can write names in its own way. Figures are about at least five people, or
they are not there at all; who has what seat and why is no figure, and is always there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.matching.facts import Facts

FEWEST = 5
"""A figure about fewer people would be about persons."""
TWO_HOURS = 120
NO_COST = "Costs you nothing you asked for."
NO_SKILL = "nothing close to "
NOTHING = "Nothing they asked for is missing."
IN_ORDER = "a list cut in order"
EARLIER = "the earlier draw"

Couple = tuple[str, str]
Mates = Mapping[str, frozenset[str]]
"""Everybody who has somebody, and whom."""


@dataclass(frozen=True)
class Figure:
    """So many of so many people; `of` is None where something else is counted, such as circles."""

    words: str
    after: int
    of: int | None = None
    before: int | None = None
    """The same in what it is compared with."""


@dataclass(frozen=True)
class Served:
    """Somebody with a place (counted from 1), and what they go without there."""

    id: str
    place: int
    lacks: str


@dataclass(frozen=True)
class Met:
    """People who are put together: a circle, a pair (the mentee first), or the group of a week."""

    place: int
    title: str
    members: tuple[str, ...]
    hours: str
    because: str
    costs: str = ""


@dataclass(frozen=True)
class Left:
    """Somebody without a place: why, and the smallest change that would help."""

    id: str
    why: str
    would_help: str


@dataclass(frozen=True)
class Reach:
    """How many people of a department meet somebody of another; None stands for all small departments together."""

    dept: str | None
    people: int
    across: int


@dataclass(frozen=True)
class Report:
    kind: str
    headline: str
    people: int
    figures: tuple[Figure, ...]
    against: str
    worst: tuple[Served, ...]
    """Everybody with a place, from the one who is served least."""
    groups: tuple[Met, ...]
    left: tuple[Left, ...]
    reach: tuple[Reach, ...]
    note: str = ""


WHY: Mapping[str, str] = {
    "headcount": "The number of people doesn't come out even.",
    "overlap": "Too few others are free in the same hours.",
    "language": "Too few others speak one of their languages.",
    "kept_apart": "A program lead keeps them apart from whoever would fit.",
    "isolated": "They would be the only one of a group that is not to be alone.",
    "manager_line": "Too many of the others are on the same reporting line.",
    "same_manager": "Too many of the others have the same manager.",
    "level": "Nobody left is at a level that suits this kind.",
    "type_not_offered": "Nobody left offers this kind.",
    "not_a_mentor": "Nobody offers to be a mentor yet.",
    "no_capacity": "All mentors who would fit are taken.",
    "mentor_paused": "All mentors who would fit are on a pause.",
    "mentee_paused": "They are on a pause.",
    "nobody_left": "Everybody they may meet meets somebody else.",
    "nobody_allowed": "The rules keep everybody away from them.",
    "not_worth_it": "None of the possible mentors is worth a match as the dial is set.",
}
"""Reasons in words. Blocks and mismatches are confidential, so they read as any rule does."""


def why(reason: str, kind: str) -> str:
    return WHY.get(reason, f"No {kind} fits by the rules.")


def figures(every: Iterable[Figure], people: int) -> tuple[Figure, ...]:
    """Those that cover enough people to be shown."""
    return tuple(one for one in every if (people if one.of is None else one.of) >= FEWEST)


def reach(facts: Facts, mates: Mates) -> tuple[Reach, ...]:
    """By department, the largest first; departments of fewer than five people are one line, or none."""
    by_dept: dict[str, list[str]] = {}
    for id in sorted(mates):
        if dept := facts.people[id].dept:
            by_dept.setdefault(dept, []).append(id)
    large = {dept: ids for dept, ids in by_dept.items() if len(ids) >= FEWEST}
    small = [id for dept, ids in by_dept.items() if dept not in large for id in ids]
    found = [Reach(dept, len(ids), _across(facts, ids, mates)) for dept, ids in large.items()]
    found.sort(key=lambda one: (-one.people, one.dept or ""))
    if len(small) >= FEWEST:
        found.append(Reach(None, len(small), _across(facts, small, mates)))
    return tuple(found)


def crosses(facts: Facts, id: str, mates: Iterable[str]) -> bool:
    """Does this person meet somebody of another department? Who did not say theirs doesn't count."""
    mine = facts.people[id].dept
    return mine is not None and any(facts.people[other].dept not in (None, mine) for other in mates)


def _across(facts: Facts, ids: Iterable[str], mates: Mates) -> int:
    return sum(crosses(facts, id, mates[id]) for id in ids)


def mates_of(groups: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for one in group:
            found[one] = found.get(one, frozenset()) | (frozenset(group) - {one})
    return found


def in_a_sentence(parts: Iterable[str]) -> str:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else NOTHING


def said(figure: Figure, kind: str = "people") -> str:
    """Such as "9 of 10 people share two hours"; of what is not people, the words come first: "Rules broken: none"."""
    if figure.of is None:
        return f"{figure.words}: {figure.after or 'none'}"
    return f"{figure.after:,} of {figure.of:,} {kind} {figure.words}"


def costs_once(costs: str) -> str:
    """ "Nothing close to *a*; nothing close to *b*; only 1 hour." with the first words said once."""
    parts = costs.removesuffix(".").split("; ")
    missing = [part[len(NO_SKILL) :] for part in parts if part[: len(NO_SKILL)].casefold() == NO_SKILL]
    if len(missing) < 2:
        return costs
    rest = [part for part in parts if part[: len(NO_SKILL)].casefold() != NO_SKILL]
    return "; ".join([f"Nothing close to {', '.join(missing[:-1])} or {missing[-1]}", *rest]) + "."


TOLD_OF = (
    ("which you asked for", "which they asked for"),
    ("* you asked for", "* they asked for"),
    (" above you", " above them"),
    (" below you", " below them"),
    ("at your level", "at their level"),
    ("you share an interest", "they share an interest"),
    ("you were a pair", "they were a pair"),
)


def told_of(sentence: str) -> str:
    """What the matcher says to a mentee, as it reads for somebody else; nothing where it costs the mentee nothing."""
    if sentence == NO_COST:
        return ""
    parts = [_told_of(part) for part in sentence.removesuffix(".").split("; ")]
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _told_of(part: str) -> str:
    """Each part has at most one of these phrases, at its end or at its start; what people wrote is not touched."""
    folded = f"{part[:1].lower()}{part[1:]}"
    for said, instead in TOLD_OF:
        if folded.endswith(said):
            return folded.removesuffix(said) + instead
        if folded.startswith(said):
            return instead + folded.removeprefix(said)
    return part
