"""Programs and roles, as stored."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import Stale
from bot.domain.ids import ProgramId
from bot.domain.programs import Role, Rules
from tests.builders import a_program, an_id, saved_lead, saved_program


async def test_a_program_comes_back_as_saved(store, team):
    rules = Rules(circle_max=6, members_create_circles=False, theme_choices=("Hiring", "Saying no"))
    async with store.open_work(team) as work:
        program = await saved_program(work, rules=rules)
        assert await work.programs.get(program.id) == a_program(id=program.id, rules=rules)
        assert await work.programs.all() == [program]


async def test_a_program_that_is_not_there_is_none(store, team):
    async with store.open_view(team) as work:
        assert await work.programs.get(ProgramId(7)) is None
        assert await work.programs.current() is None


async def test_the_current_program_is_the_newest(store, team):
    async with store.open_work(team) as work:
        await saved_program(work)
        autumn = await saved_program(work, name="Autumn 2026", starts=date(2026, 9, 1))
        assert await work.programs.current() == autumn


async def test_a_program_saved_by_somebody_else_meanwhile_is_stale(store, team):
    async with store.open_work(team) as work:
        read = await saved_program(work)
        await work.programs.save(replace(read, name="First"))
        with pytest.raises(Stale):
            await work.programs.save(replace(read, name="Second"))
        saved = await work.programs.get(read.id)
    assert (saved.name, saved.version) == ("First", 2)


async def test_roles_are_given_once_and_taken_away(store, team):
    async with store.open_work(team) as work:
        lead = await saved_lead(work)
        assert not await work.programs.give_role(lead.id, Role.LEAD)
        assert await work.programs.give_role(lead.id, Role.OWNER)
        assert await work.programs.roles_of(lead.id) == {Role.LEAD, Role.OWNER}
        assert await work.programs.roles() == {lead.id: {Role.LEAD, Role.OWNER}}
        await work.programs.take_role(lead.id, Role.LEAD)
        assert await work.programs.roles_of(lead.id) == {Role.OWNER}
        assert await work.programs.roles_of(an_id("Bo")) == frozenset()
