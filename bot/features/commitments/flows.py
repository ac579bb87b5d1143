"""Read, decide, write, tell: commitments made, changed, reported on, settled and confirmed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import reminders, when
from bot.domain.audience import confirm, confirmer, has_something_to_see, may_see
from bot.domain.circles import Circle
from bot.domain.commitments import (
    Audience,
    Commitment,
    CommitmentState,
    Outcome,
    Promise,
    Question,
    change,
    check,
    check_settling,
    doubt,
    free_slot,
    report,
    revise,
    settle,
    smaller,
)
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import ChannelId, CommitmentId, MemberId, SessionId
from bot.domain.reminders import place_of
from bot.domain.sessions import Session
from bot.feature import Deps
from bot.features.commitments import older, reading
from bot.features.commitments.form import Typed
from bot.features.commitments.older import Older
from bot.features.commitments.reading import Desk, Overview
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

RECEIPT_LIFE = timedelta(days=3)
WITNESS_WAITS = timedelta(days=14)
HELP_WAITS = timedelta(days=4)
"""A weekend and a day or two."""


@dataclass(frozen=True)
class Doubted:
    """Nothing is kept yet: one friendly question first."""

    desk: Desk
    promise: Promise
    question: Question


@dataclass(frozen=True)
class Saved:
    """A commitment as it is stored now, and whether there is room for one more beside it."""

    commitment: Commitment
    circle: Circle
    room: Session | None = None
    replaced: bool = False
    older: tuple[Older, ...] = ()
    """Its letters that stand in the owner's conversation already."""


# Looking


async def overview(by: Request, deps: Deps) -> Overview:
    async with deps.store.open_view(by.team) as work:
        found = await reading.overview(work, by.member, deps.now())
        seen = await work.commitments.seen_by(by.member)
        circles = await work.circles.named({one.circle for one in seen})
        mine_to_see = [
            one for one in seen if one.circle in circles and may_see(one, by.member, circles[one.circle].members)
        ]
        return replace(found, shared=mine_to_see)


async def desk_for(by: Request, session: SessionId, deps: Deps, *, after: CommitmentId | None = None) -> Desk:
    """What a form for a new one starts from; `after` is the one that a smaller one follows."""
    async with deps.store.open_view(by.team) as work:
        desk = await reading.desk_for(work, by.member, session, deps.now())
        return desk if after is None else replace(desk, after=await reading.own(work, by.member, after))


async def only_session(by: Request, deps: Deps) -> SessionId | None:
    async with deps.store.open_view(by.team) as work:
        return await reading.only_session(work, by.member, deps.now())


async def desk_of(by: Request, commitment: CommitmentId, deps: Deps) -> tuple[Commitment, Desk]:
    """What a form for a change starts from; refused where it is settled."""
    async with deps.store.open_view(by.team) as work:
        return await reading.desk_of(work, by.member, commitment, deps.now())


async def to_settle(by: Request, commitment: CommitmentId, deps: Deps) -> Commitment:
    """One whose outcome can be said, or corrected."""
    async with deps.store.open_view(by.team) as work:
        found = await reading.own(work, by.member, commitment)
        check_settling(found, by.member)
        return found


# Making and changing


async def make(
    by: Request, session: SessionId, typed: Typed, *, deps: Deps, after: CommitmentId | None = None
) -> Saved | Doubted:
    """The same one twice, as by a second tap on Save, is one."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        desk = await reading.desk_for(work, by.member, session, now)
        if after is not None:
            desk = replace(desk, after=await reading.own(work, by.member, after))
        tidy = _checked(typed, desk)
        for one in desk.taken:
            if (one.will, one.by) == (tidy.will, tidy.by):
                return await _saved(work, one, desk.circle, now)
        slot = free_slot(desk.taken)
        question = doubt(tidy)
        if question is not None and not typed.asked:
            return Doubted(desk, tidy, question)
        new = _new(tidy, desk, slot=slot, now=now)
        made = await work.commitments.add(new)
        await _promise_receipt(work, made, now)
        await _replan(work, made, now)
        return await _saved(work, made, desk.circle, now)


def _new(promise: Promise, desk: Desk, *, slot: int, now: datetime) -> Commitment:
    return Commitment(
        **vars(promise),
        id=CommitmentId(0),
        owner=desk.setting.owner,
        circle=desk.circle.id,
        session=desk.session.id,
        slot=slot,
        made_at=now,
        buddy=_buddy(desk),
    )


def _buddy(desk: Desk) -> MemberId | None:
    return desk.buddy[0] if desk.buddy else None


def _checked(typed: Typed, desk: Desk) -> Promise:
    tidy = check(typed.promise, desk.setting)
    if tidy.audience is Audience.BUDDY and desk.buddy is None:
        raise RefusedFields({"audience": "You have no buddy this time. Choose somebody else to see it."})
    if not typed.half:
        return tidy
    return check(replace(typed.promise, will=typed.smaller or smaller(tidy.will)), desk.setting)


async def change_it(by: Request, commitment: CommitmentId, typed: Typed, deps: Deps) -> Saved | Doubted:
    """Another wording is another commitment in the same slot; anything else changes the one there is."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known, desk = await reading.desk_of(work, by.member, commitment, now)
        sent = await older.letters_about(work, known)
        tidy = _checked(typed, desk)
        current, new = revise(known, tidy, by=by.member, now=now)
        question = doubt(tidy) if _says_something_new(tidy, known) else None
        if question is not None and not typed.asked:
            return Doubted(desk, tidy, question)
        buddy = _buddy(desk)
        if new is None:
            saved = await _keep(work, replace(current, buddy=buddy), known, desk=desk, now=now)
        else:
            await work.commitments.save(current)
            made = await work.commitments.add(replace(new, id=CommitmentId(0), buddy=buddy))
            saved = replace(await _keep(work, made, known, desk=desk, now=now), replaced=True)
        return replace(saved, older=await older.as_now(work, sent, known))


def _says_something_new(promise: Promise, known: Commitment) -> bool:
    return (promise.will, promise.confidence) != (known.will, known.confidence)


async def move(by: Request, commitment: CommitmentId, to: date, deps: Deps) -> Saved:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known, desk = await reading.desk_of(work, by.member, commitment, now)
        if not desk.setting.today < to <= desk.setting.latest:
            raise RefusedFields({"by": f"Pick a day after today, up to {when.say_day(desk.setting.latest)}."})
        sent = await older.letters_about(work, known)
        moved = change(known, replace(known, by=to), by.member)
        saved = await _keep(work, moved, known, desk=desk, now=now)
        return replace(saved, older=await older.as_now(work, sent, known))


async def _keep(work: Work, changed: Commitment, before: Commitment, *, desk: Desk, now: datetime) -> Saved:
    """Save it, and let its reminders follow its day."""
    if changed.id == before.id:
        await work.commitments.save(changed)
    owner = await work.members.get(changed.owner)
    if changed.by != before.by:
        changed = reminders.rescheduled(changed, place_of(owner), now)
    await _replan(work, changed, now)
    return Saved(changed, desk.circle)


async def _promise_receipt(work: Work, made: Commitment, now: datetime) -> None:
    """One for both of a session: the letter waits for the second one, and its key allows no other."""
    due = now + reminders.RECEIPT_AFTER
    await work.outbox.add(
        "commitments.receipt", made.session, to=made.owner, due=due, expires=due + RECEIPT_LIFE, key=made.owner
    )


async def _replan(work: Work, changed: Commitment, now: datetime) -> None:
    """When the next reminder of both falls due. `changed` goes before what is stored, as to its promised mornings."""
    owner = await work.members.get(changed.owner)
    stored = await work.commitments.of_owner(changed.owner, [changed.session])
    both = [changed if one.id == changed.id else one for one in stored]
    await work.commitments.promise(reminders.waiting(both, place_of(owner)))


async def _saved(work: Work, commitment: Commitment, circle: Circle, now: datetime) -> Saved:
    return Saved(commitment, circle, await reading.room_in(work, commitment.owner, circle.id, now))


# What becomes of it


async def report_on(
    by: Request, commitment: CommitmentId, state: CommitmentState, deps: Deps
) -> tuple[Commitment, Circle]:
    async with deps.store.open_work(by.team) as work:
        known = await reading.own(work, by.member, commitment)
        told = report(known, state, by.member)
        if told != known:
            await work.commitments.save(told)
        return told, await work.circles.get(told.circle)


async def settle_it(by: Request, commitment: CommitmentId, outcome: Outcome, deps: Deps) -> Saved:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await reading.own(work, by.member, commitment)
        sent = await older.letters_about(work, known)
        settled = settle(known, outcome, by=by.member, now=now)
        await work.commitments.save(settled)
        await _replan(work, settled, now)
        if has_something_to_see(settled) and settled.confirmed_at is None:
            await _ask_witness(work, settled, now)
        circle = await work.circles.get(settled.circle)
        saved = await _saved(work, settled, circle, now)
        return replace(saved, older=await older.as_now(work, sent, settled))


async def _ask_witness(work: Work, settled: Commitment, now: datetime) -> None:
    """Once a witness or buddy, however often the outcome is corrected."""
    who = confirmer(settled)
    if who is not None:
        await work.outbox.add(
            "commitments.witness", settled.id, to=who, due=now, expires=now + WITNESS_WAITS, key=who
        )


async def confirm_it(by: Request, commitment: CommitmentId, deps: Deps) -> Commitment:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await work.commitments.get(commitment)
        seen = confirm(known, by.member, now)
        if seen != known:
            await work.commitments.save(seen)
            await work.audit.add(Entry(now, by.member, "commitment.confirm", f"commitment:{commitment}", {}))
        return seen


# Help


async def ask_for_help(
    by: Request, commitment: CommitmentId, among: Audience, deps: Deps
) -> tuple[Commitment, Circle]:
    """To the buddy or the circle, once a day, and only where the owner lets them see it."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await reading.own(work, by.member, commitment)
        told = report(known, CommitmentState.STUCK, by.member)
        circle = await work.circles.get(known.circle)
        to = helper(told, circle, among)
        if told != known:
            await work.commitments.save(told)
        key, expires = f"{to}:{now:%Y-%m-%d}", now + HELP_WAITS
        await work.outbox.add("commitments.help", told.id, to=to, due=now, expires=expires, key=key)
        return told, circle


def helper(commitment: Commitment, circle: Circle, among: Audience) -> MemberId | ChannelId:
    """Whom a call for help goes to; refused where the owner has not let them see it."""
    if commitment.owner not in circle.members:
        raise Refused("You are not in that circle any more. Ask somebody directly.")
    if among is Audience.CIRCLE and commitment.audience is Audience.CIRCLE and circle.channel is not None:
        return circle.channel
    if (
        among is Audience.BUDDY
        and commitment.buddy is not None
        and may_see(commitment, commitment.buddy, circle.members)
    ):
        return commitment.buddy
    raise NotYours("They can't see that one. Choose Change it to let them, then ask again.")
