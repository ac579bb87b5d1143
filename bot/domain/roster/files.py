"""From the text of a file to rows: CSV, our own JSON, or the people of a matching document."""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching.document import SCHEMA as MATCHING
from bot.domain.matching.parsing import DOCUMENT_KEYS, PERSON_KEYS
from bot.domain.matching.reading import load, shown
from bot.domain.roster.columns import COLUMNS, DAYS, Problem, Row, Sheet

SCHEMA = "members/1"
LARGEST_FILE = 32_000_000
MOST_PEOPLE = 100_000
LONGEST_CELL = 5_000
KINDS_OF_FILE = (".csv", ".json")
NOTHING = "-"
"""A cell that empties what is there; an empty cell leaves it."""
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet would run; a quotation mark in front makes it plain text."""
ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,;\n]|\Z)|([^,;\n]+))')
IN_PARTS = {
    "work": {"days": "days", "start": "start", "end": "end"},
    "mentor": {"capacity": "capacity", "skills": "offers", "types": "can_be"},
    "mentee": {"type": "looking_for", "skills": "wants", "prefer_groups": "", "waited": ""},
    "circle": {"themes": "themes"},
}
"""The objects of a matching document's person, and the column that each of their keys fills; "" is read by none."""
UNREAD = ("busy", "pair_pool")


@dataclass(frozen=True)
class Given:
    """One value of one person, as it stands in the file."""

    column: str
    label: str
    value: object


@dataclass
class Reading:
    """Collects rows and everything that is wrong with them."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def wrong(self, place: str, says: str) -> None:
        self.problems.append(Problem(place, says))

    def take(self, place: str, given: Iterable[Given]) -> None:
        values: dict[str, Any] = {}
        labels: dict[str, str] = {}
        for one in given:
            labels[one.column] = one.label
            try:
                values[one.column] = COLUMNS[one.column].read(_plain(one))
            except Refused as wrong:
                self.wrong(f"{place}, {one.label}", wrong.sentence)
        if "id" not in labels:
            self.wrong(f"{place}, column id", "there is no id; without one nobody knows who is meant.")
        if id := values.pop("id", None):
            self._keep(Row(place, id, values, labels))

    def _keep(self, row: Row) -> None:
        first = self.seen.setdefault(row.id, row.place)
        if first != row.place:
            self.wrong(row.at("id"), f"{shown(row.id)} stands in {first} too; each person once.")
        self.rows.append(row)

    def sheet(self) -> Sheet:
        return Sheet(tuple(self.rows), tuple(self.problems))


def read_sheet(text: str, kind: str) -> Sheet:
    """`kind` is the end of the file's name. `Refused` where it is no such file at all."""
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST_FILE:
        raise Refused(f"The file has {len(text):,} characters; at most {LARGEST_FILE:,} are read.")
    if kind.lower() not in KINDS_OF_FILE:
        raise Refused("The file's name must end in .csv or .json, so that I know how to read it.")
    return _read_json(text) if kind.lower() == ".json" else _read_csv(text)


def _read_csv(text: str) -> Sheet:
    if "\0" in text:
        raise Refused("The file is not CSV: it holds bytes that no text has. Save it as CSV in UTF-8.")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    reading = Reading()
    header: list[str] | None = None
    try:
        for number, cells in enumerate(lines, 1):
            if not any(cell.strip() for cell in cells) or _is_remark(header, cells):
                continue
            if header is None:
                header = _header(cells, f"row {number}", reading)
                if reading.problems:
                    break
            else:
                _take_cells(f"row {number}", header, cells, reading)
    except csv.Error as wrong:
        raise Refused(f"The file is not CSV: {wrong} in line {lines.line_num}.") from None
    if header is None:
        raise Refused("The file has no row with the names of the columns. `import --template FILE` writes one.")
    return reading.sheet()


def _is_remark(header: Sequence[str] | None, cells: Sequence[str]) -> bool:
    """No id starts with a #, but a department may."""
    first = header.index("id") if header else 0
    return len(cells) > first and cells[first].lstrip().startswith("#")


def _delimiter(text: str) -> str:
    """A comma, or what spreadsheets of some countries write instead; the row of names shows which."""
    names = next((line for line in text.splitlines() if line.strip() and not line.lstrip(' "').startswith("#")), "")
    return max(",;\t", key=names.count)


def _header(cells: Sequence[str], place: str, reading: Reading) -> list[str]:
    names = ["_".join(cell.strip().lower().split()) for cell in cells]
    for name in names:
        if name and name not in COLUMNS:
            reading.wrong(place, _unknown("column", name, COLUMNS))
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        reading.wrong(place, f"the column {name} stands there twice; keep one.")
    if "id" not in names:
        reading.wrong(place, "there is no column id; it holds Slack's member ids.")
    return names


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
    return f"{shown(name)} is no {what}; {hint}"


def _take_cells(place: str, header: Sequence[str], cells: Sequence[str], reading: Reading) -> None:
    if any(cell.strip() for cell in cells[len(header) :]):
        reading.wrong(
            place, f"it has {len(cells)} cells, where the columns are {len(header)}; quote what holds commas."
        )
        return
    if len(reading.rows) == MOST_PEOPLE:
        raise Refused(f"The file has more than {MOST_PEOPLE:,} people; import it in parts.")
    reading.take(place, _cells(header, cells))


def _cells(header: Sequence[str], cells: Sequence[str]) -> Iterator[Given]:
    for name, cell in zip(header, cells, strict=False):
        stripped = cell.strip()
        if not name or not stripped:
            continue
        nothing = stripped == NOTHING
        words = "" if nothing else stripped[1:] if stripped[0] == "'" and FORMULA.match(stripped) else stripped
        yield Given(name, f"column {name}", split(words) if COLUMNS[name].many else words)


def split(cell: str) -> list[str]:
    """The entries of a cell; one that holds a separator itself stands in double quotation marks."""
    if len(cell) > LONGEST_CELL:
        return [cell]
    found = ENTRY.finditer(cell)
    return [one[1].replace('""', '"') if one[1] is not None else one[2].strip() for one in found]


def _plain(given: Given) -> str | list[str]:
    """A text, or a list of texts; JSON may hold anything else."""
    value, several = given.value, COLUMNS[given.column].many is not None
    if several:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise Refused(f"{shown(value)} is no list of texts.")
        return value
    if isinstance(value, bool) and given.column == "paused":
        return "yes" if value else "no"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Refused(f"{shown(value)} is not a text.")
    if len(value) > LONGEST_CELL:
        raise Refused(f"it is {len(value):,} characters long, which is too long for anything.")
    return value


def _read_json(text: str) -> Sheet:
    document = load(text).value
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(document, dict) or schema not in (SCHEMA, MATCHING):
        raise Refused(f'The file is JSON, but neither an export ("schema": "{SCHEMA}") nor a matching document.')
    people = document.get("people")
    if not isinstance(people, list):
        raise Refused('The file has no "people", which is a list with an object for each person.')
    if len(people) > MOST_PEOPLE:
        raise Refused(f"The file has {len(people):,} people, and {MOST_PEOPLE:,} fit; import it in parts.")
    reading, foreign = Reading(), schema == MATCHING
    for key in document.keys() - {"schema", "people"} - (set(DOCUMENT_KEYS) if foreign else set()):
        reading.wrong("the file", _unknown("key", str(key), DOCUMENT_KEYS if foreign else ("schema", "people")))
    for number, person in enumerate(people):
        place = f"people[{number}]"
        if isinstance(person, dict):
            reading.take(place, _person(place, person, foreign, reading))
        else:
            reading.wrong(place, f"{shown(person)} is no object with a person's keys.")
    return reading.sheet()


def _person(place: str, person: Mapping[str, object], foreign: bool, reading: Reading) -> Iterator[Given]:
    for key, value in person.items():
        if foreign and key in IN_PARTS and value is not None:
            yield from _parts(place, key, value, reading)
        elif key not in (PERSON_KEYS if foreign else COLUMNS):
            reading.wrong(place, _unknown("key", key, PERSON_KEYS if foreign else COLUMNS))
        elif value is not None and key not in (*IN_PARTS, *UNREAD):
            yield Given(key, f"key {key}", value)


def _parts(place: str, key: str, value: object, reading: Reading) -> Iterator[Given]:
    columns = IN_PARTS[key]
    if not isinstance(value, dict):
        reading.wrong(f"{place}, key {key}", f"{shown(value)} is no object.")
        return
    for part, inner in value.items():
        label = f"key {key}.{part}"
        if part not in columns:
            reading.wrong(f"{place}, key {key}", _unknown("key", part, columns))
        elif columns[part] and inner is not None:
            yield Given(columns[part], label, _as_here(part, inner))


def _as_here(part: str, value: object) -> object:
    """A matching document numbers the days and names a single type."""
    if part == "days" and isinstance(value, list):
        return [DAYS[day] if type(day) is int and 0 <= day < len(DAYS) else str(day) for day in value]
    return [value] if part == "type" else value
