"""Ten thousand people are matched, and nobody waits: clicks are answered, the lead sees how far it is and stops it."""

import asyncio
import time
from dataclasses import replace

import pytest

from benchmarks.matching_documents import company
from bot.domain.ids import MemberId
from bot.domain.people import Member
from bot.sandbox.person import World
from bot.sandbox.run import together
from tests.builders import a_profile

MEMBERS = 10_000
SLACK_WAITS = 3.0
DEPARTMENTS, THEMES = ("Design", "Sales", "Legal", "Support"), ("Finding my voice", "Leading change")


async def fill(both):
    """So many people with profiles, as after an import."""
    async with both.bot.deps.store.open_work(both.bot.installation.team) as work:
        for number, person in enumerate(company(MEMBERS)["people"]):
            member = MemberId(f"U9{number:06}")
            await work.members.save(Member(member, f"Member {number}", zone=person["tz"]))
            own = {"department": DEPARTMENTS[number % 4], "themes": (THEMES[number % 2],), "location": person["city"]}
            await work.members.add_profile(replace(a_profile(**own), member=member))


async def acks(person, until):
    """How long each command takes to be acknowledged, one after the other until something happens."""
    channel = next(room["id"] for room in await person.sidebar() if room["kind"] == "app")
    taken = []
    while not until.is_set():
        begun = time.perf_counter()
        await person.world.post(f"/people/{person.id}/command", channel=channel, text="/mentor help")
        taken.append(time.perf_counter() - begun)
    return taken


@pytest.fixture
async def crowded(database_url):
    async with together(seed="empty", database=database_url) as both, World(both.sandbox.url) as world:
        both.sandbox.slack.limits.enforced = False
        miriam = world.person("Miriam")
        await miriam.command("/mentor program")
        await miriam.fill({"Name": "Spring 2026"}, submit=True)
        await miriam.close(everything=True)
        await fill(both)
        yield both, world
        assert await world.refusals() == []


@pytest.mark.database("sqlite")
async def test_nobody_waits_while_ten_thousand_people_are_matched_and_the_lead_stops_it(crowded):
    both, world = crowded
    ana, miriam = world.person("Ana"), world.person("Miriam")
    stopped = asyncio.Event()
    asking = asyncio.create_task(acks(ana, until=stopped))
    await miriam.command("/mentor match circles everybody")
    await miriam.sees(f"Drawing circles for {MEMBERS} people", in_="dm", within=60)
    await miriam.command("/mentor match circles everybody")
    await miriam.sees("started a draft", in_="dm", within=30)
    await miriam.sees("% is done", in_="dm", within=60)
    await miriam.click("Stop drawing", at="dm")
    await miriam.sees("Stopped.", in_="dm", within=30)
    stopped.set()
    taken = await asking
    assert len(taken) > 10 and [seconds for seconds in taken if seconds > SLACK_WAITS] == []
    assert not both.bot.deps.background.busy
    async with both.bot.deps.store.open_view(both.bot.installation.team) as work:
        assert await work.drafts.drawing() is None
