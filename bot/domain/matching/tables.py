"""The scores of all pairs, a block of mentees at a time, from tables of rows.

What a mentee's scores depend on falls into a few classes: hours, wishes, level and languages, place in the company, interests,
preferred groups. For each class there is one row over the mentors who offer the type, and a mentee's scores are the sum of
their rows. No object is made for a pair, and no more than a block of rows is held at once. `fit` says the same for one pair.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.domain.matching.config import PRIORITIES
from bot.domain.matching.document import Person
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import FIELD_NAMES
from bot.domain.matching.lines import Lines
from bot.domain.matching.skills import fold
from bot.domain.matching.slots import SLOT, SLOTS

Row = npt.NDArray[np.int16]
Places = npt.NDArray[np.int64]

NEVER = np.int16(-11_000)
"""In a row: less than any sum of points can make good. Three of them still fit into 16 bits less one score."""
FORBIDDEN = np.int16(-1)
PAIRS_AT_ONCE = 1 << 19
KEPT_BYTES = 16_000_000
FEW = 40
"""Up to so many mentors with whom something is between are remembered for each mentee."""
WORDS = -(-SLOTS // 64)


@dataclass(frozen=True)
class Block:
    """Scores of some mentees (by their places) with all mentors of their type; -1 where a rule forbids the pair."""

    rows: Places
    columns: Places
    scores: npt.NDArray[np.signedinteger]


class Layer:
    """The rows of one part of the score, made when a class is first met and dropped when they grow too many."""

    def __init__(self, row_of: Callable[[Hashable], Row]) -> None:
        self._row_of = row_of
        self._rows: dict[Hashable, Row] = {}
        self._held = 0

    def row(self, key: Hashable) -> Row:
        found = self._rows.get(key)
        if found is None:
            if self._held > KEPT_BYTES:
                self._rows.clear()
                self._held = 0
            found = self._rows[key] = self._row_of(key)
            self._held += found.nbytes
        return found


class Tables:
    """Scores of open mentees with mentors who have places left. Both are known by their place in the lists given."""

    def __init__(
        self, facts: Facts, mentees: Sequence[str], mentors: Sequence[str], apart: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.facts = facts
        self.mentees = mentees
        self.mentors = mentors
        self._lines = Lines(facts, mentees, mentors, apart)
        self._mentor_slots = words([facts.slots(id) for id in mentors])
        self._seeking = self._rows_by_type()
        self._offering = {name: self._places_of(name) for name in self._seeking}
        self._sheets: dict[str, Sheet] = {}

    def _rows_by_type(self) -> dict[str, Places]:
        """Those with the same hours stand together, so that a row is made once and is at hand."""
        found: dict[str, list[tuple[int, int]]] = {}
        for place, id in enumerate(self.mentees):
            found.setdefault(_type(self.facts, id), []).append((self.facts.slots(id), place))
        return {name: np.array([place for _, place in sorted(found[name])], dtype=np.int64) for name in sorted(found)}

    def _places_of(self, name: str) -> Places:
        offers = (self.facts.people[id].mentor for id in self.mentors)
        return np.array(
            [place for place, offer in enumerate(offers) if offer and name in offer.types], dtype=np.int64
        )

    def blocks(self, wanted: npt.NDArray[np.bool_] | None = None) -> Iterator[Block]:
        """Every mentee, or those wanted, once; no two blocks share a mentee."""
        for name, seeking in self._seeking.items():
            rows, columns = seeking if wanted is None else seeking[wanted[seeking]], self._offering[name]
            if not len(rows) or not len(columns):
                continue
            sheet = self._sheets.get(name) or self._sheets.setdefault(name, Sheet(self, name, columns))
            size = max(1, PAIRS_AT_ONCE // len(columns))
            for start in range(0, len(rows), size):
                some = rows[start : start + size]
                yield Block(some, columns, sheet.scores(some.tolist()))

    def slots_of(self, columns: Places) -> npt.NDArray[np.uint64]:
        found: npt.NDArray[np.uint64] = self._mentor_slots[columns]
        return found

    def apart(self, row: int) -> Places:
        """Mentors whom this mentee may not have for what is between the two."""
        return self._lines.apart(row)

    def met(self, row: int) -> Places:
        return self._lines.met(row)


def words(masks: Sequence[int]) -> npt.NDArray[np.uint64]:
    """Half hours of the week as rows of 64-bit words."""
    packed = b"".join(mask.to_bytes(WORDS * 8, "little") for mask in masks)
    return np.frombuffer(packed, dtype=np.uint64).reshape(len(masks), WORDS)


def _type(facts: Facts, id: str) -> str:
    wish = facts.people[id].mentee
    return wish.type if wish else ""


class Sheet:
    """The layers of one type of mentoring over the mentors who offer it."""

    def __init__(self, tables: Tables, type: str, columns: Places) -> None:
        self.tables = tables
        self.facts = tables.facts
        self.config = tables.facts.config
        self.weights = self.config.weights[type]
        self.type = type
        self.columns = columns
        self.mentors: list[Person] = [self.facts.people[tables.mentors[place]] for place in columns]
        self._at = np.full(len(tables.mentors), -1, dtype=np.int64)
        self._at[columns] = np.arange(len(columns))
        self._keys: dict[int, tuple[Hashable, ...]] = {}
        self._near_ones: dict[int, tuple[Places, Places]] = {}
        self._prepare()
        self.layers: list[tuple[Callable[[Person], Hashable], Layer]] = [
            (lambda person: self.facts.slots(person.id), Layer(self._hours)),
            (lambda person: (person.level, self.facts.languages[person.id]), Layer(self._standing)),
        ]
        self._add("skill", lambda person: self.facts.wanted(person.id), self._skill)
        self._add("distance", lambda person: tuple(getattr(person, name) for name in FIELD_NAMES), self._distance)
        self._add("interests", lambda person: frozenset(map(fold, person.interests)), self._interests)
        self._add("preference", lambda person: person.mentee and person.mentee.prefer_groups, self._preference)

    def _add(self, component: str, key: Callable[[Person], Hashable], row_of: Callable[[Hashable], Row]) -> None:
        if self.weights.get(component, 0):
            self.layers.append((key, Layer(row_of)))

    def _prepare(self) -> None:
        slots = self.tables.slots_of(self.columns)
        self._slots, self._slot_class = np.unique(slots, axis=0, return_inverse=True)
        self._levels = np.array([-99 if one.level is None else one.level for one in self.mentors])
        self._languages = Members(self.facts.languages[one.id] for one in self.mentors)
        self._interest = Members(frozenset(map(fold, one.interests)) for one in self.mentors)
        self._groups = Members(one.groups for one in self.mentors)
        self._skills = Members(self.facts.offered(one.id) for one in self.mentors)
        self._near: dict[str, Row] = {}
        self._fields = {name: Values([getattr(one, name) for one in self.mentors]) for name in FIELD_NAMES}

    def scores(self, rows: Sequence[int]) -> Row:
        found = np.empty((len(rows), len(self.columns)), dtype=np.int16)
        (_, first), *others = self.layers
        for place, row in enumerate(rows):
            (key, *keys), into = self._keys_of(row), found[place]
            np.copyto(into, first.row(key))
            for key, (_, layer) in zip(keys, others, strict=True):
                np.add(into, layer.row(key), out=into)
            self._between(row, into)
        np.maximum(found, FORBIDDEN, out=found)
        return found

    def _keys_of(self, row: int) -> tuple[Hashable, ...]:
        keys = self._keys.get(row)
        if keys is None:
            person = self.facts.people[self.tables.mentees[row]]
            keys = self._keys[row] = tuple(key(person) for key, _ in self.layers)
        return keys

    def _between(self, row: int, into: Row) -> None:
        """What is between these two alone: a pair before, a block, one line of managers."""
        met, apart = self._near_ones.get(row) or self._between_us(row)
        if len(met):
            met = met[into[met] >= 0]
            into[met] = np.maximum(into[met].astype(np.int64) - self.config.past_pair_penalty, 0)
        into[apart] = FORBIDDEN

    def _between_us(self, row: int) -> tuple[Places, Places]:
        found = self._here(self.tables.met(row)), self._here(self.tables.apart(row))
        if len(found[0]) + len(found[1]) <= FEW:
            self._near_ones[row] = found
        return found

    def _here(self, places: Places) -> Places:
        at: Places = self._at[places]
        return at[at >= 0]

    def _hours(self, key: Hashable) -> Row:
        mine = words([key if isinstance(key, int) else 0])[0]
        minutes = np.bitwise_count(self._slots & mine).sum(axis=1, dtype=np.int64) * SLOT
        most = self.config.overlap_saturation_minutes
        points = np.minimum(minutes, most) * 100 // most * self.weights.get("overlap", 0)
        points[minutes < self.config.min_overlap_minutes_per_week] = NEVER
        return _small(points)[self._slot_class]

    def _standing(self, key: Hashable) -> Row:
        level: int | None
        languages: frozenset[str]
        level, languages = key  # type: ignore[misc]
        points = np.zeros(len(self.mentors), dtype=np.int64)
        if level is not None:
            gaps = self._levels - level
            known = self._levels >= 0
            for gap, given in self.config.level_gap_points.get(self.type, {}).items():
                points[known & (gaps == gap)] = given * self.weights.get("level", 0)
            low, high = self.config.level_rule.get(self.type, (-99, 99))
            points[known & ((gaps < low) | (gaps > high))] = NEVER
        points[self._languages.count(languages) == 0] = NEVER
        return _small(points)

    def _skill(self, key: Hashable) -> Row:
        # Shares add up to 100 at most, so all of this fits into 16 bits.
        points = np.zeros(len(self.mentors), dtype=np.int16)
        for name, place in zip(key, PRIORITIES, strict=False):  # type: ignore[call-overload]
            points += self._closeness(name) * np.int16(self.config.skill_priority[place])
        points //= np.int16(100)
        points *= np.int16(self.weights["skill"])
        return points

    def _closeness(self, wanted: str) -> Row:
        """How near each mentor's nearest skill is to the wanted one."""
        if wanted not in self._near:
            table = self.facts.document.skills
            near = [(name, table.closeness(wanted, name)) for name in self._skills.names]
            row = np.zeros(len(self.mentors), dtype=np.int16)
            for name, value in near:
                if value:
                    have = self._skills.having(name)
                    row[have] = np.maximum(row[have], value)
            if len(self._near) * row.nbytes > KEPT_BYTES:
                self._near.clear()
            self._near[wanted] = row
        return self._near[wanted]

    def _distance(self, key: Hashable) -> Row:
        points = np.zeros(len(self.mentors), dtype=np.int64)
        for name, mine in zip(FIELD_NAMES, key, strict=True):  # type: ignore[call-overload]
            if mine is not None:
                points[self._fields[name].other_than(mine)] += self.config.distance_points[name]
        return _small(points * self.weights["distance"])

    def _interests(self, key: Hashable) -> Row:
        shared = self._interest.count(key)  # type: ignore[arg-type]
        return _small(np.minimum(100, self.config.interest_points * shared) * self.weights["interests"])

    def _preference(self, key: Hashable) -> Row:
        wanted = self._groups.count(key or ())  # type: ignore[arg-type]
        return _small(np.where(wanted > 0, 100 * self.weights["preference"], 0))


def _small(points: npt.NDArray[np.int64]) -> Row:
    return np.ascontiguousarray(points, dtype=np.int16)


class Members:
    """Who among the mentors has a name on their list."""

    def __init__(self, lists: Iterator[frozenset[str]] | Iterator[tuple[str, ...]]) -> None:
        having: dict[str, list[int]] = {}
        self._size = 0
        for place, names in enumerate(lists):
            self._size = place + 1
            for name in names:
                having.setdefault(name, []).append(place)
        self._having = {name: np.array(places, dtype=np.int64) for name, places in having.items()}
        self.names = tuple(sorted(having))

    def having(self, name: str) -> Places:
        return self._having.get(name, np.empty(0, dtype=np.int64))

    def count(self, names: Iterable[str]) -> Places:
        """How many of these names each mentor has."""
        found = np.zeros(self._size, dtype=np.int64)
        for name in names:
            found[self.having(name)] += 1
        return found


class Values:
    """What each mentor says in one field, if anything."""

    def __init__(self, said: Sequence[str | None]) -> None:
        names = sorted({value for value in said if value is not None})
        self._code = {name: code for code, name in enumerate(names)}
        self._codes = np.array([-1 if value is None else self._code[value] for value in said])

    def other_than(self, value: str) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (self._codes >= 0) & (self._codes != self._code.get(value, -2))
        return found
