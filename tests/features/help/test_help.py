"""Help is made from what is registered, and shows only what the caller may do."""

from dataclasses import replace

from bot.feature import HomeSection
from bot.features.help import blocks, handlers
from bot.slack import blocks as kit
from bot.slack.requests import Command
from bot.slack.routes import CommandRoute
from tests.builders import an_id, saved_circle, saved_lead, saved_member, saved_profile

COMMANDS = [
    CommandRoute("", handlers.start, "Where things stand."),
    CommandRoute("circle join", handlers.start, "Take a free place.", usage="[name]"),
    CommandRoute("program", handlers.start, "The rules.", for_leads=True),
]


async def test_members_and_leads_see_what_they_may_do(deps, team):
    deps = replace(deps, commands=COMMANDS)
    async with deps.store.open_work(team) as work:
        await saved_member(work)
        await saved_lead(work)
    member = await handlers.show_help(Command(team, an_id("Ana")), deps)
    lead = await handlers.show_help(Command(team, an_id("Lea")), deps)
    assert "/mentor program" not in str(member.message.blocks)
    assert "/mentor program" in str(lead.message.blocks)
    assert "/mentor circle join [name]" in str(member.message.blocks)


async def test_mentor_alone_shows_a_newcomer_the_first_steps(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    reply = await handlers.start(Command(team, an_id("Ana")), replace(deps, home=[HomeSection(1, hello)]))
    assert "three steps" in reply.message.text and "Hello" not in str(reply.message.blocks)


async def test_mentor_alone_shows_everybody_else_where_things_stand(deps, team):
    deps = replace(deps, commands=COMMANDS, home=[HomeSection(1, hello, goodbye), HomeSection(2, hello)])
    async with deps.store.open_work(team) as work:
        await saved_profile(work)
        await saved_circle(work, "Bo")
        await saved_lead(work)
    for name in ("Ana", "Bo", "Lea"):
        shown = str((await handlers.start(Command(team, an_id(name)), deps)).message.blocks)
        assert shown.index(f"Goodbye U0{name.upper()}") < shown.index(f"Hello U0{name.upper()}")
        assert shown.index("Hello") < shown.index("/mentor circle join")
        assert ("/mentor program" in shown) is (name == "Lea")


async def hello(work, member, now):
    return [kit.section(f"Hello {member}")]


async def goodbye(work, member, now):
    return [kit.section(f"Goodbye {member}")]


def test_however_much_there_is_the_commands_are_shown():
    message = blocks.standing([[kit.divider()] * 70], (), COMMANDS, "/mentor")
    assert len(message.blocks) == kit.MESSAGE_BLOCKS and "circle join" in str(message.blocks[-2:])


def test_first_steps(looks_right):
    looks_right(blocks.first_steps(COMMANDS, "/mentor"))


def test_where_things_stand(looks_right):
    looks_right(blocks.standing([[kit.section("One")], [], [kit.section("Two")]], (), COMMANDS, "/mentor"))


def test_the_whole_list_for_a_lead(looks_right):
    looks_right(blocks.whole({"lead"}, COMMANDS, "/mentor"))


def test_the_whole_list_for_a_member(looks_right):
    looks_right(blocks.whole(set(), COMMANDS, "/mentor"))
