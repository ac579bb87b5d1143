"""The Home tab puts the features' parts together, within Slack's hundred blocks."""

from dataclasses import replace

from sqlalchemy import false, true

from bot.feature import HomeSection, draw_home
from bot.features.home import blocks, handlers
from bot.slack import blocks as kit
from bot.slack.requests import Event
from tests.builders import an_id, saved_member


async def hello(work, member, now):
    return [kit.section(f"Hello {member}")]


async def nothing(work, member, now):
    return []


async def test_opening_home_publishes_it(deps, team, slack, clock):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    deps = replace(deps, home=[HomeSection(1, hello), HomeSection(2, nothing)])
    await handlers.opened(Event(team, an_id("Ana"), "app_home_opened", {"tab": "home"}), deps)
    assert "Hello U0ANA" in str(slack.called("views.publish")[0].arguments["view"])
    async with deps.store.open_view(team) as work:
        assert (await work.members.get(an_id("Ana"))).home_opened == clock.now()


async def test_opening_the_messages_tab_publishes_nothing(deps, team, slack):
    await handlers.opened(Event(team, an_id("Ana"), "app_home_opened", {"tab": "messages"}), deps)
    assert slack.calls == []


def test_parts_stand_apart(looks_right):
    looks_right(blocks.home([[kit.section("One")], [], [kit.section("Two")]], "/mentor"))


def test_more_than_slack_shows_is_cut():
    view = blocks.home([[kit.divider()] * 70, [kit.divider()] * 70], "/mentor")
    assert len(view["blocks"]) == 100 and view["blocks"][-1]["type"] == "context"


async def test_a_section_without_anything_is_not_drawn(deps, team):
    """What it has is asked of all at once; at Home its empty look stands there, `/mentor` leaves it out."""

    async def never(work, member, now):
        raise AssertionError("drawn")

    sections = [
        HomeSection(1, hello, has=lambda work, member: true()),
        HomeSection(2, never, has=lambda work, member: false(), empty=[kit.section("Nothing yet")]),
    ]
    async with deps.store.open_view(team) as work:
        at_home = await draw_home(sections, work, an_id("Ana"), deps.now())
        in_brief = await draw_home(sections, work, an_id("Ana"), deps.now(), brief=True)
    assert at_home == [[kit.section("Hello U0ANA")], [kit.section("Nothing yet")]]
    assert in_brief == [[kit.section("Hello U0ANA")], []]
