"""What a visitor of the sandbox finds: two weeks, played by clicks alone, without one refusal of Slack's."""

import pytest

from bot.sandbox import season
from bot.sandbox.lines import PROMISES


@pytest.fixture
def world_seed():
    return "season"


@pytest.mark.database("sqlite")
@pytest.mark.timeout(600)
async def test_the_season_plays_to_its_third_week(world):
    told = []
    await season.play(world, lambda text, done, total: told.append((done, total)))
    assert told[-1] == (7, 7)
    ana = world.person("Ana")
    home = await ana.open_home()
    for words in ("Next session", "My commitments", "This week's check-in", "You have the hot seat"):
        assert words in home.text
    circle = next(room["name"] for room in await ana.sidebar() if room["name"].startswith("circle-"))
    said = (await ana.channel(circle)).text
    for words in ("Welcome to", "Can you come?", "meets now", "This week's question"):
        assert words in said

    lead = world.person("Miriam")
    await lead.command("/mentor")
    await lead.sees("people have a profile and no circle", in_="dm")
    seen = {person: await commitments_of(world.person(person)) for person in ("Ana", "Bo", "Priya", "Kenji", "Sofia")}
    wills = [will for theirs in seen.values() for will in theirs]
    assert len(wills) >= 8 and len(set(wills)) == len(wills), seen
    await draw_and_publish(world, lead)
    await world.person("Nils").sees("Welcome to", in_="circle-")
    await world.person("Zainab").sees("Welcome to", in_="circle-")


async def draw_and_publish(world, lead):
    """By hand, as a visitor would: the command, a look, and the button."""
    await lead.command("/mentor match circles")
    await lead.sees("Draft 2: ", in_="dm", within=60)
    await lead.click("Look at the circles", at="dm")
    await lead.sees("Nils Haugen", in_="modal", within=10)
    await lead.click("Publish")
    await lead.close(everything=True)
    await world.settle()


async def commitments_of(person):
    home = await person.open_home()
    return [line for line in home.text.splitlines() if line in WILLS]


WILLS = {promise.will for promise in PROMISES}
