"""What a visitor of the sandbox finds: two weeks, played by clicks alone, without one refusal of Slack's."""

import pytest

from bot.sandbox import season


@pytest.fixture
def world_seed():
    return "season"


@pytest.mark.database("sqlite")
@pytest.mark.timeout(600)
async def test_the_season_plays_to_its_third_week(world):
    told = []
    await season.play(world, lambda text, done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
    ana = world.person("Ana")
    home = await ana.open_home()
    for words in ("Next session", "My commitments", "This week's check-in", "You have the hot seat"):
        assert words in home.text
    circle = next(room["name"] for room in await ana.sidebar() if room["name"].startswith("circle-"))
    said = (await ana.channel(circle)).text
    for words in ("Welcome to", "Can you come?", "meets now", "This week's question"):
        assert words in said
