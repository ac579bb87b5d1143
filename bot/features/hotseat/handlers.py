"""`/mentor hotseat`, the brief, swaps and passes."""

from bot import doors
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.feature import Deps
from bot.features.hotseat import blocks, flows, form, urgent
from bot.slack.blocks import Message
from bot.slack.payload import Payload
from bot.slack.replies import Answer, Answers, Modal, Replace, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes
from bot.store.briefs import SwapState

routes = Routes()


@routes.command("hotseat", help="Who sits in the hot seat, six sessions ahead.", usage="[circle]", order=30)
async def show(request: Command, deps: Deps) -> Reply:
    orders = await flows.orders_for(request, deps)
    return Reply(blocks.orders(orders, request.member, deps.now()))


@routes.click(doors.SHOW_SEATS)
async def show_circle(request: Click, deps: Deps) -> Reply:
    circle = CircleId(request.payload.number("circle"))
    order = await flows.order_for(request.team, request.member, circle, deps)
    return Reply(blocks.orders([order], request.member, deps.now()))


@routes.click(doors.WRITE_BRIEF)
async def write_brief(request: Click, deps: Deps) -> Modal:
    draft = await flows.brief_for(request.team, request.member, _session(request.payload), deps)
    return Modal(form.brief(draft))


@routes.submission("hotseat.brief")
async def save_brief(request: Submission, deps: Deps) -> Answers:
    boxes = form.read_boxes(request.answers)
    saved = await flows.save_brief(
        request.team,
        request.member,
        session=_session(request.notes),
        boxes=boxes,
        version=request.notes.number("version"),
        deps=deps,
    )
    asked = blocks.brief_again(saved.circle, saved.session, saved.brief)
    return Reply(blocks.brief_saved(saved)), ShowHome(), *blocks.edited(saved.asked, asked)


@routes.click("hotseat.send-brief")
async def send_brief(request: Click, deps: Deps) -> Answers:
    draft = await flows.send_brief(request.team, request.member, _session(request.payload), deps)
    return *_said(request, blocks.brief_sent(draft)), *blocks.edited(draft.asked, blocks.brief_with_circle(draft))


@routes.click("hotseat.keep")
async def keep_brief(request: Click, deps: Deps) -> Answers:
    draft = await flows.keep_brief(request.team, request.member, _session(request.payload), deps)
    return *_said(request, blocks.brief_kept(draft)), *blocks.edited(draft.asked, blocks.brief_with_me(draft))


@routes.click("hotseat.pass")
async def pass_on(request: Click, deps: Deps) -> Answers:
    outcome = await flows.pass_on(request.team, request.member, _session(request.payload), deps)
    gone = blocks.edited(outcome.asked, blocks.seat_gone(outcome.session, outcome.sits_now))
    return *_said(request, blocks.passed(outcome)), *gone


@routes.click("hotseat.swap")
async def choose_partner(request: Click, deps: Deps) -> Modal:
    choice = await flows.partners_for(request.team, request.member, _session(request.payload), deps)
    return Modal(form.swap(choice))


@routes.submission("hotseat.swap")
async def ask_partner(request: Submission, deps: Deps) -> Answers:
    partner = MemberId(request.answers.choice("partner"))
    session = _session(request.notes)
    await flows.ask_to_swap(request.team, request.member, session=session, partner=partner, deps=deps)
    return Reply(blocks.swap_requested(partner))


@routes.click("hotseat.swap-yes")
async def agree(request: Click, deps: Deps) -> Answers:
    outcome = await flows.answer_swap(
        request.team, request.member, number=request.payload.number("swap"), agreed=True, deps=deps
    )
    if outcome.state is not SwapState.AGREED:
        return Replace(blocks.swap_settled(outcome))
    gone = blocks.edited(outcome.asked, blocks.seat_gone(outcome.session, [request.member]))
    return Replace(blocks.swap_settled(outcome)), *gone


@routes.click("hotseat.swap-no")
async def decline(request: Click, deps: Deps) -> Replace:
    outcome = await flows.answer_swap(
        request.team, request.member, number=request.payload.number("swap"), agreed=False, deps=deps
    )
    return Replace(blocks.swap_settled(outcome))


@routes.click("hotseat.urgent")
async def jump_in(request: Click, deps: Deps) -> Answers:
    jumped = await urgent.jump_in(request, _session(request.payload), deps)
    gone = blocks.edited(jumped.asked, blocks.seat_gone(jumped.session, [request.member]))
    return *_said(request, blocks.jumped(jumped.order, request.member, deps.now())), *gone


@routes.click("hotseat.not-urgent")
async def take_back(request: Click, deps: Deps) -> Answers:
    back = await urgent.take_back(request, _session(request.payload), deps)
    again = blocks.edited(back.asked, blocks.brief_again(back.order.circle, back.session, back.brief))
    return Reply(blocks.orders([back.order], request.member, deps.now())), ShowHome(), *again


@routes.click("hotseat.ready")
async def stand_by(request: Click, deps: Deps) -> Answers:
    session = _session(request.payload)
    order = await urgent.stand_by(request, session, ready=True, deps=deps)
    return Reply(blocks.stands_by(order.session(session), ready=True))


@routes.click("hotseat.rather-not")
async def rather_not(request: Click, deps: Deps) -> Answers:
    session = _session(request.payload)
    order = await urgent.stand_by(request, session, ready=False, deps=deps)
    return Reply(blocks.stands_by(order.session(session), ready=False))


def _session(payload: Payload) -> SessionId:
    return SessionId(payload.number("session"))


def _said(request: Click, message: Message) -> tuple[Answer, ...]:
    """At Home the tab tells it; elsewhere a reply does."""
    return (ShowHome(),) if request.at_home else (Reply(message), ShowHome())
