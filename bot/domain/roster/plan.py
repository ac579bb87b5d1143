"""What a file would change: who is new, what differs, what stays; and what is wrong once it meets those we know."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.ids import MemberId
from bot.domain.matching.reading import shown
from bot.domain.matching.vocabulary import Vocabulary
from bot.domain.people import Availability, Member, Profile
from bot.domain.roster.columns import COLUMNS, Problem, Row

SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,19}\Z")
FIELDS = {
    "dept": "department",
    "city": "location",
    "level": "seniority",
    "manager": "manager",
    "languages": "languages",
    "interests": "interests",
    "wants": "wants",
    "offers": "offers",
    "looking_for": "seeks",
    "can_be": "offers_kinds",
    "capacity": "capacity",
    "themes": "themes",
}
"""The columns that are a profile's field each; days, start and end make up its availability."""
HOURS = ("days", "start", "end")
LONGEST_RING = 8
"""How many people of a ring are named."""
MOST_GUESSES = 100
"""How many different words are looked up for a typo; a file of free text is not searched word by word."""


@dataclass(frozen=True)
class Known:
    """Everybody the bot knows in the workspace, those who left too, and the profiles there are."""

    members: Mapping[MemberId, Member] = field(default_factory=dict)
    profiles: Mapping[MemberId, Profile] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One person who is new or becomes different; `profile` is None where there is none and the file gives none."""

    row: Row
    member: Member
    profile: Profile | None
    columns: tuple[str, ...]
    is_new: bool
    member_differs: bool
    profile_differs: bool


@dataclass(frozen=True)
class Plan:
    changes: tuple[Change, ...]
    same: int
    problems: tuple[Problem, ...]
    gone: tuple[Row, ...] = ()
    """Rows of people who left the workspace; they are not touched."""

    @property
    def added(self) -> list[Change]:
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if not change.is_new]


def planned(rows: Sequence[Row], known: Known) -> Plan:
    problems = [problem for row in rows for problem in _not_slack(row)]
    gone = tuple(row for row in rows if row.id in known.members and known.members[MemberId(row.id)].left)
    skip = {row.id for row in gone}
    found = [change for row in rows if row.id not in skip and (change := _change(row, known))]
    problems += [problem for change in found for problem in _hours_wrong(change, known)]
    problems += _rings(found, known)
    return Plan(tuple(found), len(rows) - len(found) - len(gone), tuple(problems), gone)


def _not_slack(row: Row) -> Iterator[Problem]:
    manager = row.values.get("manager")
    for column, id in (("id", row.id), ("manager", manager)):
        if id and not SLACK_ID.match(id):
            yield Problem(row.at(column), f"{shown(id)} is no Slack member id, which looks like U012ABCDEF.")


def _change(row: Row, known: Known) -> Change | None:
    id = MemberId(row.id)
    was, had = known.members.get(id), known.profiles.get(id)
    member = _member(row, was)
    profile = _profile(row, had)
    who = ("name", "tz") if was is None else ("tz",) if member != was else ()
    differing = {*who, *_differing(row, had, profile)}
    columns = tuple(name for name in row.values if name in differing)
    change = Change(row, member, profile, columns, was is None, member != was, profile != had)
    return change if change.member_differs or change.profile_differs else None


def _member(row: Row, was: Member | None) -> Member:
    """Names are Slack's; a zone counts as the member's own only where it differs from the one in use."""
    member = was or Member(MemberId(row.id), row.values.get("name") or row.id)
    zone = row.values.get("tz")
    return member if zone is None or zone == member.tz else replace(member, own_zone=zone)


def _profile(row: Row, had: Profile | None) -> Profile | None:
    given: dict[str, Any] = {FIELDS[name]: value for name, value in row.values.items() if name in FIELDS}
    hours = {name: row.values[name] for name in HOURS if name in row.values}
    if not given and not hours:
        return had
    profile = had or Profile(MemberId(row.id), version=0)
    return replace(profile, availability=replace(profile.availability, **hours), **given)


def _differing(row: Row, had: Profile | None, profile: Profile | None) -> tuple[str, ...]:
    """The columns in which the profile is another now; all that were given where there was none."""
    if profile is None or profile == had:
        return ()
    given = [name for name in row.values if name in FIELDS or name in HOURS]
    return tuple(given if had is None else (name for name in given if _of(profile, name) != _of(had, name)))


def _of(profile: Profile, name: str) -> object:
    return getattr(profile.availability, name) if name in HOURS else getattr(profile, FIELDS[name])


def _hours_wrong(change: Change, known: Known) -> Iterator[Problem]:
    free = change.profile.availability if change.profile else Availability()
    had = known.profiles.get(change.member.id)
    if free.end <= free.start and (had is None or had.availability != free):
        yield Problem(change.row.at("end"), f"the day would end at {free.end}, but it starts at {free.start}.")


def _rings(changes: Iterable[Change], known: Known) -> Iterator[Problem]:
    """Lines of managers that would run in a ring, where the file makes them so; each ring once."""
    above = {id: profile.manager for id, profile in known.profiles.items()}
    moved: dict[str, Row] = {}
    for change in changes:
        if change.profile is not None and "manager" in change.columns:
            above[change.member.id] = change.profile.manager
            moved[change.member.id] = change.row
    for ring in _found_rings(moved, above):
        if (first := next((moved[name] for name in ring if name in moved), None)) is not None:
            yield Problem(first.at("manager"), _ring_says(ring))


def _found_rings(starts: Iterable[str], above: Mapping[MemberId, MemberId | None]) -> Iterator[list[str]]:
    safe: set[str] = set()
    for start in starts:
        line: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in safe and at not in line:
            line[at] = None
            at = above.get(MemberId(at))
        if at is not None and at in line:
            names = list(line)
            yield names[names.index(at) :]
        safe.update(line)


def _ring_says(ring: list[str]) -> str:
    if len(ring) == 1:
        return "nobody is their own manager; give somebody else's id, or leave it empty."
    shortened = ring if len(ring) <= LONGEST_RING else [*ring[:LONGEST_RING], "…"]
    return f"the managers go in a circle, {' → '.join([*shortened, ring[0]])}; one must go."


def remarks(plan: Plan, known: Known, words: Vocabulary = Vocabulary()) -> list[Problem]:  # noqa: B008 - a frozen value
    """What somebody should look at though it stops nothing: likely typos, strangers, columns nobody keeps."""
    return [*_unkept(plan), *_left(plan), *_strangers(plan, known), *_typos(plan, words)]


def _unkept(plan: Plan) -> Iterator[Problem]:
    rows = [*(change.row for change in plan.changes), *plan.gone]
    found = {name: row for row in reversed(rows) for name in row.values if not COLUMNS[name].kept}
    for name, row in sorted(found.items()):
        yield Problem(row.at(name), "only the matcher reads this; it is not kept.")


def _left(plan: Plan) -> Iterator[Problem]:
    for row in plan.gone:
        yield Problem(row.place, f"{row.id} has left the workspace and is not touched.")


def _strangers(plan: Plan, known: Known) -> Iterator[Problem]:
    here = {*known.members, *(change.member.id for change in plan.changes)}
    for change in plan.changes:
        manager = change.profile.manager if change.profile and "manager" in change.columns else None
        if manager and manager not in here:
            yield Problem(change.row.at("manager"), f"I don't know {manager} yet; look whether the id is right.")


def _typos(plan: Plan, words: Vocabulary) -> Iterator[Problem]:
    skills, known = words.skills, set(words.known())
    tried: set[str] = set()
    for change in plan.changes:
        for column in ("wants", "offers"):
            for wish in change.row.values.get(column, ()) if column in change.columns else ():
                name = skills.canonical(wish.skill)
                if name in known or name in tried or len(tried) == MOST_GUESSES:
                    continue
                tried.add(name)
                if near := skills.suggest(wish.skill, words.edits.names):
                    says = f"{shown(wish.skill)} is kept as it is written; did you mean {near}?"
                    yield Problem(change.row.at(column), says)
