"""Read, decide, write: what a member set, and what the program has for everybody."""

from dataclasses import dataclass, replace

from bot import courtesy
from bot.daysoff import holidays_of
from bot.domain import manners
from bot.domain.errors import Gone, Refused, Stale
from bot.domain.ids import MemberId, TeamId
from bot.domain.manners import House, Own, Reader
from bot.domain.people import Member
from bot.domain.programs import Act, Program, require
from bot.feature import Deps
from bot.planning import leave_out_weeks
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Choice:
    """What somebody chose, and what comes of it together with what the program has."""

    own: Own
    reader: Reader
    house: House
    location: str = ""
    zone: str = "UTC"

    @classmethod
    def of(cls, member: Member, own: Own, house: House, location: str) -> "Choice":
        reader = manners.reader_of(member, own, house, location=location, days_off=holidays_of)
        return cls(own, reader, house, location, member.tz)

    @property
    def usual_country(self) -> str:
        """Where they are, as far as their profile and time zone say so."""
        return manners.country_of(self.zone, self.location)


@dataclass(frozen=True)
class HouseChange:
    house: House
    left_out: int = 0
    """How many sessions were left out because of it."""


async def choice_of(team: TeamId, member: MemberId, deps: Deps) -> Choice:
    async with deps.store.open_view(team) as work:
        return await _choice(work, member)


async def _choice(work: Work, member: MemberId) -> Choice:
    house = await courtesy.house_of(work)
    known = (await work.settings.known([member])).get(member)
    if known is None:
        raise Gone("I don't know you yet. Type `/mentor` once, then try again.")
    return Choice.of(known.member, known.own, house, known.location)


async def choose(team: TeamId, member: MemberId, own: Own, deps: Deps) -> Choice:
    async with deps.store.open_work(team) as work:
        before = await _choice(work, member)
        await work.settings.save(member, _as_it_differs(own, before.house))
        return await _choice(work, member)


def _as_it_differs(own: Own, house: House) -> Own:
    """What is as the program has it is not kept, so that a change of the program's is theirs too."""
    same = (own.opens, own.closes) == (house.opens, house.closes)
    return replace(own, opens=None, closes=None) if same else own


async def program_for(team: TeamId, member: MemberId, deps: Deps) -> Program:
    async with deps.store.open_view(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
        return await _current(work)


async def set_house(team: TeamId, member: MemberId, house: House, *, version: int, deps: Deps) -> HouseChange:
    """Sessions in weeks that are off from now on are left out, and their circles hear of it."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
        program = await _current(work)
        if program.version != version:
            raise Stale
        before = House.of(program.rules)
        await work.programs.save(replace(program, rules=house.written_in(program.rules)))
        left_out = await leave_out_weeks(work, house.weeks_off - before.weeks_off, now)
        details = {"weeks_off": sorted(str(week) for week in house.weeks_off), "left_out": left_out}
        await work.audit.add(Entry(now, member, "program.manners", str(program.id), details))
    return HouseChange(house, left_out)


async def _current(work: Work) -> Program:
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. `/mentor program` begins one.")
    return program
