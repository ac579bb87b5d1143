"""Check-ins in pairs: chosen by tap, drawn, opened, asked, answered and closed; repaired when somebody comes or goes."""

from datetime import timedelta

import pytest

from bot.domain.checkins import Answer, summarise
from bot.domain.errors import Refused
from bot.feature import Moot, Send, Wait
from bot.features.checkins import blocks, form, handlers, helping, pairs, ways
from bot.features.checkins.flows import Open
from bot.features.checkins.pairs import Ballot
from bot.slack.replies import Edit
from bot.slack.requests import Command
from bot.store.messages import Place
from tests.builders import a_circle, an_id, saved_circle, saved_member
from tests.features.checkins.asking import (
    THURSDAY_AT_TEN,
    TUESDAY_AT_TEN,
    a_round,
    click,
    composed,
    leave,
    say,
    tick,
    waiting,
)

NAMES = ("Ana", "Bo", "Chi", "Dee")


async def wish(deps, team, name, pairs, circle=1):
    return await handlers.wish_for_a_way(click(team, name, circle=circle, pairs=int(pairs)), deps)


async def drawn(deps, team, this):
    async with deps.store.open_view(team) as work:
        return (await work.pairs.of_rounds([this.id])).get(this.id, [])


async def the_round(deps, team):
    async with deps.store.open_work(team) as work:
        [this] = await work.checkins.due(deps.now() + timedelta(days=3))
        return this


@pytest.fixture
async def paired(deps, team, oak, clock):
    """Three of four wish for pairs; the round of this week is open, and each pair has been asked in its conversation."""
    for name in NAMES[:3]:
        await wish(deps, team, name, True)
    await tick(deps, team)
    this = await the_round(deps, team)
    clock.to(TUESDAY_AT_TEN - timedelta(minutes=20))
    await tick(deps, team)
    await pairs.open_conversations(deps, team)
    clock.to(TUESDAY_AT_TEN)
    await tick(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("checkins.thread", str(this.id), Place(oak.channel, "1.1"))
    return this


async def ask_each(deps, team):
    """Sends what the pairs are asked; what was sent, by conversation."""
    sent = {}
    for place, letter in enumerate(await waiting(deps, team, "checkins.pair")):
        sent[letter.to] = await composed(deps, team, letter)
        async with deps.store.open_work(team) as work:
            await work.messages.remember("checkins.pair", letter.subject, Place(letter.to, f"2.{place}"))
    return sent


async def test_more_than_half_choose_and_see_it_in_the_channel(deps, team, oak):
    assert "all together" in str(await handlers.show_ways(Command(team, an_id("Ana")), deps))
    [reply] = await wish(deps, team, "Ana", True)
    assert "1 of 4 is for pairs; with 3 it is decided" in str(reply.message)
    [letter] = await waiting(deps, team, "checkins.ways")
    assert "Shall we check in as pairs?" in str((await composed(deps, team, letter)).message)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("checkins.ways", "1", Place(oak.channel, "7.7"))
    await wish(deps, team, "Bo", True)
    _reply, edit = await wish(deps, team, "Chi", True)
    assert isinstance(edit, Edit) and "as pairs from the next question on" in str(edit.message)
    reply, _edit = await wish(deps, team, "Chi", False)
    assert "checks in all together" in str(reply.message)
    for name in ("Ana", "Bo"):
        await wish(deps, team, name, False)
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_only_members_choose_and_three_are_too_few(deps, team, oak):
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Zoe")
        await saved_circle(work, "Ana", "Bo", "Eli", id=2, name="Elm")
    with pytest.raises(Refused, match="not a member"):
        await wish(deps, team, "Zoe", True)
    with pytest.raises(Refused, match="at least"):
        await wish(deps, team, "Ana", True, circle=2)
    assert "no circle" in str(await handlers.show_ways(Command(team, an_id("Zoe")), deps))


async def test_each_pair_is_asked_in_a_conversation_of_its_own(deps, team, oak, paired):
    found = await drawn(deps, team, paired)
    assert sorted(one for pair in found for one in pair.members) == sorted(oak.members)
    assert all(len(pair.members) == 2 and pair.channel for pair in found)
    sent = await ask_each(deps, team)
    assert set(sent) == {pair.channel for pair in found}
    assert all("You two check in" in str(one.message) for one in sent.values())
    [thread] = await waiting(deps, team, "checkins.thread")
    assert "In pairs this week" in str((await composed(deps, team, thread)).message)
    await say(deps, team, "Ana", paired, wanted="My opening")
    [answer] = await waiting(deps, team, "checkins.answer")
    mine = next(pair for pair in found if an_id("Ana") in pair.members)
    posted = await composed(deps, team, answer)
    assert (posted.channel, posted.thread) == (mine.channel, None)
    opened = await handlers.this_week(Command(team, an_id("Ana")), deps)
    other = next(one for one in mine.members if one != an_id("Ana"))
    assert f"<@{other}>" in str(opened.view)


async def test_what_is_said_in_a_pair_stays_there_and_the_partner_is_asked_first(deps, team, oak, paired, clock):
    await ask_each(deps, team)
    await say(deps, team, "Ana", paired, wanted="My opening")
    clock.to(THURSDAY_AT_TEN)
    await tick(deps, team)
    [letter] = await waiting(deps, team, "checkins.summary")
    summary = str((await composed(deps, team, letter)).message)
    assert "1 of 4 in, pair by pair" in summary and "1 of you wishes for a hand" in summary
    assert "My opening" not in summary
    async with deps.store.open_work(team) as work:
        await helping.ask_around(work, deps.now())
        partner = await pairs.partners_in(work, [paired.id], an_id("Ana"))
    [asked] = await waiting(deps, team, "checkins.help-asked")
    assert (asked.to,) == partner[paired.id]


async def test_who_leaves_and_who_comes_is_seen_to(deps, team, oak, paired, clock):
    before = await drawn(deps, team, paired)
    mine = next(pair for pair in before if an_id("Dee") in pair.members)
    await leave(deps, team, oak, "Dee", clock.now())
    clock.forward(hours=6)
    await tick(deps, team)
    [three] = await drawn(deps, team, paired)
    assert len(three.members) == 3 and an_id("Dee") not in three.members and three.channel is None
    old = next(letter for letter in await waiting(deps, team, "checkins.pair") if letter.to == mine.channel)
    assert isinstance(await composed(deps, team, old), Moot)
    await pairs.open_conversations(deps, team)
    letters = await waiting(deps, team, "checkins.pair")
    assert "The three of you" in str((await composed(deps, team, letters[-1])).message)


async def test_where_slack_refuses_a_conversation_they_talk_in_the_thread(deps, team, oak, clock, slack):
    for name in NAMES[:3]:
        await wish(deps, team, name, True)
    await tick(deps, team)
    this = await the_round(deps, team)
    clock.to(TUESDAY_AT_TEN)
    for code, still in (("fatal_error", True), ("user_not_found", False)):
        for _pair in range(2):
            slack.refuse("conversations.open", code)
        await pairs.open_conversations(deps, team)
        async with deps.store.open_view(team) as work:
            assert bool(await work.pairs.to_open(deps.now())) == still
    assert await waiting(deps, team, "checkins.pair") == []
    await say(deps, team, "Ana", await opened(deps, team, oak, this))
    [answer] = await waiting(deps, team, "checkins.answer")
    posted = await composed(deps, team, answer)
    assert isinstance(posted, Send) and (answer.to, posted.channel, posted.thread) == (oak.channel, None, "1.1")


async def opened(deps, team, oak, this):
    await tick(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("checkins.thread", str(this.id), Place(oak.channel, "1.1"))
    return this


async def test_an_answer_waits_for_the_question_of_its_pair(deps, team, oak, paired):
    await say(deps, team, "Ana", paired)
    [answer] = await waiting(deps, team, "checkins.answer")
    assert isinstance(await composed(deps, team, answer), Wait)


# How it looks

OAK = a_circle("Ana", "Bo", "Chi", "Dee", "Eli")
ROUND = a_round(1, "What left your desk this week?", "debrief")
TEAMS = [(an_id("Ana"), an_id("Bo")), (an_id("Chi"), an_id("Dee"), an_id("Eli"))]


def test_the_thread_says_who_is_with_whom(looks_right):
    looks_right(blocks.thread(ROUND, TEAMS))


@pytest.mark.parametrize("team", TEAMS, ids=["two", "three"])
def test_a_pair_is_asked(looks_right, team):
    looks_right(blocks.pair(ROUND, team))


def test_the_form_says_who_reads_it(looks_right):
    looks_right(form.answer(Open(OAK, ROUND, None, TEAMS[1][1:])))


@pytest.mark.parametrize("wanted", [[], ["Ana"], ["Ana", "Bo"]], ids=["none", "one", "two"])
def test_the_summary_of_pairs(looks_right, wanted):
    given = [Answer(ROUND.id, an_id(name), "x", "Help" if name in wanted else "") for name in ("Ana", "Bo")]
    looks_right(blocks.summary_of_pairs(summarise(OAK.members, given)))


def test_nobody_answered_in_pairs(looks_right):
    looks_right(blocks.summary_of_pairs(summarise(OAK.members, [])))


def test_a_pairs_question_is_closed(looks_right):
    looks_right(blocks.thread_closed(ROUND))


BALLOTS = {
    "nobody": Ballot(OAK, {}),
    "one": Ballot(OAK, {an_id("Ana"): True}),
    "chosen": Ballot(OAK, {an_id(name): True for name in ("Ana", "Bo", "Chi")}),
}


@pytest.mark.parametrize("ballot", BALLOTS.values(), ids=BALLOTS)
def test_how_a_circle_chooses(looks_right, ballot):
    looks_right(ways.asked(ballot))
    looks_right(ways.ballots([ballot]))
    looks_right(ways.wished(ballot))


def test_without_a_circle_there_is_nothing_to_choose(looks_right):
    looks_right(ways.ballots([]))
