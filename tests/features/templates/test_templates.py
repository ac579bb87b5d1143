"""A program's own texts: looked at, changed, previewed and restored by leads alone, and used where they belong."""

from dataclasses import replace

import pytest

from bot.domain.errors import Gone, Refused, Stale
from bot.domain.guides import GUIDES
from bot.domain.ids import MemberId
from bot.domain.people import Kind
from bot.domain.templates import Change
from bot.features.relationships.texts import TEMPLATES
from bot.features.templates import blocks, handlers
from bot.features.templates.flows import Standing
from bot.slack.payload import Payload
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import an_id, saved_lead, saved_member, saved_program
from tests.clock import START
from tests.features.answers import typed

KEY = "relationships.guide.coach.15"
OWN = "5 minutes: silence, {mentee} & <!channel>.\n10 minutes: questions."
COACH = next(one for one in TEMPLATES if one.template.key == KEY)
SHIPPED, CHANGED = Standing(COACH), Standing(COACH, Change(KEY, OWN, MemberId("U0LEA"), START, 2))


@pytest.fixture
async def leads(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_program(work)
        await saved_lead(work)
        await saved_member(work, "Ana")
    return replace(deps, templates=TEMPLATES)


def click(team, name="Lea", text=None, **payload):
    answers = {"answers": typed(text=text)} if text is not None else {}
    return Click(team, an_id(name), payload=Payload({"key": KEY} | payload), view=View("V1"), **answers)


def save(team, text, name="Lea", version=0):
    view = View("V1", notes=Payload({"key": KEY, "version": version}))
    return Submission(team, an_id(name), view=view, answers=typed(text=text))


async def text_of(deps, team):
    async with deps.store.open_view(team) as work:
        return await work.templates.text(GUIDES[Kind.COACH, 15])


async def test_a_text_is_changed_and_restored(leads, team):
    page = (await handlers.save(save(team, OWN), leads)).view
    assert "your own" in str(page) and "Bring back what ships" in str(page)
    assert await text_of(leads, team) == OWN
    with pytest.raises(Stale):
        await handlers.save(save(team, OWN + " "), leads)
    await handlers.save(save(team, OWN.replace("silence", "quiet"), version=1), leads)
    await handlers.restore(click(team), leads)
    await handlers.restore(click(team), leads)
    assert await text_of(leads, team) == COACH.template.shipped
    async with leads.store.open_view(team) as work:
        acts = [entry.act for entry in await work.audit.latest(10)]
    assert sorted(acts) == ["template.change", "template.change", "template.restore"]


async def test_what_ships_typed_again_is_what_ships(leads, team):
    await handlers.save(save(team, OWN), leads)
    page = (await handlers.save(save(team, COACH.template.shipped, version=1), leads)).view
    assert "as it ships" in str(page)


async def test_a_preview_shows_what_was_typed_and_keeps_nothing(leads, team):
    form = (await handlers.preview(click(team, text=OWN), leads)).view
    assert "silence, Ana &" in str(form) and "So it would read" in str(form)
    assert await text_of(leads, team) == COACH.template.shipped
    for act in (
        handlers.preview(click(team, text="7 minutes: x"), leads),
        handlers.save(save(team, "7 minutes: x"), leads),
    ):
        with pytest.raises(Refused, match="add up to 7"):
            await act


async def test_the_text_is_sealed(leads, team):
    await handlers.save(save(team, OWN), leads)
    async with leads.store.open_view(team) as work:
        assert "silence" not in (await work.connection.exec_driver_sql("SELECT text FROM templates")).scalar_one()


async def test_only_leads_see_and_change_them(leads, team):
    for act in (
        handlers.list_groups(Command(team, an_id("Ana")), leads),
        handlers.list_texts(click(team, "Ana", group="First meetings"), leads),
        handlers.show(click(team, "Ana"), leads),
        handlers.open_form(click(team, "Ana"), leads),
        handlers.preview(click(team, "Ana", text=OWN), leads),
        handlers.save(save(team, OWN, "Ana"), leads),
        handlers.restore(click(team, "Ana"), leads),
    ):
        with pytest.raises(Refused, match="Only program leads"):
            await act
    assert await text_of(leads, team) == COACH.template.shipped


@pytest.mark.parametrize("key", ["", "nobody.knows", "x" * 3000, KEY + "'--"])
async def test_a_text_that_is_not_there_is_refused(leads, team, key):
    for act in (handlers.show, handlers.open_form, handlers.restore):
        with pytest.raises(Gone):
            await act(click(team, key=key), leads)


async def test_the_lists(leads, team):
    groups = str((await handlers.list_groups(Command(team, an_id("Lea")), leads)).view)
    assert "First meetings" in groups and "14 texts" in groups
    texts = str((await handlers.list_texts(click(team, group="First meetings"), leads)).view)
    assert "Sponsor, 30 minutes" in texts


def test_how_the_groups_look(looks_right):
    looks_right(blocks.groups([CHANGED, SHIPPED, Standing(TEMPLATES[-1])]))


def test_how_a_group_looks(looks_right):
    looks_right(blocks.group("First meetings", [CHANGED, SHIPPED]))


@pytest.mark.parametrize("one", [SHIPPED, CHANGED], ids=["shipped", "changed"])
def test_how_a_text_looks(one, looks_right):
    looks_right(blocks.page(one))


@pytest.mark.parametrize("given", [None, OWN], ids=["opened", "previewed"])
def test_how_the_form_looks(given, looks_right):
    looks_right(blocks.form(CHANGED, given))
