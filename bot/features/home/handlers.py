"""Draws the Home tab when it is opened, and again after what is done in it."""

from bot.feature import Deps, draw_home
from bot.features.home import blocks
from bot.slack.blocks import View
from bot.slack.requests import Event, HomeOpened
from bot.slack.routes import Routes

routes = Routes()


@routes.home
async def draw(request: HomeOpened, deps: Deps) -> View:
    now = deps.now()
    async with deps.store.open_view(request.team) as work:
        parts = await draw_home(deps.home, work, request.member, now)
    return blocks.home(parts, deps.command)


@routes.event("app_home_opened")
async def opened(event: Event, deps: Deps) -> None:
    if event.facts.get("tab", "home") != "home":
        return
    await deps.meet(event.team, event.member)
    async with deps.store.open_work(event.team) as work:
        await work.members.remember_home(event.member, deps.now())
    view = await draw(HomeOpened(event.team, event.member), deps)
    await deps.slack.show_home(event.team, event.member, view)
