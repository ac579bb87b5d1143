"""Sessions planned ahead, and weeks in which the company is away: what falls into one is left out, and the circle is told.

Part of a work block.
"""

from collections.abc import Collection
from datetime import date, datetime

from bot.courtesy import house_of
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.sessions import Session, left_out
from bot.store.unit_of_work import Work


async def plan_ahead(work: Work, circle: Circle, now: datetime) -> None:
    """Six sessions, not counting those that fall into a week off."""
    house = await house_of(work)
    for session in await work.sessions.plan_ahead(circle, now, house.weeks_off):
        await _tell(work, session, circle, now)


async def leave_out_weeks(work: Work, weeks: Collection[date], now: datetime) -> int:
    """Leave out what is planned in these weeks, by the clock of each circle; how many sessions those were."""
    if not weeks:
        return 0
    planned = await work.sessions.planned_between(*when.around(weeks))
    circles = await work.circles.named({session.circle for session in planned})
    count = 0
    for session in planned:
        circle = circles[session.circle]
        if session.starts <= now or when.week_of(when.local(session.starts, circle.zone).date()) not in weeks:
            continue
        await work.sessions.save(left_out(session))
        await _tell(work, session, circle, now)
        count += 1
    return count


async def _tell(work: Work, session: Session, circle: Circle, now: datetime) -> None:
    if circle.channel is not None and circle.is_open:
        await work.outbox.add("sessions.off", session.id, to=circle.channel, due=now, expires=session.starts)
