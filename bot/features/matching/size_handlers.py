"""What members tap when their circle has become too small or too large."""

from bot.domain.ids import BallotId
from bot.feature import Deps
from bot.features.matching import size_blocks, size_votes
from bot.slack.replies import Replace
from bot.slack.requests import Click
from bot.slack.routes import Routes

routes = Routes()


@routes.click("matching.size_vote")
async def vote(request: Click, deps: Deps) -> Replace:
    ballot = BallotId(request.payload.number("ballot"))
    asked = await size_votes.vote(request, ballot, request.payload.word("choice"), deps)
    return Replace(size_blocks.question(asked))
