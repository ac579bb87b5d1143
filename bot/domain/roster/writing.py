"""Members as a file: what a lead may have of them, and a template that explains each column.

Goals, boundaries and the line about a pause stay out: they were written for others.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain import when, words
from bot.domain.people import Member, Profile, Wish
from bot.domain.roster.columns import COLUMNS, DAYS, KEPT, SKILL_LEVELS
from bot.domain.roster.files import FORMULA, NOTHING, SCHEMA
from bot.domain.roster.plan import FIELDS, HOURS, Known

LEVEL_NAMES = {number: name for name, number in SKILL_LEVELS.items()}
ORDINARY = 2
"""The level that a skill has where none is written."""
MANAGER = "manager"
SEPARATORS = ',;\n"'


def written(known: Known, kind: str, *, managers: bool = False) -> str:
    """Everybody who is still here, by id; a person without a profile gives only who they are. Whom they report to is
    for the matcher alone, as the profile form promises, so it is written only where `managers` asks for it."""
    here = sorted((member for member in known.members.values() if not member.left), key=lambda member: member.id)
    people = [_person(member, known.profiles.get(member.id)) for member in here]
    names = [name for name in KEPT if managers or name != MANAGER]
    if kind.lower() == ".json":
        return _json([{name: value for name, value in person.items() if name in names} for person in people])
    return _csv([names, *(_line(person, names) for person in people)])


def template() -> str:
    """The names of the columns; below each what it means, and an example. Rows that start with # are not read."""
    explained = [f"{'# ' if column.name == 'id' else ''}{column.about}" for column in COLUMNS.values()]
    example = [f"{'# ' if column.name == 'id' else ''}{column.example}" for column in COLUMNS.values()]
    return _csv([list(COLUMNS), explained, example])


def _person(member: Member, profile: Profile | None) -> dict[str, Any]:
    person: dict[str, Any] = {
        "id": member.id,
        "name": words.clean_line(member.name, len(member.name) * 4, "The name")[:120],
        "tz": member.tz if when.is_zone(member.tz) else None,
    }
    if profile is not None:
        person |= {name: _value(getattr(profile, field)) for name, field in FIELDS.items()}
        person |= {name: _value(getattr(profile.availability, name)) for name in HOURS}
        person["days"] = [DAYS[day] for day in profile.availability.days]
        person["manager"] = profile.manager or ""
    return person


def _value(value: object) -> Any:
    if not isinstance(value, tuple):
        return value
    return [_skill(entry) if isinstance(entry, Wish) else str(entry) for entry in value]


def _skill(wish: Wish) -> str:
    """A name that ends as a level does is given its own level, so that it is read back as it was."""
    plain = wish.level == ORDINARY and not wish.skill.rstrip().endswith(")")
    return wish.skill if plain else f"{wish.skill} ({LEVEL_NAMES[wish.level]})"


def _json(people: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps({"schema": SCHEMA, "people": people}, ensure_ascii=False, indent=1) + "\n"


def _line(person: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    has_profile = "capacity" in person
    return [_cell(name, person.get(name), has_profile) for name in names]


def _cell(name: str, value: object, has_profile: bool) -> str:
    """An empty cell leaves what is there, so what is empty by somebody's choice is said."""
    if isinstance(value, list):
        return _plain("; ".join(map(_entry, value))) if value else _nothing(name)
    return _plain(str(value)) if value not in (None, "") else ""


def _nothing(name: str) -> str:
    return NOTHING if name in ("languages", "days") else ""


def _entry(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in SEPARATORS) else text


def _plain(cell: str) -> str:
    """Nothing that a spreadsheet would take for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _csv(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()
