"""The agenda two working days before a meeting, and the quiet ladder: asked after at one, two and three weeks, closed
after four."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import relationships
from bot.domain.agreements import Terms, good_moment
from bot.domain.ids import IntroId, MemberId, RelationshipId
from bot.domain.meetings import MeetingState
from bot.domain.people import Member
from bot.domain.relationships import Relationship
from bot.feature import standing
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)
QUIET_LIFE = timedelta(days=6)
"""A question about silence that could not be sent for so long is overtaken by the next."""


@standing
def next_agenda(work: Work) -> Earliest:
    return work.meetings.earliest_ask()


async def ask_for_agendas(work: Work, now: datetime) -> None:
    due = await work.meetings.to_ask(now + PLAN_AHEAD)
    if not due:
        return
    theirs = await work.relationships.named({one.relationship for one in due})
    terms = await work.agreements.terms_of(theirs)
    known = await work.members.named({one.mentee for one in theirs.values()})
    for meeting in due:
        one = theirs.get(meeting.relationship)
        if one is not None and one.is_open and one.mentee in known and meeting.ask_at is not None:
            at = max(meeting.ask_at, now)
            when = good_moment(terms.get(one.id), at, known[one.mentee].tz)
            key = f"{meeting.at:%Y-%m-%d}"
            await work.outbox.add(
                "relationships.agenda", meeting.id, to=one.mentee, due=when, expires=meeting.at, key=key
            )
    await work.meetings.asked([one.id for one in due])


@dataclass(frozen=True)
class _Around:
    """What is read at once for all that have gone quiet."""

    known: Mapping[MemberId, Member]
    terms: Mapping[RelationshipId, Terms]
    over: Collection[tuple[MemberId, IntroId]]
    """Who has said in confidence that it was no match: they are not asked after it."""


@standing
def next_look(work: Work) -> Earliest:
    return work.relationships.earliest_look()


async def look_after(work: Work, now: datetime) -> None:
    due = await work.relationships.to_look_at(now)
    if not due:
        return
    around = _Around(
        known=await work.members.named({member for one in due for member in one.members}),
        terms=await work.agreements.terms_of([one.id for one in due]),
        over=await work.fits.mismatched([one.intro for one in due if one.intro is not None]),
    )
    asleep = [one for one in due if relationships.is_quiet_too_long(one, now)]
    planned = await work.meetings.next_of([one.id for one in asleep])
    for meeting in planned.values():
        await work.meetings.save(replace(meeting, state=MeetingState.MISSED, ask_at=None))
    for one in due:
        await _look_at(work, one, around, now)


async def _look_at(work: Work, one: Relationship, around: _Around, now: datetime) -> None:
    there = [around.known[member] for member in one.members if member in around.known]
    if len(there) < 2 or any(member.left for member in there):
        await work.relationships.save(relationships.close(one, now))
    elif breaks := [until for each in there if each.is_paused(now) and (until := each.paused_until) is not None]:
        await work.relationships.save(relationships.rest_until(one, max(breaks)))
    elif relationships.is_quiet_too_long(one, now):
        await work.relationships.save(relationships.close(one, now))
        await _tell(work, "relationships.asleep", one, around, to=one.members, now=now)
    else:
        asked = relationships.ask_after(one)
        await work.relationships.save(asked)
        await _tell(work, "relationships.quiet", asked, around, to=relationships.whom_to_ask(asked), now=now)


async def _tell(
    work: Work, kind: str, one: Relationship, around: _Around, *, to: Collection[MemberId], now: datetime
) -> None:
    for member in to:
        if one.intro is None or (member, one.intro) not in around.over:
            due = good_moment(around.terms.get(one.id), now, around.known[member].tz)
            key = f"{member}:{one.quiet_from:%Y-%m-%d}:{one.asked}"
            await work.outbox.add(kind, one.id, to=member, due=due, expires=due + QUIET_LIFE, key=key)
