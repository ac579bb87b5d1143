"""`/mentor match merge`: circles that have become too small go into others."""

from bot import doors
from bot.domain.ids import CircleId, MergerId
from bot.feature import Deps
from bot.features.matching import merge_blocks, merging
from bot.features.matching.handlers import again
from bot.slack.replies import Answers, Reply
from bot.slack.requests import Click, Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command(
    "match merge", help="Circles too small to go on, and who could take them in.", for_leads=True, order=65
)
async def look(request: Command, deps: Deps) -> Reply:
    return Reply(merge_blocks.standing(await merging.look(request, deps)))


@routes.click(doors.MERGE_CIRCLES)
async def look_by_button(request: Click, deps: Deps) -> Reply:
    return Reply(merge_blocks.standing(await merging.look(request, deps)))


@routes.click("matching.merge_ask")
async def ask(request: Click, deps: Deps) -> Answers:
    small, into = (CircleId(request.payload.number(name)) for name in ("small", "into"))
    return again(request, merge_blocks.asked_both(await merging.ask(request, small, into, deps)))


@routes.click("matching.merge_vote")
async def vote(request: Click, deps: Deps) -> Reply:
    fine = bool(request.payload.number("fine"))
    await merging.vote(request, _merger(request), fine=fine, deps=deps)
    return Reply(merge_blocks.voted(fine=fine))


@routes.click("matching.merge")
async def merge(request: Click, deps: Deps) -> Answers:
    return again(request, merge_blocks.done(await merging.merge(request, _merger(request), deps)))


@routes.click("matching.merge_drop")
async def drop(request: Click, deps: Deps) -> Answers:
    await merging.drop(request, _merger(request), deps)
    return again(request, merge_blocks.standing(await merging.look(request, deps)))


def _merger(request: Click) -> MergerId:
    return MergerId(request.payload.number("merger"))
