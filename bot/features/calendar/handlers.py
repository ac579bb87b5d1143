"""`/mentor calendar`: make an address, make a new one, turn it off, or have the next session as a file."""

from bot import doors
from bot.domain.ids import CircleId, SessionId
from bot.feature import Deps
from bot.features.calendar import blocks, flows
from bot.slack.replies import Modal, Reply, Turn
from bot.slack.requests import Click, Command
from bot.slack.routes import Routes

routes = Routes()


@routes.command("calendar", help="Your sessions in your own calendar, always up to date.", order=46)
async def open_calendar(request: Command, deps: Deps) -> Modal:
    return Modal(blocks.calendar(await flows.calendar_of(request.team, request.member, deps)))


@routes.click(doors.OPEN_CALENDAR)
async def open_calendar_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.calendar(await flows.calendar_of(request.team, request.member, deps)))


@routes.click("calendar.make")
async def make_address(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.calendar(await flows.make(request.team, request.member, circle=_circle(request), deps=deps)))


@routes.click("calendar.end")
async def end_address(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.calendar(await flows.end(request.team, request.member, circle=_circle(request), deps=deps)))


@routes.click("calendar.share")
async def share_address(request: Click, deps: Deps) -> Turn:
    circle = CircleId(request.payload.number("circle"))
    return Turn(blocks.calendar(await flows.share(request, circle, deps)))


@routes.click("calendar.unshare")
async def unshare_address(request: Click, deps: Deps) -> Turn:
    circle = CircleId(request.payload.number("circle"))
    return Turn(blocks.calendar(await flows.unshare(request, circle, deps)))


@routes.click(doors.SESSION_FILE)
async def send_session(request: Click, deps: Deps) -> Reply:
    await flows.send_session(request, SessionId(request.payload.number("session")), deps)
    return Reply(blocks.sent(1))


@routes.click("calendar.file")
async def send_file(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.sent(await flows.send_file(request.team, request.member, deps)))


def _circle(request: Click) -> CircleId | None:
    number = request.payload.number("circle")
    return CircleId(number) if number else None
