"""Oak in its second week: Ana, Bo, Chi and Dee, with six sessions planned."""

import pytest

from bot.domain.ids import CircleId
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from tests.builders import (
    an_id,
    saved_circle,
    saved_installation,
    saved_lead,
    saved_member,
    saved_people,
    saved_program,
)
from tests.features.answers import typed
from tests.letters import letters_of


@pytest.fixture
async def oak(store, team, clock):
    """The circle, with its sessions planned from now on; the first is on Thursday 5 March at 15:00 in Berlin."""
    async with store.open_work(team) as work:
        await saved_installation(work)
        await saved_people(work, "Ana", "Bo", "Chi", "Dee")
        await saved_lead(work, "Lea")
        await saved_member(work, "Eve")
        program = await saved_program(work)
        circle = await saved_circle(work, program=program.id)
        await work.sessions.plan_ahead(circle, clock.now())
        return circle


@pytest.fixture
def sessions_of(store, team):
    async def read(circle):
        async with store.open_view(team) as work:
            return await work.sessions.of_circle(CircleId(circle.id))

    return read


@pytest.fixture
def clicked(team):
    """A tap on a button: `clicked("Ana", session=1)`; `at` says where it stands."""

    def click(who="Ana", *, channel=None, message=None, home=False, **payload):
        view = View("V1", kind="home") if home else None
        return Click(team, an_id(who), payload=Payload(payload), channel=channel, message=message, view=view)

    return click


@pytest.fixture
def submitted(team):
    def submission(callback, who="Ana", notes=None, **answers):
        view = View("V1", callback=callback, notes=Payload(notes or {}))
        return Submission(team, an_id(who), view=view, answers=typed(**answers))

    return submission


@pytest.fixture
def promised(store, team):
    """The letters of a kind, the newest last."""

    async def read(kind):
        return await letters_of(store, team, kind=kind)

    return read
