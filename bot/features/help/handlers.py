"""The two ways to ask: `/mentor` alone says where things stand, `/mentor help` what can be typed."""

from bot.feature import Deps, draw_home
from bot.features.help import blocks
from bot.slack.replies import Reply
from bot.slack.requests import Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("", help="Where things stand for you, and what to do next.", order=1)
async def start(request: Command, deps: Deps) -> Reply:
    now, who = deps.now(), request.member
    async with deps.store.open_view(request.team) as work:
        roles = await work.programs.roles_of(who)
        is_new = not await work.circles.of(who) and await work.members.profile(who) is None
        if is_new and not roles:
            return Reply(blocks.first_steps(deps.commands, deps.command))
        parts = await draw_home(deps.home, work, who, now, brief=True)
    return Reply(blocks.standing(parts, roles, deps.commands, deps.command))


@routes.command("help", help="This list.", order=99)
async def show_help(request: Command, deps: Deps) -> Reply:
    async with deps.store.open_view(request.team) as work:
        roles = await work.programs.roles_of(request.member)
    return Reply(blocks.whole(roles, deps.commands, deps.command))
