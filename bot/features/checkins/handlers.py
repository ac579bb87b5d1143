"""`/mentor checkin` and its shortcut, the answer, and picking up a call for help."""

from bot import doors
from bot.domain.ids import RoundId
from bot.feature import Deps
from bot.features.checkins import blocks, flows, form
from bot.slack.replies import Answers, Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Shortcut, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("checkin", help="This week's question in your circles.", order=40)
@routes.shortcut("checkins.this-week")
async def this_week(request: Command | Shortcut, deps: Deps) -> Answers:
    found = await flows.this_week(request.team, request.member, deps)
    if len(found) == 1:
        return Modal(form.answer(found[0]))
    return Reply(blocks.this_week(found))


@routes.click(doors.ANSWER_CHECKIN)
async def open_form(request: Click, deps: Deps) -> Modal:
    this = RoundId(request.payload.number("round"))
    return Modal(form.answer(await flows.round_for(request.team, request.member, this, deps)))


@routes.submission("checkins.answer")
async def save_answer(request: Submission, deps: Deps) -> Answers:
    text, wanted = form.read_answer(request.answers)
    this = RoundId(request.notes.number("round"))
    saved = await flows.save_answer(request.team, request.member, this=this, text=text, wanted=wanted, deps=deps)
    return Reply(blocks.answer_saved(saved.place is not None)), *blocks.edits(saved), ShowHome()


@routes.click("checkins.help")
async def offer_help(request: Click, deps: Deps) -> Reply:
    picked = await flows.offer_help(request.team, request.member, request.payload.number("answer"), deps)
    return Reply(blocks.help_picked_up(picked))
