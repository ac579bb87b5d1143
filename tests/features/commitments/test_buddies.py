"""Buddies: by turns, by pair, picked; told to whoever was picked, who may say no."""

from datetime import timedelta

import pytest

from bot.domain.buddies import Buddy, Why
from bot.domain.checkins import RoundState
from bot.domain.errors import Refused
from bot.feature import Moot, Send
from bot.features.commitments import buddy_blocks, handlers, home, letters
from bot.features.commitments.buddies import Mine
from bot.slack.payload import Payload, pack
from bot.slack.requests import Click, Command
from tests.builders import a_circle, an_id, saved_member
from tests.features.checkins.asking import a_round
from tests.features.commitments.forms import click, make, shown
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}


async def pick(deps, team, name, buddy, circle=1):
    chosen = pack(circle=circle, buddy=an_id(buddy) if buddy else "")
    return shown(await handlers.pick_buddy(Click(team, an_id(name), chosen=chosen), deps))


async def buddy_of(deps, team, name):
    return str((await handlers.show_buddies(Command(team, an_id(name)), deps)).message)


async def composed(deps, team, kind):
    [letter] = await letters_of(deps.store, team, kind=kind)
    async with deps.store.open_work(team) as work:
        return await COMPOSE[kind](work, letter, deps.now())


async def test_a_picked_buddy_goes_before_turns_and_is_told(deps, team, oak):
    assert "it goes by turns" in await buddy_of(deps, team, "Ana")
    assert "is <@U0CHI>" in await pick(deps, team, "Ana", "Chi")
    await pick(deps, team, "Ana", "Chi")
    assert "<@U0CHI>: you picked them" in await buddy_of(deps, team, "Ana")
    sent = await composed(deps, team, "commitments.buddy")
    assert "<@U0ANA> picked you" in str(sent.message)
    _, made = await make(deps, team, oak.first, audience={"selected_option": {"value": "buddy"}})
    assert made.buddy == an_id("Chi")
    async with deps.store.open_view(team) as work:
        assert "with <@U0CHI> as your buddy" in str(await home.my_commitments(work, an_id("Ana"), deps.now()))


async def test_whoever_was_picked_may_say_no_once_and_for_all(deps, team, oak):
    await pick(deps, team, "Ana", "Chi")
    no = Click(team, an_id("Chi"), payload=Payload({"circle": 1, "picker": an_id("Ana")}))
    for _twice in range(2):
        assert "by turns again" in str((await handlers.decline_buddy(no, deps)).message)
    assert isinstance(await composed(deps, team, "commitments.buddy"), Moot)
    sent = await composed(deps, team, "commitments.buddy-declined")
    assert isinstance(sent, Send) and "Chi" in str(sent.message)
    with pytest.raises(Refused, match="doesn't suit them"):
        await pick(deps, team, "Ana", "Chi")
    assert "it goes by turns" in await buddy_of(deps, team, "Ana")


async def test_by_turns_again_and_nobody_from_elsewhere(deps, team, oak):
    await pick(deps, team, "Ana", "Chi")
    await pick(deps, team, "Ana", "")
    assert "it goes by turns" in await buddy_of(deps, team, "Ana")
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Zoe")
    for name, buddy, sentence in (
        ("Ana", "Zoe", "not in your circle"),
        ("Zoe", "Ana", "not a member"),
        ("Ana", "Ana", "Somebody else"),
    ):
        with pytest.raises(Refused, match=sentence):
            await pick(deps, team, name, buddy)
    with pytest.raises(Refused):
        await handlers.pick_buddy(Click(team, an_id("Ana"), chosen="forged"), deps)
    assert "no circle" in await buddy_of(deps, team, "Zoe")


async def test_this_weeks_partner_is_the_buddy_while_the_week_lasts(deps, team, oak, clock):
    this = a_round(1, "What now?")
    async with deps.store.open_work(team) as work:
        await work.checkins.plan(this, deps.now())
        [found] = await work.checkins.due(deps.now() + timedelta(days=9))
        teams = [(an_id("Ana"), an_id("Dee")), (an_id("Bo"), an_id("Chi"))]
        await work.pairs.put(found.id, oak.circle.id, teams, deps.now())
    assert found.state is RoundState.OPEN
    assert "<@U0DEE>: you check in with each other" in await buddy_of(deps, team, "Ana")
    await pick(deps, team, "Ana", "Bo")
    assert "<@U0BO>: you picked them" in await buddy_of(deps, team, "Ana")
    await pick(deps, team, "Ana", "")
    clock.forward(days=8)
    assert "it goes by turns" in await buddy_of(deps, team, "Ana")


async def test_a_buddy_who_leaves_the_circle_is_none_any_more(deps, team, oak):
    await pick(deps, team, "Ana", "Chi")
    async with deps.store.open_work(team) as work:
        await work.circles.unseat(oak.circle.id, an_id("Chi"), deps.now())
    assert "it goes by turns" in await buddy_of(deps, team, "Ana")
    assert isinstance(await composed(deps, team, "commitments.buddy"), Moot)
    assert "Zoe" not in str(click(team))


# How it looks

NAMES = {an_id("Bo"): "Bo", an_id("Chi"): "Chi <!channel>"}
EACH = {why.value: Mine(a_circle("Ana", "Bo", "Chi"), Buddy(an_id("Bo"), why), NAMES) for why in Why}


@pytest.mark.parametrize("one", EACH.values(), ids=EACH)
def test_the_buddies(looks_right, one):
    looks_right(buddy_blocks.mine([one, Mine(a_circle("Ana", "Bo", id=2, name="Elm"), None, NAMES)]))
    looks_right(buddy_blocks.picked(one))


def test_no_circle_no_buddy(looks_right):
    looks_right(buddy_blocks.mine([]))


def test_whoever_is_picked_is_asked(looks_right):
    looks_right(buddy_blocks.asked(a_circle(), an_id("Ana")))


def test_a_no_is_taken_and_told(looks_right):
    looks_right(buddy_blocks.declined())
    looks_right(buddy_blocks.told(a_circle(), "Chi <!here>"))
