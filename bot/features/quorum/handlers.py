"""What a member taps below the question."""

from bot.domain.ids import BallotId
from bot.feature import Deps
from bot.features.quorum import blocks, flows
from bot.slack.replies import Replace
from bot.slack.requests import Click
from bot.slack.routes import Routes

routes = Routes()


@routes.click("quorum.vote")
async def vote(request: Click, deps: Deps) -> Replace:
    ballot = BallotId(request.payload.number("ballot"))
    return Replace(blocks.question(await flows.vote(request, ballot, request.payload.word("choice"), deps)))
