"""Requests for a coffee that nobody answered in time: they end, and both hear it kindly."""

from datetime import datetime

from bot.feature import standing
from bot.store.base import Earliest
from bot.store.unit_of_work import Work


@standing
def next_lapse(work: Work) -> Earliest:
    return work.intros.earliest_lapse()


async def let_lapse(work: Work, now: datetime) -> None:
    due = {intro.id: intro for intro in await work.intros.lapsing(now)}
    if not due:
        return
    ended = await work.intros.expire(list(due), now)
    people = {person for number in ended for person in (due[number].asker, due[number].asked)}
    known = await work.members.named(people)
    for number in ended:
        for kind, person in (("matching.no_answer", due[number].asker), ("matching.lapsed", due[number].asked)):
            if person in known:
                await work.outbox.add(kind, number, to=person, due=now)
