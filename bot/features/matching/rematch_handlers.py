"""`/mentor match again`, and a lead's request to look again for somebody."""

from bot.domain.ids import CircleId, DraftId, IntroId, MemberId
from bot.feature import Deps
from bot.features.matching import draft_pages, drafting, rematch_blocks, rematching
from bot.features.matching.handlers import again
from bot.slack.replies import Answers, Reply, Turn
from bot.slack.requests import Click, Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("match again", help="A pair or a circle doesn't work: find another, in private.", order=22)
async def match_again(request: Command, deps: Deps) -> Reply:
    return Reply(rematch_blocks.together(await rematching.together(request, deps), request.member))


@routes.click("matching.unfit")
async def say_unfit(request: Click, deps: Deps) -> Answers:
    intro, candidate = await rematching.say_unfit(request, IntroId(request.payload.number("intro")), deps)
    return again(request, rematch_blocks.unfit(intro, request.member, candidate))


@routes.click("matching.tell")
async def tell(request: Click, deps: Deps) -> Reply:
    intro = await rematching.tell_kindly(request, IntroId(request.payload.number("intro")), deps)
    return Reply(rematch_blocks.told(intro, request.member))


@routes.click("matching.other_circle")
async def find_other_circle(request: Click, deps: Deps) -> Answers:
    looked = await rematching.other_circle(request, CircleId(request.payload.number("circle")), deps)
    return again(request, rematch_blocks.other_circle(looked))


@routes.click("matching.move")
async def move(request: Click, deps: Deps) -> Answers:
    old, new = (CircleId(request.payload.number(name)) for name in ("old", "new"))
    return again(request, rematch_blocks.moved(await rematching.move(request, old, new, deps)))


@routes.click("matching.rematch")
async def look_again(request: Click, deps: Deps) -> Answers:
    draft, mentee = DraftId(request.payload.number("draft")), MemberId(request.payload.word("first"))
    await rematching.look_again(request, draft, mentee, deps)
    shown = await drafting.preview_for(request, draft, deps)
    return Turn(draft_pages.page(shown, notice=rematch_blocks.looked_again(mentee)))
