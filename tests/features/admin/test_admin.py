"""Running a program: who may, what is written, and how it looks."""

import pytest

from bot.domain.circles import CircleState
from bot.domain.drafts import Draft, DraftState, Figures
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.ids import DraftId, ProgramId
from bot.domain.programs import Role
from bot.domain.roster import KEPT
from bot.features.admin import blocks, form, handlers, home
from bot.features.admin.blocks import Waiting
from bot.features.admin.flows import LeadsChange
from bot.slack.payload import Payload
from bot.slack.replies import Modal
from bot.slack.requests import Command, Submission, View
from tests.builders import (
    a_circle,
    a_member,
    a_program,
    an_entry,
    an_id,
    saved_circle,
    saved_lead,
    saved_member,
    saved_profile,
    saved_program,
)
from tests.clock import START
from tests.features.answers import picked_day, picked_people, typed
from tests.watched import a_person

ORDINARY = {
    "name": "Spring 2026",
    "starts": picked_day("2026-03-02"),
    "zone": "berlin",
    "smallest": "4",
    "largest": "7",
    "aim": "6",
    "sessions": "6",
    "every": "2",
    "answer": "3",
    "themes": "Finding my voice\nWellbeing",
    "anyone": ["yes"],
}


def submission(team, who="Lea", version=1, **answers):
    view = View("V1", notes=Payload({"version": version}))
    return Submission(team, an_id(who), view=view, answers=typed(**answers))


async def test_a_lead_changes_the_rules(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
        await saved_program(work)
    await handlers.save_program(submission(team, **ORDINARY), deps)
    async with deps.store.open_view(team) as work:
        program = await work.programs.current()
        entries = await work.audit.latest()
    assert (program.zone, program.rules.circle_max, program.rules.theme_choices[1]) == (
        "Europe/Berlin",
        7,
        "Wellbeing",
    )
    assert [entry.act for entry in entries] == ["program.change"]


async def test_two_leads_do_not_overwrite_each_other(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
        await saved_program(work)
    await handlers.save_program(submission(team, **ORDINARY), deps)
    with pytest.raises(Stale):
        await handlers.save_program(submission(team, **{**ORDINARY, "name": "Mine"}), deps)


async def test_a_member_may_neither_see_nor_change_the_rules(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
        await saved_program(work)
    for attempt in (
        handlers.open_program(Command(team, an_id("Ana")), deps),
        handlers.save_program(submission(team, "Ana", **ORDINARY), deps),
        handlers.open_leads(Command(team, an_id("Ana")), deps),
        handlers.save_leads(submission(team, "Ana", leads=picked_people("U0ANA")), deps),
        handlers.show_audit(Command(team, an_id("Ana")), deps),
        handlers.tell_import(Command(team, an_id("Ana")), deps),
        handlers.tell_export(Command(team, an_id("Ana")), deps),
    ):
        with pytest.raises(Refused, match="program leads"):
            await attempt


async def test_a_lead_is_told_how_files_are_brought_in_and_written(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
    told = await handlers.tell_import(Command(team, an_id("Lea")), deps)
    assert all(f"`{name}`" in str(told.message.blocks) for name in KEPT)
    assert "bot export" in str((await handlers.tell_export(Command(team, an_id("Lea")), deps)).message.blocks)


async def test_only_an_owner_names_leads(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
    with pytest.raises(Refused):
        await handlers.save_leads(submission(team, leads=picked_people("U0LEA", "U0BO")), deps)


async def test_an_owner_names_leads_and_takes_the_role_away(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work, "Ola", Role.OWNER)
        await saved_lead(work, "Lea")
    assert isinstance(await handlers.open_leads(Command(team, an_id("Ola")), deps), Modal)
    await handlers.save_leads(submission(team, "Ola", leads=picked_people("U0BO")), deps)
    async with deps.store.open_view(team) as work:
        roles = await work.programs.roles()
        entries = await work.audit.latest()
    assert roles == {"U0OLA": {Role.OWNER}, "U0BO": {Role.LEAD}}
    assert {entry.act for entry in entries} == {"lead.add", "lead.remove"}


async def test_an_app_can_not_lead(deps, team, slack):
    slack.people["U0APP"] = a_person("U0APP", is_bot=True)
    async with deps.store.open_work(team) as work:
        await saved_lead(work, "Ola", Role.OWNER)
    with pytest.raises(Refused, match="app"):
        await handlers.save_leads(submission(team, "Ola", leads=picked_people("U0APP")), deps)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 3000}, "name"),
        ({"zone": "Atlantis"}, "zone"),
        ({"smallest": "9"}, "largest"),
        ({"aim": "3"}, "aim"),
        ({"sessions": "²"}, "sessions"),
        ({"every": "-2"}, "every"),
        ({"starts": {}}, "starts"),
        ({"themes": "\n".join(f"theme {n}" for n in range(21))}, "themes"),
    ],
)
def test_what_is_wrong_is_said_under_its_field(changed, field):
    with pytest.raises(RefusedFields) as refused:
        form.read_program(typed(**{**ORDINARY, **changed}))
    assert set(refused.value.fields) == {field}


def test_the_form_of_a_program(looks_right):
    looks_right(form.program(a_program()))


def test_the_form_of_leads(looks_right):
    looks_right(form.leads([an_id("Lea")]))


def test_a_saved_program(looks_right):
    looks_right(blocks.program_saved(a_program(name="<!channel> spring")))


def test_leads_that_came_and_went(looks_right):
    looks_right(blocks.leads_saved(LeadsChange([an_id("Bo")], [an_id("Lea")])))


def test_leads_that_stayed(looks_right):
    looks_right(blocks.leads_saved(LeadsChange([], [])))


def test_an_audit_log(looks_right):
    looks_right(blocks.audit([an_entry()]))


def test_an_empty_audit_log(looks_right):
    looks_right(blocks.audit([]))


def test_how_to_import(looks_right):
    looks_right(blocks.how_to_import())


def test_how_to_export(looks_right):
    looks_right(blocks.how_to_export())


def test_home_of_a_lead(looks_right):
    looks_right(blocks.for_leads(a_program(), Waiting(profiles=22, circles=4), people=24))


def test_home_of_a_lead_before_anybody_came(looks_right):
    looks_right(blocks.for_leads(a_program(), Waiting(), people=1))


def test_all_that_waits_for_a_lead(looks_right):
    draft = Draft(DraftId(3), ProgramId(1), an_id("Lea"), START, DraftState.READY, True, 1, figures=Figures(9, 8, 2))
    opening, small = a_circle(name="Elm", state=CircleState.OPENING), a_circle("Ana", "Bo", name="Ash & Co")
    waits = Waiting(profiles=22, unplaced=5, circles=4, draft=draft, opening=[opening], small=[small])
    looks_right(blocks.what_waits(waits))


def test_too_few_for_a_new_circle(looks_right):
    looks_right(blocks.what_waits(Waiting(profiles=9, unplaced=1, circles=2)))


async def test_what_waits_is_counted(store, team, clock):
    """Somebody who left their circle waits again, somebody who left the company doesn't."""
    async with store.open_work(team) as work:
        await saved_lead(work)
        program = await saved_program(work)
        for name in ("Ana", "Bo", "Chi", "Dee", "Eli"):
            await saved_profile(work, name)
        circle = await saved_circle(work, "Ana", "Bo", "Chi")
        await work.circles.unseat(circle.id, an_id("Bo"), clock.now())
        await saved_circle(work, "Dee", name="Elm", state=CircleState.CLOSED)
        await work.members.save(a_member("Eli", left=True))
        waits = await home.waiting(work, program)
    assert (waits.profiles, waits.unplaced, waits.circles, [one.name for one in waits.small]) == (5, 2, 1, ["Oak"])


async def test_members_see_no_part_for_leads(store, team, clock):
    async with store.open_work(team) as work:
        await saved_lead(work)
        await saved_profile(work, "Ana")
        await saved_program(work)
    async with store.open_view(team) as work:
        assert await home.for_leads(work, an_id("Ana"), clock.now()) == []
        assert await home.for_leads(work, an_id("Lea"), clock.now())
