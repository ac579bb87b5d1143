"""The mid-point and the last reminder, promised up to a day before they are due.

Which mornings are promised stands with the commitments themselves, so no change brings a second mid-point or a second
last reminder, and any number of replicas may run this for the same minute.
"""

from datetime import datetime, timedelta

from bot.domain import reminders, when
from bot.domain.reminders import Moment, Place, Promised, Reminder, place_of
from bot.feature import standing
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)
KINDS = {Moment.MIDPOINT: "commitments.midpoint", Moment.LAST: "commitments.reminder"}


@standing
def next_reminder(work: Work) -> Earliest:
    return work.commitments.earliest_reminder()


async def remind(work: Work, now: datetime) -> None:
    due = await work.commitments.to_remind(now + PLAN_AHEAD)
    if not due:
        return
    owners = await work.members.named({one.owner for one in due})
    every = await work.commitments.of_sessions({one.session for one in due})
    promised: list[Promised] = []
    for owner, session in sorted({(one.owner, one.session) for one in due}):
        place = place_of(owners.get(owner))
        both = [one for one in every[session] if one.owner == owner]
        ready, after = reminders.promise(both, place, now + PLAN_AHEAD)
        promised += after
        for reminder in ready:
            await _promise(work, reminder, place, now)
    await work.commitments.promise(promised)


async def _promise(work: Work, reminder: Reminder, place: Place, now: datetime) -> None:
    """The letter's subject is the first one it is about, its key the morning: the composer finds the rest by these."""
    first = reminder.about[0]
    due = max(reminder.at, now)
    expires = when.to_utc(max(one.by for one in reminder.about), when.EVENING, place.zone)
    kind, key = KINDS[reminder.moment], reminder.on.isoformat()
    await work.outbox.add(kind, first.id, to=first.owner, due=due, expires=expires, key=key)
