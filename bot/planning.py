"""Sessions planned ahead, and weeks in which the company is away: what falls into one is left out, and the circle is told.

Check-ins that are planned follow the clock of their circle. Part of a work block.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.courtesy import house_of
from bot.domain import pairing, when
from bot.domain.checkins import rehoured
from bot.domain.circles import Circle
from bot.domain.sessions import Session, left_out
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work

CHECKINS_AHEAD = timedelta(days=1)


async def plan_ahead(work: Work, circle: Circle, now: datetime) -> None:
    """Six sessions, not counting those that fall into a week off."""
    house = await house_of(work)
    for session in await work.sessions.plan_ahead(circle, now, house.weeks_off):
        await _tell(work, session, circle, now)


async def rehour_checkins(work: Work, circle: Circle, before: str, now: datetime) -> None:
    """The circle goes by another clock than that of `before`: its next check-in does too, with what was promised of it."""
    for this in await work.checkins.unopened(circle.id, now):
        moved = rehoured(this, circle, before, now)
        await work.checkins.rehour(moved, max(now, moved.opens_at - CHECKINS_AHEAD))
        await work.pairs.open_later(this.id, max(now, moved.opens_at - pairing.A_LITTLE))
        drawn = (await work.pairs.of_rounds([this.id])).get(this.id, [])
        pairs = [key_of("checkins.pair", pair.id) for pair in drawn]
        for key in (key_of("checkins.thread", this.id), *pairs):
            await work.waiting.move(key, due=moved.opens_at, expires=moved.closes_at)


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
