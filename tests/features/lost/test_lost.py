"""A post that may not be there: who is asked, and what their answer does, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Gone, Refused
from bot.domain.ids import ChannelId
from bot.domain.programs import Role
from bot.feature import Moot, Send
from bot.features.lost import blocks, flows, handlers
from bot.slack.payload import Payload
from bot.slack.requests import Click
from bot.store.outbox import State, outbox
from tests.asked import answered
from tests.builders import a_circle, a_member, a_program, an_id
from tests.letters import letters_of

OAK = ChannelId("C0OAK")
PEOPLE = ("Ana", "Bo", "Cleo", "Dan", "Miriam")


@pytest.fixture
async def lost(deps, team):
    """The agenda of Oak, of which nobody knows whether it is there."""
    async with deps.store.open_work(team) as work:
        program = await work.programs.add(a_program())
        for name in PEOPLE:
            await work.members.save(a_member(name))
        await work.programs.give_role(an_id("Miriam"), Role.LEAD)
        circle = a_circle("Ana", "Bo", "Dan", program=program, made_by=an_id("Bo"), channel=OAK)
        await work.circles.add(circle)
        await work.outbox.add("sessions.agenda", 7, to=OAK, due=deps.now())
        await work.connection.execute(outbox.update().values(state=State.UNCERTAIN.value))
    return await the_letter(deps, team)


async def the_letter(deps, team):
    async with deps.store.open_view(team) as work:
        return next(one for one in await work.outbox.standing() if one.letter.kind == "sessions.agenda")


async def asked(deps, team):
    """The questions once the nudge has run, twice as on two replicas."""
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await flows.ask(work, deps.now())
    return [letter for letter in await letters_of(deps.store, team) if letter.kind == flows.KIND]


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await flows.compose(work, letter, deps.now())


def click(team, name, standing):
    return Click(team, an_id(name), payload=Payload({"letter": standing.letter.id}))


async def change(deps, team, **values):
    async with deps.store.open_work(team) as work:
        await work.connection.execute(outbox.update().where(outbox.c.kind == "sessions.agenda").values(**values))


async def test_who_made_the_circle_is_asked_once(deps, team, lost):
    [question] = await asked(deps, team)
    assert question.to == an_id("Bo")
    async with deps.store.open_work(team) as work:
        assert await answered(work, work.outbox.next_unasked(flows.KIND)) is None


async def test_it_is_due_at_once(deps, team, lost):
    async with deps.store.open_work(team) as work:
        assert await answered(work, work.outbox.next_unasked(flows.KIND)) < deps.now()


@pytest.mark.parametrize(("values", "who"), [({"recipient": "C0ELSE"}, "Miriam"), ({"recipient": "U0ANA"}, "Miriam")])
async def test_about_anything_else_whoever_runs_the_program_is_asked(deps, team, lost, values, who):
    await change(deps, team, **values)
    [question] = await asked(deps, team)
    assert question.to == an_id(who)


async def test_whether_the_question_itself_arrived_is_nothing_to_ask(deps, team, lost):
    await asked(deps, team)
    async with deps.store.open_work(team) as work:
        await work.connection.execute(outbox.update().values(state=State.UNCERTAIN.value))
    assert await asked(deps, team) == []


async def test_the_question_is_moot_once_it_is_settled(deps, team, lost):
    [question] = await asked(deps, team)
    assert isinstance(await composed(deps, team, question), Send)
    await handlers.it_is_there(click(team, "Ana", lost), deps)
    assert isinstance(await composed(deps, team, question), Moot)


@pytest.mark.parametrize("who", ["Ana", "Miriam"])
async def test_it_is_there_settles_it(deps, team, lost, who):
    answer = await handlers.it_is_there(click(team, who, lost), deps)
    assert "stays as it is" in answer.message.text
    assert (await the_letter(deps, team)).state is State.SENT
    again = await handlers.post_again(click(team, who, lost), deps)
    assert "settled already" in again.message.text
    async with deps.store.open_view(team) as work:
        [entry] = await work.audit.latest()
    assert (entry.by, entry.act) == (an_id(who), "outbox.settle")


async def test_posting_it_again_keeps_until_when_it_is_wanted(deps, team, lost):
    over = deps.now() + timedelta(hours=1)
    await change(deps, team, expires=over)
    answer = await handlers.post_again(click(team, "Ana", lost), deps)
    assert "again" in answer.message.text
    standing = await the_letter(deps, team)
    assert (standing.state, standing.expires) == (State.PENDING, over)
    second = await handlers.it_is_there(click(team, "Bo", lost), deps)
    assert "settled already" in second.message.text
    assert (await the_letter(deps, team)).state is State.PENDING


async def test_what_is_of_no_use_any_more_is_left(deps, team, lost, clock):
    await change(deps, team, expires=deps.now() + timedelta(minutes=1))
    clock.forward(minutes=1)
    answer = await handlers.post_again(click(team, "Ana", lost), deps)
    assert "time for the agenda is over" in answer.message.text


async def test_somebody_else_may_not_say_it(deps, team, lost):
    for act in (handlers.it_is_there, handlers.post_again):
        with pytest.raises(Refused):
            await act(click(team, "Cleo", lost), deps)
    assert (await the_letter(deps, team)).state is State.UNCERTAIN


async def test_a_letter_that_is_gone(deps, team, lost):
    gone = Click(team, an_id("Ana"), payload=Payload({"letter": 9999}))
    with pytest.raises(Gone):
        await handlers.it_is_there(gone, deps)


@pytest.mark.database("sqlite")
async def test_how_it_looks(looks_right, deps, team, lost):
    letter = lost.letter
    looks_right(blocks.question(letter))
    to_ana = replace(letter, kind="never.heard-of", to=an_id("Ana"))
    looks_right(blocks.question(to_ana))
    looks_right(blocks.stands(letter))
    looks_right(blocks.posted_again(letter))
    looks_right(blocks.settled_already())
    looks_right(blocks.too_late(letter))
