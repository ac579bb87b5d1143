"""What members ask of circles: to make one, look at it, join, leave, invite, change its rhythm, end it."""

from bot import doors
from bot.domain import zones
from bot.domain.errors import Refused
from bot.domain.ids import CircleId
from bot.feature import Deps
from bot.features.circles import blocks, flows, form, reading
from bot.slack.replies import Modal, Options, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission, Suggest
from bot.slack.routes import Routes

routes = Routes()


@routes.command("circle", help="Your circles: when they meet and who is in them.", order=20)
async def show_mine(request: Command, deps: Deps) -> Reply:
    if request.words:
        raise Refused(
            "I don't know that. With `/mentor circle` you can say `show`, `join`, `leave`, `create`, `invite`, "
            "`schedule`, `charter`, `next` and `close`."
        )
    return Reply(blocks.mine(await reading.mine(request, deps)))


@routes.command("circle show", usage="[name]", help="One of your circles, or another one by its name.", order=21)
async def show(request: Command, deps: Deps) -> Reply:
    if request.words:
        return Reply(blocks.page(await reading.named(request, request.words, deps)))
    return Reply(blocks.mine(await reading.mine_here(request, deps)))


@routes.click(doors.SHOW_CIRCLE)
async def show_by_button(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.page(await reading.card(request, _circle(request), deps)))


@routes.command("circle create", help="Start a circle of your own.", order=22)
async def open_create(request: Command, deps: Deps) -> Modal:
    return Modal(form.create(await reading.start_for(request, deps)))


@routes.click(doors.CREATE_CIRCLE)
async def open_create_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.create(await reading.start_for(request, deps)))


@routes.submission("circles.create")
async def create(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    made = await flows.create(request, form.read_create(request.answers), deps)
    return Reply(blocks.made(made)), ShowHome()


@routes.suggestion("circles.zone")
async def suggest_zones(request: Suggest, deps: Deps) -> Options:
    return Options([(zones.label(zone), zone) for zone in zones.like(request.typed)])


@routes.command("circle join", usage="[word]", help="Circles with room, to join with one tap.", order=23)
async def browse(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.with_room(await reading.with_room(request, request.words, deps), request.words))


@routes.click(doors.JOIN_CIRCLE)
async def browse_by_button(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.with_room(await reading.with_room(request, "", deps), ""))


@routes.click("circles.join")
async def join(request: Click, deps: Deps) -> tuple[Reply, ShowHome]:
    joined = await flows.join(request, _circle(request), deps)
    return Reply(blocks.joined(await reading.card(request, joined.id, deps))), ShowHome()


@routes.command("circle invite", help="Bring people into one of your circles.", order=24)
async def open_invite(request: Command, deps: Deps) -> Modal:
    return Modal(form.invite(await reading.to_change(request, deps)))


@routes.click("circles.bring")
async def open_invite_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.invite([await reading.changeable(request, _circle(request), deps)]))


@routes.submission("circles.invite")
async def invite(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    people = form.read_invite(request.answers)
    circle = await flows.invite(request, form.read_circle(request), people=people, deps=deps)
    return Reply(blocks.invited(circle, people)), ShowHome()


@routes.command("circle leave", help="Leave a circle, with a line for the others if you like.", order=26)
async def open_leave(request: Command, deps: Deps) -> Modal:
    return Modal(form.leave(await reading.to_change(request, deps)))


@routes.submission("circles.leave")
async def leave(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    line = form.read_line(request.answers)
    return Reply(blocks.left(await flows.leave(request, form.read_circle(request), line=line, deps=deps))), ShowHome()


@routes.click("circles.more")
async def open_more(request: Click, deps: Deps) -> Modal:
    """The forms behind the "…" of a circle's page."""
    circle = await reading.changeable(request, _circle(request), deps)
    match request.payload.word("do"):
        case "rhythm":
            return Modal(form.rhythm(circle, reading.today_in(circle, deps.now())))
        case "leave":
            return Modal(form.leave([circle]))
        case _:
            return Modal(form.close([circle]))


@routes.click(doors.CHANGE_RHYTHM)
async def open_rhythm(request: Click, deps: Deps) -> Modal:
    circle = await reading.changeable(request, _circle(request), deps)
    return Modal(form.rhythm(circle, reading.today_in(circle, deps.now())))


@routes.submission("circles.rhythm")
async def change_rhythm(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    seen = flows.Seen(_circle(request), request.notes.number("version"))
    await flows.change_rhythm(request, seen, form.read_rhythm(request.answers), deps)
    return Reply(blocks.changed(await reading.card(request, seen.circle, deps))), ShowHome()


@routes.command("circle close", help="End a circle for everybody in it.", order=27)
async def open_close(request: Command, deps: Deps) -> Modal:
    return Modal(form.close(await reading.to_change(request, deps)))


@routes.submission("circles.close")
async def close(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    archive = bool(request.answers.choices("archive"))
    closed = await flows.close(request, form.read_circle(request), archive=archive, deps=deps)
    return Reply(blocks.ended(closed, archive)), ShowHome()


def _circle(request: Click | Submission) -> CircleId:
    carried = request.payload if isinstance(request, Click) else request.notes
    return CircleId(carried.number("circle"))
