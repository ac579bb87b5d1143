"""A program's own questions, from click to the week that asks one."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.prompts import FAMILIES, OWN, family_named
from bot.features.checkins import blocks, handlers, questions_blocks
from bot.features.checkins.questions import Asked, Draft
from bot.slack.payload import Payload
from bot.slack.replies import Modal
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import a_program, an_id, saved_lead
from tests.features.answers import typed
from tests.features.checkins.asking import TUESDAY_AT_TEN, tick

NASTY = "Who <!channel> \u202e& *what*?"
FAMILY = FAMILIES[2]


@pytest.fixture
async def lead(deps, team, oak):
    async with deps.store.open_work(team) as work:
        return await saved_lead(work)


def press(team, name="Lea", *, version=0, text="", family="stuck"):
    view = View("V1", notes=Payload({"family": family, "version": version}))
    return Click(team, an_id(name), payload=Payload({"family": family}), view=view, answers=typed(questions=text))


def sent(team, name="Lea", *, version=0, text="", family="stuck"):
    view = View("V1", notes=Payload({"family": family, "version": version}))
    return Submission(team, an_id(name), view=view, answers=typed(questions=text))


async def test_a_lead_changes_tries_out_and_restores(deps, team, lead):
    shown = await handlers.show_questions(Command(team, an_id("Lea")), deps)
    assert "none yet" in str(shown.view) and "Restore" not in str(shown.view)
    assert isinstance(await handlers.open_questions(press(team), deps), Modal)
    tried = await handlers.preview_questions(press(team, text="What is in the way?"), deps)
    assert "So it will look" in str(tried.view) and "What is in the way?" in str(tried.view)
    assert "yours" not in str((await handlers.show_questions(Command(team, an_id("Lea")), deps)).view)
    await handlers.save_questions(sent(team, text=f"What is in the way?\n{NASTY}"), deps)
    shown = str((await handlers.show_questions(Command(team, an_id("Lea")), deps)).view)
    assert "yours, 2 questions" in shown and "What is in the way?" in shown
    for _twice in range(2):
        back = await handlers.restore_questions(press(team), deps)
        assert FAMILY.prompts[0] in str(back.view) and "Restore ours" not in str(back.view)
    async with deps.store.open_view(team) as work:
        acts = [(entry.act, dict(entry.details)) for entry in await work.audit.latest(9)]
    assert [details["questions"] for act, details in acts if act == "checkins.questions"] == [0, 2]
    assert "in the way" not in str(acts)


async def test_of_two_leads_who_change_them_at_once_one_is_asked_to_look_again(deps, team, lead):
    await handlers.save_questions(sent(team, text="One?"), deps)
    tried = await handlers.preview_questions(press(team, text="Two?", version=0), deps)
    for version in (0, Payload.read(tried.view["private_metadata"]).number("version")):
        with pytest.raises(Stale):
            await handlers.save_questions(sent(team, text="Two?", version=version), deps)
    await handlers.save_questions(sent(team, text="Two?", version=1), deps)


async def test_only_leads_and_only_questions(deps, team, lead):
    for name in ("Ana", "Zoe"):
        for act in (
            handlers.show_questions(Command(team, an_id(name)), deps),
            handlers.open_questions(press(team, name), deps),
            handlers.preview_questions(press(team, name, text="x?"), deps),
            handlers.restore_questions(press(team, name), deps),
            handlers.save_questions(sent(team, name, text="x?"), deps),
        ):
            with pytest.raises(Refused, match="Only program leads"):
                await act
    with pytest.raises(RefusedFields):
        await handlers.save_questions(sent(team, text="x" * 3000), deps)
    with pytest.raises(Refused, match="no such questions"):
        await handlers.save_questions(sent(team, text="x?", family="forged"), deps)
    assert await handlers.preview_questions(replace(press(team, text="x?"), view=None), deps) is None


async def test_the_week_asks_in_the_programs_words_and_keeps_them_sealed(deps, team, oak, lead, clock):
    for family in FAMILIES:
        await handlers.save_questions(sent(team, text=NASTY, family=family.key), deps)
    await tick(deps, team)
    clock.to(TUESDAY_AT_TEN)
    async with deps.store.open_work(team) as work:
        [this] = await work.checkins.due(clock.now())
        rows = (await work.connection.execute(text("SELECT prompt, own_prompt FROM checkin_rounds"))).all()
    assert this.prompt == "Who <!channel> & *what*?"
    assert "&lt;!channel&gt;" in str(blocks.thread(this))
    assert rows[0].prompt == "" and "what" not in rows[0].own_prompt


def test_the_list(looks_right):
    own = {"stuck": ("What is <!here> in the way?", "Two?"), "own": ("Why us?",)}
    looks_right(questions_blocks.every(Asked(a_program(), own)))


@pytest.mark.parametrize("is_own", [False, True], ids=["ours", "theirs"])
def test_the_form(looks_right, is_own):
    looks_right(questions_blocks.form(Draft(1, FAMILY, is_own, int(is_own), "\n".join(FAMILY.prompts))))


def test_the_form_of_emoji_and_of_their_own(looks_right):
    looks_right(questions_blocks.form(Draft(1, FAMILIES[-1], False, 0, FAMILIES[-1].prompts[0])))
    looks_right(questions_blocks.form(Draft(1, OWN, False, 0, "")))


def test_what_is_tried_out(looks_right):
    six = ["🧑‍🚀" * 66, "x" * 200, NASTY, "4?", "5?", "6?"]
    looks_right(questions_blocks.form(Draft(1, FAMILY, True, 3, "\n".join(six)), six))


def test_they_are_saved(looks_right):
    looks_right(questions_blocks.saved(family_named("stuck", {"stuck": ("One?", NASTY)})))
