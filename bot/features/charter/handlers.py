"""`/mentor circle charter`: read it, sign it, change it, see what it was before."""

from bot import doors
from bot.domain.ids import CircleId
from bot.feature import Deps
from bot.features.charter import blocks, flows, form, reading
from bot.features.charter.reading import Shown
from bot.slack.replies import Answer, Edit, Modal, Reply, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes
from bot.store.messages import Place

routes = Routes()


@routes.command(
    "circle charter", usage="[name]", help="What your circle agreed on: read, sign or change it.", order=28
)
async def open_charter(request: Command, deps: Deps) -> Modal | Reply:
    circles = await reading.circles_meant(request, deps)
    if len(circles) > 1:
        return Reply(blocks.which(circles))
    return Modal(blocks.page(await reading.shown_to(request, circles[0].id, deps), request.member))


@routes.click(doors.SHOW_CHARTER)
async def open_charter_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.page(await reading.shown_to(request, _circle(request), deps), request.member))


@routes.click("charter.sign")
async def sign(request: Click, deps: Deps) -> tuple[Answer, ...]:
    about, place = await flows.sign(request, _circle(request), request.payload.number("number"), deps)
    page = (Turn(blocks.page(about, request.member)),) if request.view else ()
    told = () if page or place else (Reply(blocks.signed(about)),)
    return *page, *told, *_drawn(request, about, place)


@routes.click("charter.change")
async def open_form(request: Click, deps: Deps) -> Turn | Modal:
    view = form.charter(await reading.shown_to(request, _circle(request), deps))
    return Turn(view) if request.view else Modal(view)


@routes.submission("charter.change")
async def change(request: Submission, deps: Deps) -> Turn:
    circle, seen = CircleId(request.notes.number("circle")), request.notes.number("number")
    words = form.read_words(request.answers)
    about = await flows.change(request, circle, words=words, seen=seen, deps=deps)
    return Turn(blocks.page(about, request.member))


@routes.click("charter.history")
async def open_history(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.history(await reading.history_for(request, _circle(request), deps)))


@routes.click("charter.version")
async def open_version(request: Click, deps: Deps) -> Modal:
    number = request.payload.number("number")
    about = await reading.shown_to(request, _circle(request), deps, number=number)
    return Modal(blocks.page(about, request.member))


def _drawn(request: Click, about: Shown, place: Place | None) -> tuple[Edit, ...]:
    """The message as it is signed now, wherever the tap was."""
    if place is None and request.channel and request.message:
        place = Place(request.channel, request.message)
    return (Edit(place.channel, place.ts, blocks.to_sign(about)),) if place else ()


def _circle(request: Click) -> CircleId:
    return CircleId(request.payload.number("circle"))
