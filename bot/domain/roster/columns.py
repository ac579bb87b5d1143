"""The columns of a file of members: what each is called, what it means, what may stand in it."""

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain import when, words, zones
from bot.domain.errors import Refused
from bot.domain.matching.reading import ID, shown
from bot.domain.people import SKILLS_LIMIT, Kind, Wish

SKILL_LEVELS = {"starting": 1, "solid": 2, "teach": 3}
DAYS = tuple(day[:3] for day in when.WEEKDAYS)
YES, NO = ("yes", "true", "1", "x"), ("no", "false", "0")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")
LEVELLED = re.compile(r"(.+?)\s*\((starting|solid|teach)\)\Z", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
DAY_RANGE = re.compile(r"\s*([^\W\d_]+)\s*[-–]\s*([^\W\d_]+)\s*\Z")

Read = Callable[[str], Any]
ReadMany = Callable[[Sequence[str]], Any]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: "row 17, column tz"."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


class WrongRows(Refused):
    """Something in the file is wrong; all of it is listed, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=_number)
        super().__init__("\n".join(map(str, self.problems)))


def _number(problem: Problem) -> int:
    found = re.search(r"[0-9]+", problem.place)
    return int(found[0]) if found else 0


@dataclass(frozen=True)
class Row:
    """What a file says of one person; a column that is not given is not in `values`."""

    place: str
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the file calls a column, where that is not its name."""

    def at(self, column: str) -> str:
        return f"{self.place}, {self.labels.get(column, f'column {column}')}"


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Column:
    name: str
    about: str
    example: str = ""
    one: Read | None = None
    """Reads a single value; a column that holds several has `many` instead."""
    many: ReadMany | None = None
    kept: bool = True
    """Whether the bot has a place for it; the others are for the matcher alone."""

    def read(self, given: str | Sequence[str]) -> Any:
        if self.many is not None:
            return self.many([given] if isinstance(given, str) else given)
        assert self.one is not None and isinstance(given, str)  # noqa: S101 - the files see to it
        return self.one(given)


def _text(limit: int) -> Read:
    return lambda given: words.clean_line(given, limit, "The text")


def _id(given: str) -> str:
    if not ID.match(given):
        raise Refused(f"{shown(given)} is no id; plain letters and digits such as U012ABCDEF, nothing invisible.")
    return given


def _manager(given: str) -> str | None:
    return _id(given) if given else None


def _zone(given: str) -> str:
    if not given or when.is_zone(given):
        return given
    near = zones.like(given, 1) or difflib.get_close_matches(given, zones.COMMON, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "write one such as Europe/Berlin."
    raise Refused(f"{shown(given)} is no time zone; {hint}")


def _whole(low: int, high: int) -> Read:
    def read(given: str) -> int:
        digits = given[:-2] if given.endswith(".0") else given
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4 and low <= int(digits) <= high):
            raise Refused(f"{shown(given)} is no whole number from {low} to {high}.")
        return int(digits)

    return read


def _clock(given: str) -> str:
    found = CLOCK.match(given)
    if not found:
        raise Refused(f"{shown(given)} is no time of day; write it as 09:00.")
    return f"{int(found[1]):02}:{found[2]}"


def _flag(given: str) -> bool:
    if given.casefold() not in (*YES, *NO, ""):
        raise Refused(f"{shown(given)} is neither yes nor no.")
    return given.casefold() in YES


@functools.lru_cache(maxsize=65536)
def _entry(entry: str, limit: int) -> str:
    return words.clean_line(entry, limit, shown(entry[:20]))


def _list(most: int, limit: int) -> ReadMany:
    def read(given: Sequence[str]) -> tuple[str, ...]:
        cleaned = [_entry(entry, limit) for entry in given]
        return _at_most(most, tuple({entry.casefold(): entry for entry in reversed(cleaned) if entry}.values())[::-1])

    return read


def _at_most(most: int, entries: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(entries) > most:
        raise Refused(f"{len(entries)} entries, where {most} fit; keep the most important.")
    return entries


def _skills(given: Sequence[str]) -> tuple[Wish, ...]:
    return _at_most(SKILLS_LIMIT, tuple(_skill(entry) for entry in _list(1000, 80)(given)))


def _skill(entry: str) -> Wish:
    found = LEVELLED.match(entry)
    name, level = (found[1], SKILL_LEVELS[found[2].lower()]) if found else (entry, 2)
    return Wish(_entry(name, 60), level)


def _languages(given: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(entry.strip().lower() for entry in given if entry.strip()))
    for code in codes:
        if not LANGUAGE.match(code):
            raise Refused(f"{shown(code)} is no code of a language; write en, de, fr and so on.")
    return _at_most(20, codes)


def _kinds(given: Sequence[str]) -> tuple[Kind, ...]:
    allowed = [kind.value for kind in Kind]
    for entry in given:
        if entry.strip().lower() not in ("", *allowed):
            raise Refused(_not_among(entry, allowed))
    return tuple(dict.fromkeys(Kind(entry.strip().lower()) for entry in given if entry.strip()))


def _not_among(entry: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(entry.strip().lower(), allowed, n=1)
    hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(allowed)}."
    return f"{shown(entry)} is not among what is possible; {hint}"


def _days(given: Sequence[str]) -> tuple[int, ...]:
    found: set[int] = set()
    for entry in given:
        ends = DAY_RANGE.match(entry)
        first, last = (_day(ends[1]), _day(ends[2])) if ends else (_day(entry), _day(entry))
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(sorted(found))


def _day(entry: str) -> int:
    typed = entry.strip().lower()
    found = [number for number, name in enumerate(when.WEEKDAYS) if name.lower().startswith(typed)]
    if len(found) != 1 or len(typed) < 2:
        raise Refused(f"{shown(entry)} is no day of the week; write {', '.join(DAYS)}, or Mon-Fri.")
    return found[0]


_KINDS = ", ".join(kind.value for kind in Kind)
_LEVELLED = "Most important first, separated by semicolons. (starting), (solid) or (teach) says where they are."

COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("id", "Slack's member id (profile, three dots, Copy member ID). Needed.", "U012ABCDEF", one=_id),
        Column("name", "Used until Slack says how somebody is called; after that Slack's name stays.", "Ana", one=_text(120)),
        Column("tz", "Time zone, where it is not the one in Slack.", "Europe/Warsaw", one=_zone),
        Column("dept", "Department.", "Engineering", one=_text(80)),
        Column("city", "Where they work.", "Warsaw", one=_text(80)),
        Column("level", "1 starting out, 2 established, 3 senior, 4 leading others, 5 executive.", "3", one=_whole(1, 5)),
        Column("manager", "The id of whom they report to; the two are never matched.", "U045GHIJKL", one=_manager),
        Column("languages", "Codes of languages.", "en; pl", many=_languages),
        Column("interests", "Up to 15, separated by semicolons.", "chess; choirs", many=_list(15, 40)),
        Column("wants", f"Skills they want to learn. {_LEVELLED}", "giving feedback; SQL (starting)", many=_skills),
        Column("offers", f"Skills they can help with. {_LEVELLED}", "Python (teach)", many=_skills),
        Column("looking_for", f"Whom they are looking for: {_KINDS}.", "skill; sponsor", many=_kinds),
        Column("can_be", f"What they could be for somebody: {_KINDS}.", "peer; micro", many=_kinds),
        Column("capacity", "How many people they could mentor at a time, 0 to 10.", "2", one=_whole(0, 10)),
        Column("themes", "Up to three circle themes; without one there is no circle.", "Leading change", many=_list(3, 75)),
        Column("days", "Days that suit them.", "Mon-Thu", many=_days),
        Column("start", "When their day starts, in their own time.", "09:00", one=_clock),
        Column("end", "When their day ends.", "17:00", one=_clock),
        Column("country", "For the matcher only.", one=_text(80), kept=False),
        Column("background", "For the matcher only.", one=_text(80), kept=False),
        Column("groups", "For the matcher only.", many=_list(50, 80), kept=False),
        Column("paused", "For the matcher only: yes or no.", one=_flag, kept=False),
    )
}  # fmt: skip
KEPT = tuple(column.name for column in COLUMNS.values() if column.kept)
