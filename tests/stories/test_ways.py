"""Sessions that go another way: in threes, in writing, with a program's own minutes, and through a restart of the bot."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import running, trial_settings
from bot.sandbox import server
from bot.sandbox.person import World
from tests.stories.oak import start_oak


@pytest.fixture
def world_start():
    """The day before Oak meets for the first time."""
    return datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


SOON = {"From which day on?": "2026-03-05", "How often?": "Every week"}


async def test_a_program_changes_the_minutes_and_a_circle_meets_in_threes(world, program, ana, bo, miriam):
    await miriam.command("/mentor templates")
    await miriam.click("Open", near="Protocols")
    await miriam.click("Look", near="Troika")
    await miriam.click("Change it")
    form = await miriam.modal()
    field = next(block for block in form.raw["blocks"] if block["type"] == "input")
    text = field["element"]["initial_value"]
    await miriam.fill({field["label"]["text"]: text.replace("5 minutes: Arrive", "4 minutes: Arrive")})
    with pytest.raises(AssertionError, match="add up to 59 minutes"):
        await miriam.submit()
    own = text.replace("5 minutes: Arrive", "4 minutes: Arrive").replace("3 minutes: Close", "4 minutes: Close")
    await miriam.fill({field["label"]["text"]: own}, submit=True)
    await miriam.close(everything=True)

    await start_oak(ana, **SOON)
    await ana.command("/mentor circle protocol")
    await ana.fill({"Protocol": "Troika, in threes, 60 minutes"}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await bo.sees("We meet by another protocol", in_="circle-oak")
    await world.until("2026-03-05T15:00+01:00")
    await bo.click("Start session", at="circle-oak")
    await world.settle()
    shown = await bo.sees("Arrive, until", in_="circle-oak")
    [threes] = [line for line in shown.text.splitlines() if "@Tomas" in line and ":" not in line]
    assert "Thu 05 Mar 14:04" in shown.text and threes.count("@") == 3


async def test_two_days_in_writing(world, program, ana, bo):
    tomas, priya = world.person("Tomas"), world.person("Priya")
    await start_oak(ana, **SOON, **{"Whom do you want to bring in?": ["Bo", "Tomas", "Priya"]})
    await ana.command("/mentor circle protocol")
    await ana.fill({"Protocol": "In writing, over two days, 48 hours"}, submit=True)
    await ana.close(everything=True)
    await world.until("2026-03-05T15:00+01:00")
    await ana.sees("waits for your question", in_="dm")
    await ana.click("Write it", at="dm")
    await ana.fill({"The question, in one sentence": "How do I say no to <!channel>?"}, submit=True)
    await ana.click("Send to the circle")
    await ana.close(everything=True)
    await world.settle()
    root = await bo.sees("Clarify, until", in_="circle-oak")
    assert "How do I say no to <!channel>?" in root.text
    await bo.click("Ask a question", at="circle-oak")
    await bo.fill({"Your question": "Since when?"}, submit=True)
    await world.settle()
    assert "Since when?" in (await tomas.thread("circle-oak", root.ts)).text

    await world.until("2026-03-06T10:00+01:00")
    await priya.sees("When was it like that for you?", in_="dm")
    await priya.click("Share an experience", at="dm")
    await priya.fill({"What happened to you": "I once said nothing for a year."}, submit=True)
    await world.until("2026-03-07T08:00+01:00")
    await ana.click("Say what stays", at="circle-oak")
    await ana.fill(
        {"What stays": "I say it this week.", "What helped most": ["I once said nothing for a year."]}, submit=True
    )
    await world.until("2026-03-07T15:30+01:00")
    over = await tomas.sees("two days in writing", in_="circle-oak")
    assert "I say it this week." in over.text and "I once said nothing for a year." in over.text


@pytest.mark.database("sqlite")
async def test_a_restart_in_the_middle_goes_on_where_it_was(database_url, world_start):
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(server.running(seed="empty", start=world_start))
        settings = trial_settings(
            mode="socket",
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.signing_secret,
            database_url=database_url,
        )
        world = await stack.enter_async_context(World(slack.url))
        async with running(settings, now=slack.clock.now) as bot:
            slack.on_step = bot.settle
            miriam, ana = world.person("Miriam"), world.person("Ana")
            await miriam.command("/mentor program")
            await miriam.fill({"Name": "Spring"}, submit=True)
            await start_oak(ana, **SOON)
            await world.until("2026-03-05T15:00+01:00")
            await ana.click("Start session", at="circle-oak")
            await world.settle()
            before = await ana.sees("Arrive, until", in_="circle-oak")
            slack.on_step = None
        slack.clock.jump_to(slack.clock.now() + timedelta(minutes=6))
        async with running(settings, now=slack.clock.now) as bot:
            slack.on_step = bot.settle
            after = await ana.sees("Hopes, until", in_="circle-oak", within=8)
            await world.forward(minutes=8)
            await ana.sees("Case, until", in_="circle-oak")
            slack.on_step = None
        assert after.ts == before.ts
        assert await world.refusals() == []
