"""Read, decide, write, tell: the order of seats, briefs, swaps and passes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.briefs import Boxes, Brief, kept, sent
from bot.domain.circles import Circle, check_membership, here_or_all
from bot.domain.errors import NotYours, Refused, Stale
from bot.domain.hotseat import Pass, Swap, check_pass, check_swap
from bot.domain.ids import CircleId, MemberId, SessionId, TeamId
from bot.domain.sessions import Session
from bot.feature import Deps
from bot.features.hotseat.reading import Order, only_circle, order_of, orders_of, own_turn
from bot.seats import tell_of_seat
from bot.slack.requests import Command
from bot.store.audit import Entry
from bot.store.briefs import SwapRequest, SwapState
from bot.store.messages import Place
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Draft:
    """A brief, and the session it is for."""

    brief: Brief
    session: Session
    circle: Circle
    asked: Place | None = None
    """Where the presenter was asked for it."""


@dataclass(frozen=True)
class Partners:
    """Whom a presenter may ask to exchange places, and when each of them sits (None: not planned yet)."""

    session: Session
    names: Sequence[tuple[MemberId, str, Session | None]]


@dataclass(frozen=True)
class Passed:
    session: Session
    sits_now: Sequence[MemberId]
    new: bool
    asked: Place | None = None
    """Where the presenter was asked for a brief."""


@dataclass(frozen=True)
class SwapOutcome:
    """`session` is the one the asker had."""

    request: SwapRequest
    state: SwapState
    session: Session
    asked: Place | None = None
    """Where the asker was asked for a brief."""


async def orders_for(by: Command, deps: Deps) -> list[Order]:
    """Of the circles whose name begins like this; where nothing is said that of the channel, or of all."""
    async with deps.store.open_view(by.team) as work:
        circles = await only_circle(work, by.member, by.words)
        if not by.words:
            circles = here_or_all(circles, by.channel)
        elif not circles:
            raise Refused("You are in no circle of that name. `/mentor hotseat` shows those you are in.")
        return await orders_of(work, circles)


async def order_for(team: TeamId, member: MemberId, circle: CircleId, deps: Deps) -> Order:
    async with deps.store.open_view(team) as work:
        order = await order_of(work, circle)
        check_membership(order.circle, member)
        return order


async def brief_for(team: TeamId, member: MemberId, session: SessionId, deps: Deps) -> Draft:
    async with deps.store.open_view(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        known = await work.briefs.find(session, member)
        return Draft(known or Brief(session, member, Boxes()), found, order.circle)


async def save_brief(
    team: TeamId, member: MemberId, *, session: SessionId, boxes: Boxes, version: int, deps: Deps
) -> Draft:
    """`version` is what the form was opened on, so that two windows do not overwrite each other."""
    async with deps.store.open_work(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        known = await work.briefs.find(session, member) or Brief(session, member, Boxes())
        if known.version != version:
            raise Stale
        brief = replace(known, boxes=boxes)
        await work.briefs.save(brief)
        return Draft(replace(brief, version=version + 1), found, order.circle, await _asked(work, session, member))


async def send_brief(team: TeamId, member: MemberId, session: SessionId, deps: Deps) -> Draft:
    """To the circle, once, however often it is tapped. A letter, so that a lost connection loses nothing."""
    async with deps.store.open_work(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        known = await work.briefs.find(session, member) or Brief(session, member, Boxes())
        brief = sent(known)
        if order.circle.channel is None:
            raise Refused("Your circle's channel is still being made. Try again in a minute.")
        if not known.is_sent:
            await work.briefs.save(brief)
        await work.outbox.add(
            "hotseat.brief-shared", session, to=order.circle.channel, due=deps.now(), key=member, expires=found.ends
        )
        await work.runs.look_again(session, deps.now())
        return Draft(brief, found, order.circle, await _asked(work, session, member))


async def keep_brief(team: TeamId, member: MemberId, session: SessionId, deps: Deps) -> Draft:
    """The presenter's own until the day; the co-pilot reads the question back to them when it is time."""
    async with deps.store.open_work(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        known = await work.briefs.find(session, member) or Brief(session, member, Boxes())
        brief = kept(known)
        await work.briefs.save(brief)
        return Draft(brief, found, order.circle, await _asked(work, session, member))


async def pass_on(team: TeamId, member: MemberId, session: SessionId, deps: Deps) -> Passed:
    """The seat goes to the next in line; the member keeps their place, once."""
    async with deps.store.open_work(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        given = Pass(member, session)
        check_pass(order.ledger, given)
        new = await work.turns.add_pass(order.circle.id, given)
        sits = await _told(work, order, found, key=f"pass-{member}", by=member, deps=deps)
        return Passed(found, list(sits), new, await _asked(work, session, member))


async def partners_for(team: TeamId, member: MemberId, session: SessionId, deps: Deps) -> Partners:
    async with deps.store.open_view(team) as work:
        order, found = await own_turn(work, member, session, deps.now())
        others = [one for one in order.circle.members if _may_swap(order, member, one, deps)]
        if not others:
            raise Refused(
                "There is nobody you could swap with in this round. You can pass this time: you keep your place."
            )
        known = await work.members.named(others)
        now = deps.now()
        return Partners(found, [(one, known[one].name, order.next_for(one, now)) for one in others if one in known])


async def ask_to_swap(
    team: TeamId, member: MemberId, *, session: SessionId, partner: MemberId, deps: Deps
) -> SwapRequest:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        order, found = await own_turn(work, member, session, now)
        check_swap(order.ledger, Swap(now, member, partner))
        if await work.briefs.open_swaps(session, member):
            raise Refused("You have asked somebody already. Wait for their answer, or pass this time.")
        request = SwapRequest(0, order.circle.id, member, partner, session, now)
        number = await work.briefs.ask_to_swap(request)
        await work.outbox.add("hotseat.swap", number, to=partner, due=now, expires=found.starts)
        return replace(request, id=number)


async def answer_swap(team: TeamId, member: MemberId, *, number: int, agreed: bool, deps: Deps) -> SwapOutcome:
    """A second click, or one after the seat went elsewhere, changes nothing and is told how things stand."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        request = await work.briefs.swap_request(number)
        if request.asked != member:
            raise NotYours
        session = await work.sessions.get(request.session)
        if request.state is not SwapState.ASKED:
            return SwapOutcome(request, request.state, session)
        state = await _settle(work, request, session, agreed=agreed, deps=deps)
        await work.briefs.settle_swap(request, state)
        await work.outbox.add("hotseat.swap-answer", number, to=request.asker, due=now)
        return SwapOutcome(request, state, session, await _asked(work, session.id, request.asker))


async def _settle(work: Work, request: SwapRequest, session: Session, *, agreed: bool, deps: Deps) -> SwapState:
    order = await order_of(work, request.circle)
    now = deps.now()
    if session.starts <= now or request.asker not in order.sitting(session.id):
        return SwapState.MOOT
    if not agreed:
        return SwapState.DECLINED
    swap = Swap(now, request.asker, request.asked)
    check_swap(order.ledger, swap)
    await work.turns.add_swap(request.circle, swap)
    await _told(work, order, session, key=f"swap-{request.id}", by=request.asked, deps=deps)
    return SwapState.AGREED


async def _asked(work: Work, session: SessionId, presenter: MemberId) -> Place | None:
    key = key_of("hotseat.brief", session, presenter)
    return (await work.outbox.where_went([key])).get(key)


async def _told(
    work: Work, order: Order, session: Session, *, key: str, by: MemberId, deps: Deps
) -> Collection[MemberId]:
    """It stands in the audit log, and whom it concerns hears of it; who sits now. `order` is as it was before."""
    details = {"how": key.partition("-")[0]}
    await work.audit.add(Entry(deps.now(), by, "hotseat.change", f"session:{session.id}", details))
    before = order.sitting(session.id)
    return await tell_of_seat(work, order.circle, session, before=before, key=key, now=deps.now())


def _may_swap(order: Order, member: MemberId, other: MemberId, deps: Deps) -> bool:
    try:
        check_swap(order.ledger, Swap(deps.now(), member, other))
    except Refused:
        return False
    return True
