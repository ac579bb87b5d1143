"""A program's own questions: looked at, changed, tried out and given back by its leads."""

from dataclasses import dataclass

from bot.domain import prompts
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, ProgramId, TeamId
from bot.domain.programs import Act, Program, require
from bot.domain.prompts import Family, Own
from bot.feature import Deps
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Asked:
    """What a program asks."""

    program: Program
    own: Own


@dataclass(frozen=True)
class Draft:
    """One family on the way to be changed; `version` is what was read, `typed` what stands in the form."""

    program: ProgramId
    family: Family
    is_own: bool
    version: int
    typed: str


async def every(team: TeamId, member: MemberId, deps: Deps) -> Asked:
    async with deps.store.open_view(team) as work:
        return await _asked(work, member)


async def draft(team: TeamId, member: MemberId, key: str, deps: Deps) -> Draft:
    async with deps.store.open_view(team) as work:
        asked = await _asked(work, member)
        family = prompts.family_named(key, asked.own)
        version = await work.prompts.version(asked.program.id, key)
        return Draft(asked.program.id, family, key in asked.own, version, "\n".join(family.prompts))


async def save(team: TeamId, member: MemberId, *, key: str, version: int, text: str, deps: Deps) -> Family:
    async with deps.store.open_work(team) as work:
        asked = await _asked(work, member)
        prompts.family_named(key)
        questions = prompts.read_questions(text)
        await work.prompts.save(asked.program.id, key, questions, version=version)
        await _note(work, member, asked.program, deps, family=key, questions=len(questions))
        return prompts.family_named(key, {key: questions})


async def restore(team: TeamId, member: MemberId, key: str, deps: Deps) -> Draft:
    """As it ships; twice is the same as once."""
    async with deps.store.open_work(team) as work:
        asked = await _asked(work, member)
        family = prompts.family_named(key)
        if await work.prompts.restore(asked.program.id, key):
            await _note(work, member, asked.program, deps, family=key, questions=0)
        return Draft(asked.program.id, family, False, 0, "\n".join(family.prompts))


async def _asked(work: Work, member: MemberId) -> Asked:
    require(Act.RUN_PROGRAM, await work.programs.roles_of(member))
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. `/mentor program` starts one; its questions can be changed then.")
    return Asked(program, (await work.prompts.of([program.id])).get(program.id, {}))


async def _note(work: Work, member: MemberId, program: Program, deps: Deps, *, family: str, questions: int) -> None:
    details = {"family": family, "questions": questions}
    await work.audit.add(Entry(deps.now(), member, "checkins.questions", f"program:{program.id}", details))
