"""Thanks and statements from click to row: who reads what, twice, late, by somebody else."""

from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields, Stale
from bot.domain.intros import Intro, IntroState
from bot.domain.people import Kind
from bot.domain.relationships import born
from bot.feature import Moot, Send
from bot.features.recognition import handlers, letters
from bot.slack.payload import Payload
from bot.slack.replies import Edit, Modal
from bot.slack.requests import Click, Command, Submission, View
from bot.store.messages import Place
from tests.builders import an_id, saved_member
from tests.features.answers import picked_person, typed
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}


@pytest.fixture
async def people(store, team, clock):
    """Bo has been Ana's and Chi's skill mentor."""
    async with store.open_work(team) as work:
        for name in ("Ana", "Bo", "Chi"):
            await saved_member(work, name)
        for number, name in enumerate(("Ana", "Chi"), 1):
            coffee = {"id": number, "asked_at": clock.now(), "answer_by": clock.now(), "state": IntroState.ACCEPTED}
            intro = Intro(asker=an_id(name), asked=an_id("Bo"), kind=Kind.SKILL, **coffee)
            await work.relationships.add([born(intro, clock.now())])


def form(team, who, notes=None, **values):
    return Submission(team, an_id(who), view=View("V1", notes=Payload(notes or {})), answers=typed(**values))


def click(team, who, **payload):
    return Click(team, an_id(who), payload=Payload(payload))


async def say(deps, team, text="You listened.", to="Bo", **values):
    return await handlers.say(form(team, "Ana", to=picked_person(an_id(to)), text=text, **values), deps)


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await COMPOSE[letter.kind](work, letter, deps.now())


async def test_thanks_reach_whom_they_are_for_and_nobody_else(deps, team, people):
    for _tap in range(2):
        await say(deps, team)
    [letter] = await letters_of(deps.store, team, kind="recognition.thanks")
    assert letter.to == an_id("Bo") and "You listened." in str(await composed(deps, team, letter))
    assert "You listened." in str(await handlers.show(Command(team, an_id("Bo")), deps))
    assert "You listened." not in str(await handlers.show_again(click(team, "Chi"), deps))
    assert isinstance(await handlers.open_say(click(team, "Ana"), deps), Modal)


async def test_thanks_are_taken_back_by_whoever_said_them(deps, team, people):
    await say(deps, team)
    [letter] = await letters_of(deps.store, team, kind="recognition.thanks")
    async with deps.store.open_work(team) as work:
        await work.messages.remember(letter.kind, letter.subject, Place("D1", "1.1"))
    with pytest.raises(NotYours):
        await handlers.unsay(click(team, "Bo", thanks=letter.number), deps)
    answers = await handlers.unsay(click(team, "Ana", thanks=letter.number), deps)
    assert [answer.ts for answer in answers if isinstance(answer, Edit)] == ["1.1"]
    assert isinstance(await composed(deps, team, letter), Moot)
    assert "You listened." not in str(await handlers.show(Command(team, an_id("Bo")), deps))
    with pytest.raises(Gone):
        await handlers.unsay(click(team, "Ana", thanks=letter.number), deps)


@pytest.mark.parametrize(
    ("to", "text", "wrong"), [("Ana", "me", {"to"}), ("Bo", "", {"text"}), ("Bo", "x" * 3000, {"text"})]
)
async def test_what_is_wrong_stands_under_its_field(deps, team, people, to, text, wrong):
    with pytest.raises(RefusedFields) as refused:
        await say(deps, team, text, to)
    assert set(refused.value.fields) == wrong


async def test_ten_thanks_within_a_week_are_enough(deps, team, people, clock):
    for number in range(10):
        await say(deps, team, f"For number {number}")
    with pytest.raises(Refused, match="10 people"):
        await say(deps, team, "One more")
    clock.forward(days=8)
    await say(deps, team, "One more")


async def test_a_statement_begins_with_what_is_known_and_goes_where_its_writer_wants(deps, team, people, clock):
    await say(deps, team, quotable=["yes"])
    opened = await handlers.open_write(click(team, "Bo"), deps)
    assert "2 people" in str(opened) and "You listened." in str(opened)
    await handlers.write(form(team, "Bo", {"version": 0}, text="I gave time."), deps)
    with pytest.raises(Stale):
        await handlers.write(form(team, "Bo", {"version": 0}, text="In another window."), deps)
    assert "I gave time." in str(await handlers.open_release(click(team, "Bo"), deps))
    for _tap in range(2):
        await handlers.release(form(team, "Bo", to=picked_person(an_id("Chi"))), deps)
    [letter] = await letters_of(deps.store, team, kind="recognition.statement")
    assert letter.to == an_id("Chi")
    await handlers.write(form(team, "Bo", {"version": 1}, text="I gave more."), deps)
    sent = await composed(deps, team, letter)
    assert isinstance(sent, Send) and "I gave time." in str(sent) and "I gave more." not in str(sent)
    with pytest.raises(NotYours):
        await handlers.take_back(click(team, "Chi", release=letter.number), deps)
    await handlers.take_back(click(team, "Bo", release=letter.number), deps)
    assert isinstance(await composed(deps, team, letter), Moot)
    assert "I gave" not in str(await handlers.show_own(Command(team, an_id("Chi")), deps))
    assert clock.now() - timedelta(days=1) < letter.due


@pytest.mark.parametrize("to", ["", "Bo"])
async def test_a_statement_goes_to_somebody_else_and_not_before_it_is_written(deps, team, people, to):
    with pytest.raises(Refused):
        await handlers.release(form(team, "Chi", to=picked_person(an_id("Bo"))), deps)
    await handlers.write(form(team, "Bo", {"version": 0}, text="I gave time."), deps)
    with pytest.raises(RefusedFields) as refused:
        await handlers.release(form(team, "Bo", to=picked_person(an_id(to) if to else "")), deps)
    assert set(refused.value.fields) == {"to"}
    with pytest.raises(RefusedFields):
        await handlers.write(form(team, "Bo", {"version": 1}, text=" "), deps)
    assert "I gave time." in str(await handlers.show_own_again(click(team, "Bo"), deps))
