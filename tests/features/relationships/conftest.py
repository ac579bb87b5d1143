"""What the tests of relationships share: Ana and Bo, a relationship of theirs, and what they click and send."""

import pytest

from bot.slack.payload import Payload
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import an_id, saved_member, saved_relationship
from tests.features.answers import typed


@pytest.fixture
async def pair(deps, team):
    """Ana, who asked, and Bo; Lea leads and is in it no more than anybody."""
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Lea")
        return await saved_relationship(work)


@pytest.fixture
def click(team):
    def made(name, pair=1, view=None, answers=None, **payload):
        more = {"answers": answers} if answers else {}
        return Click(team, an_id(name), payload=Payload({"relationship": pair} | payload), view=view, **more)

    return made


@pytest.fixture
def command(team):
    return lambda name, words="": Command(team, an_id(name), words=words)


@pytest.fixture
def send(team):
    def made(name, pair=1, notes=None, **values):
        view = View("V1", notes=Payload({"relationship": pair} | (notes or {})))
        return Submission(team, an_id(name), view=view, answers=typed(**values))

    return made


@pytest.fixture
def now_of(deps, team):
    """The relationship as it is stored."""

    async def found(number=1):
        async with deps.store.open_view(team) as work:
            return await work.relationships.get(number)

    return found
