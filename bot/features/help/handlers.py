"""The two ways to ask for help: `/mentor` alone, and `/mentor help`."""

from bot.domain.ids import MemberId, TeamId
from bot.domain.programs import Role
from bot.feature import Deps
from bot.features.help import blocks
from bot.slack.replies import Reply
from bot.slack.requests import Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("", help="Where things stand for you, and what to do next.", order=1)
async def start(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.start(await _roles(request.team, request.member, deps), deps.commands, deps.command))


@routes.command("help", help="This list.", order=99)
async def show_help(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.whole(await _roles(request.team, request.member, deps), deps.commands, deps.command))


async def _roles(team: TeamId, member: MemberId, deps: Deps) -> frozenset[Role]:
    async with deps.store.open_view(team) as work:
        return await work.programs.roles_of(member)
