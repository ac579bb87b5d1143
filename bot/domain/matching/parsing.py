"""From JSON to the matching document, whole or not at all."""

import functools
import re
import zoneinfo
from collections.abc import Mapping
from datetime import date

from bot.domain.matching.config import LEVELS, Config, read_config
from bot.domain.matching.document import (
    HISTORY_KINDS,
    OUTCOMES,
    SCHEMA,
    Busy,
    CircleWish,
    Document,
    Mentee,
    Mentor,
    Past,
    Person,
    Work,
)
from bot.domain.matching.reading import DocumentError, Node, Record, load
from bot.domain.matching.skills import Skills, fold, relation, resolved

DOCUMENT_KEYS = ("schema", "seed", "week_of", "config", "skills", "people", "blocks", "history")
PERSON_KEYS = (
    "id", "dept", "country", "city", "tz", "background", "work", "busy", "level", "manager", "languages",
    "interests", "groups", "paused", "mentor", "mentee", "circle", "pair_pool",
)  # fmt: skip
MOST_WAITED = 100
LARGEST_SEED = 2**63 - 1
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def read_document(text: str) -> Document:
    return parse_document(load(text).value)


def parse_document(value: object) -> Document:
    given = Node("document", value).record(*DOCUMENT_KEYS)
    given.need("schema", f'"{SCHEMA}"').one_of(SCHEMA)
    config = read_config(given.find("config"))
    people = _people(given.need("people", "a list of people"), config)
    known = {person.id for person in people}
    seed, week = given.find("seed"), given.need("week_of", 'a Monday such as "2026-03-09"')
    return Document(
        seed=seed.whole(0, LARGEST_SEED) if seed else 0,
        week_of=_week(week),
        people=people,
        config=config,
        skills=_skills(given.find("skills")),
        blocks=tuple(_block(node, known) for node in _each(given, "blocks")),
        history=tuple(_past(node) for node in _each(given, "history")),
    )


def _each(given: Record, key: str) -> list[Node]:
    node = given.find(key)
    return node.nodes() if node else []


def _week(node: Node) -> date:
    allowed = 'a Monday from 1970 to 2200, such as "2026-03-09"'
    if not isinstance(node.value, str) or not DAY.match(node.value):
        raise node.refusal(allowed)
    try:
        day = date.fromisoformat(node.value)
    except ValueError:
        raise node.refusal(allowed) from None
    if day.weekday() != 0 or not 1970 <= day.year <= 2200:
        raise node.refusal(allowed)
    return day


def _skills(node: Node | None) -> Skills:
    if node is None:
        return Skills()
    given = node.record("synonyms", "related")
    synonyms = _synonyms(given.find("synonyms"))
    related: dict[tuple[str, str], int] = {}
    for entry in _each(given, "related"):
        one, other, value = entry.tuple_of(3, "[skill, other skill, 0 to 100]")
        names = [synonyms.get(fold(name.text()), fold(name.text())) for name in (one, other)]
        pair = relation(names[0], names[1])
        if pair[0] == pair[1]:
            raise entry.refusal("two different skills")
        if related.setdefault(pair, value.whole(0, 100)) != value.value:
            raise entry.refusal(f"the value {related[pair]} that the same two skills have further up")
    return Skills(synonyms, related)


def _synonyms(node: Node | None) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word, entry in node.entries() if node else ():
        spelled, name = fold(Node(entry.path, word).text()), fold(entry.text())
        if spelled == name:
            continue
        if found.setdefault(spelled, name) != name:
            raise entry.refusal(f'"{found[spelled]}", as the same word has further up')
    try:
        return resolved(found)
    except ValueError as circular:
        raise DocumentError(
            f"skills.synonyms lead from {circular} back to itself; allowed: words that end at one name."
        ) from None


def _people(node: Node, config: Config) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for entry in node.nodes():
        person = _person(entry, config)
        if person.id in found:
            raise DocumentError(f'{entry.path}.id is "{person.id}", which stands further up; allowed: each id once.')
        found[person.id] = person
    _no_cycle({person.id: person.manager for person in found.values() if person.manager})
    return tuple(found.values())


def _no_cycle(managers: Mapping[str, str]) -> None:
    safe: set[str] = set()
    for start in managers:
        line: dict[str, None] = {}
        at = start
        while at in managers and at not in safe and at not in line:
            line[at] = None
            at = managers[at]
        if at in line:
            names = list(line)
            circle = " → ".join([*names[names.index(at) :], at])
            raise DocumentError(
                f"people: the managers go in a circle, {circle}; allowed: a line that ends at the top."
            )
        safe.update(line)


def _person(node: Node, config: Config) -> Person:
    given = node.record(*PERSON_KEYS)
    id = given.need("id", "an id of its own").id()
    manager = given.find("manager")
    if manager and manager.id() == id:
        raise manager.refusal("somebody else's id, or null")
    level, zone, work = given.find("level"), given.find("tz"), given.find("work")
    mentor, mentee, circle = given.find("mentor"), given.find("mentee"), given.find("circle")
    return Person(
        id=id,
        dept=_text(given, "dept"),
        country=_text(given, "country"),
        city=_text(given, "city"),
        tz=_zone(zone) if zone else "UTC",
        background=_text(given, "background"),
        work=_work(work) if work else Work(),
        busy=tuple(sorted({_busy(entry) for entry in _each(given, "busy")})),
        level=level.whole(0, LEVELS) if level else None,
        manager=manager.id() if manager else None,
        languages=_sorted(given, "languages"),
        interests=_sorted(given, "interests"),
        groups=_sorted(given, "groups"),
        paused=_flag(given, "paused"),
        mentor=_mentor(mentor, config) if mentor else None,
        mentee=_mentee(mentee, config) if mentee else None,
        circle=_circle(circle) if circle else None,
        pair_pool=_flag(given, "pair_pool"),
    )


def _text(given: Record, key: str) -> str | None:
    node = given.find(key)
    return node.text() if node else None


def _flag(given: Record, key: str) -> bool:
    node = given.find(key)
    return node.flag() if node else False


def _texts(given: Record, key: str) -> tuple[str, ...]:
    node = given.find(key)
    return node.texts() if node else ()


def _sorted(given: Record, key: str) -> tuple[str, ...]:
    return tuple(sorted(_texts(given, key)))


def _zone(node: Node) -> str:
    name = node.text()
    if name not in _zones():
        raise node.refusal('an IANA time zone such as "Europe/Warsaw"')
    return name


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _day(node: Node) -> int:
    return node.whole(0, 6)


def _work(node: Node) -> Work:
    given = node.record("days", "start", "end")
    days, start, end = given.find("days"), given.find("start"), given.find("end")
    work = Work(
        days=tuple(sorted({_day(day) for day in days.nodes(most=7)})) if days else Work.days,
        start=start.clock() if start else Work.start,
        end=end.clock() if end else Work.end,
    )
    if work.start in (work.end, 24 * 60):
        raise node.refusal("a start that differs from the end; an end before the start means the next morning")
    return work


def _busy(node: Node) -> Busy:
    day, start, end = node.tuple_of(3, '[day from 0 = Monday, "from", "to"]')
    busy = Busy(_day(day), start.clock(), end.clock())
    if busy.start in (busy.end, 24 * 60):
        raise node.refusal("a start that differs from the end; an end before the start means the next morning")
    return busy


def _mentor(node: Node, config: Config) -> Mentor:
    given = node.record("capacity", "skills", "types")
    types = given.need("types", "a list of types").nodes(most=50)
    return Mentor(
        capacity=given.need("capacity", "a whole number from 0 to 1000").whole(0, 1000),
        skills=_texts(given, "skills"),
        types=tuple(sorted({entry.one_of(*config.types()) for entry in types})),
    )


def _mentee(node: Node, config: Config) -> Mentee:
    given = node.record("type", "skills", "prefer_groups", "waited")
    waited = given.find("waited")
    return Mentee(
        type=given.need("type", "one of " + ", ".join(config.types())).one_of(*config.types()),
        skills=_texts(given, "skills"),
        prefer_groups=_sorted(given, "prefer_groups"),
        waited=waited.whole(0, MOST_WAITED) if waited else 0,
    )


def _circle(node: Node) -> CircleWish:
    return CircleWish(themes=_texts(node.record("themes"), "themes"))


def _block(node: Node, known: set[str]) -> tuple[str, str]:
    one, other = (entry.id() for entry in node.tuple_of(2, "two ids"))
    if one == other:
        raise node.refusal("two different ids")
    for id in (one, other):
        if id not in known:
            raise node.refusal(f"ids that stand in people; {id} does not")
    return one, other


def _past(node: Node) -> Past:
    given = node.record("a", "b", "kind", "outcome")
    a, b = given.need("a", "an id").id(), given.need("b", "an id").id()
    if a == b:
        raise node.refusal("two different ids a and b")
    outcome = given.find("outcome")
    kind = given.need("kind", "one of " + ", ".join(HISTORY_KINDS)).one_of(*HISTORY_KINDS)
    return Past(a, b, kind, outcome.one_of(*OUTCOMES) if outcome else "ok")
