"""A circle whose question of the week has come."""

import pytest

from bot.store.messages import Place
from tests.builders import saved_circle, saved_program
from tests.features.checkins.asking import THURSDAY_AT_TEN, TUESDAY_AT_TEN, answers_of, say, tick


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


@pytest.fixture
async def closed(deps, team, asked, clock):
    """Ana would like help, Bo has answered; the round is over. The number of Ana's answer."""
    await say(deps, team, "Ana", asked, wanted="My opening")
    await say(deps, team, "Bo", asked)
    clock.to(THURSDAY_AT_TEN)
    for _replica in range(2):
        await tick(deps, team)
    return next(number for number, one in await answers_of(deps, team, asked) if one.help)
