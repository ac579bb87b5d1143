"""`/mentor circle next`: say alone how you want to go on; and the way back where a circle ended."""

from bot.domain.ids import CircleRoundId
from bot.feature import Deps
from bot.features.rounds import blocks, flows, form, reading
from bot.slack.replies import Answer, Edit, Modal, Replace, Reply
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command(
    "circle next", usage="[name]", help="How your circle's round goes, and what you want after it.", order=29
)
async def show_round(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.standing(await reading.standing_for(request, deps)))


@routes.click("rounds.answer")
async def open_form(request: Click, deps: Deps) -> Modal:
    return Modal(form.wishes(await flows.to_answer(request, _round(request), deps), request.member))


@routes.submission("rounds.answer")
async def answer(request: Submission, deps: Deps) -> tuple[Answer, ...]:
    shown, place = await flows.answer(request, _round(request), form.read_wish(request.answers), deps)
    told = Reply(blocks.answered(shown))
    if place is None:
        return (told,)
    async with deps.store.open_view(request.team) as work:
        figures = await reading.figures_of(work, shown, deps.now())
    return told, Edit(place.channel, place.ts, blocks.celebration(shown, figures))


@routes.click("rounds.back")
async def go_on_after_all(request: Click, deps: Deps) -> Replace:
    shown = await flows.go_on_after_all(request, _round(request), deps)
    return Replace(blocks.back(shown, request.member))


def _round(request: Click | Submission) -> CircleRoundId:
    carried = request.payload if isinstance(request, Click) else request.notes
    return CircleRoundId(carried.number("round"))
