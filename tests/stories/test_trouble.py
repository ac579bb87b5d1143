"""Trouble: forged buttons, double clicks, deactivated people, lost answers, events that come twice, a revoked token."""

import asyncio

import pytest

from bot.app import running, trial_settings
from bot.sandbox import server
from bot.sandbox.person import World
from tests.stories.oak import start_oak


async def test_a_forged_button_gets_a_sentence(world, program, ana):
    home = await ana.open_home()
    block = next(one for one in home.raw["blocks"] if one["type"] == "actions")
    click = {"where": home.where, "block_id": block["block_id"], "action_id": block["elements"][0]["action_id"]}
    for value in ('{"circle": 9999}', "not json", '{"circle": true}', '{"circle": 99999999999}'):
        await world.post(f"/people/{ana.id}/click", **click, forged={"action_id": "hotseat.show", "value": value})
        shown = await ana.sees("", in_="modal")
        assert "isn't there any more" in shown.text or "older message" in shown.text
        await ana.close(everything=True)


async def test_two_clicks_at_once_do_it_once(world, program, ana, bo):
    await start_oak(ana)
    await world.until("2026-03-05T10:00+01:00")
    people = (ana, bo, world.person("Tomas"))
    [sits] = [one for one in people if "You have the hot seat" in (await one.dm()).text]
    await asyncio.gather(*(sits.click("Pass this time", at="dm") for _ in range(2)))
    await world.settle()
    said = [look.text for look in (await ana.channel("circle-oak")).messages if "has changed" in look.text]
    assert len(said) == 1


async def test_the_seat_of_somebody_deactivated_is_free_and_they_may_come_back(world, program, ana, bo):
    await start_oak(ana)
    await world.patch(f"/people/{bo.id}", deleted=True)
    await world.settle()
    await ana.open_home()
    await ana.sees("With @Tomas Reyes and you", in_="home")
    await ana.does_not_see("@Bo Lindqvist", in_="home")
    await world.patch(f"/people/{bo.id}", deleted=False)
    await bo.command("/mentor circle")
    await bo.sees("You are in no circle yet", in_="dm")


@pytest.mark.database("sqlite")
async def test_what_changed_about_people_while_the_bot_was_away_is_taken_over(database_url):
    async with server.running(seed="empty") as slack, World(slack.url) as world:
        ana, bo, miriam = (world.person(name) for name in ("Ana", "Bo", "Miriam"))
        settings = trial_settings(
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            database_url=database_url,
        )
        async with running(settings, now=slack.clock.now) as bot:
            slack.on_step = bot.settle
            await miriam.command("/mentor")
            await start_oak(ana)
            await world.until("2026-03-05T15:10+01:00")
        slack.on_step = None
        await world.patch(f"/people/{bo.id}", deleted=True)
        await world.patch(f"/people/{ana.id}", title="Head of Design", tz="America/New_York")
        await world.forward(hours=2)
        async with running(settings, now=slack.clock.now) as bot:
            await bot.settle()
            async with bot.deps.store.open_view(bot.installation.team) as work:
                known = await work.members.named([ana.id, bo.id])
            assert known[bo.id].left and known[ana.id].zone == "America/New_York"
            assert known[ana.id].title == "Head of Design"
            await ana.open_home()
            await ana.sees("With @Tomas Reyes and you", in_="home")
            await ana.does_not_see("@Bo Lindqvist", in_="home")


async def test_an_event_that_comes_again_is_done_once(world, program, ana):
    await world.post("/faults", kind="drop_ack", times=1)
    await ana.open_home()
    await world.post("/deliver_again", last=3)
    await world.settle()
    await ana.sees("Start with your profile", in_="home")


async def test_a_post_whose_answer_was_lost_is_not_there_twice(world, program, ana, bo):
    await start_oak(ana)
    await world.post("/faults", kind="cut_after_accept", method="chat.postMessage", times=1)
    await world.until("2026-03-10T12:00+01:00")
    room = await bo.channel("circle-oak")
    questions = [look.text for look in room.messages if "This week's question" in look.text]
    assert len(questions) == len(set(questions)) == 2


async def test_a_revoked_token_stops_sending_until_it_is_good_again(world, program, ana, bo):
    await start_oak(ana)
    people = (ana, bo, world.person("Tomas"))
    await world.post("/token", revoked=True)
    await world.until("2026-03-05T12:00+01:00")
    assert not [one for one in people if await turns_told(one)]
    await world.post("/token", revoked=False)
    await world.until("2026-03-06T10:00+01:00")
    assert sorted([await turns_told(one) for one in people]) == [0, 0, 1]
    await ana.click("Sessions and dates", at="circle-oak")


async def turns_told(person):
    return sum("You have the hot seat" in look.text for look in (await person.dm()).messages)
