"""What members ask about how their circle spends its sessions."""

from bot import doors
from bot.domain.ids import CircleId, SessionId
from bot.feature import Deps
from bot.features.protocols import blocks, flows
from bot.slack.replies import Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command(
    "circle protocol", usage="[name]", help="How your circle spends its sessions: choose one of six.", order=25
)
async def open_choice(request: Command, deps: Deps) -> Modal | Reply:
    circles = await flows.circles_meant(request, deps)
    if len(circles) > 1:
        return Reply(blocks.which(circles))
    return Modal(blocks.choice(await flows.choice_for(request, circles[0].id, deps)))


@routes.click(doors.CHOOSE_PROTOCOL)
async def open_choice_by_button(request: Click, deps: Deps) -> Modal:
    if request.payload.has("session"):
        session = SessionId(request.payload.number("session"))
        return Modal(blocks.choice(await flows.choice_for_one(request, session, deps)))
    return Modal(blocks.choice(await flows.choice_for(request, CircleId(request.payload.number("circle")), deps)))


@routes.submission("protocols.choose")
async def choose(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    key, version = request.answers.choice("protocol"), request.notes.number("version")
    if request.notes.has("session"):
        session = SessionId(request.notes.number("session"))
        circle = await flows.choose_for_one(request, session, key, version=version, deps=deps)
    else:
        circle = await flows.choose(
            request, CircleId(request.notes.number("circle")), key, version=version, deps=deps
        )
    return Reply(blocks.chosen(circle, key)), ShowHome()
