"""How help looks: a few doors first, the whole list on request."""

from collections.abc import Collection, Sequence

from bot import doors
from bot.domain.programs import Role
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.routes import CommandRoute


def start(command: str) -> Message:
    shown: list[Block] = [
        blocks.section(
            "*Mentoring, in three steps.* Tell me about you, find your people, keep two small promises a session."
        ),
        blocks.actions(
            blocks.button("My profile", doors.OPEN_PROFILE, style="primary"),
            blocks.button("Find a match", doors.FIND_MATCH),
            blocks.button("Join a circle", doors.JOIN_CIRCLE),
        ),
        blocks.context(
            f"`{command} help` lists everything. Your Home tab shows your next session and your two commitments."
        ),
    ]
    return Message("Mentoring, in three steps: your profile, your match, your circle.", shown)


def whole(roles: Collection[Role], commands: Sequence[CommandRoute], command: str) -> Message:
    """Every subcommand the caller may use, those for leads in a part of their own."""
    mine = [route for route in commands if not route.for_leads]
    for_leads = [route for route in commands if route.for_leads] if roles else []
    shown = [blocks.section("*What I can do*\n" + _lines(mine, command))]
    if for_leads:
        shown.append(blocks.section("*For program leads*\n" + _lines(for_leads, command)))
    shown.append(blocks.context("Only you can see this. Everything is also reachable from my Home tab."))
    return Message("What I can do: " + ", ".join(f"{command} {route.words}".strip() for route in mine), shown)


def _lines(routes: Sequence[CommandRoute], command: str) -> str:
    return "\n".join(f"`{f'{command} {route.words} {route.usage}'.strip()}`  {route.help}" for route in routes)
