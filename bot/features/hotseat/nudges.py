"""Five working days before a session its presenter is asked for the question they bring; two days before, the next in
line whether they would stand in.

The letter's key has the presenter in it: when the seat changes hands, the new one is asked too, and the former one's
letter ends as moot. Nobody is asked later than a day before. Each session knows when it wants to be looked at for this,
so a tick costs what is due and not what is planned.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from bot.domain import when
from bot.domain.briefs import ask_at
from bot.domain.hotseat import turn_in
from bot.domain.ids import MemberId, SessionId
from bot.domain.people import Member
from bot.domain.sessions import Session
from bot.feature import standing
from bot.features.hotseat.reading import Order, orders_of
from bot.store.base import Earliest
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work

LOOK_AHEAD = timedelta(days=14)
"""Five working days are never more than this, weekends and a long holiday included."""
PLAN_AHEAD = timedelta(days=1)
LATEST = timedelta(days=1)
RESERVE_DAYS = 2
LOOK_EVERY = timedelta(days=1)
"""For what nobody tells the session: a member who came, left or moved to another zone."""


@standing
def next_look(work: Work) -> Earliest:
    return work.sessions.earliest_brief()


async def ask_for_briefs(work: Work, now: datetime) -> None:
    due = await work.sessions.to_brief(now)
    near = [one for one in due if LATEST < one.starts - now <= LOOK_AHEAD]
    circles = await work.circles.named({one.circle for one in near})
    orders = {order.circle.id: order for order in await orders_of(work, list(circles.values()), roles=())}
    busy = {number: order for number, order in orders.items() if not order.circle.is_alone}
    turns = {one.id: turn_in(one.id, busy[one.circle].turns) if one.circle in busy else None for one in near}
    sits = {one.id: turn.sits if (turn := turns[one.id]) else () for one in near if one.circle in orders}
    reserves = {number: turn.reserve for number, turn in turns.items() if turn and turn.reserve and not turn.is_ready}
    people = await work.members.named({*chain(*sits.values()), *reserves.values()})
    looks: dict[SessionId, datetime | None] = {one.id: _far_look(one, now) for one in due}
    for one in near:
        if one.id in sits:
            present = [people[who] for who in sits[one.id] if who in people]
            at = [await _ask(work, one, orders[one.circle], presenters=present, now=now)]
            reserve = people.get(reserves[one.id]) if one.id in reserves else None
            at += await _ask_reserve(work, one, orders[one.circle], reserve, now=now) if reserve else []
            looks[one.id] = min(at)
    await work.sessions.look_for_briefs(looks)


async def _ask(
    work: Work, session: Session, order: Order, *, presenters: Sequence[Member], now: datetime
) -> datetime:
    """Promise the letters that are due soon; when to look at this session again."""
    looks = [when.next_beat(now, LOOK_EVERY)]
    for member in presenters:
        due = ask_at(session.starts, order.circle.zone, member.tz)
        who = MemberId(member.id)
        # The session may have been moved since the letter was promised.
        key = key_of("hotseat.brief", session.id, who)
        await work.waiting.keep_up(key, due=max(due, now), expires=session.starts)
        if due > now + PLAN_AHEAD:
            looks.append(due - PLAN_AHEAD)
            continue
        due = max(due, now)
        await work.outbox.add("hotseat.brief", session.id, to=who, due=due, expires=session.starts, key=who)
    return min(looks)


async def _ask_reserve(
    work: Work, session: Session, order: Order, reserve: Member, *, now: datetime
) -> list[datetime]:
    """Two working days before, the next in line is asked whether they would stand in; when to look again for that."""
    day = when.working_days_before(when.local(session.starts, order.circle.zone).date(), RESERVE_DAYS)
    due = when.first_good_moment(max(when.to_utc(day, when.MORNING, reserve.tz), now), reserve.tz)
    who = MemberId(reserve.id)
    await work.waiting.keep_up(key_of("hotseat.reserve", session.id, who), due=due, expires=session.starts)
    if due > now + PLAN_AHEAD:
        return [due - PLAN_AHEAD]
    await work.outbox.add("hotseat.reserve", session.id, to=who, due=due, expires=session.starts, key=who)
    return []


def _far_look(session: Session, now: datetime) -> datetime | None:
    """None where it is too late to ask anybody."""
    return (
        max(session.starts - LOOK_AHEAD, when.next_beat(now, LOOK_EVERY)) if session.starts - now > LATEST else None
    )
