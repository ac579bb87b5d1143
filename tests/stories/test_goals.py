"""A goal from the first word to a milestone that came late, and who sees nothing of it."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def world_start():
    return datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


GOAL = {
    "My goal": "lead our customer meetings",
    "How would somebody else see it?": "four of them alone",
    "By": "2026-09-30",
    "Where are you today?": "2 · First steps",
}


async def test_from_a_goal_to_a_milestone_that_came_late(world, ana, bo):
    await ana.command("/mentor goals")
    await ana.sees("No goal under way", in_="dm")
    await ana.click("Set a goal")
    await ana.fill(GOAL, submit=True)
    await ana.sees("What is the first thing on the way", in_="modal")
    await ana.click("Add a milestone")
    await ana.fill({"What will be there to see?": "my first meeting alone", "By": "2026-04-02"}, submit=True)
    await ana.sees("I remind you once before its day", in_="modal")
    await ana.close(everything=True)
    await ana.sees("my first meeting alone", in_="home")

    await world.until("2026-03-26T09:00+01:00")
    await ana.sees("A milestone of yours is for Thursday 2 April", in_="dm")
    await world.until("2026-04-03T12:00+02:00")  # Good Friday, where Ana is
    await ana.does_not_see("How did it go?", in_="dm")
    await world.until("2026-04-07T09:00+02:00")
    await ana.sees("How did it go?", in_="dm")
    await ana.click("Not yet", at="dm")
    await ana.fill(
        {
            "What was in the way?": "It was too big",
            "What now?": "Something smaller, with a new day",
            "The new day": "2026-04-24",
            "Something smaller": "half of a meeting",
        },
        submit=True,
    )
    await ana.sees("It stands again: half of a meeting", in_="modal")
    await ana.close(everything=True)
    await ana.click("Reached", at="home")
    await ana.fill({"What shows it?": "Sam was there and says so"}, submit=True)
    await ana.sees("Sam was there", in_="modal")
    await ana.close(everything=True)
    asked = [look.text for look in (await ana.dm()).messages if "[Not yet]" in look.text]
    assert asked == []

    for place in ("home", "dm"):
        await bo.does_not_see("meeting", in_=place)
