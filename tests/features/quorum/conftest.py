"""Oak with its first session on Thursday 5 March at 15:00 in Berlin, counted on Wednesday at ten."""

import pytest

from bot.domain.ids import BallotId
from bot.features.quorum.nudges import NUDGES
from bot.slack.payload import Payload
from bot.slack.requests import Click
from tests.builders import an_id, saved_circle, saved_people, saved_program
from tests.letters import letters_of

PEOPLE = ("Ana", "Bo", "Chi", "Dee", "Eve")


@pytest.fixture
async def oak(store, team, clock):
    async with store.open_work(team) as work:
        await saved_people(work, *PEOPLE)
        program = await saved_program(work)
        circle = await saved_circle(work, *PEOPLE, program=program.id)
        await work.sessions.plan_ahead(circle, clock.now())
        return circle


@pytest.fixture
def first(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            return (await work.sessions.of_circle(oak.id))[0]

    return read


@pytest.fixture
def tick(store, team, clock):
    async def run():
        for nudge in NUDGES:
            async with store.open_work(team) as work:
                await nudge.plan(work, clock.now())

    return run


@pytest.fixture
def say(store, team, first):
    async def mark(presence, *names):
        session = await first()
        async with store.open_work(team) as work:
            for name in names:
                await work.sessions.mark(session.id, an_id(name), presence)

    return mark


@pytest.fixture
def promised(store, team):
    async def read(kind):
        return await letters_of(store, team, kind=kind)

    return read


@pytest.fixture
def ballot(store, team):
    async def read(number=1):
        async with store.open_view(team) as work:
            return await work.ballots.find(BallotId(number))

    return read


@pytest.fixture
def tap(team):
    def click(who, choice, number=1):
        return Click(team, an_id(who), payload=Payload({"ballot": number, "choice": choice}))

    return click
