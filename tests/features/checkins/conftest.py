"""A circle whose question of the week has come."""

import pytest

from bot.store.messages import Place
from tests.builders import saved_circle, saved_program
from tests.features.checkins.asking import TUESDAY_AT_TEN, tick


@pytest.fixture
async def oak(store, team):
    """Ana, Bo, Chi and Dee, asked on Tuesdays at ten; it is Monday morning."""
    async with store.open_work(team) as work:
        await saved_program(work)
        return await saved_circle(work, checkin_weekday=1)


@pytest.fixture
async def asked(deps, team, oak, clock):
    """The round of this week, open, with its thread."""
    await tick(deps, team)
    clock.to(TUESDAY_AT_TEN)
    async with deps.store.open_work(team) as work:
        [this] = await work.checkins.due(clock.now())
        await work.messages.remember("checkins.thread", str(this.id), Place(oak.channel, "1.1"))
    return this
