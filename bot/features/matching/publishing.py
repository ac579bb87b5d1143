"""From a draft to circles: once, in one transaction, and only for people for whom it still holds.

The circles are stored as opening; making their channels, inviting and introducing is done by whoever opens circles.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import drafts, matching, when
from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.drafts import Draft, DraftState
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, DraftId, MemberId
from bot.domain.intros import line_above
from bot.domain.people import Member, Profile
from bot.domain.programs import Program, Rules
from bot.domain.shipped import protocol_for
from bot.domain.when import Rule
from bot.feature import Deps
from bot.features.matching.drafting import preview_within, require_lead, subject
from bot.features.matching.naming import fresh_names
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

NOTICE = timedelta(days=7)
"""So long before a first session people know about it."""
HALF_HOUR = timedelta(minutes=30)
NO_THEME = "Open to what you bring"


@dataclass(frozen=True)
class Problem:
    """A circle of the draft that can't be published as it is: its place in the draft, and why."""

    place: int
    sentence: str


@dataclass(frozen=True)
class Published:
    """What became circles or pairs; or, with `problems`, what stands in the way, and then nothing was done."""

    draft: Draft
    circles: tuple[Circle, ...] = ()
    pairs: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def people(self) -> int:
        return sum(len(circle.seats) for circle in self.circles)


@dataclass(frozen=True)
class Today:
    """How things stand at the moment of publishing."""

    now: datetime
    drawn: date
    program: Program
    members: Mapping[MemberId, Member]
    profiles: Mapping[MemberId, Profile]
    seated: frozenset[MemberId]
    names: frozenset[str]
    blocks: frozenset[tuple[MemberId, MemberId]]


async def publish(by: Request, number: DraftId, *, without_affected: bool, deps: Deps) -> Published:
    """All circles of the draft, or none; with `without_affected`, all but those that don't hold any more."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        shown = await preview_within(work, number)
        drafts.check_ready(shown.draft)
        proposed = shown.circles.circles if shown.circles else ()
        today = await _today(work, shown.draft, now)
        problems = [found for place, circle in enumerate(proposed, 1) if (found := _problem(place, circle, today))]
        affected = {problem.place for problem in problems}
        left = [circle for place, circle in enumerate(proposed, 1) if place not in affected]
        if (problems and not without_affected) or not left:
            return Published(shown.draft, problems=tuple(problems))
        # First of all, so that a second click waits for the first and is then refused.
        published = replace(shown.draft, state=DraftState.PUBLISHED, published_by=by.member, published_at=now)
        await work.drafts.save(published)
        made = await _found(work, by.member, left, today)
        details = {"circles": [circle.id for circle in made], "left out": sorted(affected)}
        await work.audit.add(Entry(now, by.member, "match.publish", subject(published), details))
    deps.store.wake()
    return Published(published, circles=tuple(made))


async def _today(work: Work, draft: Draft, now: datetime) -> Today:
    program = await work.programs.get(draft.program)
    if program is None:
        raise Refused("The program of this draft isn't there any more. `/mentor match circles` draws a new one.")
    # Asking holds the names until the block ends, so that nobody takes one of them meanwhile.
    await work.circles.name_is_taken(program.id, "")
    circles = await work.circles.open()
    return Today(
        now=now,
        drawn=draft.made_at.date(),
        program=program,
        members={one.id: one for one in await work.members.everyone()},
        profiles={profile.member: profile for profile in await work.members.profiles()},
        seated=frozenset(member for circle in circles for member in circle.members),
        names=frozenset(circle.name for circle in circles),
        blocks=frozenset(await work.blocks.all()),
    )


async def _found(work: Work, lead: MemberId, proposed: Iterable[matching.Circle], today: Today) -> list[Circle]:
    proposed = list(proposed)
    names = fresh_names(len(proposed), today.names)
    return [
        await work.circles.add(founded(circle, today, name=name, lead=lead))
        for circle, name in zip(proposed, names, strict=True)
    ]


def founded(proposed: matching.Circle, today: Today, *, name: str, lead: MemberId) -> Circle:
    rules = today.program.rules
    rule = rhythm(proposed, today)
    return Circle(
        id=CircleId(0),
        program=today.program.id,
        name=name,
        theme=proposed.theme or NO_THEME,
        state=CircleState.OPENING,
        rule=rule,
        minutes=rules.minutes,
        protocol=protocol_for(rules.minutes).key,
        size_min=rules.circle_min,
        size_max=rules.circle_max,
        made_by=lead,
        because=proposed.because,
        created=when.local(today.now, rule.zone).date(),
        seats=tuple(Seat(MemberId(member), today.now) for member in proposed.members),
    )


def rhythm(proposed: matching.Circle, today: Today) -> Rule:
    """At the hour that suits them all, in the zone where most of them live, a week from now at the earliest."""
    zones = Counter(today.members[MemberId(member)].tz for member in proposed.members)
    by_count = sorted(zones, key=lambda zone: (-zones[zone], zone != today.program.zone, zone))
    refused: Refused | None = None
    for zone in by_count:
        try:
            return _rule(proposed.slot, zone, today)
        except Refused as night:
            refused = night
    raise refused or Refused("This circle has no hour.")


def _rule(slot: int, zone: str, today: Today) -> Rule:
    return rule_at(slot, zone, drawn=today.drawn, now=today.now, every=today.program.rules.every_weeks)


def rule_at(slot: int, zone: str, *, drawn: date, now: datetime, every: int) -> Rule:
    """A slot is a half hour of the week in UTC, as that week was when it was drawn; a week from now at the earliest."""
    earliest = when.local(now + NOTICE, zone).date()
    monday = when.to_utc(when.week_of(drawn), MIDNIGHT, "UTC")
    local = when.local(monday + slot * HALF_HOUR, zone)
    first = _on_or_after(earliest, local.weekday())
    return Rule(zone, local.time().replace(tzinfo=None), (local.weekday(),), first, every=every)


MIDNIGHT = datetime.min.time()


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _problem(place: int, circle: matching.Circle, today: Today) -> Problem | None:
    """Why this circle does not hold any more: somebody left, is on a pause, has a circle, or a rule is broken by now."""
    members = [MemberId(member) for member in circle.members]
    sentences = [sentence for member in members if (sentence := _away(member, today))]
    if not sentences:
        sentences = [*_apart(members, today), *_no_hour(circle, today)]
    return Problem(place, " ".join(sentences)) if sentences else None


def _away(member: MemberId, today: Today) -> str:
    known = today.members.get(member)
    if known is None or known.left or member not in today.profiles:
        return f"<@{member}> isn't here any more."
    if known.is_paused(today.now):
        return f"<@{member}> is on a pause."
    return f"<@{member}> sits in a circle by now." if member in today.seated else ""


def _apart(members: list[MemberId], today: Today) -> list[str]:
    rules: Rules = today.program.rules
    above = {member: line_above(member, today.profiles)[: rules.apart_from_manager] for member in members}
    found = []
    if any(boss in members for line in above.values() for boss in line):
        found.append("One of them reports to another by now.")
    if any({one, other} <= set(members) for one, other in today.blocks):
        found.append("A confidential rule keeps these people from sitting in one circle by now.")
    return found


def _no_hour(circle: matching.Circle, today: Today) -> list[str]:
    try:
        rhythm(circle, today)
    except Refused as night:
        return [night.sentence]
    return []
