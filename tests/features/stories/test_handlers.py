"""Stories from click to row: late, double and foreign clicks, and what is forged."""

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.stories import StoryState
from bot.feature import Moot, Send
from bot.features.stories import handlers, letters
from bot.slack.payload import Payload
from bot.slack.replies import Edit, Modal, Reply
from bot.slack.requests import Click, Command, Submission, View
from bot.store.messages import Place
from tests.builders import an_id, saved_circle, saved_member
from tests.features.answers import chosen, picked_people, typed
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}


@pytest.fixture
async def oak(store, team):
    async with store.open_work(team) as work:
        for name in ("Ana", "Bo", "Chi", "Dee"):
            await saved_member(work, name)
        return await saved_circle(work, channel="C0OAK")


def form(team, who="Ana", notes=None, **values):
    given = {"text": "It helped.", "named": picked_people(an_id("Bo"), an_id("Chi"))} | values
    return Submission(team, an_id(who), view=View("V1", notes=Payload(notes or {})), answers=typed(**given))


def click(team, who, **payload):
    return Click(team, an_id(who), payload=Payload(payload))


async def told(deps, team, **values):
    await handlers.tell(form(team, **values), deps)
    async with deps.store.open_view(team) as work:
        return (await work.stories.by_author(an_id("Ana")))[-1]


async def stored(deps, team, story):
    async with deps.store.open_view(team) as work:
        return await work.stories.get(story.id)


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await COMPOSE[letter.kind](work, letter, deps.now())


async def test_each_one_named_is_asked_once_and_the_last_yes_tells_it(deps, team, oak):
    story = await told(deps, team, where=chosen(str(oak.id)))
    assert (await told(deps, team)).id == story.id
    asked = await letters_of(deps.store, team, kind="stories.ask")
    assert [letter.to for letter in asked] == [an_id("Bo"), an_id("Chi")]
    assert [isinstance(await composed(deps, team, letter), Send) for letter in asked] == [True, True]
    value = {"story": story.id, "edition": 1}
    for name in ("Bo", "Bo", "Chi", "Chi"):
        await handlers.yes(click(team, name, **value), deps)
    assert (await stored(deps, team, story)).state is StoryState.SHOWN
    [in_channel] = await letters_of(deps.store, team, kind="stories.told")
    assert in_channel.to == "C0OAK" and isinstance(await composed(deps, team, in_channel), Send)
    [to_author] = await letters_of(deps.store, team, kind="stories.shown")
    assert to_author.to == an_id("Ana") and isinstance(await composed(deps, team, to_author), Send)
    assert "It helped." in str(await handlers.show(Command(team, an_id("Dee")), deps))


async def test_a_no_is_told_to_the_author_and_a_later_one_takes_the_story_back(deps, team, oak):
    story = await told(deps, team, where=chosen(str(oak.id)), named=picked_people(an_id("Bo")))
    await handlers.yes(click(team, "Bo", story=story.id, edition=1), deps)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("stories.told", str(story.id), Place("C0OAK", "1.1"))
    answers = await handlers.no(click(team, "Bo", story=story.id, edition=1), deps)
    assert [answer.ts for answer in answers if isinstance(answer, Edit)] == ["1.1"]
    assert (await stored(deps, team, story)).state is StoryState.ASKING
    [letter] = await letters_of(deps.store, team, kind="stories.declined")
    assert isinstance(await composed(deps, team, letter), Send)
    assert isinstance(await handlers.open_change(click(team, "Ana", story=story.id), deps), Modal)
    await handlers.change(form(team, notes={"story": story.id}, text="I dared.", named=picked_people()), deps)
    assert (await stored(deps, team, story)).state is StoryState.SHOWN
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_what_was_taken_back_is_asked_of_nobody(deps, team, oak):
    story = await told(deps, team)
    [first, _] = await letters_of(deps.store, team, kind="stories.ask")
    assert isinstance((await handlers.take_back(click(team, "Ana", story=story.id), deps))[0], Reply)
    assert isinstance(await composed(deps, team, first), Moot)
    with pytest.raises(Refused, match="taken back"):
        await handlers.yes(click(team, "Bo", story=story.id, edition=1), deps)
    assert "It helped." not in str(await handlers.show(Command(team, an_id("Bo")), deps))


async def test_strangers_and_forged_values_are_refused(deps, team, oak):
    story = await told(deps, team)
    for act in (handlers.open_change, handlers.take_back):
        with pytest.raises(NotYours):
            await act(click(team, "Bo", story=story.id), deps)
    with pytest.raises(NotYours):
        await handlers.yes(click(team, "Dee", story=story.id, edition=1), deps)
    with pytest.raises(Gone):
        await handlers.no(click(team, "Bo", story=99, edition=1), deps)
    for where in ("99", "x", "-1"):
        with pytest.raises(Refused):
            await handlers.tell(form(team, where=chosen(where), text="Another."), deps)
    with pytest.raises(RefusedFields) as refused:
        await handlers.tell(form(team, text="x" * 3000), deps)
    assert set(refused.value.fields) == {"text"}
