"""`/mentor checkin` and its shortcut, the answer, and picking up a call for help."""

from dataclasses import replace

from bot import doors
from bot.domain.ids import CallId, CircleId, RoundId
from bot.domain.prompts import read_questions
from bot.feature import Deps
from bot.features.checkins import (
    blocks,
    flows,
    form,
    helping,
    helping_blocks,
    pairs,
    questions,
    questions_blocks,
    ways,
)
from bot.slack.replies import Answers, Edit, Modal, Replace, Reply, ShowHome, Turn
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


@routes.command("checkin questions", help="What is asked each week, in your own words.", for_leads=True, order=41)
async def show_questions(request: Command, deps: Deps) -> Modal:
    return Modal(questions_blocks.every(await questions.every(request.team, request.member, deps)))


@routes.click("checkins.questions")
async def open_questions(request: Click, deps: Deps) -> Modal:
    key = request.payload.word("family")
    return Modal(questions_blocks.form(await questions.draft(request.team, request.member, key, deps)))


@routes.click("checkins.questions-preview")
async def preview_questions(request: Click, deps: Deps) -> Turn | None:
    """What is typed right now, as it will look; nothing is kept yet, and what the form started from stays."""
    if request.view is None:
        return None
    draft = await questions.draft(request.team, request.member, request.payload.word("family"), deps)
    typed, version = request.answers.text("questions"), request.view.notes.number("version")
    return Turn(questions_blocks.form(replace(draft, typed=typed, version=version), read_questions(typed)))


@routes.click("checkins.questions-restore")
async def restore_questions(request: Click, deps: Deps) -> Turn:
    key = request.payload.word("family")
    return Turn(questions_blocks.form(await questions.restore(request.team, request.member, key, deps)))


@routes.submission("checkins.questions")
async def save_questions(request: Submission, deps: Deps) -> Turn:
    key, version = request.notes.word("family"), request.notes.number("version")
    text = request.answers.text("questions")
    return Turn(
        questions_blocks.saved(
            await questions.save(request.team, request.member, key=key, version=version, text=text, deps=deps)
        )
    )


@routes.command("checkin pairs", help="Check in as pairs, or all together: your circle chooses.", order=42)
async def show_ways(request: Command, deps: Deps) -> Reply:
    return Reply(ways.ballots(await pairs.ballots(request, deps)))


@routes.click("checkins.ways")
async def wish_for_a_way(request: Click, deps: Deps) -> Answers:
    """In the message to one, or in the channel, where the others see how many wish for pairs."""
    circle, wanted = CircleId(request.payload.number("circle")), bool(request.payload.number("pairs"))
    ballot = await pairs.wish(request, circle, pairs=wanted, deps=deps)
    there = [Edit(ballot.place.channel, ballot.place.ts, ways.asked(ballot))] if ballot.place else []
    return Reply(ways.wished(ballot)), *there


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
