"""A matching document from a file of members, so that the matcher can be tried on a spreadsheet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.matching.document import Document, canonical
from bot.domain.matching.skills import shipped
from bot.domain.people import Kind, Profile
from bot.domain.roster.columns import Row, WrongRows
from bot.domain.roster.files import read_sheet

WEEK = date(2026, 1, 12)
"""Working hours are compared in this week, in which no zone changes its clocks; a JSON document names another."""
SAME = ("dept", "city", "tz", "level", "manager", "country", "background")
LISTS = ("interests", "groups")


def matching_document(text: str, kind: str) -> str:
    """The text of a document of these people by the ordinary rules and skills; `WrongRows` lists what is wrong."""
    sheet = read_sheet(text, kind)
    if sheet.problems:
        raise WrongRows(sheet.problems)
    empty = Document(seed=0, week_of=WEEK, people=(), skills=shipped())
    return canonical(empty.to_json() | {"people": [_person(row) for row in sheet.rows]})


def _person(row: Row) -> dict[str, Any]:
    """Whoever offers something is a mentor, whoever wants something a mentee; all meet in rounds."""
    given = row.values
    person: dict[str, Any] = {"id": row.id, "pair_pool": True, "paused": given.get("paused", False)}
    person["languages"] = list(given.get("languages", Profile.languages))
    person |= {name: given[name] for name in SAME if given.get(name)}
    person |= {name: list(given[name]) for name in LISTS if given.get(name)}
    work = {name: given[name] for name in ("start", "end") if name in given}
    days = {"days": list(given["days"])} if "days" in given else {}
    roles = {"mentor": _mentor(given), "mentee": _mentee(given), "circle": _circle(given)}
    return person | {"work": work | days} | {name: role for name, role in roles.items() if role}


def _mentor(given: Mapping[str, Any]) -> dict[str, Any] | None:
    skills = _skills(given.get("offers", ()))
    kinds = [kind.value for kind in given.get("can_be", ())] or ([Kind.SKILL.value] if skills else [])
    return {"capacity": given.get("capacity", Profile.capacity), "skills": skills, "types": kinds} if kinds else None


def _mentee(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """A draw looks for one kind of mentor a person: the first that is named."""
    skills = _skills(given.get("wants", ()))
    kinds = [kind.value for kind in given.get("looking_for", ())] or ([Kind.SKILL.value] if skills else [])
    return {"type": kinds[0], "skills": skills} if kinds else None


def _skills(wishes: Any) -> list[str]:
    return [wish.skill for wish in wishes]


def _circle(given: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"themes": list(given["themes"])} if given.get("themes") else None
