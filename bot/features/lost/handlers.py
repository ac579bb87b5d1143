"""The two buttons below the question whether a post is there."""

from bot.domain.ids import LetterId
from bot.feature import Deps
from bot.features.lost import blocks, flows
from bot.slack.replies import Replace
from bot.slack.requests import Click
from bot.slack.routes import Routes

routes = Routes()


@routes.click("lost.there")
async def it_is_there(request: Click, deps: Deps) -> Replace:
    letter = await flows.it_is_there(request, LetterId(request.payload.number("letter")), deps)
    return Replace(blocks.stands(letter) if letter else blocks.settled_already())


@routes.click("lost.again")
async def post_again(request: Click, deps: Deps) -> Replace:
    wanted = await flows.post_again(request, LetterId(request.payload.number("letter")), deps)
    if wanted is None:
        return Replace(blocks.settled_already())
    return Replace(
        blocks.too_late(wanted.letter) if wanted.is_over(deps.now()) else blocks.posted_again(wanted.letter)
    )
