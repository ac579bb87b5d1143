"""`/mentor thanks` and `/mentor contribution`, their forms, and the ways back."""

from bot.domain.ids import MemberId, ReleaseId, ThanksId
from bot.feature import Deps
from bot.features.recognition import blocks, flows
from bot.slack.replies import Answer, Answers, Edit, Modal, Reply
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes
from bot.store.messages import Place

routes = Routes()


@routes.command("thanks", help="Thank somebody, and read who thanked you.", order=46)
async def show(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.shelf(await flows.shelf(request, deps)))


@routes.click(blocks.SHOW)
async def show_again(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.shelf(await flows.shelf(request, deps)))


@routes.click(blocks.SAY)
async def open_say(_request: Click, _deps: Deps) -> Modal:
    return Modal(blocks.say_form())


@routes.submission(blocks.SAY)
async def say(request: Submission, deps: Deps) -> Reply:
    return Reply(blocks.said(await flows.say_thanks(request, blocks.read_thanks(request.answers), deps)))


@routes.click(blocks.UNSAY)
async def unsay(request: Click, deps: Deps) -> Answers:
    place = await flows.unsay(request, ThanksId(request.payload.number("thanks")), deps)
    return (Reply(blocks.unsaid()), *_emptied(request, place))


@routes.command("contribution", help="What you gave as a mentor, in your words, to whom you choose.", order=47)
async def show_own(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.own(await flows.own(request, deps)))


@routes.click(blocks.SHOW_OWN)
async def show_own_again(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.own(await flows.own(request, deps)))


@routes.click(blocks.WRITE)
async def open_write(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.write_form(await flows.own(request, deps)))


@routes.submission(blocks.WRITE)
async def write(request: Submission, deps: Deps) -> Reply:
    text, version = request.answers.text("text"), request.notes.number("version")
    return Reply(blocks.own(await flows.write(request, text, version, deps)))


@routes.click(blocks.RELEASE)
async def open_release(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.release_form(await flows.own(request, deps)))


@routes.submission(blocks.RELEASE)
async def release(request: Submission, deps: Deps) -> Reply:
    return Reply(blocks.released(await flows.release(request, MemberId(request.answers.choice("to")), deps)))


@routes.click(blocks.TAKE_BACK)
async def take_back(request: Click, deps: Deps) -> Answers:
    place = await flows.take_back(request, ReleaseId(request.payload.number("release")), deps)
    return (Reply(blocks.taken_back()), *_emptied(request, place))


def _emptied(request: Click, place: Place | None) -> tuple[Answer, ...]:
    return (Edit(place.channel, place.ts, blocks.emptied(request)),) if place else ()
