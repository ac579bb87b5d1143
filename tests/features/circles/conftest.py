"""A program with people in it, and a form for a new circle as somebody fills it in."""

import pytest

from bot.domain.ids import CircleId
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from tests.builders import an_id, saved_circle, saved_installation, saved_lead, saved_people, saved_program
from tests.features.answers import chosen, picked_day, picked_people, picked_time, typed
from tests.letters import letters_of

ORDINARY = {
    "name": "Oak",
    "theme": "Finding my voice",
    "weekday": chosen("3"),
    "every": chosen("2"),
    "time": picked_time("15:00"),
    "zone": chosen("Europe/Berlin"),
    "minutes": chosen("60"),
    "first": picked_day("2026-03-12"),
    "people": picked_people(an_id("Bo"), an_id("Chi")),
    "checkin_day": chosen("0"),
    "checkin_hour": chosen("10:00"),
}


@pytest.fixture
async def program(store, team):
    """Ana, Bo, Chi and Dee in a program that Lea leads."""
    async with store.open_work(team) as work:
        await saved_installation(work)
        await saved_people(work, "Ana", "Bo", "Chi", "Dee")
        await saved_lead(work, "Lea")
        return await saved_program(work)


@pytest.fixture
def submitted(team):
    """A form sent by somebody: `submitted("circles.create", **answers)`."""

    def submission(callback, who="Ana", notes=None, **answers):
        view = View("V1", callback=callback, notes=Payload(notes or {}))
        return Submission(team, an_id(who), view=view, answers=typed(**answers))

    return submission


@pytest.fixture
def creating(submitted):
    def submission(who="Ana", **changed):
        return submitted("circles.create", who, **{**ORDINARY, **changed})

    return submission


@pytest.fixture
async def oak(store, team, program, clock):
    """Ana, Bo, Chi and Dee, with a channel and six sessions; Eve and Fay stand outside."""
    async with store.open_work(team) as work:
        await saved_people(work, "Eve", "Fay")
        circle = await saved_circle(work, program=program.id, made_by=an_id("Ana"))
        await work.sessions.plan_ahead(circle, clock.forward(hours=1))
        return circle


@pytest.fixture
def clicked(team):
    def click(who="Ana", **payload):
        return Click(team, an_id(who), payload=Payload(payload))

    return click


@pytest.fixture
def circle_now(store, team):
    async def read(number=1):
        async with store.open_view(team) as work:
            return await work.circles.get(CircleId(number))

    return read


@pytest.fixture
def promised(store, team):
    async def read(kind):
        return await letters_of(store, team, kind=kind)

    return read


@pytest.fixture
def audited(store, team):
    async def read():
        async with store.open_view(team) as work:
            return [(entry.by, entry.act) for entry in await work.audit.latest()]

    return read


@pytest.fixture
def leaving(submitted, oak):
    def submission(who="Ana", line="", circle=None):
        return submitted("circles.leave", who, {"circle": circle or oak.id}, line=line)

    return submission
