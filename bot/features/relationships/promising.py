"""Read, decide, write: the two commitments of each at the close of a meeting, by the same rules as a circle's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import reminders, when
from bot.domain.agreements import good_moment
from bot.domain.commitments import (
    SLOTS,
    Outcome,
    PairCommitment,
    Promise,
    Question,
    Setting,
    check,
    check_settling,
    doubt,
    free_slot,
    settle,
)
from bot.domain.errors import Refused
from bot.domain.ids import CommitmentId, MemberId, RelationshipId
from bot.domain.meetings import Meeting
from bot.domain.relationships import Relationship, check_open, sign_of_life
from bot.domain.reminders import Place
from bot.feature import Deps
from bot.features.relationships import reading
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Desk:
    """Where one is made: after which meeting, until when, beside which others."""

    relationship: Relationship
    meeting: Meeting
    setting: Setting
    zone: str
    taken: Sequence[PairCommitment] = ()

    @property
    def is_full(self) -> bool:
        return len(self.taken) >= len(SLOTS)


@dataclass(frozen=True)
class Doubted:
    """Nothing is kept yet: one friendly question first."""

    desk: Desk
    promise: Promise
    question: Question


async def desk_for(by: Request, number: RelationshipId, deps: Deps) -> Desk:
    async with deps.store.open_view(by.team) as work:
        return await _desk(work, number, by.member, deps.now())


async def _desk(work: Work, number: RelationshipId, member: MemberId, now: datetime) -> Desk:
    found = await reading.own(work, number, member)
    check_open(found, member)
    held = await work.meetings.held_of(number)
    if not held:
        raise Refused("You make your two once you have met. Say *We met* first.")
    known = await work.members.get(member)
    zone = known.tz if known else "UTC"
    following = when.local(found.next_at, zone).date() if found.next_at is not None and found.next_at > now else None
    setting = Setting(member, [found.other(member)], when.local(now, zone).date(), following)
    taken = await work.pair_commitments.of_owner(member, held[-1].id)
    return Desk(found, held[-1], setting, zone, taken)


async def make(
    by: Request, number: RelationshipId, promise: Promise, *, asked: bool, deps: Deps
) -> tuple[PairCommitment, Desk] | Doubted:
    """The same one twice, as by a second tap, is one."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        desk = await _desk(work, number, by.member, now)
        tidy = check(promise, desk.setting)
        for one in desk.taken:
            if (one.will, one.by) == (tidy.will, tidy.by):
                return one, desk
        slot = free_slot(desk.taken)
        question = doubt(tidy)
        if question is not None and not asked:
            return Doubted(desk, tidy, question)
        made = await work.pair_commitments.add(_new(tidy, desk, slot=slot, now=now))
        await work.relationships.save(sign_of_life(desk.relationship, now))
        await _promise_reminders(work, made, desk)
        return made, await _desk(work, number, by.member, now)


def _new(promise: Promise, desk: Desk, *, slot: int, now: datetime) -> PairCommitment:
    owner = desk.setting.owner
    return PairCommitment(
        **vars(promise),
        id=CommitmentId(0),
        owner=owner,
        relationship=desk.relationship.id,
        meeting=desk.meeting.id,
        slot=slot,
        made_at=now,
        buddy=desk.relationship.other(owner),
    )


async def _promise_reminders(work: Work, made: PairCommitment, desk: Desk) -> None:
    """Half-way and two working days before, as for a circle's; both of one meeting share a morning's letter."""
    place = Place(desk.zone)
    terms = (await work.agreements.terms_of([desk.relationship.id])).get(desk.relationship.id)
    expires = when.to_utc(made.by, when.EVENING, desk.zone)
    for day in (reminders.midpoint_day(made, place), reminders.last_day(made, place)):
        if day is not None:
            due = good_moment(terms, reminders.morning(day, place), desk.zone)
            key = f"{made.owner}:{day}"
            await work.outbox.add(
                "relationships.promised", made.meeting, to=made.owner, due=due, expires=expires, key=key
            )


async def to_settle(by: Request, number: CommitmentId, deps: Deps) -> PairCommitment:
    async with deps.store.open_view(by.team) as work:
        found = await work.pair_commitments.get(number)
        check_settling(found, by.member)
        return found


async def settle_it(by: Request, number: CommitmentId, outcome: Outcome, deps: Deps) -> PairCommitment:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        settled = settle(await work.pair_commitments.get(number), outcome, by=by.member, now=now)
        await work.pair_commitments.save(settled)
        found = await work.relationships.get(settled.relationship)
        if found.is_open:
            await work.relationships.save(sign_of_life(found, now))
        return settled


def due_now(every: Sequence[PairCommitment], today: date) -> list[PairCommitment]:
    return [one for one in every if one.is_under_way and one.by >= today]
