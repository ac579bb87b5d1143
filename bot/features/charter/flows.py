"""Read, decide, write: a charter drafted, changed and signed."""

from datetime import datetime, timedelta

from bot.domain import when
from bot.domain.charters import (
    SIGN_DAYS,
    Charter,
    Words,
    changed,
    check_member,
    check_signing,
    revised,
)
from bot.domain.circles import Circle, check_open
from bot.domain.errors import Gone
from bot.domain.ids import CircleId
from bot.feature import Deps
from bot.features.charter.reading import NONE_YET, Shown, shown
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.charters import Due
from bot.store.messages import Place
from bot.store.unit_of_work import Work

MARK_AFTER = timedelta(minutes=1)
"""The bookmark leads to the message, so it waits until that was posted."""


async def change(by: Request, circle: CircleId, *, words: Words, seen: int, deps: Deps) -> Shown:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        check_member(found, by.member)
        check_open(found)
        charter = await _held(work, circle)
        new = revised(charter, words, by=by.member, seen=seen, now=now)
        await work.charters.write(new, due=Due.REMIND, look_at=remind_at(found, now))
        await work.charters.sign(circle, new.number, by.member, now)
        clauses = [clause.value for clause in changed(charter.words, words)]
        await work.audit.add(Entry(now, by.member, "charter.change", f"circle:{circle}", {"clauses": clauses}))
        await post(work, found, new, now)
        changed_to = await shown(work, found)
    deps.store.wake()
    return changed_to


async def sign(by: Request, circle: CircleId, number: int, deps: Deps) -> tuple[Shown, Place | None]:
    """The charter as it is signed now, and where its message stands."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.get(circle)
        check_member(found, by.member)
        check_open(found)
        charter = await _held(work, circle)
        check_signing(charter, number)
        await work.charters.sign(circle, number, by.member, now)
        return await shown(work, found), await work.messages.where_is("charter.sign", str(circle))


async def _held(work: Work, circle: CircleId) -> Charter:
    charter = await work.charters.hold(circle)
    if charter is None:
        raise Gone(NONE_YET)
    return charter


async def post(work: Work, circle: Circle, charter: Charter, due: datetime) -> None:
    """One message in the channel for each version, edited in place as members sign."""
    if circle.channel:
        await work.outbox.add("charter.sign", circle.id, to=circle.channel, due=due, key=str(charter.number))
        await work.charters.mark_again(circle.id, due + MARK_AFTER)


def remind_at(circle: Circle, now: datetime) -> datetime:
    day = when.working_days_after(when.local(now, circle.zone).date(), SIGN_DAYS)
    return when.to_utc(day, max(circle.checkin_time, when.MORNING), circle.zone)
