"""Some days after an intro coffee both are asked whether it was a good match; the answers guide later matches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotYours, Refused
from bot.domain.intros import RECENT, Fit
from bot.domain.people import Kind
from bot.domain.relationships import close
from bot.feature import Moot, Send
from bot.features.matching import finding, handlers, letters
from tests.builders import an_id, saved_profile
from tests.clock import START
from tests.letters import letters_of

COMPOSE = {one.kind: one.compose for one in letters.LETTERS}
ASKED_AT = START + timedelta(days=9, hours=-1)
"""Nine in the morning, seven working days after the Monday of the coffee."""


@pytest.fixture
async def met(deps, team, people, asking, click):
    """Ana asked Bo for a coffee, and Bo said yes."""
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    async with deps.store.open_view(team) as work:
        [intro] = await work.intros.of([an_id("Ana")])
    await handlers.accept(click("Bo", intro=intro.id), deps)
    return intro


@pytest.fixture
def questions(deps, team):
    async def asked():
        return {one.to: one for one in await letters_of(deps.store, team) if one.kind == "matching.fit"}

    return asked


@pytest.fixture
def composed(deps, team, questions):
    async def compose(name, now):
        letter = (await questions())[an_id(name)]
        async with deps.store.open_work(team) as work:
            return await COMPOSE["matching.fit"](work, letter, now)

    return compose


async def test_both_are_asked_once_some_working_days_later(met, deps, team, questions, click):
    asked = await questions()
    assert {letter.to: letter.due for letter in asked.values()} == {an_id("Ana"): ASKED_AT, an_id("Bo"): ASKED_AT}


async def test_the_question_says_about_whom_and_to_whom_the_answer_stays_unknown(met, composed):
    for name, other in (("Ana", "Bo"), ("Bo", "Ana")):
        sent = await composed(name, ASKED_AT)
        assert isinstance(sent, Send) and f"<@{an_id(other)}>" in str(sent.message.blocks)
        assert "neither" in str(sent.message.blocks)


async def test_an_answer_can_be_changed_and_stands_once(met, deps, team, composed, click):
    for said in (Fit.NEVER_MET, Fit.OK):
        answer = await handlers.say_fit(click("Ana", intro=met.id, said=said.value), deps)
        assert "Change my answer" in str(answer.message.blocks)
        again = await handlers.ask_fit_again(click("Ana", intro=met.id), deps)
        assert "A good match" in str(again.message.blocks)
    async with deps.store.open_view(team) as work:
        assert await work.fits.of(met.id) == {an_id("Ana"): Fit.OK}
    assert isinstance(await composed("Ana", ASKED_AT), Moot)
    assert isinstance(await composed("Bo", ASKED_AT), Send)


@pytest.mark.parametrize(
    ("ana", "bo", "outcome"),
    [
        (None, None, "ok"),
        (Fit.OK, Fit.NEVER_MET, "ok"),
        (Fit.NEVER_MET, None, "never_met"),
        (Fit.OK, Fit.MISMATCH, "mismatch"),
        (Fit.MISMATCH, None, "mismatch"),
    ],
)
async def test_what_both_said_is_one_fact_for_the_matcher(met, deps, team, click, clock, ana, bo, outcome):
    for name, said in (("Ana", ana), ("Bo", bo)):
        if said:
            await handlers.say_fit(click(name, intro=met.id, said=said.value), deps)
    clock.forward(seconds=RECENT.total_seconds() + 1)
    async with deps.store.open_work(team) as work:
        await work.relationships.save(close(await work.relationships.of_intro(met.id), clock.now()))
    found = await finding.find_for(team, an_id("Ana"), Kind.SKILL, deps)
    shown = {one.member.id for one in found.candidates}
    assert (an_id("Bo") in shown) == (outcome != "mismatch") and an_id("Dee") in shown
    async with deps.store.open_view(team) as work:
        gathered = await finding.gather(work, an_id("Ana"), clock.now())
    assert gathered.met_as_pairs == {(an_id("Ana"), an_id("Bo")): outcome}


@pytest.mark.parametrize(("said", "free"), [(Fit.OK, False), (Fit.MISMATCH, True), (Fit.NEVER_MET, True)])
async def test_a_coffee_that_came_to_nothing_leaves_the_place_free(met, deps, team, click, asking, said, free):
    async with deps.store.open_work(team) as work:
        await work.members.save_profile(replace(await work.members.profile(an_id("Bo")), capacity=2))
        await saved_profile(work, "Eve", seeks=(Kind.SKILL,))
        await saved_profile(work, "Fay", seeks=(Kind.SKILL,))
    await handlers.ask(asking("Eve", "Bo"), deps)
    await handlers.ask(asking("Fay", "Bo"), deps)
    async with deps.store.open_view(team) as work:
        eves, fays = await work.intros.of([an_id("Eve"), an_id("Fay")])
    await handlers.accept(click("Bo", intro=eves.id), deps)
    await handlers.say_fit(click("Ana", intro=met.id, said=said.value), deps)
    if free:
        await handlers.accept(click("Bo", intro=fays.id), deps)
    else:
        with pytest.raises(Refused, match="those places are taken"):
            await handlers.accept(click("Bo", intro=fays.id), deps)


async def test_only_the_two_answer_and_only_with_what_is_offered(met, deps, click):
    with pytest.raises(NotYours, match="the two who met"):
        await handlers.say_fit(click("Chi", intro=met.id, said="ok"), deps)
    with pytest.raises(NotYours):
        await handlers.ask_fit_again(click("Chi", intro=met.id), deps)
    for said in ("fine", "", "OK"):
        with pytest.raises(Refused):
            await handlers.say_fit(click("Ana", intro=met.id, said=said), deps)
    with pytest.raises(Gone):
        await handlers.say_fit(click("Ana", intro=999, said="ok"), deps)


async def test_of_a_coffee_that_never_came_about_nothing_is_asked(deps, team, people, asking, click):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    async with deps.store.open_view(team) as work:
        [intro] = await work.intros.of([an_id("Ana")])
    with pytest.raises(Refused):
        await handlers.say_fit(click("Ana", intro=intro.id, said="ok"), deps)
    await handlers.decline(click("Bo", intro=intro.id), deps)
    assert "matching.fit" not in {letter.kind for letter in await letters_of(deps.store, team)}
