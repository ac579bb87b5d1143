"""The co-pilot's tick: drawn after every change, through kills, replicas and refusals; nothing lost, nothing twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Refused, Stale
from bot.domain.sessions import SessionState
from bot.feature import Moot, Send
from bot.features.copilot import chores, handlers
from bot.slack.replies import Replace
from bot.slack.requests import Command
from tests.builders import an_id
from tests.features.answers import picked_person
from tests.features.copilot.conftest import THREAD


def edits(slack):
    return [call.arguments for call in slack.called("chat.update")]


async def test_started_once_however_many_press(stage, slack):
    await handlers.start(stage.click("Bo"), stage.deps)
    await handlers.start(stage.click("Chi"), stage.deps)
    run = await stage.run()
    assert (run.by, run.facilitator, run.place) == (an_id("Bo"), an_id("Bo"), 0)
    await stage.tick()
    [arguments] = edits(slack)
    assert arguments["ts"] == THREAD and "Arrive, until" in str(arguments["blocks"])
    assert await stage.look_at() == run.until


async def test_the_session_opens_with_it_and_who_sits_is_kept(stage, store, team):
    await handlers.start(stage.click("Bo"), stage.deps)
    async with store.open_view(team) as work:
        session = await work.sessions.get(stage.session)
        sits, roles = await work.turns.recorded(stage.session)
    assert session.state is SessionState.OPEN and sits == (an_id("Ana"),) and len(set(roles.values())) == 3


async def test_only_members_start_it_and_not_before_its_time(stage, clock):
    with pytest.raises(Refused, match="members"):
        await handlers.start(stage.click("Eve"), stage.deps)
    clock.forward(minutes=-20)
    with pytest.raises(Refused, match="too early"):
        await handlers.start(stage.click("Bo"), stage.deps)


async def test_everybody_gets_the_lines_of_each_stage_once_on_two_replicas(stage, clock):
    await handlers.start(stage.click("Bo"), stage.deps)
    for _minute in range(61):
        for _replica in range(2):
            await stage.tick()
        clock.forward(minutes=1)
    letters = await stage.promised()
    keys = [letter.key for letter in letters]
    assert len(keys) == len(set(keys)) == sum(len(leg.lines) for leg in (await stage.run()).legs)
    assert len(await stage.promised("copilot.two")) == 1
    assert not (await stage.run()).is_live and await stage.look_at() is None


async def test_a_process_that_dies_before_it_draws_leaves_that_to_the_next(stage, clock, slack, monkeypatch):
    await handlers.start(stage.click("Bo"), stage.deps)
    await stage.tick()
    clock.forward(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(chores, "_draw", _killed)
        with pytest.raises(KeyboardInterrupt):
            await stage.tick()
    assert (await stage.run()).place == 1
    before = len(edits(slack))
    await stage.tick()
    assert len(edits(slack)) == before, "somebody else may be drawing still"
    clock.forward(seconds=16)
    await stage.tick()
    assert len(edits(slack)) == before + 1 and "Hopes, until" in str(edits(slack)[-1]["blocks"])


async def _killed(*_given):
    raise KeyboardInterrupt


async def test_after_a_long_sleep_the_stage_of_now_is_shown_and_old_lines_are_not_said(stage, clock):
    await handlers.start(stage.click("Bo"), stage.deps)
    first = await stage.promised()
    clock.forward(minutes=30)
    await stage.tick()
    run = await stage.run()
    assert run.leg.name == "Experience" and run.until == run.started + timedelta(minutes=42)
    assert {type(await stage.composed(letter)) for letter in first} == {Moot}
    new = [letter for letter in await stage.promised() if letter not in first]
    assert {letter.payload["place"] for letter in new} == {run.place}
    assert {type(await stage.composed(letter)) for letter in new} == {Send}


async def test_slack_asks_to_wait_and_it_is_drawn_later(stage, clock, slack):
    await handlers.start(stage.click("Bo"), stage.deps)
    slack.refuse("chat.update", "ratelimited", wait=30)
    await stage.tick()
    assert await stage.look_at() == clock.now() + timedelta(seconds=30)
    clock.forward(seconds=31)
    await stage.tick()
    assert "Arrive" in str(edits(slack)[-1]["blocks"])


async def test_an_archived_channel_stops_the_drawing_and_not_the_clock(stage, clock, slack):
    await handlers.start(stage.click("Bo"), stage.deps)
    slack.refuse("chat.update", "is_archived")
    await stage.tick()
    assert await stage.look_at() == (await stage.run()).until


async def test_a_second_click_on_the_same_look_changes_nothing(stage):
    await handlers.start(stage.click("Bo"), stage.deps)
    version = (await stage.run()).version
    for _click in range(2):
        await handlers.next_stage(stage.click("Bo", version=version), stage.deps)
    assert (await stage.run()).place == 1


async def test_who_does_not_steer_is_told_how_to(stage):
    await handlers.start(stage.click("Bo"), stage.deps)
    with pytest.raises(Refused, match="Take over"):
        await handlers.pause(stage.click("Ana", version=1), stage.deps)
    with pytest.raises(Refused, match="not a member"):
        await handlers.more(stage.click("Eve", do="take"), stage.deps)
    await handlers.more(stage.click("Ana", do="take"), stage.deps)
    assert (await stage.run()).facilitator == an_id("Ana")
    await handlers.pause(stage.click("Ana", version=(await stage.run()).version), stage.deps)
    assert (await stage.run()).paused


async def test_handing_over_gives_the_line_of_now_to_the_new_one(stage):
    await handlers.start(stage.click("Bo"), stage.deps)
    await handlers.hand_over(stage.form("Bo", to=picked_person(an_id("Dee"))), stage.deps)
    letters = [letter for letter in await stage.promised() if letter.payload["duty"] == "facilitator"]
    assert [letter.to for letter in letters] == [an_id("Bo"), an_id("Dee")]
    assert isinstance(await stage.composed(letters[0]), Moot) and isinstance(await stage.composed(letters[1]), Send)
    with pytest.raises(Refused, match="in this circle"):
        await handlers.hand_over(stage.form("Dee", to=picked_person(an_id("Eve"))), stage.deps)


async def test_a_click_after_the_stage_ended_by_itself_is_told_so(stage, clock):
    await handlers.start(stage.click("Bo"), stage.deps)
    clock.forward(minutes=6)
    with pytest.raises(Stale, match="just ended by itself"):
        await handlers.next_stage(stage.click("Bo", version=(await stage.run()).version), stage.deps)


async def test_without_a_thread_it_waits_for_it(stage, store, team, clock, slack):
    async with store.open_work(team) as work:
        await work.connection.exec_driver_sql("DELETE FROM messages")
    await handlers.start(stage.click("Bo"), stage.deps)
    await stage.tick()
    assert edits(slack) == [] and await stage.look_at() == clock.now() + chores.UNPOSTED


async def test_the_end_asks_how_it_went_although_the_hour_is_not_over(stage, store, team, clock):
    await handlers.start(stage.click("Bo"), stage.deps)
    clock.forward(minutes=3)
    await handlers.more(stage.click("Bo", do="end"), stage.deps)
    assert (await stage.run()).over == clock.now()
    async with store.open_view(team) as work:
        assert (await work.sessions.get(stage.session)).look_at == clock.now()


async def test_the_command_shows_the_stage_and_steers_from_there(stage, team, clock):
    ask = Command(team, an_id("Bo"))
    clock.forward(hours=-2)
    assert "Next session" in str((await handlers.show(ask, stage.deps)).message.blocks)
    clock.forward(hours=2)
    assert "It is time" in str((await handlers.show(ask, stage.deps)).message.blocks)
    await handlers.start(stage.click("Bo"), stage.deps)
    assert "Arrive, until" in str((await handlers.show(ask, stage.deps)).message.blocks)
    click = replace(stage.click("Bo", version=(await stage.run()).version), in_private=True)
    answer = await handlers.pause(click, stage.deps)
    assert isinstance(answer, Replace) and "Paused in Arrive" in str(answer.message.blocks)
    assert "no circle" in (await handlers.show(Command(team, an_id("Eve")), stage.deps)).message.text
