"""Feedback to whoever had the seat, and what they tell of their question."""

from bot import doors
from bot.domain.feedback import Life
from bot.domain.ids import MemberId, SessionId
from bot.feature import Deps
from bot.features.feedback import blocks, flows
from bot.slack.replies import Modal, Replace, Reply
from bot.slack.requests import Click, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.click(doors.GIVE_FEEDBACK)
async def open_give(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.give(await flows.desk_for(request, _session(request), deps)))


@routes.submission("feedback.give")
async def give(request: Submission, deps: Deps) -> Reply:
    to = request.notes.word("to") if request.notes.has("to") else request.answers.choice("to")
    words = blocks.read_words(request.answers)
    name = await flows.give(request, _session(request), MemberId(to), words, deps=deps)
    return Reply(blocks.gave(name))


@routes.click("feedback.tell")
async def open_tell(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.tell(await flows.back_for(request, _session(request), deps)))


@routes.submission("feedback.tell")
async def tell(request: Submission, deps: Deps) -> Reply:
    text = blocks.read_text(request.answers)
    return Reply(blocks.kept(await flows.tell_circle(request, _session(request), text, deps), tell=True))


@routes.click("feedback.happened")
async def open_happened(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.happened(await flows.back_for(request, _session(request), deps)))


@routes.submission("feedback.happened")
async def happened(request: Submission, deps: Deps) -> Reply:
    text, tell = blocks.read_text(request.answers), blocks.wants_to_tell(request.answers)
    back = await flows.say_what_happened(request, _session(request), text, tell=tell, deps=deps)
    return Reply(blocks.kept(back, tell=tell))


@routes.click("feedback.live")
async def live(request: Click, deps: Deps) -> Replace:
    return Replace(blocks.live(await flows.say_how_it_stands(request, _session(request), Life.LIVE, deps)))


@routes.click("feedback.settled")
async def settled(request: Click, deps: Deps) -> Replace:
    return Replace(blocks.settled(await flows.say_how_it_stands(request, _session(request), Life.SETTLED, deps)))


def _session(request: Click | Submission) -> SessionId:
    carried = request.payload if isinstance(request, Click) else request.notes
    return SessionId(carried.number("session"))
