"""A circle that lost members, or has too many: its members are asked what to do, and what they decide is done."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import BallotId
from bot.domain.sizes import Choice, is_wrong, second_name, split
from bot.feature import Moot, Send
from bot.features.matching import size_chores, size_handlers, size_letters, size_votes, sizing
from bot.store.messages import Place
from tests.builders import a_circle, an_id, saved_circle
from tests.features.matching.drafting import acts_of, circles_of
from tests.letters import letters_of as waiting

LEFT = timedelta(seconds=1)


@pytest.fixture
def oak(deps, team, program, clock):
    """Of five in Oak three are left since today; Birch has four; Dee and Ida have no circle."""

    async def saved(birch=("Eve", "Fay", "Gus", "Hal"), birch_max=8, **people):
        await program(**people)
        async with deps.store.open_work(team) as work:
            circle = await saved_circle(work, "Ana", "Bo", "Chi", "Dee", "Zoe", name="Oak", channel="C0OAK")
            for name in ("Dee", "Zoe"):
                await work.circles.unseat(circle.id, an_id(name), clock.now(), there=False)
            if birch:
                await saved_circle(work, *birch, name="Birch", channel="C0BIRCH", size_max=birch_max)
        return circle

    return saved


@pytest.fixture
def day(deps, team, clock):
    """The chores of one moment, the given time later; twice, as two replicas would."""

    async def passes(**later):
        clock.forward(**later)
        for _replica in range(2):
            async with deps.store.open_work(team) as work:
                await size_votes.close_due(work, clock.now())
            await size_chores.carry_out_decided(deps, team)
            await sizing.look_at_sizes(deps, team)

    return passes


@pytest.fixture
def ballot(deps, team):
    async def read(number=1):
        async with deps.store.open_view(team) as work:
            return await work.ballots.find(BallotId(number))

    return read


@pytest.fixture
def votes(deps, click):
    async def cast(choice, *names, number=1):
        for name in names:
            await size_handlers.vote(click(name, ballot=number, choice=choice), deps)

    return cast


async def kinds(deps, team):
    return [letter.kind for letter in await waiting(deps.store, team)]


def test_which_circles_are_asked():
    five = a_circle("Ana", "Bo", "Chi", "Dee", "Eve")
    left = tuple(replace(seat, left=seat.joined) for seat in five.seats)
    three = replace(five, seats=(*five.seats[:3], *left[3:]))
    assert is_wrong(three)
    assert is_wrong(replace(five, size_max=4))
    for fine in (
        five,
        a_circle("Ana", "Bo", "Chi"),
        replace(five, seats=(five.seats[0], *left[1:])),
        replace(three, state=CircleState.CLOSED),
    ):
        assert not is_wrong(fine)


def test_two_halves_have_old_and_new_members_and_the_second_a_free_name():
    five = a_circle("Ana", "Bo", "Chi", "Dee", "Eve")
    assert split(five).details["people"] == f"{an_id('Bo')},{an_id('Dee')}"
    assert second_name("Oak", frozenset({"oak", "oak 2"})) == "Oak 3"
    assert len(second_name("O" * 60, frozenset())) <= 60


async def test_they_are_asked_the_day_after_with_what_the_matcher_found(oak, day, ballot, deps, team):
    await oak()
    await day()
    assert await ballot() is None
    await day(days=1, hours=1)
    asked = await ballot()
    assert [one.key for one in asked.options] == [Choice.STAY, Choice.MERGE, Choice.TOP_UP, Choice.SPREAD]
    assert asked.option("merge").details["into"] == 2
    assert asked.option("top_up").details["people"] == an_id("Ida")  # Dee has just left
    assert (await kinds(deps, team)).count("matching.size_ask") == 1
    [letter] = await waiting(deps.store, team, kind="matching.size_ask")
    async with deps.store.open_view(team) as work:
        sent = await size_letters.ask(work, letter, deps.now())
    assert "How shall Oak go on?" in sent.message.text and "3 departments" in str(sent.message.blocks)


async def test_silence_leaves_everything_and_a_lead_hears_of_it(oak, day, ballot, deps, team):
    await oak()
    await day(days=1, hours=1)
    await day(days=3, hours=4)
    assert (await ballot()).outcome == Choice.STAY
    assert [len(circle.members) for circle in await circles_of(deps, team)] == [3, 4]
    assert (await kinds(deps, team)).count("matching.size_told") == 1
    assert (await acts_of(deps, team)).count("circle.size") == 1
    await day(days=10)
    assert await ballot(2) is None  # not asked again for four weeks


async def test_a_merger_needs_the_majority_of_both(oak, day, votes, ballot, deps, team):
    await oak()
    await day(days=1, hours=1)
    await votes("merge", "Ana", "Bo")
    await day(minutes=1)
    assert [len(circle.members) for circle in await circles_of(deps, team)] == [3, 4]
    host = await ballot(2)
    assert host.circle == 2
    with pytest.raises(NotYours):
        await votes("host", "Ana", number=2)
    await votes("host", "Eve", "Fay", "Gus", number=2)
    await day(minutes=1)
    [left] = await circles_of(deps, team)
    assert (left.name, len(left.members)) == ("Birch", 7)
    assert (await kinds(deps, team)).count("matching.merged") == 1


async def test_the_other_circle_may_say_no(oak, day, votes, deps, team):
    await oak()
    await day(days=1, hours=1)
    await votes("merge", "Ana", "Bo")
    await day(minutes=1)
    await votes("stay", "Eve", "Fay", "Gus", number=2)
    await day(minutes=1)
    [letter] = await waiting(deps.store, team, kind="matching.size_failed")
    assert letter.to == "C0OAK"
    async with deps.store.open_view(team) as work:
        assert "Birch stays as it is" in (await size_letters.failed(work, letter, deps.now())).message.text


async def test_somebody_who_joined_meanwhile_makes_a_merger_impossible(oak, day, votes, deps, team, clock):
    await oak(birch_max=7)
    await day(days=1, hours=1)
    await votes("merge", "Ana", "Bo")
    await day(minutes=1)
    async with deps.store.open_work(team) as work:
        await work.circles.seat(2, an_id("Ida"), clock.now())
    await votes("host", "Eve", "Fay", "Gus", number=2)
    await day(minutes=1)
    told = await waiting(deps.store, team, kind="matching.size_failed")
    assert sorted(letter.to for letter in told) == ["C0BIRCH", "C0OAK"]
    assert [len(circle.members) for circle in await circles_of(deps, team)] == [3, 5]


async def test_whoever_could_come_is_asked(oak, day, votes, deps, team, clock):
    await oak()
    await day(days=1, hours=1)
    await votes("top_up", "Ana", "Chi")
    await day(minutes=1)
    [letter] = await waiting(deps.store, team, kind="matching.seat")
    assert letter.to == an_id("Ida")
    async with deps.store.open_work(team) as work:
        assert isinstance(await size_letters.seat(work, letter, clock.now()), Send)
        await work.circles.seat(1, an_id("Ida"), clock.now())
        assert isinstance(await size_letters.seat(work, letter, clock.now()), Moot)


async def test_going_to_others_ends_the_circle_and_offers_each_a_seat(oak, day, votes, deps, team):
    await oak()
    await day(days=1, hours=1)
    await votes("spread", "Ana", "Bo")
    await day(minutes=1)
    assert [circle.name for circle in await circles_of(deps, team)] == ["Birch"]
    assert len(await waiting(deps.store, team, kind="matching.seat")) == 3


async def test_too_many_become_two_circles(program, day, votes, ballot, deps, team):
    await program()
    async with deps.store.open_work(team) as work:
        names = ("Ana", "Bo", "Chi", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida")
        await saved_circle(work, *names, size_max=8, channel="C0OAK")
    await day(days=1, hours=1)
    assert [one.key for one in (await ballot()).options] == [Choice.STAY, Choice.SPLIT]
    await votes("split", "Ana", "Bo", "Chi", "Dee", "Eve")
    await day(minutes=1)
    first, second = await circles_of(deps, team)
    assert (len(first.members), len(second.members)) == (5, 4)
    assert (second.name, second.state, second.channel) == ("Oak 2", CircleState.OPENING, None)


async def test_nothing_is_asked_where_nothing_can_be_offered(oak, day, ballot):
    polish = {name: {"languages": ("Polish",)} for name in ("Ana", "Bo", "Chi")}
    await oak(**polish)
    await day(days=1, hours=1)
    assert await ballot() is None


async def test_a_circle_that_fits_again_has_nothing_to_decide(oak, day, votes, ballot, deps, team, clock):
    await oak()
    await day(days=1, hours=1)
    async with deps.store.open_work(team) as work:
        await work.circles.seat(1, an_id("Dee"), clock.now())
    await votes("merge", "Ana")
    assert (await ballot()).is_void
    with pytest.raises(Refused):
        await votes("merge", "Bo")


@pytest.mark.parametrize(("name", "choice"), [("Eve", "merge"), ("Ana", "split"), ("Ana", "x" * 3000)])
async def test_forged_taps_are_refused(oak, day, votes, ballot, name, choice):
    await oak()
    await day(days=1, hours=1)
    with pytest.raises(Refused):
        await votes(choice, name)
    assert (await ballot()).votes == {}


async def test_taps_at_once_and_two_replicas_do_it_once(oak, day, click, deps, team, clock):
    await oak()
    await day(days=1, hours=1)
    taps = [size_handlers.vote(click(name, ballot=1, choice="spread"), deps) for name in ("Ana", "Bo", "Chi")]
    await asyncio.gather(*taps, return_exceptions=True)
    clock.forward(minutes=1)
    await asyncio.gather(*(size_chores.carry_out_decided(deps, team) for _replica in range(2)))
    assert len(await waiting(deps.store, team, kind="matching.seat")) == 3
    assert (await acts_of(deps, team)).count("circle.close") == 1


async def test_the_message_shows_what_was_decided(oak, day, votes, deps, team, slack):
    await oak()
    await day(days=1, hours=1)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.size_ask", "1", Place("C0OAK", "1.1"))
    await day(days=3, hours=4)
    [drawn] = slack.called("chat.update")
    assert "you stay as you are" in drawn.text
