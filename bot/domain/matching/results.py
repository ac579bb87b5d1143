"""What a draw answers. Every result has a header by which it can be replayed, and is written one way only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar

from bot.domain.matching.document import Document, canonical
from bot.domain.matching.options import Options

SCHEMA = "matching-result/1"
VERSION = 4
"""Raised when the same document and options may give another answer than before."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Header:
    seed: int
    document: str
    options: Options = field(default_factory=Options)
    version: int = VERSION
    changes: int = 0
    """How often the draw was changed by hand since; only an unchanged one can be replayed."""

    @classmethod
    def of(cls, document: Document, options: Options) -> "Header":
        return cls(seed=document.seed, document=document.digest(), options=options)

    def changed(self, document: Document) -> "Header":
        return replace(self, document=document.digest(), changes=self.changes + 1)

    def to_json(self, problem: str) -> Json:
        return {
            "schema": SCHEMA,
            "problem": problem,
            "version": self.version,
            "seed": self.seed,
            "document": self.document,
            "options": self.options.to_json(),
            "changes": self.changes,
        }


@dataclass(frozen=True)
class Pair:
    """A mentee and a mentor; `points` holds what each component scored."""

    mentee: str
    mentor: str
    type: str
    score: int
    because: str
    costs: str
    points: Mapping[str, int]
    next_best: Mapping[str, int] | None = None
    """For an auditor: the mentor who would have scored highest otherwise, with the score."""


@dataclass(frozen=True)
class Unmatched:
    """`counts` says how many mentors each rule keeps away, the first that does so, and how many are possible."""

    mentee: str
    reason: str
    would_help: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Pairs:
    problem: ClassVar[str] = "pairs"
    header: Header
    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    summary: Json
    certificate: Json | None = None
    """The prices from which an auditor can work out the bound again."""

    def to_json(self) -> Json:
        found = self.header.to_json(self.problem) | {
            "pairs": [_pair_json(pair) for pair in self.pairs],
            "unmatched": [_unmatched_json(each) for each in self.unmatched],
            "summary": self.summary,
        }
        return found if self.certificate is None else found | {"certificate": self.certificate}


@dataclass(frozen=True)
class Circle:
    """Members in the order of their ids; `worth` is what the circle is worth to each of them."""

    members: tuple[str, ...]
    theme: str | None
    slot: int
    """The half hour of the week, in UTC, at which the meeting starts: 0 is Monday 00:00."""
    when: Json
    because: str
    value: int
    worth: Mapping[str, int]


@dataclass(frozen=True)
class Unplaced:
    id: str
    reason: str
    would_help: str


@dataclass(frozen=True)
class Explained:
    """Why somebody sits in a circle, counted from 1, and what they gave up; for those served least, what would help."""

    id: str
    circle: int
    worth: int
    because: str
    gave_up: str
    would_help: str | None = None


@dataclass(frozen=True)
class Circles:
    problem: ClassVar[str] = "circles"
    header: Header
    circles: tuple[Circle, ...]
    unplaced: tuple[Unplaced, ...]
    summary: Json
    people: tuple[Explained, ...] | None = None
    """For whoever explains the draw to each of them; only when asked for."""

    def to_json(self) -> Json:
        found = self.header.to_json(self.problem) | {
            "circles": [asdict(circle) for circle in self.circles],
            "unplaced": [asdict(each) for each in self.unplaced],
            "summary": self.summary,
        }
        return found if self.people is None else found | {"people": [_explained_json(one) for one in self.people]}

    def circle_of(self, id: str) -> Circle | None:
        return next((circle for circle in self.circles if id in circle.members), None)


@dataclass(frozen=True)
class Round:
    """One week: pairs and at most one triad, the pairs that met before, and who could not be given anybody."""

    week: int
    groups: tuple[tuple[str, ...], ...]
    repeats: tuple[tuple[str, str], ...]
    alone: tuple[Unplaced, ...] = ()


@dataclass(frozen=True)
class Rounds:
    problem: ClassVar[str] = "rounds"
    header: Header
    rounds: tuple[Round, ...]
    summary: Json

    def to_json(self) -> Json:
        return self.header.to_json(self.problem) | {
            "rounds": [_round_json(each) for each in self.rounds],
            "summary": self.summary,
        }


Proposal = Pairs | Circles | Rounds


def written(proposal: Proposal) -> str:
    """The bytes that are stored and compared."""
    return canonical(proposal.to_json())


def _pair_json(pair: Pair) -> Json:
    found = dict(vars(pair)) | {"points": dict(pair.points)}
    if pair.next_best is None:
        del found["next_best"]
    return found


def _unmatched_json(each: Unmatched) -> Json:
    return dict(vars(each)) | {"counts": dict(each.counts)}


def _explained_json(one: Explained) -> Json:
    reasons = {"because": one.because, "gave_up": one.gave_up, "would_help": one.would_help}
    return {"id": one.id, "circle": one.circle, "worth": one.worth} | reasons


def _round_json(each: Round) -> Json:
    return {
        "week": each.week,
        "groups": [list(group) for group in each.groups],
        "repeats": [list(pair) for pair in each.repeats],
        "alone": [asdict(person) for person in each.alone],
    }
