"""`/mentor program charter`: what new circles begin with."""

from bot.domain.charters import SHIPPED, Template
from bot.domain.ids import ProgramId
from bot.feature import Deps
from bot.features.charter import blocks, form, templates
from bot.slack.replies import Modal, Reply, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("program charter", help="The charter that new circles begin with.", for_leads=True, order=60)
async def open_template(request: Command, deps: Deps) -> Modal:
    program, template = await templates.current(request, deps)
    return Modal(form.template(program.id, template))


@routes.click("charter.preview")
async def preview(request: Click, deps: Deps) -> Modal:
    circle, words = await templates.preview(request, form.read_words(request.answers), deps)
    return Modal(blocks.preview(circle, words))


@routes.click("charter.restore")
async def restore(request: Click, deps: Deps) -> Turn:
    """The words it came with, in the form; nothing is kept before it is saved."""
    program, template = await templates.current(request, deps)
    back = Template(SHIPPED, template.version)
    return Turn(form.template(program.id, back, restored=True))


@routes.submission("charter.template")
async def save(request: Submission, deps: Deps) -> Reply:
    program, seen = ProgramId(request.notes.number("program")), request.notes.number("version")
    await templates.save(request, program, words=form.read_words(request.answers), seen=seen, deps=deps)
    return Reply(blocks.template_saved())
