"""Read, decide, write: meetings planned, moved and held, and a relationship's end and new beginning."""

from dataclasses import replace
from datetime import datetime

from bot.domain import meetings, relationships, when, words
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, RelationshipId
from bot.domain.intros import check_reachable
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.relationships import Relationship, check_open
from bot.feature import Deps
from bot.features.relationships import reading
from bot.features.relationships.reading import Shown
from bot.slack.requests import Request
from bot.store.unit_of_work import Work

REASON_LIMIT = 600
THANKS_LIMIT = 300


async def mine(by: Request, deps: Deps) -> list[Shown]:
    async with deps.store.open_view(by.team) as work:
        return await reading.mine(work, by.member, deps.now())


async def show(by: Request, number: RelationshipId, deps: Deps) -> Shown:
    async with deps.store.open_view(by.team) as work:
        return await reading.shown(work, number, by.member, deps.now())


async def show_open(by: Request, number: RelationshipId, deps: Deps) -> Shown:
    """For a form: refused where the relationship has ended."""
    found = await show(by, number, deps)
    check_open(found.relationship, by.member)
    return found


async def plan(
    by: Request, number: RelationshipId, at: datetime, *, minutes: int, deps: Deps
) -> tuple[Shown, Meeting]:
    """A next meeting, or another time for the one that is planned."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await _open(work, number, by.member)
        planned = relationships.plan(found, at, now=now)
        ask_at = await _ask_at(work, found, at, now)
        before = (await work.meetings.next_of([number])).get(number)
        if before is None:
            await work.meetings.add(meetings.planned(number, at, minutes=minutes, ask_at=ask_at))
        else:
            await work.meetings.save(meetings.moved(before, at, minutes=minutes, ask_at=ask_at))
        await work.relationships.save(planned)
        one = await reading.shown(work, number, by.member, now)
        return one, meetings.check_planned(one.meeting)


async def _ask_at(work: Work, relationship: Relationship, at: datetime, now: datetime) -> datetime | None:
    owner = await work.members.get(relationship.mentee)
    return meetings.ask_for_agenda_at(at, owner.tz if owner else "UTC", now)


async def say_met(by: Request, number: RelationshipId, deps: Deps) -> Shown:
    """They met: the planned meeting, or one that nobody had planned. Said twice by the two, it was one meeting."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await _open(work, number, by.member)
        planned = (await work.meetings.next_of([number])).get(number)
        if planned is not None:
            meetings.check_over(planned, now)
            await work.meetings.save(replace(planned, state=MeetingState.HELD, ask_at=None))
        elif not await _met_today(work, found, now):
            unplanned = await work.meetings.add(meetings.planned(number, now, minutes=found.minutes, ask_at=None))
            await work.meetings.save(replace(unplanned, state=MeetingState.HELD))
        await work.relationships.save(relationships.met(found, planned.at if planned else now))
        return await reading.shown(work, number, by.member, now)


async def _met_today(work: Work, relationship: Relationship, now: datetime) -> bool:
    held = await work.meetings.held_of(relationship.id)
    return bool(held) and now - held[-1].at < meetings.SAME


async def say_missed(by: Request, number: RelationshipId, deps: Deps) -> Shown:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await _open(work, number, by.member)
        planned = meetings.check_planned((await work.meetings.next_of([number])).get(number))
        meetings.check_over(planned, now)
        await work.meetings.save(replace(planned, state=MeetingState.MISSED, ask_at=None))
        await work.relationships.save(relationships.not_met(found, now))
        return await reading.shown(work, number, by.member, now)


async def end(by: Request, number: RelationshipId, reason: str, deps: Deps) -> Shown:
    """Over, from now on. The other hears that it is, kindly and without why; the reason stays with whoever gave it."""
    now = deps.now()
    tidy = words.clean_text(reason, REASON_LIMIT, "What you write")
    async with deps.store.open_work(by.team) as work:
        found = await _open(work, number, by.member)
        await work.relationships.save(relationships.close(found, now, by=by.member, reason=tidy))
        await _let_go(work, (await work.meetings.next_of([number])).get(number))
        other = await work.members.get(found.other(by.member))
        if other is not None and not other.left:
            due = when.first_good_moment(now, other.tz)
            await work.outbox.add(
                "relationships.ended", number, to=other.id, due=due, key=f"{other.id}:{found.version}"
            )
        return await reading.shown(work, number, by.member, now)


async def thank(by: Request, number: RelationshipId, text: str, deps: Deps) -> Shown:
    """Thanks for the one meeting there was; with them it ends."""
    now = deps.now()
    tidy = words.needed(words.clean_text(text, THANKS_LIMIT, "What you write"), "Your thanks")
    async with deps.store.open_work(by.team) as work:
        found = await _open(work, number, by.member)
        if by.member != found.mentee or not found.facts.is_once or not await work.meetings.held_of(number):
            raise Refused("Thanks here follow a meeting about one question. Anybody else you can thank in person.")
        await work.relationships.save(relationships.close(found, now, by=by.member))
        mentor = await work.members.get(found.mentor)
        due = when.first_good_moment(now, mentor.tz if mentor else "UTC")
        await work.outbox.add("relationships.thanks", number, to=found.mentor, due=due, payload={"text": tidy})
        return await reading.shown(work, number, by.member, now)


async def _let_go(work: Work, planned: Meeting | None) -> None:
    if planned is not None:
        await work.meetings.save(replace(planned, state=MeetingState.MISSED, ask_at=None))


async def open_again(by: Request, number: RelationshipId, deps: Deps) -> Shown:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await reading.own(work, number, by.member)
        check_reachable(await work.members.get(found.other(by.member)), now)
        again = relationships.reopen(found, now)
        if again != found:
            await work.relationships.save(again)
        return await reading.shown(work, number, by.member, now)


async def _open(work: Work, number: RelationshipId, member: MemberId) -> Relationship:
    found = await reading.own(work, number, member)
    check_open(found, member)
    return found
