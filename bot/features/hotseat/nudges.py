"""Five working days before a session its presenter is asked for the question they bring.

The letter's key has the presenter in it: when the seat changes hands, the new one is asked too, and the former one's
letter ends as moot. Nobody is asked later than a day before.
"""

from datetime import datetime, timedelta

from bot.domain import when
from bot.domain.briefs import ask_at
from bot.domain.sessions import Session
from bot.features.hotseat.reading import Order, orders_of
from bot.store.unit_of_work import Work

LOOK_AHEAD = timedelta(days=14)
"""Five working days are never more than this, weekends and a long holiday included."""
PLAN_AHEAD = timedelta(days=1)
LATEST = timedelta(days=1)


async def ask_for_briefs(work: Work, now: datetime) -> None:
    sessions = await work.sessions.starting(now + LATEST, now + LOOK_AHEAD)
    circles = await work.circles.named({session.circle for session in sessions})
    orders = await orders_of(work, list(circles.values()))
    for order in orders:
        await _ask(work, order, [one for one in sessions if one.circle == order.circle.id and one.is_ahead], now)


async def _ask(work: Work, order: Order, sessions: list[Session], now: datetime) -> None:
    presenters = await work.members.named({who for one in sessions for who in order.sitting(one.id)})
    for session in sessions:
        for who in order.sitting(session.id):
            member = presenters.get(who)
            if member is None:
                continue
            due = ask_at(session.starts, order.circle.zone, member.tz)
            if due <= now + PLAN_AHEAD:
                due = when.first_good_moment(max(due, now), member.tz)
                await work.outbox.add("hotseat.brief", session.id, to=who, due=due, expires=session.starts, key=who)
