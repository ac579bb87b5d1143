"""Charters: what a circle agrees on, in eight clauses; written by any of its members, signed by each with a tap.

Every change makes a new version, which is signed anew; the former ones stay readable. A first draft comes from the
program's template, with the circle's own facts in place of the words in braces.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import when, words
from bot.domain.circles import Circle
from bot.domain.errors import NotYours, Refused, Stale
from bot.domain.ids import CircleId, MemberId
from bot.domain.programs import Rules
from bot.domain.sessions import BY_TAP

CLAUSE_LIMIT = 700
SIGN_DAYS = 3
"""Working days before those who have not signed are reminded, once."""
A_YEAR = timedelta(days=365)


class Clause(StrEnum):
    PURPOSE = "purpose"
    PEOPLE = "people"
    RHYTHM = "rhythm"
    TALK = "talk"
    CONFIDENCE = "confidence"
    ABSENCE = "absence"
    DECISIONS = "decisions"
    EXIT = "exit"


Words = Mapping[Clause, str]

TITLES: Mapping[Clause, str] = {
    Clause.PURPOSE: "What we are for",
    Clause.PEOPLE: "Who it is for",
    Clause.RHYTHM: "When we meet",
    Clause.TALK: "How we talk",
    Clause.CONFIDENCE: "What stays between us",
    Clause.ABSENCE: "When somebody can't come",
    Clause.DECISIONS: "How we decide",
    Clause.EXIT: "How somebody leaves",
}

SHIPPED: Words = {
    Clause.PURPOSE: "We help each other with {theme}: real questions, honest answers, small steps that are kept.",
    Clause.PEOPLE: (
        "For people who want the same. We are {least} to {most}. The circle is open: somebody new may join while there "
        "is room, and is welcomed properly."
    ),
    Clause.RHYTHM: "{rhythm}, {minutes} minutes. This round has {sessions} sessions and ends around {end}.",
    Clause.TALK: (
        "We speak of what we have lived: 'when I…' rather than 'you should…'. We ask before we give advice. Phones stay away."
    ),
    Clause.CONFIDENCE: (
        "What is said here stays here; what we learn may travel, without names. Exceptions: somebody is in danger, or the "
        "law asks. The bot cannot read this channel. It stores this charter, dates, turns, who came and what we type into "
        "its forms, encrypted. We see what is shared with us; program leads see numbers about five people or more."
    ),
    Clause.ABSENCE: (
        "We say so at least 24 hours before. After two sessions without a word somebody asks in private how things are; "
        "after three the seat is given free, and the door stays open."
    ),
    Clause.DECISIONS: (
        "More than half of us, by tap. Who says nothing agrees with things as they are. Anybody may ask for a pause."
    ),
    Clause.EXIT: "At any time, with one line or none. Nobody owes a reason.",
}

FACTS: Mapping[str, str] = {
    "theme": "what the circle is about",
    "least": "its smallest size",
    "most": "its largest size",
    "rhythm": "when it meets",
    "minutes": "how long",
    "sessions": "sessions in a round",
    "end": "when the round ends",
}
"""What may stand in braces in a template, and what it means."""


@dataclass(frozen=True)
class Template:
    """What a program's circles begin with."""

    words: Words = field(default_factory=lambda: dict(SHIPPED))
    version: int = 0
    """0 where nobody has changed it yet."""


@dataclass(frozen=True)
class Charter:
    """One version of a circle's charter. `number` counts them from 1."""

    circle: CircleId
    number: int
    words: Words
    by: MemberId
    """Who wrote it; `BY_TAP` for the first draft, and where a year has passed."""
    at: datetime
    signed: frozenset[MemberId] = frozenset()

    @property
    def is_draft(self) -> bool:
        return self.number == 1 and self.by == BY_TAP

    def unsigned(self, members: Collection[MemberId]) -> tuple[MemberId, ...]:
        return tuple(member for member in members if member not in self.signed)


def drafted(template: Words, circle: Circle, rules: Rules) -> Words:
    """The template with the circle's facts. What stands in braces and is no fact stays as it is."""
    facts = _facts(circle, rules)
    return {clause: _filled(template.get(clause, SHIPPED[clause]), facts) for clause in Clause}


def _facts(circle: Circle, rules: Rules) -> Mapping[str, str]:
    rhythm = when.in_words(circle.rule)
    began = when.to_utc(circle.rule.starts, when.EARLIEST, circle.zone)
    last = when.occurrences(circle.rule, began - timedelta(seconds=1), rules.sessions)[-1]
    return {
        "theme": circle.theme[:1].lower() + circle.theme[1:] if circle.theme else "our work",
        "least": str(circle.size_min),
        "most": str(circle.size_max),
        "rhythm": rhythm[:1].upper() + rhythm[1:],
        "minutes": str(circle.minutes),
        "sessions": str(rules.sessions),
        "end": when.say_day(when.local(last, circle.zone).date()),
    }


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text[:CLAUSE_LIMIT]


def changed(before: Words, after: Words) -> tuple[Clause, ...]:
    return tuple(clause for clause in Clause if before.get(clause, "") != after.get(clause, ""))


def clean(clause: Clause, text: str) -> str:
    return words.needed(words.clean_text(text, CLAUSE_LIMIT, f'"{TITLES[clause]}"'), f'"{TITLES[clause]}"')


def revised(charter: Charter, new: Words, *, by: MemberId, seen: int, now: datetime) -> Charter:
    """The next version; `seen` is the number of the one that its writer had before them."""
    if charter.number != seen:
        raise Stale("Somebody changed the charter a moment ago. Have a look at it as it is now, then change it.")
    if not changed(charter.words, new):
        raise Refused("Nothing is changed yet. Rewrite a clause, or close this.")
    return Charter(charter.circle, charter.number + 1, new, by, now)


def renewed(charter: Charter, now: datetime) -> Charter:
    """The same words after a year, to be read and signed once more."""
    return Charter(charter.circle, charter.number + 1, charter.words, BY_TAP, now)


def check_member(circle: Circle, member: MemberId) -> None:
    if member not in circle.members:
        raise NotYours("A charter is between the members of its circle. `/mentor circle show` lists yours.")


def check_signing(charter: Charter, number: int) -> None:
    if charter.number != number:
        raise Stale("The charter was changed meanwhile. Read it as it is now, then sign that one.")
