"""`/mentor settings`, the button below what nobody asked for, and the program's manners."""

from bot import doors
from bot.domain.manners import Topic
from bot.feature import Deps
from bot.features.settings import blocks, flows, form
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Options, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission, Suggest
from bot.slack.routes import Routes

routes = Routes()


@routes.command("settings", help="When and how often I may write to you.", order=79)
async def open_settings(request: Command, deps: Deps) -> Modal:
    return Modal(form.settings(await flows.choice_of(request.team, request.member, deps)))


@routes.click(doors.OPEN_SETTINGS)
async def open_settings_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.settings(await flows.choice_of(request.team, request.member, deps), _about(request.payload)))


@routes.suggestion("settings.country")
async def suggest_country(request: Suggest, deps: Deps) -> Options:
    now = await flows.choice_of(request.team, request.member, deps)
    return Options(form.countries(request.typed, now))


@routes.submission("settings.form")
async def save_settings(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    own = form.read_settings(request.answers)
    return Reply(blocks.saved(await flows.choose(request.team, request.member, own, deps))), ShowHome()


@routes.command("program hours", help="Quiet hours, messages a week, weeks off.", for_leads=True, order=60)
async def open_house(request: Command, deps: Deps) -> Modal:
    return await _house(request, deps)


@routes.click(doors.HOUSE_HOURS)
async def open_house_by_button(request: Click, deps: Deps) -> Modal:
    return await _house(request, deps)


@routes.submission("settings.house")
async def save_house(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    house, version = form.read_house(request.answers), request.notes.number("version")
    change = await flows.set_house(request.team, request.member, house, version=version, deps=deps)
    return Reply(blocks.house_saved(change)), ShowHome()


def _about(payload: Payload) -> Topic | None:
    return next((topic for topic in Topic if topic == payload.parts.get("topic")), None)


async def _house(request: Command | Click, deps: Deps) -> Modal:
    return Modal(form.house(await flows.program_for(request.team, request.member, deps), deps.now()))
