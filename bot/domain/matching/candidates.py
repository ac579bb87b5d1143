"""The best mentors for one member, each with its reason and its cost. Quick enough to be asked in a handler."""

import heapq
from dataclasses import dataclass, replace

from bot.domain.errors import Refused
from bot.domain.matching.document import Document, Mentee
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import because, costs, fit
from bot.domain.matching.results import Pair, Unmatched
from bot.domain.matching.rules import may_pair
from bot.domain.matching.unmatched import explain, mentors, tally


@dataclass(frozen=True)
class Shortlist:
    """The best first. `nobody` says why the list is empty and what would help."""

    candidates: tuple[Pair, ...]
    nobody: Unmatched | None = None


def candidates(document: Document, person: str, kind: str | None = None, *, count: int = 5) -> Shortlist:
    """For the member's own wish, or for another kind with the same skills. Capacity in the document means free places."""
    facts = Facts(_with_wish(document, person, kind))
    possible = [mentor for mentor in mentors(facts) if may_pair(facts, person, mentor)]
    scored = ((fit(facts, person, mentor).score, mentor) for mentor in possible)
    best = heapq.nsmallest(count, scored, key=lambda entry: (-entry[0], entry[1]))
    if not best:
        return Shortlist((), explain(facts, person, tally(facts, person)))
    return Shortlist(tuple(pair(facts, person, mentor) for _, mentor in best))


def pair(facts: Facts, mentee: str, mentor: str) -> Pair:
    """A pair that the rules allow, with what speaks for it and what it costs."""
    found, wish = fit(facts, mentee, mentor), facts.people[mentee].mentee
    return Pair(
        mentee=mentee,
        mentor=mentor,
        type=wish.type if wish else "",
        score=found.score,
        because=because(found),
        costs=costs(found),
        points=found.points,
    )


def _with_wish(document: Document, id: str, kind: str | None) -> Document:
    person = document.person(id)
    if person is None:
        raise Refused(f"{id} does not take part in this program.")
    wish = person.mentee or (Mentee(type=kind) if kind else None)
    if wish is None:
        raise Refused("Say first what you look for: /mentor profile.")
    if kind is not None and kind not in document.config.weights:
        raise Refused(f"There is no mentoring of the kind {kind}; choose {', '.join(document.config.types())}.")
    return document.with_person(replace(person, mentee=replace(wish, type=kind or wish.type)))
