"""Read, decide, write: questions that cannot wait, and who is ready to stand in for who has the seat."""

from dataclasses import dataclass

from bot.domain.briefs import Brief
from bot.domain.circles import check_membership
from bot.domain.errors import Gone, Refused
from bot.domain.hotseat import Jump, Reserve, check_jump, check_reserve
from bot.domain.ids import MemberId, SessionId
from bot.domain.sessions import Session
from bot.feature import Deps
from bot.features.hotseat.reading import Order, order_of
from bot.seats import tell_of_seat
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Jumped:
    order: Order
    session: Session
    asked: Place | None
    """Where whoever had the seat was asked for a brief."""
    brief: Brief | None = None
    """What they have written, where the seat is theirs again."""


async def jump_in(by: Request, session: SessionId, deps: Deps) -> Jumped:
    """The next session's seat, for whoever cannot wait; who had it keeps their place, and is told so."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        order, found = await _ahead(work, by, session, deps)
        check_jump(order.ledger, jump := Jump(now, by.member, session), now)
        await work.turns.add_jump(order.circle.id, jump)
        await _told(work, by, order, session=found, how="urgent", deps=deps)
        after = await order_of(work, order.circle.id)
        [put_off] = set(order.sitting(session)) - set(after.sitting(session))
        await work.outbox.add("hotseat.put-off", session, to=put_off, due=now, expires=found.starts, key=by.member)
        return Jumped(after, found, await _asked(work, session, put_off))


async def take_back(by: Request, session: SessionId, deps: Deps) -> Jumped:
    async with deps.store.open_work(by.team) as work:
        order, found = await _ahead(work, by, session, deps)
        if not await work.turns.take_back_jump(session, by.member):
            raise Refused("You have not taken that seat ahead of time. `/mentor hotseat` shows who sits when.")
        await _told(work, by, order, session=found, how="not urgent", deps=deps)
        after = await order_of(work, order.circle.id)
        [back] = set(after.sitting(session)) - set(order.sitting(session)) or {by.member}
        return Jumped(after, found, await _asked(work, session, back), await work.briefs.find(session, back))


async def stand_by(by: Request, session: SessionId, *, ready: bool, deps: Deps) -> Order:
    """Whether I would sit, should whoever has the seat not come."""
    async with deps.store.open_work(by.team) as work:
        order, found = await _ahead(work, by, session, deps)
        reserve = Reserve(by.member, session, ready)
        check_reserve(order.ledger, reserve)
        await work.turns.stand_by(order.circle.id, reserve)
        key = f"reserve-{by.member}-{int(deps.now().timestamp())}"
        await tell_of_seat(work, order.circle, found, before=order.sitting(session), key=key, now=deps.now())
        return await order_of(work, order.circle.id)


async def _ahead(work: Work, by: Request, session: SessionId, deps: Deps) -> tuple[Order, Session]:
    found = await work.sessions.get(session)
    await work.circles.hold(found.circle)
    order = await order_of(work, found.circle)
    check_membership(order.circle, by.member)
    if not found.is_ahead or found.starts <= deps.now():
        raise Gone("That session has begun or is over. `/mentor hotseat` shows who sits next.")
    return order, found


async def _told(work: Work, by: Request, order: Order, *, session: Session, how: str, deps: Deps) -> None:
    now = deps.now()
    await work.audit.add(Entry(now, by.member, "hotseat.change", f"session:{session.id}", {"how": how}))
    key = f"{how.replace(' ', '-')}-{by.member}-{int(now.timestamp())}"
    await tell_of_seat(work, order.circle, session, before=order.sitting(session.id), key=key, now=now)


async def _asked(work: Work, session: SessionId, presenter: MemberId) -> Place | None:
    key = key_of("hotseat.brief", session, presenter)
    return (await work.outbox.where_went([key])).get(key)
