"""`/mentor commitments` and its shortcut, the forms, and the buttons of each commitment."""

from dataclasses import replace

from bot import doors
from bot.domain.commitments import Audience, CommitmentState, smaller
from bot.domain.ids import CircleId, CommitmentId, MemberId, SessionId
from bot.feature import Deps
from bot.features.commitments import blocks, buddies, buddy_blocks, figures, flows, form, history, said, telling
from bot.features.commitments.flows import Doubted
from bot.slack.payload import Payload
from bot.slack.replies import Answers, Edit, Modal, Replace, Reply, ShowHome, Turn
from bot.slack.requests import Click, Command, Shortcut, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("commitments", help="Your commitments: what, by when, and how it went.", order=35)
@routes.shortcut("commitments.mine")
async def show(request: Command | Shortcut, deps: Deps) -> Reply:
    return Reply(blocks.overview(await flows.overview(request, deps)))


@routes.click(doors.MAKE_COMMITMENTS)
async def open_make(request: Click, deps: Deps) -> Answers:
    """Without a session it is the only one with room; where there are several, the list has a button for each."""
    given = request.payload.has("session")
    session = _session(request.payload) if given else await flows.only_session(request, deps)
    if session is None:
        return Reply(blocks.overview(await flows.overview(request, deps)))
    desk = await flows.desk_for(request, session, deps, after=_after(request.payload))
    return Reply(blocks.two_already(desk)) if desk.is_full else Modal(form.make(desk))


@routes.submission("commitments.make")
async def make(request: Submission, deps: Deps) -> Answers:
    typed = form.read_typed(request)
    made = await flows.make(request, _session(request.notes), typed, deps=deps, after=_after(request.notes))
    if isinstance(made, Doubted):
        return Turn(form.make(made.desk, made.promise, made.question))
    return Reply(blocks.made(made)), ShowHome()


@routes.click("commitments.change")
async def open_change(request: Click, deps: Deps) -> Modal:
    commitment, desk = await flows.desk_of(request, _commitment(request.payload), deps)
    return Modal(form.change(commitment.id, desk, commitment))


@routes.click("commitments.shrink")
async def open_shrink(request: Click, deps: Deps) -> Modal:
    commitment, desk = await flows.desk_of(request, _commitment(request.payload), deps)
    return Modal(form.change(commitment.id, desk, replace(commitment, will=smaller(commitment.will))))


@routes.submission("commitments.change")
async def change(request: Submission, deps: Deps) -> Answers:
    typed, number = form.read_typed(request), _commitment(request.notes)
    changed = await flows.change_it(request, number, typed, deps)
    if isinstance(changed, Doubted):
        return Turn(form.change(number, changed.desk, changed.promise, changed.question))
    return Reply(blocks.made(changed)), *said.edits(changed), ShowHome()


@routes.click("commitments.move")
async def open_move(request: Click, deps: Deps) -> Modal:
    commitment, desk = await flows.desk_of(request, _commitment(request.payload), deps)
    return Modal(form.move(commitment, desk))


@routes.submission("commitments.move")
async def move(request: Submission, deps: Deps) -> Answers:
    moved = await flows.move(request, _commitment(request.notes), form.read_move(request.answers), deps)
    return Reply(blocks.moved(moved)), *said.edits(moved), ShowHome()


@routes.click("commitments.done")
async def open_outcome(request: Click, deps: Deps) -> Modal:
    return Modal(form.outcome(await flows.to_settle(request, _commitment(request.payload), deps)))


@routes.click(form.PICK_STATE)
async def pick_state(request: Click, deps: Deps) -> Turn | None:
    """The form as it is for what was chosen; what was typed stays in its fields."""
    if request.view is None:
        return None
    commitment = await flows.to_settle(request, _commitment(request.view.notes), deps)
    typed = replace(commitment, learned=request.answers.text("learned"), link=request.answers.text("link"))
    return Turn(form.outcome(typed, request.chosen))


@routes.submission("commitments.outcome")
async def settle(request: Submission, deps: Deps) -> Answers:
    outcome = form.read_outcome(request.answers)
    settled = await flows.settle_it(request, _commitment(request.notes), outcome, deps)
    return Reply(blocks.settled(settled)), *said.edits(settled), ShowHome()


@routes.click("commitments.on-it")
async def on_it(request: Click, deps: Deps) -> Answers:
    told, _circle = await flows.report_on(request, _commitment(request.payload), CommitmentState.ON_IT, deps)
    return ShowHome() if request.at_home else (Reply(blocks.on_it(told)), ShowHome())


@routes.click("commitments.stuck")
async def stuck(request: Click, deps: Deps) -> Answers:
    told, circle = await flows.report_on(request, _commitment(request.payload), CommitmentState.STUCK, deps)
    return Reply(blocks.stuck(told, circle)), ShowHome()


@routes.click("commitments.ask-buddy")
async def ask_buddy(request: Click, deps: Deps) -> Reply:
    return await _ask(request, Audience.BUDDY, deps)


@routes.click("commitments.ask-circle")
async def ask_circle(request: Click, deps: Deps) -> Reply:
    return await _ask(request, Audience.CIRCLE, deps)


@routes.click("commitments.confirm")
async def confirm(request: Click, deps: Deps) -> Replace:
    return Replace(said.confirmed(await flows.confirm_it(request, _commitment(request.payload), deps)))


@routes.click("commitments.tell")
async def open_tell(request: Click, deps: Deps) -> Modal:
    news = await telling.to_tell(request, _commitment(request.payload), deps)
    return Modal(form.tell(news.commitment, news.circle))


@routes.submission("commitments.tell")
async def tell(request: Submission, deps: Deps) -> Answers:
    told = await telling.tell(request, _commitment(request.notes), request.answers.text("line"), deps)
    again = [Edit(told.place.channel, told.place.ts, said.news(told.commitment))] if told.place else []
    return Reply(blocks.told(told)), *again, ShowHome()


@routes.command("buddy", help="Your buddy in each circle: who it is, and picking somebody else.", order=38)
async def show_buddies(request: Command, deps: Deps) -> Reply:
    return Reply(buddy_blocks.mine(await buddies.mine(request, deps)))


@routes.click("commitments.buddy")
async def pick_buddy(request: Click, deps: Deps) -> Answers:
    chosen = Payload.read(request.chosen)
    circle, buddy = CircleId(chosen.number("circle")), MemberId(chosen.word("buddy")) or None
    return Reply(buddy_blocks.picked(await buddies.pick(request, circle, buddy, deps))), ShowHome()


@routes.click("commitments.buddy-decline")
async def decline_buddy(request: Click, deps: Deps) -> Replace:
    circle, picker = CircleId(request.payload.number("circle")), MemberId(request.payload.word("picker"))
    await buddies.decline(request, circle, picker, deps)
    return Replace(buddy_blocks.declined())


@routes.command("commitments history", help="All you set out to do so far, and what became of it.", order=36)
@routes.click("commitments.history")
async def open_history(request: Command | Click, deps: Deps) -> Modal:
    return Modal(history.view(await history.read(request, history.ALL, 0, deps)))


@routes.command(
    "commitments circles", help="How much each circle keeps, five people or more.", for_leads=True, order=37
)
async def show_figures(request: Command, deps: Deps) -> Reply:
    return Reply(figures.message(*await figures.read(request, deps)))


@routes.click("commitments.history-show")
async def show_history(request: Click, deps: Deps) -> Turn:
    return Turn(history.view(await history.read(request, request.chosen, 0, deps)))


@routes.click("commitments.history-page")
async def turn_history(request: Click, deps: Deps) -> Turn:
    shown, page = request.payload.word("show"), request.payload.number("page")
    return Turn(history.view(await history.read(request, shown, page, deps)))


async def _ask(request: Click, among: Audience, deps: Deps) -> Reply:
    asked, circle = await flows.ask_for_help(request, _commitment(request.payload), among, deps)
    return Reply(blocks.asked(asked, circle, among))


def _session(payload: Payload) -> SessionId:
    return SessionId(payload.number("session"))


def _commitment(payload: Payload) -> CommitmentId:
    return CommitmentId(payload.number("commitment"))


def _after(payload: Payload) -> CommitmentId | None:
    return CommitmentId(payload.number("after")) if payload.has("after") else None
