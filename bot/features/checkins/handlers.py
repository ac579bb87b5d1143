"""`/mentor checkin` and its shortcut, the answer, and picking up a call for help."""

from bot import doors
from bot.domain.ids import CallId, RoundId
from bot.feature import Deps
from bot.features.checkins import blocks, flows, form, helping, helping_blocks
from bot.slack.replies import Answers, Modal, Replace, Reply, ShowHome
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
async def offer_help(request: Click, deps: Deps) -> Answers:
    """In the summary, where everybody sees who is on it."""
    taken = await helping.take(request.team, request.member, request.payload.number("answer"), deps)
    return Reply(blocks.help_picked_up(taken.answer)), *blocks.summary_anew(taken)


@routes.click("checkins.take")
async def take_help(request: Click, deps: Deps) -> Answers:
    """In the message to whoever was asked."""
    taken = await helping.take(request.team, request.member, request.payload.number("answer"), deps)
    return Replace(helping_blocks.taken(taken.answer)), *blocks.summary_anew(taken)


@routes.click("checkins.pass")
async def pass_help_on(request: Click, deps: Deps) -> Replace:
    await helping.pass_on(request.team, request.member, _call(request), deps)
    return Replace(helping_blocks.passed())


@routes.click("checkins.thanks")
async def say_thanks(request: Click, deps: Deps) -> Replace:
    return Replace(
        helping_blocks.thanks_said(await helping.thank(request.team, request.member, _call(request), deps))
    )


@routes.click("checkins.not-yet")
async def not_helped_yet(request: Click, deps: Deps) -> Replace:
    call = await helping.call_of_asker(request.team, request.member, _call(request), deps)
    return Replace(helping_blocks.not_yet(call))


def _call(request: Click) -> CallId:
    return CallId(request.payload.number("call"))
