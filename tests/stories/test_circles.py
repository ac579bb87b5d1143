"""A circle from its first form to its end."""

import pytest

from bot.sandbox.person import Declined

OAK = {
    "Name": "Oak",
    "What is it about?": "Finding my voice",
    "Day of the week": "Thursday",
    "From which day on?": "2026-03-12",
    "Whom do you want to bring in?": ["Bo"],
}


@pytest.fixture
async def program(world):
    """A program, led by Ana."""
    ana = world.person("Ana")
    await ana.command("/mentor program")
    await ana.fill({"Name": "Spring 2026"}, submit=True)
    await ana.close(everything=True)


async def start_oak(person, **changed):
    await person.command("/mentor circle create")
    await person.fill({**OAK, **changed}, submit=True)
    await person.sees("is on its way", in_="modal")
    await person.close(everything=True)
    await person.world.settle()


@pytest.mark.both_ways
async def test_a_circle_is_made_shown_and_planned(world, program):
    ana, bo = world.person("Ana"), world.person("Bo")
    await start_oak(ana)
    await bo.sees("Welcome to Oak", in_="circle-oak")
    await ana.command("/mentor circle")
    await ana.sees("Next session", in_="dm")
    await ana.command("/mentor circle schedule")
    await ana.sees("Sessions and dates", in_="modal")
