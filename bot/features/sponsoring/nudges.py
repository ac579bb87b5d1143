"""The reminder before its day, and what is still open before a season of reviews; promised a day before."""

from datetime import datetime, timedelta

from bot.domain import sponsoring, when
from bot.domain.reminders import place_of
from bot.feature import standing
from bot.features.sponsoring.flows import LIFE, REMINDER, SEASON
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)


@standing
def next_reminder(work: Work) -> Earliest:
    return work.sponsoring.earliest_reminder()


@standing
def next_season(work: Work) -> Earliest:
    return work.sponsoring.earliest_season()


async def remind(work: Work, now: datetime) -> None:
    due = await work.sponsoring.to_remind(now + PLAN_AHEAD)
    people = await work.members.named({one.sponsor for one in due}) if due else {}
    for one in due:
        if one.by is None or one.sponsor not in people:
            continue
        place = place_of(people[one.sponsor])
        at = max(sponsoring.remind_at(one, place) or now, now)
        expires = when.to_utc(one.by, when.EVENING, place.zone)
        await work.outbox.add(REMINDER, one.id, to=one.sponsor, due=at, expires=expires, key=one.by.isoformat())
    if due:
        await work.sponsoring.reminded([one.id for one in due])


async def tell_season(work: Work, now: datetime) -> None:
    """Each sponsor with something open hears once a season, all of it in one message."""
    for begins in await work.sponsoring.seasons_to_tell(now + PLAN_AHEAD):
        open_now = await work.sponsoring.open_by_sponsor()
        people = await work.members.named(set(open_now)) if open_now else {}
        for sponsor, member in sorted(people.items()):
            at = max(sponsoring.season_at(begins, place_of(member)), now)
            key = begins.isoformat()
            await work.outbox.add(SEASON, sponsor, to=sponsor, due=at, expires=at + LIFE, key=key)
