"""What members ask of sessions: the plan, moves, who comes and who is here, and how it went."""

from bot import doors
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import CircleId, SessionId
from bot.domain.sessions import Presence, SessionState
from bot.feature import Deps
from bot.features.sessions import blocks, flows, form, reading, said
from bot.features.sessions.flows import Seen, Standing
from bot.slack.blocks import Message
from bot.slack.replies import Answer, Edit, Modal, Reply, ShowHome, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes
from bot.store.messages import Place

routes = Routes()


@routes.command("circle schedule", usage="[name]", help="The next six sessions: move one, or leave it out.", order=25)
async def open_schedule(request: Command, deps: Deps) -> Modal | Reply:
    circles = await reading.circles_meant(request, deps)
    if len(circles) > 1:
        return Reply(blocks.which(circles))
    return Modal(blocks.schedule(await reading.plan_for(request, circles[0].id, deps)))


@routes.click(doors.SHOW_SCHEDULE)
async def open_schedule_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.schedule(await reading.plan_for(request, CircleId(request.payload.number("circle")), deps)))


@routes.click("sessions.move")
async def open_move(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.move(await flows.to_move(request, _session(request), deps)))


@routes.submission("sessions.move")
async def move(request: Submission, deps: Deps) -> tuple[Turn, ShowHome]:
    to = form.read_move(request.answers)
    try:
        plan = await flows.move(request, _seen(request), to, deps)
    except Refused as refused:
        raise RefusedFields({"to": refused.sentence}) from refused
    return Turn(blocks.schedule(plan)), ShowHome()


@routes.click("sessions.skip")
async def skip(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.schedule(await flows.skip(request, _seen(request), deps)))


@routes.click("sessions.restore")
async def restore(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.schedule(await flows.bring_back(request, _seen(request), deps)))


@routes.click("sessions.coming")
async def coming(request: Click, deps: Deps) -> tuple[Answer, ...]:
    return _marked(request, await flows.say(request, _session(request), Presence.COMING, deps))


@routes.click(doors.CANNOT_COME)
async def away(request: Click, deps: Deps) -> tuple[Answer, ...]:
    return _marked(request, await flows.say(request, _session(request), Presence.AWAY, deps))


@routes.click(doors.HERE)
async def here(request: Click, deps: Deps) -> tuple[Answer, ...]:
    return _marked(request, await flows.say(request, _session(request), Presence.PRESENT, deps))


@routes.click("sessions.held")
async def held(request: Click, deps: Deps) -> tuple[Answer, ...]:
    standing = await flows.answer(request, _session(request), SessionState.HELD, deps)
    return Modal(blocks.notes(standing)), *_wrapup(request, standing)


@routes.click("sessions.partly")
async def partly(request: Click, deps: Deps) -> tuple[Answer, ...]:
    standing = await flows.answer(request, _session(request), SessionState.PARTLY, deps)
    return Modal(blocks.notes(standing)), *_wrapup(request, standing)


@routes.click("sessions.not_held")
async def not_held(request: Click, deps: Deps) -> tuple[Answer, ...]:
    return _wrapup(request, await flows.answer(request, _session(request), SessionState.NOT_HELD, deps))


@routes.click(doors.KEEP_NOTES)
async def open_notes(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.notes(await flows.to_note(request, _session(request), deps)))


@routes.submission("sessions.notes")
async def keep_notes(request: Submission, deps: Deps) -> tuple[Answer, ...]:
    standing = await flows.keep_notes(request, _seen(request), form.read_notes(request.answers), deps)
    return Reply(blocks.noted(standing)), *_wrapup(request, standing)


def _marked(request: Click, standing: Standing) -> tuple[Answer, ...]:
    """The agenda or the thread as it reads now; where it was tapped at Home the Home tab too, in `/mentor` a word."""
    presence = standing.session.presence.get(request.member)
    told = (Reply(blocks.marked(standing.session, presence)),) if request.in_private else ()
    if presence is Presence.PRESENT and standing.is_run:
        return (*told, ShowHome()) if request.at_home else told
    if presence is Presence.PRESENT:
        return *told, *_drawn(request, standing.thread, said.thread(standing.facts))
    called = standing.call
    again = (Edit(called.channel, called.ts, said.call(standing.facts)),) if called else ()
    if called and called.ts == request.message and standing.agenda is None:
        return *told, *again
    return *told, *_drawn(request, standing.agenda, said.agenda(standing.facts)), *again


def _wrapup(request: Click | Submission, standing: Standing) -> tuple[Answer, ...]:
    return _drawn(request, standing.wrapup, said.wrapup(standing.facts))


def _drawn(request: Click | Submission, place: Place | None, message: Message) -> tuple[Answer, ...]:
    home = (ShowHome(),) if isinstance(request, Click) and request.at_home else ()
    if place is None and isinstance(request, Click) and request.channel and request.message:
        # Whether the message was posted is not known for sure, but somebody has just clicked in it.
        place = Place(request.channel, request.message)
    return (*home, Edit(place.channel, place.ts, message)) if place else home


def _session(request: Click) -> SessionId:
    return SessionId(request.payload.number("session"))


def _seen(request: Click | Submission) -> Seen:
    carried = request.payload if isinstance(request, Click) else request.notes
    return Seen(SessionId(carried.number("session")), carried.number("version"))
