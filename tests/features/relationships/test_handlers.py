"""A relationship's meetings and its end, by click and form, by those it concerns and by others."""

from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.meetings import MeetingState
from bot.domain.people import Kind
from bot.domain.relationships import RelationshipState
from bot.features.relationships import handlers, home, letters
from bot.slack.replies import Modal, Post, Turn
from bot.slack.requests import View
from tests.builders import an_id, saved_member, saved_relationship
from tests.clock import START
from tests.features.answers import chosen
from tests.letters import letters_of

DAY = timedelta(days=1)
COMPOSE = {one.kind: one.compose for one in letters.LETTERS}


def at(days, **parts):
    return {"selected_date_time": int((START + timedelta(days=days, **parts)).timestamp())}


@pytest.fixture
def plan(deps, send):
    async def planned(name="Ana", days=3, minutes="30"):
        return await handlers.plan(send(name, at=at(days), minutes=chosen(minutes)), deps)

    return planned


async def test_a_meeting_is_planned_by_either_and_both_are_told(deps, team, pair, plan, now_of):
    answers = await plan("Bo")
    posted = [one for one in answers if isinstance(one, Post)]
    assert [one.channel for one in posted] == ["G0PAIR"]
    assert (await now_of()).next_at == START + 3 * DAY
    await plan("Ana", days=5, minutes="0")
    async with deps.store.open_view(team) as work:
        planned = (await work.meetings.next_of([pair.id]))[pair.id]
    assert (planned.at, planned.minutes) == (START + 5 * DAY, 0)


async def test_others_see_and_change_nothing(deps, pair, click, send, plan):
    for act in (
        handlers.show,
        handlers.open_plan,
        handlers.say_met,
        handlers.say_missed,
        handlers.open_end,
        handlers.open_again,
    ):
        with pytest.raises(NotYours):
            await act(click("Lea"), deps)
        with pytest.raises(Gone):
            await act(click("Ana", pair=99), deps)
        with pytest.raises(Refused):
            await act(click("Ana", pair="1; DROP TABLE"), deps)
    with pytest.raises(NotYours):
        await plan("Lea")
    with pytest.raises(NotYours):
        await handlers.end(send("Lea", reason=""), deps)


@pytest.mark.parametrize("given", [{}, {"at": at(-1)}, {"at": at(400)}, {"at": {"selected_date_time": 10**17}}])
async def test_a_time_that_makes_no_sense_is_refused(deps, pair, send, given, now_of):
    with pytest.raises(Refused):
        await handlers.plan(send("Ana", minutes=chosen("30"), **given), deps)
    with pytest.raises(RefusedFields):
        await handlers.plan(send("Ana", at=at(3), minutes=chosen("7")), deps)
    assert (await now_of()).next_at is None


async def test_that_they_met_is_said_once_by_whoever_says_it_first(deps, team, pair, plan, click, clock, now_of):
    await plan()
    with pytest.raises(Refused, match="still to come"):
        await handlers.say_met(click("Ana"), deps)
    clock.forward(days=3, hours=1)
    await handlers.say_met(click("Bo"), deps)
    await handlers.say_met(click("Ana"), deps)
    async with deps.store.open_view(team) as work:
        held = await work.meetings.held_of(pair.id)
    assert [(one.at, one.state) for one in held] == [(START + 3 * DAY, MeetingState.HELD)]
    assert (await now_of()).state is RelationshipState.ACTIVE


async def test_a_missed_meeting_is_no_meeting(deps, pair, plan, click, clock, now_of):
    with pytest.raises(Gone):
        await handlers.say_missed(click("Ana"), deps)
    await plan()
    clock.forward(days=3, hours=1)
    page = await handlers.say_missed(click("Ana", view=View("V1")), deps)
    assert isinstance(page[0], Turn) and "not met yet" in str(page[0].view)
    assert (await now_of()).state is RelationshipState.STARTING


async def test_who_ends_it_owes_no_reason_and_nobody_reads_it(deps, team, pair, plan, click, send, now_of):
    await plan()
    nasty = "<!channel> \u202e😀 " + "y" * 400
    await handlers.end(send("Ana", reason=nasty), deps)
    over = await now_of()
    assert (over.state, over.ended_by) == (RelationshipState.CLOSED, an_id("Ana"))
    assert {one.to for one in await letters_of(deps.store, team) if one.kind == "relationships.ended"} == {
        an_id("Bo")
    }
    hers, his = [str((await handlers.show(click(name), deps)).view) for name in ("Ana", "Bo")]
    assert "yyyy" in hers and "yyyy" not in his
    for act in (handlers.open_plan, handlers.say_met, handlers.open_end):
        with pytest.raises(Refused, match="has ended"):
            await act(click("Bo"), deps)
    async with deps.store.open_view(team) as work:
        kept = (await work.connection.exec_driver_sql("SELECT reason FROM relationships")).scalar_one()
        assert "yyyy" not in kept
    assert isinstance((await handlers.open_again(click("Bo"), deps))[0], Modal)
    assert (await now_of()).reason == ""


async def test_a_micro_mentor_is_thanked_once_and_it_ends(deps, team, click, send, now_of):
    async with deps.store.open_work(team) as work:
        micro = await saved_relationship(work, kind=Kind.MICRO, every_weeks=0, minutes=30)
    with pytest.raises(Refused, match="follow a meeting"):
        await handlers.thank(send("Ana", thanks="Thanks"), deps)
    await handlers.say_met(click("Bo"), deps)
    for name, text in (("Bo", "Thanks"), ("Ana", " "), ("Ana", "y" * 3000)):
        with pytest.raises(Refused):
            await handlers.thank(send(name, thanks=text), deps)
    await handlers.thank(send("Ana", thanks="I begin with the map."), deps)
    [letter] = [one for one in await letters_of(deps.store, team) if one.kind == "relationships.thanks"]
    assert letter.to == an_id("Bo") and not (await now_of(micro.id)).is_open
    async with deps.store.open_work(team) as work:
        sent = await COMPOSE["relationships.thanks"](work, letter, START)
    assert "I begin with the map." in str(sent.message.blocks)
    with pytest.raises(Refused, match="has ended"):
        await handlers.thank(send("Ana", thanks="Again"), deps)


async def test_a_reason_too_long_is_refused_and_nothing_ends(deps, pair, send, now_of):
    with pytest.raises(Refused, match="too long"):
        await handlers.end(send("Ana", reason="y" * 3000), deps)
    assert (await now_of()).is_open


async def test_the_door_is_closed_where_the_other_has_left(deps, team, pair, send, click):
    await handlers.end(send("Ana", reason=""), deps)
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Bo", left=True)
    with pytest.raises(Refused, match="account here is closed"):
        await handlers.open_again(click("Ana"), deps)


async def test_each_sees_their_own_and_home_says_what_is_next(deps, team, pair, command, plan, clock):

    assert "No one-to-one relationship yet" in str((await handlers.list_mine(command("Lea"), deps)).message.blocks)
    assert "you are their skill mentor" in str((await handlers.list_mine(command("Bo"), deps)).message.blocks)
    await plan()
    clock.forward(days=3, hours=2)
    async with deps.store.open_view(team) as work:
        assert await home.my_relationships(work, an_id("Lea"), clock.now()) == []
        assert "Did you meet?" in str(await home.my_relationships(work, an_id("Ana"), clock.now()))
        assert "meet?" in str(await home.what_is_next(work, an_id("Bo"), clock.now()))
