"""A session under way: one thread, one message that goes with the clock, and everybody told their part in private."""

from datetime import UTC, datetime

import pytest

from tests.stories.oak import start_oak

PARTS = ("You facilitate", "You keep time", "You write", "You have the seat")


@pytest.fixture
def world_start():
    """The day before Oak meets for the first time."""
    return datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def tomas(world):
    return world.person("Tomas")


@pytest.fixture
async def oak(world, program, ana):
    """Ana, Bo, Tomas and Priya meet on Thursday 5 March at 15:00 in Berlin, which is 14:00 in London."""
    people = ["Bo", "Tomas", "Priya"]
    await start_oak(
        ana,
        **{"From which day on?": "2026-03-05", "How often?": "Every week", "Whom do you want to bring in?": people},
    )
    await world.until("2026-03-05T15:00+01:00")


async def thread(person):
    """The message of the session, as it reads now."""
    found = [look for look in (await person.channel("circle-oak")).messages if "I'm here" in look.text]
    assert len(found) == 1, "there is one message for the whole session"
    return found[0]


async def press(person, button):
    await person.click(button, at="circle-oak")
    await person.world.settle()


async def test_a_session_from_start_to_the_last_word(world, oak, ana, bo, tomas):
    everybody = [ana, bo, tomas, world.person("Priya")]
    await bo.click("Start session", at="circle-oak")
    await world.settle()
    shown = await thread(bo)
    assert "Arrive, until" in shown.text and "1 of 9" in shown.text and "Then Hopes at" in shown.text
    dms = [(await person.dm()).text for person in everybody]
    assert [sum(part in dm for dm in dms) for part in PARTS] == [1, 1, 1, 1]

    await world.until("2026-03-05T15:13+01:00")
    assert "@Ana Keller tells it in one go" in (await thread(bo)).text
    await ana.sees("The floor is yours", in_="dm")
    await press(ana, "Pause")
    await ana.sees("The facilitator and the timekeeper steer", in_="circle-oak")
    await press(bo, "Pause")
    await world.forward(minutes=10)
    assert "Paused in Case" in (await thread(bo)).text
    await press(bo, "Go on")
    await press(tomas, "+2 minutes")
    assert "Case, until Thu 05 Mar 14:30" in (await thread(bo)).text
    await press(bo, "Next stage")
    assert "Clarify, until" in (await thread(bo)).text and "4 of 9" in (await thread(bo)).text
    await press(ana, "Take over as facilitator")
    assert "Facilitator: @Ana Keller" in (await thread(bo)).text
    await ana.sees("advice in a coat", in_="dm")

    for _stage in range(4):
        await press(tomas, "Next stage")
    root = await thread(bo)
    assert "Everyone's two, until" in root.text
    replies = await bo.thread("circle-oak", root.ts)
    assert "Now everybody's two" in replies.text
    await bo.click("Make my two commitments", at="circle-oak")
    await bo.sees("I will", in_="modal")
    await bo.close(everything=True)
    await world.forward(minutes=15)
    done = (await bo.channel("circle-oak")).text
    assert "That was it: " in done and "did you meet?" in (await bo.thread("circle-oak", root.ts)).text

    await afterwards(world, ana, bo, tomas)


async def afterwards(world, ana, bo, tomas):
    """What the others noticed comes to Ana alone, and the circle hears what she makes of it."""
    await bo.click("Held", near="did you meet?")
    await bo.close(everything=True)
    await bo.click("Feedback for the seat", near="Held")
    await bo.fill(
        {
            "One thing they said or did, and what it did": "You named the fear first. I breathed out.",
            "One experiment they could try": "Name it in Monday's planning.",
        },
        submit=True,
    )
    await bo.close(everything=True)
    await world.until("2026-03-06T09:30+01:00")
    await ana.sees("You named the fear first", in_="dm")
    await tomas.does_not_see("You named the fear first")
    await ana.click("Tell them what I take from it", at="dm")
    await ana.fill({"What I take, and what I try": "Monday it is."}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await tomas.sees("Monday it is.", in_="circle-oak")
    await world.until("2026-03-12T18:00+01:00")
    await ana.sees("What happened with your question?", in_="dm")
