"""From the last session of a round to the next one, or to a kind end and back."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Refused
from bot.domain.ids import CircleRoundId
from bot.domain.rounds import RoundState, Stays
from bot.domain.sessions import SessionState
from bot.feature import Moot, Send
from bot.features.rounds import handlers, letters
from bot.features.rounds.nudges import NUDGES
from bot.slack.payload import Payload
from bot.slack.replies import Edit, Reply
from bot.slack.requests import Click, Command, Submission, View
from bot.store.messages import Place
from tests.builders import an_id, saved_circle, saved_lead, saved_people, saved_program
from tests.features.answers import chosen, typed
from tests.letters import letters_of

NAMES = ("Ana", "Bo", "Chi", "Dee", "Eve")
AS_NOW = {"every": "as-now", "protocol": "as-now", "size": "as-now"}


@pytest.fixture
async def oak(store, team, clock):
    """A circle whose rounds have one session."""
    async with store.open_work(team) as work:
        await saved_people(work, *NAMES)
        await saved_lead(work)
        program = await saved_program(work)
        await work.programs.save(replace(program, rules=replace(program.rules, sessions=1)))
        circle = await saved_circle(work, *NAMES, program=program.id)
        await work.sessions.plan_ahead(circle, clock.now())
        return circle


@pytest.fixture
def tick(store, team, clock):
    async def run(**later):
        clock.forward(**later)
        for _replica in range(2):
            for nudge in NUDGES:
                async with store.open_work(team) as work:
                    await nudge.plan(work, clock.now())

    return run


@pytest.fixture
async def asked(oak, store, team, tick, clock):
    """Its session was held on Thursday the 5th; on Friday the round is over."""
    await tick()
    async with store.open_work(team) as work:
        session = (await work.sessions.of_circle(oak.id))[0]
        await work.sessions.save(replace(session, state=SessionState.HELD, look_at=None))
    clock.to(session.ends)
    await tick(hours=26)
    await tick(hours=17)
    await tick(days=3)
    return oak


@pytest.fixture
def rounds_of(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            return await work.rounds.of_circle(oak.id)

    return read


@pytest.fixture
def circle(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            return await work.circles.get(oak.id)

    return read


@pytest.fixture
def answer(team, deps):
    async def give(name, stays=Stays.STAY, *, number=1, **wanted):
        told = {block: chosen(value) for block, value in (AS_NOW | wanted).items()}
        answers = typed(stays=chosen(str(stays)), **told)
        view = View("V1", notes=Payload({"round": number}))
        return await handlers.answer(Submission(team, an_id(name), view=view, answers=answers), deps)

    return give


@pytest.fixture
def kinds(store, team):
    async def read():
        return [letter.kind for letter in await letters_of(store, team) if letter.kind.startswith("rounds.")]

    return read


async def composed(store, team, kind, compose, now):
    letter = (await letters_of(store, team, kind=kind))[-1]
    async with store.open_view(team) as work:
        return await compose(work, letter, now)


async def test_a_round_ends_with_its_last_session_and_is_celebrated_once(asked, rounds_of, kinds, store, team, clock):
    [this] = await rounds_of()
    assert this.state is RoundState.ASKING
    assert (await kinds()) == ["rounds.end"]
    sent = await composed(store, team, "rounds.end", letters.end, clock.now())
    assert "1 session held of 1" in str(sent.message.blocks)


async def test_all_answers_open_at_once_with_the_last_one(asked, answer, rounds_of, circle, kinds, store, team):
    async with store.open_work(team) as work:
        await work.messages.remember("rounds.end", "1", Place("C0OAK", "1.1"))
    for name in NAMES[:4]:
        told, drawn = await answer(name, every="1")
        assert isinstance(told, Reply) and isinstance(drawn, Edit)
        assert f"{NAMES.index(name) + 1} of 5 have answered" in str(drawn.message.blocks)
    assert (await circle()).rule.every == 2
    await answer("Eve", Stays.LEAVE)
    after, every = await circle(), await rounds_of()
    assert (after.rule.every, len(after.members)) == (1, 4)
    assert [one.state for one in every] == [RoundState.DONE, RoundState.RUNNING]
    assert (await kinds()).count("rounds.opened") == 1
    assert [letter.kind for letter in await letters_of(store, team, kind="circles.left")] == ["circles.left"]


async def test_who_says_nothing_is_reminded_once_and_stays(
    asked, answer, tick, rounds_of, circle, kinds, store, team, clock
):
    await answer("Ana")
    await tick(days=3)
    await tick(minutes=5)
    assert (await kinds()).count("rounds.remind") == 4
    assert isinstance(await composed(store, team, "rounds.remind", letters.remind, clock.now()), Send)
    await tick(days=5)
    assert isinstance(await composed(store, team, "rounds.remind", letters.remind, clock.now()), Moot)
    assert [one.state for one in await rounds_of()] == [RoundState.DONE, RoundState.RUNNING]
    assert len((await circle()).members) == 5


async def test_who_tells_it_themselves_is_taken_out_days_later_without_a_word(
    asked, answer, tick, circle, kinds, store, team
):
    for name in NAMES[1:]:
        await answer(name)
    await answer("Ana", Stays.LEAVE_MYSELF)
    assert an_id("Ana") in (await circle()).members
    assert (await kinds()).count("rounds.goodbye") == 1
    await tick(days=5)
    assert an_id("Ana") not in (await circle()).members
    assert await letters_of(store, team, kind="circles.left") == []


async def everybody_leaves(answer):
    for name in NAMES:
        await answer(name, Stays.LEAVE)


async def test_a_circle_that_does_not_go_on_ends_with_thanks_and_is_archived_later(
    asked, answer, tick, circle, store, team, clock
):
    await everybody_leaves(answer)
    assert (await circle()).state is CircleState.CLOSED
    sent = await composed(store, team, "rounds.ended", letters.ended, clock.now())
    assert isinstance(sent, Send) and "Wait, we go on" in str(sent.message.blocks)
    await tick(days=15)
    async with store.open_view(team) as work:
        assert [one.id for one in await work.circles.to_archive()] == [1]


async def test_the_way_back_brings_its_dates_back(asked, answer, tick, circle, rounds_of, store, team, deps):
    async with store.open_view(team) as work:
        before = [one.starts for one in await work.sessions.of_circle(1) if one.state is SessionState.PLANNED]
    await everybody_leaves(answer)
    click = Click(team, an_id("Bo"), payload=Payload({"round": 1}))
    await handlers.go_on_after_all(click, deps)
    assert (await circle()).state is CircleState.ACTIVE
    async with store.open_view(team) as work:
        after = [one.starts for one in await work.sessions.of_circle(1) if one.state is SessionState.PLANNED]
    assert set(before) <= set(after)
    assert [one.state for one in await rounds_of()] == [RoundState.DONE, RoundState.RUNNING]
    with pytest.raises(Refused):
        await handlers.go_on_after_all(click, deps)
    await tick(days=15)
    async with store.open_view(team) as work:
        assert await work.circles.to_archive() == []


async def test_two_last_answers_at_once_open_it_once(asked, answer, rounds_of, kinds):
    for name in NAMES[:3]:
        await answer(name)
    await asyncio.gather(answer("Dee"), answer("Eve"), return_exceptions=True)
    assert len(await rounds_of()) == 2
    assert (await kinds()).count("rounds.opened") == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Lea", {}),
        ("Ana", {"every": "99"}),
        ("Ana", {"every": "x" * 3000}),
        ("Ana", {"protocol": "<!channel>"}),
        ("Ana", {"size": "-1"}),
        ("Ana", {"number": 99}),
    ],
)
async def test_forged_answers_are_refused(asked, answer, rounds_of, name, wanted):
    with pytest.raises(Refused):
        await answer(name, **wanted)
    assert (await rounds_of())[0].wishes == {}


async def test_an_answer_is_sealed(asked, answer, store, team):
    await answer("Ana", Stays.LEAVE)
    async with store.open_view(team) as work:
        [row] = (await work.connection.exec_driver_sql("SELECT wish FROM circle_round_wishes")).all()
    assert "leave" not in row.wish


async def test_a_stranger_cannot_bring_a_circle_back_nor_open_the_form(asked, answer, team, deps):
    with pytest.raises(Refused):
        await handlers.open_form(Click(team, an_id("Lea"), payload=Payload({"round": 1})), deps)
    await everybody_leaves(answer)
    with pytest.raises(Refused):
        await handlers.go_on_after_all(Click(team, an_id("Lea"), payload=Payload({"round": 1})), deps)


async def test_how_the_round_goes(oak, tick, team, deps, store):
    await tick()
    reply = await handlers.show_round(Command(team, an_id("Ana")), deps)
    assert "0 of 1 sessions are over" in str(reply.message.blocks)
    async with store.open_view(team) as work:
        assert (await work.rounds.find(CircleRoundId(1))).look_at is not None


async def test_a_circle_that_ended_otherwise_is_not_asked(asked, store, team, tick, clock):
    async with store.open_work(team) as work:
        await work.circles.save(replace(await work.circles.get(1), state=CircleState.CLOSED))
    assert isinstance(await composed(store, team, "rounds.end", letters.end, clock.now()), Moot)
    await tick(days=10)
    async with store.open_view(team) as work:
        assert (await work.rounds.of_circle(1))[-1].look_at is None
