"""What the rules and the scores ask about people again and again, worked out once for each document."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from bot.domain.matching.document import Document, Person
from bot.domain.matching.skills import fold
from bot.domain.matching.slots import available

MET = ("ok", "mismatch")


class Facts:
    """A document with answers at hand. Slots and names are worked out when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.config = document.config
        self.people = document.by_id
        self._slots: dict[str, int] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._superiors: dict[str, tuple[str, ...]] = {}

    def slots(self, id: str) -> int:
        if id not in self._slots:
            self._slots[id] = available(self.people[id], self.document.week_of)
        return self._slots[id]

    def offered(self, id: str) -> tuple[str, ...]:
        """Canonical names of the skills a mentor offers."""
        if id not in self._offered:
            mentor = self.people[id].mentor
            self._offered[id] = self.document.skills.canonicals(mentor.skills) if mentor else ()
        return self._offered[id]

    @cached_property
    def offers(self) -> Counter[str]:
        """How many mentors offer each skill."""
        return Counter(name for person in self.document.people for name in self.offered(person.id))

    def wanted(self, id: str) -> tuple[str, ...]:
        """Canonical names of the first three skills a mentee asks for."""
        if id not in self._wanted:
            mentee = self.people[id].mentee
            self._wanted[id] = self.document.skills.canonicals(mentee.skills)[:3] if mentee else ()
        return self._wanted[id]

    def superiors(self, id: str) -> tuple[str, ...]:
        """The line above somebody, nearest first; it may end with somebody who is not in the document."""
        if id not in self._superiors:
            line: list[str] = []
            at = self.people[id].manager
            while at is not None:
                line.append(at)
                at = self.people[at].manager if at in self.people else None
            self._superiors[id] = tuple(line)
        return self._superiors[id]

    def in_line(self, one: str, other: str, depth: int | None = None) -> bool:
        """Is one of the two above the other, at most so many steps (None: any number)?"""
        return other in self.superiors(one)[:depth] or one in self.superiors(other)[:depth]

    def common_interests(self, one: str, other: str) -> tuple[str, ...]:
        theirs = {fold(name) for name in self.people[other].interests}
        mine = sorted({fold(name) for name in self.people[one].interests})
        return tuple(name for name in mine if name in theirs)

    def share_language(self, one: str, other: str) -> bool:
        return not self.languages[one].isdisjoint(self.languages[other])

    @cached_property
    def languages(self) -> dict[str, frozenset[str]]:
        return Languages(self.people)

    def blocked(self, one: str, other: str) -> bool:
        return _pair(one, other) in self._blocks

    def mismatched(self, one: str, other: str) -> bool:
        return _pair(one, other) in self._mismatches

    def met_as(self, kind: str, one: str, other: str) -> bool:
        """Were they put together in this way before, and did they meet?"""
        return _pair(one, other) in self._met[kind]

    @cached_property
    def _blocks(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.document.blocks)

    @cached_property
    def _mismatches(self) -> frozenset[tuple[str, str]]:
        return frozenset((past.a, past.b) for past in self.document.history if past.outcome == "mismatch")

    @cached_property
    def _met(self) -> dict[str, frozenset[tuple[str, str]]]:
        met = [past for past in self.document.history if past.outcome in MET]
        kinds = ("mentor", "circle", "pair")
        return {kind: frozenset((past.a, past.b) for past in met if past.kind == kind) for kind in kinds}


class Languages(dict[str, frozenset[str]]):
    """Folded names, worked out for whom somebody asks."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        super().__init__()
        self._people = people

    def __missing__(self, id: str) -> frozenset[str]:
        found = self[id] = frozenset(map(fold, self._people[id].languages))
        return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
