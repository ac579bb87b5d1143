"""Help is made from what is registered, and shows only what the caller may do."""

from dataclasses import replace

from bot.features.help import blocks, handlers
from bot.slack.requests import Command
from bot.slack.routes import CommandRoute
from tests.builders import an_id, saved_lead, saved_member

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


async def test_mentor_alone_shows_the_first_steps(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work)
    reply = await handlers.start(Command(team, an_id("Ana")), deps)
    assert "three steps" in reply.message.text


def test_first_steps(looks_right):
    looks_right(blocks.start("/mentor"))


def test_the_whole_list_for_a_lead(looks_right):
    looks_right(blocks.whole({"lead"}, COMMANDS, "/mentor"))


def test_the_whole_list_for_a_member(looks_right):
    looks_right(blocks.whole(set(), COMMANDS, "/mentor"))
