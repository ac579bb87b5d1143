"""Running a program: who may, what is written, and how it looks."""

import re
from pathlib import Path

import pytest

from bot.domain.circles import CircleState
from bot.domain.drafts import Draft, DraftState, Figures
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.ids import DraftId, ProgramId
from bot.domain.programs import Role
from bot.domain.roster import KEPT
from bot.features.admin import blocks, form, handlers, home
from bot.features.admin.audit import SAID, Logged, sentence
from bot.features.admin.blocks import Waiting
from bot.features.admin.flows import Leadership, LeadsChange
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
    saved_session,
)
from tests.clock import START
from tests.features.answers import picked_day, picked_people, typed
from tests.watched import a_person

ENTRY = re.compile(r"""Entry\([^"()]*(?:\(\)[^"()]*)?,\s*"([a-z]+\.[a-z_]+)\"""", re.DOTALL)
ORDINARY = {
    "name": "Spring 2026",
    "starts": picked_day("2026-03-02"),
    "zone": "berlin",
    "smallest": "4",
    "largest": "7",
    "aim": "6",
    "sessions": "6",
    "quorum": "3",
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
        promised = [(one.letter.kind, one.letter.to) for one in await work.outbox.standing()]
    assert roles == {"U0OLA": {Role.OWNER}, "U0BO": {Role.LEAD}}
    assert {entry.act for entry in entries} == {"lead.add", "lead.remove"}
    assert promised == [("admin.lead", "U0BO")]


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
    looks_right(form.leads(Leadership([an_id("Ola")], [an_id("Lea")], may_change=True)))


def test_the_leads_as_a_lead_sees_them(looks_right):
    looks_right(form.leads(Leadership([an_id("Ola")], [], may_change=False)))


def test_a_new_owner(looks_right):
    looks_right(blocks.now_owner(a_program(name="<!channel> spring")))


def test_a_new_lead(looks_right):
    looks_right(blocks.now_lead(a_program(), an_id("Ola")))


def test_a_saved_program(looks_right):
    looks_right(blocks.program_saved(a_program(name="<!channel> spring")))


def test_leads_that_came_and_went(looks_right):
    looks_right(blocks.leads_saved(LeadsChange([an_id("Bo")], [an_id("Lea")])))


def test_leads_that_stayed(looks_right):
    looks_right(blocks.leads_saved(LeadsChange([], [])))


def test_an_audit_log(looks_right):
    looks_right(blocks.audit([Logged(an_entry(), "Oak & Ash")]))


EVERY_ENTRY = [
    ("circle.join", "circle:1", {"by": "channel"}),
    ("circle.join", "circle:1", {}),
    ("circle.leave", "circle:1", {"by": "deactivated"}),
    ("circle.invite", "circle:1", {"members": ["U0BO", "U0CHI"]}),
    ("circle.not_in", "circle:1", {"member": "U0BO", "why": "is_restricted"}),
    ("circle.small", "circle:1", {"members": 3}),
    ("circle.rhythm", "circle:1", {"rhythm": "every Monday at 10:00, Berlin time"}),
    ("circle.close", "circle:1", {"why": "closed"}),
    ("circle.close", "circle:1", {"why": "empty"}),
    ("match.draw", "draft:3", {}),
    ("match.stop", "draft:3", {}),
    ("match.lock", "draft:3", {"members": ["U0ANA", "U0BO"]}),
    ("match.unlock", "draft:3", {"members": ["U0ANA", "U0BO"]}),
    ("match.forbid", "draft:3", {"members": ["U0ANA", "U0BO"]}),
    ("match.swap", "draft:3", {"members": ["U0ANA", "U0BO"]}),
    ("match.discard", "draft:3", {}),
    ("match.publish", "draft:3", {"circles": [1, 2], "left out": []}),
    ("match.offer", "circle:1", {"member": "U0BO"}),
    ("circle.merge", "circle:1", {"into": 2, "members": 2}),
    ("match.merge_ask", "circle:1", {"into": 2}),
    ("match.merge_drop", "circle:1", {}),
    ("match.again", "intro:1", {}),
    ("program.change", "1", {"name": "Spring 2026"}),
    ("lead.add", "U0BO", {}),
    ("lead.remove", "U0BO", {}),
    ("session.moved", "session:1", {}),
    ("session.skipped", "session:1", {}),
    ("session.restored", "session:1", {}),
    ("session.outcome", "session:1", {"outcome": "partly"}),
    ("commitment.confirm", "commitment:1", {}),
    ("checkins.questions", "program:1", {"family": "stuck", "questions": 2}),
    ("checkins.questions", "program:1", {"family": "stuck", "questions": 0}),
    ("hotseat.change", "session:1", {"how": "swap"}),
    ("hotseat.change", "session:1", {"how": "pass"}),
    ("outbox.retry", "17", {}),
    ("outbox.settle", "17", {}),
    ("outbox.drop", "17", {"why": "old"}),
    ("member.import", "U0BO", {"new": True}),
    ("members.import", "people.csv", {"added": 3, "changed": 1}),
]


def test_an_audit_log_of_everything(looks_right):
    entries = [an_entry(act=act, subject=subject, details=details) for act, subject, details in EVERY_ENTRY]
    looks_right(blocks.audit([Logged(entry, "Oak") for entry in entries]))


def test_every_entry_that_is_written_has_its_sentence():
    written = {name for path in Path("bot").rglob("*.py") for name in ENTRY.findall(path.read_text())}
    assert {"lead.add", "circle.leave", "members.import"} <= written <= set(SAID)


def test_an_entry_of_another_version_is_still_shown():
    entry = an_entry(act="circle.split", details={})
    assert sentence(Logged(entry)) == "<@U0LEA> did something that has no words here yet (`circle.split`)."


async def test_the_audit_log_names_circles_by_their_sessions_too(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
        circle = await saved_circle(work)
        session = await saved_session(work, circle=circle.id)
        await work.audit.add(an_entry(act="session.skipped", subject=f"session:{session.id}"))
        await work.audit.add(an_entry(act="circle.join", subject="circle:999"))
    shown = str((await handlers.show_audit(Command(team, an_id("Lea")), deps)).message.blocks)
    assert "left out a session of *Oak*" in shown and "joined a circle." in shown


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
