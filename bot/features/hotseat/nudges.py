"""Five working days before a session its presenter is asked for the question they bring.

The letter's key has the presenter in it: when the seat changes hands, the new one is asked too, and the former one's
letter ends as moot. Nobody is asked later than a day before. Each session knows when it wants to be looked at for this,
so a tick costs what is due and not what is planned.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain import when
from bot.domain.briefs import ask_at
from bot.domain.ids import MemberId, SessionId
from bot.domain.people import Member
from bot.domain.sessions import Session
from bot.feature import standing
from bot.features.hotseat.reading import Order, orders_of
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

LOOK_AHEAD = timedelta(days=14)
"""Five working days are never more than this, weekends and a long holiday included."""
PLAN_AHEAD = timedelta(days=1)
LATEST = timedelta(days=1)
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
    asked = {
        one.id: busy[one.circle].sitting(one.id) if one.circle in busy else () for one in near if one.circle in orders
    }
    people = await work.members.named({who for sits in asked.values() for who in sits})
    looks: dict[SessionId, datetime | None] = {one.id: _far_look(one, now) for one in due}
    for one in near:
        if one.id in asked:
            present = [people[who] for who in asked[one.id] if who in people]
            looks[one.id] = await _ask(work, one, orders[one.circle], presenters=present, now=now)
    await work.sessions.look_for_briefs(looks)


async def _ask(
    work: Work, session: Session, order: Order, *, presenters: Sequence[Member], now: datetime
) -> datetime:
    """Promise the letters that are due soon; when to look at this session again."""
    looks = [when.next_beat(now, LOOK_EVERY)]
    for member in presenters:
        due = ask_at(session.starts, order.circle.zone, member.tz)
        if due > now + PLAN_AHEAD:
            looks.append(due - PLAN_AHEAD)
            continue
        due = when.first_good_moment(max(due, now), member.tz)
        who = MemberId(member.id)
        await work.outbox.add("hotseat.brief", session.id, to=who, due=due, expires=session.starts, key=who)
    return min(looks)


def _far_look(session: Session, now: datetime) -> datetime | None:
    """None where it is too late to ask anybody."""
    return (
        max(session.starts - LOOK_AHEAD, when.next_beat(now, LOOK_EVERY)) if session.starts - now > LATEST else None
    )
