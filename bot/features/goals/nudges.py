"""The two reminders of a milestone, and the question of the quarter, promised up to a day before they are due."""

from datetime import datetime, timedelta

from bot.domain import goals, when
from bot.domain.goals import Milestone
from bot.domain.ids import MemberId
from bot.domain.reminders import Place, place_of
from bot.feature import standing
from bot.features.goals.flows import KINDS
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)
LIFE = timedelta(days=14)
"""So long a question is of use when its reader is away."""


@standing
def next_reminder(work: Work) -> Earliest:
    return work.goals.earliest_reminder()


@standing
def next_question(work: Work) -> Earliest:
    return work.goals.earliest_question()


async def remind(work: Work, now: datetime) -> None:
    until = now + PLAN_AHEAD
    due = await work.goals.to_remind(until)
    places = await _places(work, {one.owner for one in due})
    for one in due:
        await _promise(work, one, places[one.owner], now)


async def _promise(work: Work, milestone: Milestone, place: Place, now: datetime) -> None:
    """All mornings that are due by now; one that was missed altogether is not made up for by two at once."""
    while (at := goals.next_reminder(milestone, place)) is not None and at <= now + PLAN_AHEAD:
        on = when.local(at, place.zone).date()
        milestone = goals.promised(milestone, on)
        later = goals.next_reminder(milestone, place)
        if later is not None and later <= now:
            continue
        kind = KINDS[goals.is_ahead(milestone, on)]
        due = when.first_good_moment(max(at, now), place.zone)
        expires = when.to_utc(milestone.by, when.EVENING, place.zone) if kind == KINDS[True] else due + LIFE
        await work.outbox.add(kind, milestone.id, to=milestone.owner, due=due, expires=expires, key=on.isoformat())
    await work.goals.promise(milestone.id, milestone.told_on, goals.next_reminder(milestone, place))


async def ask(work: Work, now: datetime) -> None:
    due = await work.goals.to_ask(now + PLAN_AHEAD)
    places = await _places(work, {goal.owner for goal in due})
    for goal in due:
        place = places[goal.owner]
        at = when.first_morning(max(goal.ask_at or now, now), place.zone)
        key = when.local(at, place.zone).date().isoformat()
        await work.outbox.add("goals.stand", goal.id, to=goal.owner, due=at, expires=at + LIFE, key=key)
        await work.goals.ask_again(goal.id, goals.asked(goal, place).ask_at)


async def _places(work: Work, owners: set[MemberId]) -> dict[MemberId, Place]:
    known = await work.members.named(owners) if owners else {}
    return {owner: place_of(known.get(owner)) for owner in owners}
