"""Read, decide, write: what a program's circles begin with, for its leads."""

from datetime import date, time

from bot.domain.charters import Template, Words, drafted
from bot.domain.circles import Circle, CircleState
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, ProgramId
from bot.domain.programs import Act, Program, require
from bot.domain.when import Rule
from bot.feature import Deps
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

MIDWEEK, AFTERNOON = 2, time(15, 0)


async def current(by: Request, deps: Deps) -> tuple[Program, Template]:
    async with deps.store.open_view(by.team) as work:
        program = await _program(work, by)
        return program, await work.charters.template(program.id)


async def save(by: Request, program: ProgramId, *, words: Words, seen: int, deps: Deps) -> Words:
    async with deps.store.open_work(by.team) as work:
        known = await _program(work, by)
        if known.id != program:
            raise Refused("Another program has begun since. Open this once more.")
        await work.charters.save_template(program, words, seen=seen)
        await work.audit.add(Entry(deps.now(), by.member, "charter.template", f"program:{program}", {}))
        return words


async def preview(by: Request, words: Words, deps: Deps) -> tuple[Circle, Words]:
    """As an example circle would get it."""
    async with deps.store.open_view(by.team) as work:
        program = await _program(work, by)
    example = an_example(program, deps.now().date())
    return example, drafted(words, example, program.rules)


def an_example(program: Program, today: date) -> Circle:
    rules = program.rules
    theme = next(iter(rules.theme_choices), "")
    return Circle(
        id=CircleId(0),
        program=program.id,
        name="Example",
        theme=theme,
        state=CircleState.ACTIVE,
        rule=Rule(program.zone, AFTERNOON, (MIDWEEK,), max(today, program.starts), every=rules.every_weeks),
        minutes=rules.minutes,
        size_min=rules.circle_min,
        size_max=rules.circle_max,
    )


async def _program(work: Work, by: Request) -> Program:
    require(Act.RUN_PROGRAM, await work.programs.roles_of(by.member))
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. `/mentor program` starts one.")
    return program
