"""A program's skills in a file: one row a skill in CSV, or the JSON in which the shipped ones are kept."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching import vocabulary as words
from bot.domain.matching.reading import load
from bot.domain.matching.skills import relation
from bot.domain.matching.vocabulary import Edits, Vocabulary
from bot.domain.roster.columns import Problem, WrongRows

COLUMNS = ("skill", "synonyms", "related")
HALF = 50
NUMBERED = re.compile(r"(.*\S)\s+([-+\u2212]?\d+(?:[.,]\d+)?)\s*%?", re.ASCII)
Step = Callable[[Vocabulary], Edits]
Placed = tuple[str, Step]
"""Where it stands in the file, and what it changes."""


def changed(text: str, kind: str, edits: Edits) -> Edits:
    """The edits with all that the file says on top; `WrongRows` lists everything that is wrong, and then nothing counts."""
    steps = _from_json(text) if kind == ".json" else _from_csv(text)
    problems = []
    for place, step in steps:
        try:
            edits = step(Vocabulary(edits))
        except Refused as wrong:
            problems.append(Problem(place, wrong.sentence))
    if problems:
        raise WrongRows(problems)
    return slim(edits)


def _from_csv(text: str) -> list[Placed]:
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as wrong:
        raise Refused(f"The file is not CSV: {wrong}.") from None
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "skill" not in header or not set(header) <= set(COLUMNS):
        raise Refused(f"The first row names the columns: {', '.join(COLUMNS)}; skill is needed.")
    found: list[Placed] = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(header, cells, strict=False))
            found += _steps(f"row {number}", row["skill"], _parts(row, "synonyms"), _parts(row, "related"))
    return found


def _parts(row: Mapping[str, str], column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split(";") if part.strip()]


def _steps(place: str, name: str, synonyms: Iterable[str], related: Iterable[str]) -> list[Placed]:
    steps: list[Placed] = [(f"{place}, column skill", lambda now: _known(now, name))]
    steps += [(f"{place}, column synonyms", _naming(word, name)) for word in synonyms]
    for near in related:
        other, closeness = with_closeness(near)
        steps.append((f"{place}, column related", _relating(name, other, closeness)))
    return steps


def _naming(word: str, name: str) -> Step:
    return lambda now: words.same(now, word, name)


def _relating(one: str, other: str, closeness: int) -> Step:
    return lambda now: words.relate(now, one, other, closeness)


def with_closeness(typed: str) -> tuple[str, int]:
    """A skill and the number behind it; 50 where none is given. A number that is no closeness is none of the skill either."""
    found = NUMBERED.fullmatch(typed.strip())
    if found is None:
        return typed, HALF
    name, number = found.groups()
    if not number.isdigit() or len(number) > 3:
        raise Refused(words.CLOSENESS)
    return name, int(number)


def _known(vocabulary: Vocabulary, name: str) -> Edits:
    """A name that is known already changes nothing, so that a file can be read twice."""
    return vocabulary.edits if vocabulary.entry(words.clean(name)) else words.add(vocabulary, name)


def _from_json(text: str) -> list[Placed]:
    value = load(text).value
    if not isinstance(value, dict) or not set(value) <= {"skills", "related"}:
        raise Refused(
            'The file is JSON such as {"skills": {"kubernetes": ["k8s"]}, "related": [["docker", "kubernetes", 60]]}.'
        )
    found: list[Placed] = []
    for name, synonyms in _object(value.get("skills", {}), "skills").items():
        found += _steps(f"skills.{name}", name, _texts(synonyms, f"skills.{name}"), [])
    for number, each in enumerate(_list(value.get("related", []), "related")):
        one, other, closeness = _three(each, f"related[{number}]")
        found.append((f"related[{number}]", _relating(one, other, closeness)))
    return found


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(f"{place} holds skills, each with a list of its synonyms.")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(f"{place} is a list.")
    return value


def _texts(value: Any, place: str) -> list[str]:
    if not all(isinstance(one, str) for one in _list(value, place)):
        raise Refused(f"{place} is a list of words.")
    return list(value)


def _three(value: Any, place: str) -> tuple[str, str, int]:
    match value:
        case [str(one), str(other), int(closeness)]:
            return one, other, closeness
    raise Refused(f"{place} is [skill, other skill, 0 to 99].")


def written(vocabulary: Vocabulary, kind: str) -> str:
    """Everything that is known, such that `changed` reads it back and finds nothing to change."""
    entries = [entry for name in vocabulary.known() if (entry := vocabulary.entry(name))]
    if kind == ".json":
        return _as_json(vocabulary)
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    for entry in entries:
        related = [f"{name} {value}" for name, value in entry.related if relation(entry.name, name)[0] == entry.name]
        lines.writerow([entry.name, "; ".join(entry.synonyms), "; ".join(related)])
    return out.getvalue()


def _as_json(vocabulary: Vocabulary) -> str:
    entries = [entry for name in vocabulary.known() if (entry := vocabulary.entry(name))]
    related = [[*pair, value] for pair, value in sorted(vocabulary.skills.related.items())]
    skills = {entry.name: list(entry.synonyms) for entry in entries}
    return json.dumps({"skills": skills, "related": related}, ensure_ascii=False, indent=1) + "\n"


def slim(edits: Edits) -> Edits:
    """Without what says nothing else than what ships."""
    base = Vocabulary().skills
    return replace(
        edits,
        synonyms={word: name for word, name in edits.synonyms.items() if base.synonyms.get(word, word) != name},
        related={pair: value for pair, value in edits.related.items() if base.related.get(pair, 0) != value},
    )
