"""How help looks: where things stand for the one who asks, and all that they may type, in groups."""

from collections.abc import Collection, Sequence

from bot import doors
from bot.domain.programs import Role
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.routes import CommandRoute

GROUPS = (
    ("You and your people", ("profile", "match", "pause", "resume")),
    ("Your circle", ("circle",)),
    ("From session to session", ("hotseat", "commitments", "checkin")),
)
"""By the first word of a command; what is in none of them comes last."""
REST = "Always there"


def first_steps(commands: Sequence[CommandRoute], command: str) -> Message:
    """For a newcomer."""
    shown: list[Block] = [
        blocks.section(
            "*Mentoring, in three steps.* Tell me about you, find your people, keep two small promises a session."
        ),
        blocks.actions(
            blocks.button("My profile", doors.OPEN_PROFILE, style="primary"),
            blocks.button("Find a match", doors.FIND_MATCH),
            blocks.button("Join a circle", doors.JOIN_CIRCLE),
        ),
        blocks.divider(),
        *every_command((), commands, command),
    ]
    return Message("Mentoring, in three steps: your profile, your match, your circle.", shown)


def standing(
    parts: Sequence[Sequence[Block]], roles: Collection[Role], commands: Sequence[CommandRoute], command: str
) -> Message:
    """For everybody else: what each feature says of where things stand, then what can be typed."""
    rest = [blocks.divider(), *every_command(roles, commands, command)]
    shown = [block for part in parts for block in part]
    room = blocks.MESSAGE_BLOCKS - len(rest)
    return Message("Where things stand for you.", [*shown[:room], *rest])


def whole(roles: Collection[Role], commands: Sequence[CommandRoute], command: str) -> Message:
    """Every subcommand the caller may use, those for leads in a part of their own."""
    mine = [route for route in commands if roles or not route.for_leads]
    shown = every_command(roles, commands, command)
    shown.append(blocks.context("Only you can see this. Everything is also reachable from my Home tab."))
    return Message("What I can do: " + ", ".join(f"{command} {route.words}".strip() for route in mine), shown)


def every_command(roles: Collection[Role], commands: Sequence[CommandRoute], command: str) -> list[Block]:
    """A section a group, none of them folded."""
    for_all = [route for route in commands if not route.for_leads]
    groups = [(name, [one for one in for_all if _first_word(one) in words]) for name, words in GROUPS]
    grouped = {word for _name, words in GROUPS for word in words}
    groups.append(("For program leads", [one for one in commands if one.for_leads] if roles else []))
    groups.append((REST, [one for one in for_all if _first_word(one) not in grouped]))
    return [blocks.whole_section(f"*{name}*\n{_lines(routes, command)}") for name, routes in groups if routes]


def _first_word(route: CommandRoute) -> str:
    return route.words.partition(" ")[0]


def _lines(routes: Sequence[CommandRoute], command: str) -> str:
    return "\n".join(f"`{f'{command} {route.words} {route.usage}'.strip()}`  {route.help}" for route in routes)
