"""After a session that counts, whoever had the seat is asked what came of it: after a week, and after a month."""

from datetime import datetime

from bot.domain import when
from bot.domain.feedback import ASKED_FOR, MONTH, WEEK
from bot.domain.sessions import Session
from bot.store.unit_of_work import Work


async def ask_presenters(work: Work, session: Session, now: datetime) -> None:
    """Two letters each, in their own working hours; whether they are still wanted is asked when they are sent."""
    sits, _roles = await work.turns.recorded(session.id)
    for member in (await work.members.named(sits)).values():
        for kind, wait in (("feedback.week", WEEK), ("feedback.month", MONTH)):
            due = when.first_good_moment(max(now, session.ends) + wait, member.tz)
            await work.outbox.add(kind, session.id, to=member.id, due=due, expires=due + ASKED_FOR, key=member.id)
