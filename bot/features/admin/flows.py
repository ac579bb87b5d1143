"""Read, decide, write: the program's rules, its leads, the audit log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.errors import Refused, Stale
from bot.domain.ids import CircleId, MemberId, SessionId, TeamId
from bot.domain.manners import House
from bot.domain.programs import Act, Program, Role, Rules, may, require
from bot.feature import Deps
from bot.features.admin.audit import Logged
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class ProgramChange:
    """What the program form gives back."""

    name: str
    zone: str
    starts: date
    rules: Rules


@dataclass(frozen=True)
class LeadsChange:
    added: Sequence[MemberId]
    removed: Sequence[MemberId]


@dataclass(frozen=True)
class Leadership:
    """Who runs the program, as one reader sees it."""

    owners: Sequence[MemberId]
    leads: Sequence[MemberId]
    may_change: bool


async def program_for(team: TeamId, member: MemberId, deps: Deps) -> Program:
    async with deps.store.open_view(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
        return await _current(work)


async def save_program(
    team: TeamId, member: MemberId, *, changed: ProgramChange, version: int, deps: Deps
) -> Program:
    async with deps.store.open_work(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
        known = await _current(work)
        if known.version != version:
            raise Stale
        program = replace(known, name=changed.name, zone=changed.zone, starts=changed.starts)
        program = replace(program, rules=House.of(known.rules).written_in(changed.rules))
        await work.programs.save(program)
        details = {"name": program.name, "sizes": [program.rules.circle_min, program.rules.circle_max]}
        await work.audit.add(Entry(deps.now(), member, "program.change", str(program.id), details))
    return program


async def leads_for(team: TeamId, member: MemberId, deps: Deps) -> Leadership:
    """Every lead may see who leads; the owners change it."""
    async with deps.store.open_view(team) as work:
        mine = await work.programs.roles_of(member)
        require(Act.RUN_PROGRAM, mine)
        every = await work.programs.roles()
    return Leadership(_holding(every, Role.OWNER), _holding(every, Role.LEAD), may(Act.NAME_LEADS, mine))


async def save_leads(team: TeamId, member: MemberId, *, chosen: Collection[MemberId], deps: Deps) -> LeadsChange:
    """Everybody new is looked up in Slack first, so that no app or stranger becomes a lead."""
    async with deps.store.open_view(team) as work:
        known = await work.members.named(chosen)
    met = await deps.directory.look_up_all(team, [one for one in chosen if one not in known])
    async with deps.store.open_work(team) as work:
        require(Act.NAME_LEADS, await work.programs.roles_of(member))
        for newcomer in met:
            await work.members.save(newcomer)
        return await _write_leads(work, member, chosen, deps)


async def _write_leads(work: Work, by: MemberId, chosen: Collection[MemberId], deps: Deps) -> LeadsChange:
    before = set(_holding(await work.programs.roles(), Role.LEAD))
    change = LeadsChange(sorted(set(chosen) - before), sorted(before - set(chosen)))
    for lead in change.added:
        await work.programs.give_role(lead, Role.LEAD)
        await work.audit.add(Entry(deps.now(), by, "lead.add", lead, {}))
        await _tell_lead(work, lead, by=by, now=deps.now())
    for lead in change.removed:
        await work.programs.take_role(lead, Role.LEAD)
        await work.audit.add(Entry(deps.now(), by, "lead.remove", lead, {}))
    return change


async def _tell_lead(work: Work, lead: MemberId, *, by: MemberId, now: datetime) -> None:
    """Once a day at most, however often somebody is taken off the list and put back."""
    await work.outbox.add("admin.lead", lead, to=lead, due=now, key=f"{now:%Y-%m-%d}", payload={"by": by})


async def audit_for(team: TeamId, member: MemberId, deps: Deps) -> list[Logged]:
    async with deps.store.open_view(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
        entries = await work.audit.latest(20)
        sessions = await work.sessions.named(_numbers(entries, "session"))
        of_session = {f"session:{one.id}": one.circle for one in sessions.values()}
        of_circle = {f"circle:{number}": CircleId(number) for number in _numbers(entries, "circle")}
        about = {**of_session, **of_circle}
        circles = await work.circles.named(set(about.values()))
    names = {subject: circles[circle].name for subject, circle in about.items() if circle in circles}
    return [Logged(entry, names.get(entry.subject, "")) for entry in entries]


def _numbers(entries: Sequence[Entry], kind: str) -> set[SessionId]:
    parts = (entry.subject.partition(":") for entry in entries)
    return {SessionId(int(number)) for name, _, number in parts if name == kind and number.isdigit()}


async def check_lead(team: TeamId, member: MemberId, deps: Deps) -> None:
    async with deps.store.open_view(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))


def _holding(roles: dict[MemberId, frozenset[Role]], role: Role) -> list[MemberId]:
    return sorted(member for member, held in roles.items() if role in held)


async def _current(work: Work) -> Program:
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. Type `/mentor` once: the first person to do so owns it.")
    return program
