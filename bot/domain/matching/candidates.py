"""The best mentors for one member, each with its reason and its cost. Quick enough to be asked in a handler."""

from dataclasses import dataclass, replace

from bot.domain.errors import Refused
from bot.domain.matching.document import Document, Mentee
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import because, because_of_kind, costs, costs_of_kind, fit
from bot.domain.matching.ranking import best_mentors
from bot.domain.matching.results import Pair, Unmatched
from bot.domain.matching.unmatched import explain, tally


@dataclass(frozen=True)
class Shortlist:
    """The best first. `nobody` says why the list is empty and what would help."""

    candidates: tuple[Pair, ...]
    nobody: Unmatched | None = None


def candidates(document: Document, person: str, kind: str | None = None, *, count: int = 5) -> Shortlist:
    """For the member's own wish, or for another kind with the same skills. Capacity in the document means free places."""
    facts = Facts(_with_wish(document, person, kind))
    best = best_mentors(facts, person, count)
    if not best:
        return Shortlist((), explain(facts, person, tally(facts, person)))
    return Shortlist(tuple(_for_asker(facts, person, mentor) for mentor in best))


def _for_asker(facts: Facts, person: str, mentor: str) -> Pair:
    """The reason as it is told to who asks, by the kind they ask for."""
    plain, found = pair(facts, person, mentor), fit(facts, person, mentor)
    return replace(plain, because=because_of_kind(found, plain.type), costs=costs_of_kind(found, plain.type))


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
    if person.mentee is not None and kind in (None, wish.type):
        return document
    return document.with_person(replace(person, mentee=replace(wish, type=kind or wish.type)))
