"""Oak, just begun: Ana, Bo, Chi and Dee, with Lea as a lead and Eve as somebody else."""

import pytest

from bot.features.charter.nudges import NUDGES
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from tests.builders import an_id, saved_circle, saved_lead, saved_member, saved_people, saved_program
from tests.features.answers import typed
from tests.letters import letters_of


@pytest.fixture
async def oak(store, team):
    async with store.open_work(team) as work:
        await saved_people(work, "Ana", "Bo", "Chi", "Dee")
        await saved_lead(work, "Lea")
        await saved_member(work, "Eve")
        program = await saved_program(work)
        return await saved_circle(work, program=program.id)


@pytest.fixture
def tick(store, team, clock):
    async def run():
        for nudge in NUDGES:
            async with store.open_work(team) as work:
                await nudge.plan(work, clock.now())

    return run


@pytest.fixture
async def drafted(oak, tick, clock):
    """Oak's charter, posted at ten on the next day."""
    await tick()
    clock.forward(days=1)
    await tick()
    return oak


@pytest.fixture
def newest(store, team):
    async def read(circle=1):
        async with store.open_view(team) as work:
            return await work.charters.newest(circle)

    return read


@pytest.fixture
def promised(store, team):
    async def read(kind):
        return await letters_of(store, team, kind=kind)

    return read


@pytest.fixture
def clicked(team):
    def click(who="Ana", *, view=False, answers=None, message=None, channel=None, **payload):
        shown = View("V1") if view else None
        given = typed(**answers) if answers else typed()
        return Click(
            team, an_id(who), payload=Payload(payload), view=shown, answers=given, message=message, channel=channel
        )

    return click


@pytest.fixture
def submitted(team):
    def submission(who, notes, words):
        given = typed(**{str(clause): text for clause, text in words.items()})
        return Submission(team, an_id(who), view=View("V1", notes=Payload(notes)), answers=given)

    return submission
