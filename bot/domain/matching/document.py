"""The matching document, `matching/1`: everything a draw depends on, in one value.

The bot builds it from a program, an organiser writes it by hand; both are read by the same strict rules. It carries its own
skill table and the whole config, so the document, the seed and the version of the engine replay a draw byte for byte. People
are kept in the order of their ids, so the order in which they were listed never matters.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.domain.matching.config import Config
from bot.domain.matching.skills import Skills

SCHEMA = "matching/1"
HISTORY_KINDS = ("mentor", "circle", "pair")
OUTCOMES = ("ok", "mismatch", "never_met")

Json = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """Working days (0 = Monday) and local minutes since midnight; an end before the start is the next morning."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: int = 9 * 60
    end: int = 17 * 60


@dataclass(frozen=True, order=True)
class Busy:
    """A window each week in which a person cannot meet, in local minutes."""

    day: int
    start: int
    end: int


@dataclass(frozen=True)
class Mentor:
    """What somebody offers, by which types of mentoring, to how many more people."""

    capacity: int
    skills: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class Mentee:
    """What somebody looks for; skills in the order of priority. Preferred groups stay confidential.

    `waited` counts the draws that left them without a mentor: the longer, the sooner they come.
    """

    type: str
    skills: tuple[str, ...] = ()
    prefer_groups: tuple[str, ...] = ()
    waited: int = 0


@dataclass(frozen=True)
class CircleWish:
    """Themes in the order of preference."""

    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    id: str
    dept: str | None = None
    country: str | None = None
    city: str | None = None
    tz: str = "UTC"
    background: str | None = None
    work: Work = Work()
    busy: tuple[Busy, ...] = ()
    level: int | None = None
    manager: str | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    paused: bool = False
    mentor: Mentor | None = None
    mentee: Mentee | None = None
    circle: CircleWish | None = None
    pair_pool: bool = False


@dataclass(frozen=True, order=True)
class Past:
    """Two people who were put together before, and what came of it."""

    a: str
    b: str
    kind: str
    outcome: str = "ok"


@dataclass(frozen=True)
class Document:
    seed: int
    week_of: date
    people: tuple[Person, ...]
    config: Config = field(default_factory=Config)
    skills: Skills = field(default_factory=Skills)
    blocks: tuple[tuple[str, str], ...] = ()
    history: tuple[Past, ...] = ()

    def __post_init__(self) -> None:
        """The one canonical order, whoever built the value."""
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda person: person.id)))
        object.__setattr__(self, "blocks", tuple(sorted({_in_order(pair) for pair in self.blocks})))
        object.__setattr__(self, "history", tuple(sorted(_past_in_order(past) for past in self.history)))

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def mentors(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.mentor is not None)

    @cached_property
    def offered_skills(self) -> frozenset[str]:
        """As mentors spell them."""
        return frozenset(name for person in self.mentors if person.mentor for name in person.mentor.skills)

    def person(self, id: str) -> Person | None:
        return self.by_id.get(id)

    def with_person(self, person: Person) -> "Document":
        """The same document where this person is new or changed."""
        others = (other for other in self.people if other.id != person.id)
        return replace(self, people=(*others, person))

    def to_json(self) -> Json:
        return {
            "schema": SCHEMA,
            "seed": self.seed,
            "week_of": self.week_of.isoformat(),
            "config": _plain(asdict(self.config)),
            "skills": {
                "synonyms": dict(sorted(self.skills.synonyms.items())),
                "related": [[*pair, value] for pair, value in sorted(self.skills.related.items())],
            },
            "people": [_person_json(person) for person in self.people],
            "blocks": [list(pair) for pair in self.blocks],
            "history": [asdict(past) for past in self.history],
        }

    def digest(self) -> str:
        """What tells two documents apart in the audit log."""
        return hashlib.sha256(canonical(self.to_json()).encode()).hexdigest()


def canonical(value: object) -> str:
    """The one way to write a value, so that equal values are equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _in_order(pair: Iterable[str]) -> tuple[str, str]:
    one, other = sorted(pair)
    return one, other


def _past_in_order(past: Past) -> Past:
    return past if past.a <= past.b else replace(past, a=past.b, b=past.a)


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def _person_json(person: Person) -> Json:
    """By hand: a draw's digest writes everybody, and `asdict` copies each value on its way down."""
    plain: Json = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(person).items()}
    plain["work"] = {
        "days": list(person.work.days),
        "start": clock(person.work.start),
        "end": clock(person.work.end),
    }
    plain["busy"] = [[busy.day, clock(busy.start), clock(busy.end)] for busy in person.busy]
    for role in ("mentor", "mentee", "circle"):
        wish = plain[role]
        if wish is not None:
            plain[role] = {
                key: list(value) if isinstance(value, tuple) else value for key, value in vars(wish).items()
            }
    return plain
