"""Read, decide, write: making circles, joining and leaving them, their rhythm, and their end.

Each flow is one work block. What has to be done in Slack afterwards is written down in the same block, as a letter or
as an errand of a seat, and done by `chores`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import when
from bot.domain.circles import (
    Circle,
    CircleState,
    Seat,
    check_first,
    check_joining,
    check_membership,
    check_size,
    clash,
)
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.ids import CircleId, MemberId, TeamId
from bot.domain.people import Member
from bot.domain.programs import Act, Program, Rules, require
from bot.domain.shipped import protocol_for
from bot.domain.when import Rule
from bot.feature import Deps
from bot.features.circles.form import Rhythm, Wanted
from bot.features.circles.reading import check_may_change, current_program, pair_on_one_line, rules_of
from bot.planning import rehour_checkins
from bot.seats import end, part, replan, tell_of_newcomers
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Seen:
    """A circle as a form was opened on it."""

    circle: CircleId
    version: int


# Making one


async def create(by: Request, wanted: Wanted, deps: Deps) -> Circle:
    """A circle with its maker and those they brought in; its channel is made by a chore."""
    maker, now = by.member, deps.now()
    _check_first_day(wanted.rule, now)
    met = await meet(by.team, [member for member in wanted.invited if member != maker], deps)
    async with deps.store.open_work(by.team) as work:
        program = await current_program(work)
        require(Act.CREATE_CIRCLE, await work.programs.roles_of(maker), rules=program.rules)
        if await work.circles.name_is_taken(program.id, wanted.name):
            raise RefusedFields({"name": f"There is a circle named {wanted.name} already. Choose another name."})
        await _check_clash(work, maker, Rhythm(wanted.rule, wanted.minutes))
        circle = _founded(maker, wanted, program, now=now)
        guests = [member.id for member in met]
        _in_field("people", lambda: check_size(circle, len(guests)))
        await _check_lines(work, circle, guests, program.rules)
        await _remember(work, met)
        # A moment apart, so that the order in which they were named is the order of the first turns.
        seats = [Seat(guest, now + timedelta(microseconds=place)) for place, guest in enumerate(guests, 1)]
        made = await work.circles.add(replace(circle, seats=(*circle.seats, *seats)), asked_by=maker)
        details = {"name": made.name, "members": list(made.members)}
        await work.audit.add(Entry(now, maker, "circle.create", _subject(made), details))
    deps.store.wake()
    return made


def _founded(maker: MemberId, wanted: Wanted, program: Program, *, now: datetime) -> Circle:
    return Circle(
        id=CircleId(0),
        program=program.id,
        name=wanted.name,
        theme=wanted.theme,
        state=CircleState.OPENING,
        rule=wanted.rule,
        minutes=wanted.minutes,
        protocol=protocol_for(wanted.minutes).key,
        checkin_weekday=wanted.checkin_weekday,
        checkin_time=wanted.checkin_time,
        size_min=program.rules.circle_min,
        size_max=program.rules.circle_max,
        made_by=maker,
        created=when.local(now, wanted.rule.zone).date(),
        seats=(Seat(maker, now),),
    )


async def meet(team: TeamId, members: Sequence[MemberId], deps: Deps) -> list[Member]:
    """The people behind these ids; `Refused` under the field where one of them cannot be in a circle."""
    async with deps.store.open_view(team) as work:
        known = await work.members.named(members)
    met: list[Member] = []
    for member in members:
        try:
            person = known.get(member) or await deps.directory.look_up(team, member)
            check_person(person)
        except Refused as refused:
            raise RefusedFields({"people": refused.sentence}) from refused
        met.append(person)
    return met


def check_person(person: Member) -> None:
    if person.left:
        raise Refused(f"{person.name}'s account is deactivated. Take them off the list.")
    if person.guest:
        raise Refused(
            f"{person.name} is a guest in this workspace, and guests can't be in circles. Take them off the list."
        )


# Coming and going


async def join(by: Request, circle: CircleId, deps: Deps) -> Circle:
    member, now = by.member, deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        check_joining(found, member)
        await _check_line(work, found, member)
        await work.circles.seat(circle, member, now)
        await work.audit.add(Entry(now, member, "circle.join", _subject(found), {}))
        await tell_of_newcomers(work, found, [member], now=now, by=member)
        joined = await work.circles.get(circle)
    deps.store.wake()
    return joined


async def invite(by: Request, circle: CircleId, *, people: Sequence[MemberId], deps: Deps) -> Circle:
    """Bring people in; who is in it already is left out without a word."""
    now = deps.now()
    met = await meet(by.team, people, deps)
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        await check_may_change(work, found, by.member)
        new = [member for member in met if member.id not in found.members]
        if not new:
            raise RefusedFields({"people": "They are in this circle already. Choose somebody else."})
        _in_field("people", lambda: check_size(found, len(new)))
        ids = [member.id for member in new]
        await _check_lines(work, found, ids, await rules_of(work, found))
        await _remember(work, new)
        for member in ids:
            await work.circles.seat(circle, member, now, asked_by=by.member)
        await work.audit.add(Entry(now, by.member, "circle.invite", _subject(found), {"members": ids}))
        await tell_of_newcomers(work, found, ids, now=now, by=by.member)
        changed = await work.circles.get(circle)
    deps.store.wake()
    return changed


async def leave(by: Request, circle: CircleId, *, line: str, deps: Deps) -> Circle:
    """The circle they left, as it was with them in it."""
    member, now = by.member, deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        check_membership(found, member)
        await part(work, found, member, now=now, line=line)
        await work.audit.add(Entry(now, member, "circle.leave", _subject(found), {}))
    deps.store.wake()
    return found


# Rhythm and end


async def change_rhythm(by: Request, seen: Seen, wanted: Rhythm, deps: Deps) -> Circle:
    now = deps.now()
    _check_first_day(wanted.rule, now)
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(seen.circle)
        await check_may_change(work, found, by.member)
        if found.version != seen.version:
            raise Stale
        if by.member in found.members:
            await _check_clash(work, by.member, wanted, besides=found.id)
        changed = replace(found, rule=wanted.rule, minutes=wanted.minutes)
        await work.circles.save(changed)
        await replan(work, changed, now)
        if changed.zone != found.zone:
            await rehour_checkins(work, changed, found.zone, now)
        details = {"rhythm": when.in_words(changed.rule), "minutes": changed.minutes}
        await work.audit.add(Entry(now, by.member, "circle.rhythm", _subject(found), details))
        if found.channel and found.state is CircleState.ACTIVE:
            payload = {"by": by.member}
            key = str(seen.version)
            await work.outbox.add("circles.rhythm", found.id, to=found.channel, due=now, key=key, payload=payload)
        return await work.circles.get(found.id)


async def close(by: Request, circle: CircleId, *, archive: bool, deps: Deps) -> Circle:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        await check_may_change(work, found, by.member)
        await end(work, found, by=by.member, now=now)
        await work.circles.want_archive(circle, archive)
        if found.channel:
            payload = {"by": by.member, "archive": archive}
            await work.outbox.add("circles.closing", circle, to=found.channel, due=now, payload=payload)
    deps.store.wake()
    return found


# Shared by the flows


async def _check_line(work: Work, circle: Circle, member: MemberId) -> None:
    if await pair_on_one_line(work, circle.members, [member], await rules_of(work, circle)):
        raise Refused(
            "Somebody on your reporting line sits in that circle, and then nobody could speak freely. "
            "`/mentor circle join` lists the ones that suit you."
        )


async def _check_lines(work: Work, circle: Circle, newcomers: Sequence[MemberId], rules: Rules) -> None:
    pair = await pair_on_one_line(work, circle.members, newcomers, rules)
    if pair:
        people = await work.members.named(pair)
        names = [people[member].name if member in people else "somebody" for member in pair]
        raise RefusedFields(
            {
                "people": f"{names[0]} and {names[1]} are on one reporting line, so they can't sit in one circle. "
                f"Take {names[0]} off the list."
            }
        )


async def _check_clash(work: Work, member: MemberId, wanted: Rhythm, *, besides: CircleId | None = None) -> None:
    others = [circle for circle in await work.circles.of(member) if circle.id != besides]
    other = clash(wanted.rule, wanted.minutes, others)
    if other is not None:
        raise RefusedFields(
            {
                "time": f"You meet with {other.name} then: {when.in_words(other.rule)}, {other.minutes} minutes. "
                "Choose another hour, day or first day."
            }
        )


async def _remember(work: Work, met: Sequence[Member]) -> None:
    known = await work.members.named([member.id for member in met])
    for member in met:
        if member.id not in known:
            await work.members.save(member)


def _check_first_day(rule: Rule, now: datetime) -> None:
    _in_field("first", lambda: check_first(rule.starts, when.local(now, rule.zone).date()))


def _in_field(block: str, check: Callable[[], None]) -> None:
    """A refusal of this check stands under that field of the form."""
    try:
        check()
    except Refused as refused:
        raise RefusedFields({block: refused.sentence}) from refused


def _subject(circle: Circle) -> str:
    return f"circle:{circle.id}"
