"""The two ways to ask for help: `/mentor` alone, and `/mentor help`."""

from bot.feature import Deps
from bot.features.help import blocks
from bot.slack.replies import Reply
from bot.slack.requests import Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("", help="Where things stand for you, and what to do next.", order=1)
async def start(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.start(deps.command))


@routes.command("help", help="This list.", order=99)
async def show_help(request: Command, deps: Deps) -> Reply:
    async with deps.store.open_view(request.team) as work:
        roles = await work.programs.roles_of(request.member)
    return Reply(blocks.whole(roles, deps.commands, deps.command))
