"""`/mentor program`, `leads`, `audit`, `import` and `export`: for those who run it."""

from bot.feature import Deps
from bot.features.admin import blocks, flows, form
from bot.slack.replies import Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("program", help="The program's name, dates and rules.", for_leads=True, order=60)
async def open_program(request: Command, deps: Deps) -> Modal:
    return Modal(form.program(await flows.program_for(request.team, request.member, deps)))


@routes.click("admin.program")
async def open_program_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.program(await flows.program_for(request.team, request.member, deps)))


@routes.submission("admin.program")
async def save_program(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    changed = form.read_program(request.answers)
    program = await flows.save_program(
        request.team, request.member, changed=changed, version=request.notes.number("version"), deps=deps
    )
    return Reply(blocks.program_saved(program)), ShowHome()


@routes.command("leads", help="Who runs the program: add and remove leads.", for_leads=True, order=61)
async def open_leads(request: Command, deps: Deps) -> Modal:
    return Modal(form.leads(await flows.leads_for(request.team, request.member, deps)))


@routes.click("admin.leads")
async def open_leads_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.leads(await flows.leads_for(request.team, request.member, deps)))


@routes.submission("admin.leads")
async def save_leads(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    chosen = form.read_leads(request.answers)
    change = await flows.save_leads(request.team, request.member, chosen=chosen, deps=deps)
    return Reply(blocks.leads_saved(change)), ShowHome()


@routes.command("audit", help="What was changed lately, by whom.", for_leads=True, order=62)
async def show_audit(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.audit(await flows.audit_for(request.team, request.member, deps)))


@routes.command("import", help="How members come in from a file.", for_leads=True, order=63)
async def tell_import(request: Command, deps: Deps) -> Reply:
    await flows.check_lead(request.team, request.member, deps)
    return Reply(blocks.how_to_import())


@routes.command("export", help="How members go out into a file.", for_leads=True, order=64)
async def tell_export(request: Command, deps: Deps) -> Reply:
    await flows.check_lead(request.team, request.member, deps)
    return Reply(blocks.how_to_export())
