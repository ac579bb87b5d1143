"""`/mentor templates`: a program's own guides, agendas, prompts and the like. For leads."""

from bot.feature import Deps
from bot.features.templates import blocks, flows
from bot.slack.replies import Modal, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("templates", help="Your program's own guides, agendas and other texts.", for_leads=True, order=65)
async def list_groups(request: Command, deps: Deps) -> Modal:
    return Modal(blocks.groups(await flows.every(request, deps)))


@routes.click("templates.group")
async def list_texts(request: Click, deps: Deps) -> Modal:
    name = request.payload.word("group")
    inside = [one for one in await flows.every(request, deps) if one.editable.template.group == name]
    return Modal(blocks.group(name, inside))


@routes.click("templates.show")
async def show(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.page(await flows.one(request, request.payload.word("key"), deps)))


@routes.click("templates.change")
async def open_form(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.form(await flows.one(request, request.payload.word("key"), deps)))


@routes.click("templates.preview")
async def preview(request: Click, deps: Deps) -> Turn:
    """What was typed is checked as for saving, so that a lead learns of it here."""
    one = await flows.one(request, request.payload.word("key"), deps)
    return Turn(blocks.form(one, one.editable.template.read(request.answers.text("text"))))


@routes.submission("templates.save")
async def save(request: Submission, deps: Deps) -> Turn:
    key, version = request.notes.word("key"), request.notes.number("version")
    return Turn(blocks.page(await flows.save(request, key, request.answers.text("text"), version=version, deps=deps)))


@routes.click("templates.restore")
async def restore(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.page(await flows.restore(request, request.payload.word("key"), deps)))
