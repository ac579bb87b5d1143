"""Read, decide, write: sessions moved, left out and brought back, who comes and who came, and how it went."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot import moves
from bot.aftercare import ask_presenters
from bot.domain import when
from bot.domain.agenda import AgendaFacts
from bot.domain.circles import Circle, check_membership, check_open
from bot.domain.errors import Stale
from bot.domain.ids import MemberId, SessionId
from bot.domain.programs import Act, require
from bot.domain.sessions import (
    Presence,
    Session,
    SessionState,
    check_ahead,
    check_move,
    check_outcome,
    check_presence,
    restored,
    settled,
)
from bot.feature import Deps
from bot.features.sessions.reading import Plan, agenda_facts, plan_of, thread_of
from bot.seats import tell_of_seat
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.unit_of_work import Work

REMIND_FOR = 3
"""For how many working days a reminder to make one's commitments may still go out."""


@dataclass(frozen=True)
class Seen:
    """A session as somebody saw it when they decided to change it."""

    session: SessionId
    version: int


@dataclass(frozen=True)
class Moving:
    """What the form to move a session starts from."""

    session: Session
    circle: Circle


@dataclass(frozen=True)
class Standing:
    """A session after a tap: what its agenda and its thread are drawn from, and where they stand."""

    facts: AgendaFacts
    agenda: Place | None = None
    call: Place | None = None
    thread: Place | None = None
    wrapup: Place | None = None
    is_run: bool = False
    """Somebody started it, and the co-pilot draws its thread."""

    @property
    def session(self) -> Session:
        return self.facts.session


# Moving and leaving out


async def to_move(by: Request, session: SessionId, deps: Deps) -> Moving:
    async with deps.store.open_view(by.team) as work:
        found, circle = await _to_change(work, by, session)
        check_ahead(found, deps.now())
        return Moving(found, circle)


async def move(by: Request, seen: Seen, to: datetime, deps: Deps) -> Plan:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, circle = await _to_change(work, by, seen.session)
        others = await work.sessions.ahead([circle.id], now)
        check_move(found, to, circle=circle, others=others, now=now)
        if found.version != seen.version:
            raise Stale
        await moves.move(work, found, to, circle=circle, by=by.member, now=now)
        return await plan_of(work, circle.id, by.member, now)


async def skip(by: Request, seen: Seen, deps: Deps) -> Plan:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, circle = await _to_change(work, by, seen.session)
        check_ahead(found, now)
        if found.version != seen.version:
            raise Stale
        await moves.leave_out(work, found, circle=circle, by=by.member, now=now)
        return await plan_of(work, circle.id, by.member, now)


async def bring_back(by: Request, seen: Seen, deps: Deps) -> Plan:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, circle = await _to_change(work, by, seen.session)
        back = restored(found, by=by.member, circle=circle, now=now)
        if found.version != seen.version:
            raise Stale
        await work.sessions.save(back)
        await moves.tell(work, "restored", found, circle=circle, by=by.member, now=now)
        return await plan_of(work, circle.id, by.member, now)


async def _to_change(work: Work, by: Request, session: SessionId) -> tuple[Session, Circle]:
    """A session this person may change, and its circle; nobody else changes it until the block ends."""
    found = await work.sessions.get(session)
    circle = await work.circles.hold(found.circle)
    require(Act.CHANGE_CIRCLE, await work.programs.roles_of(by.member), in_circle=by.member in circle.members)
    check_open(circle)
    return await work.sessions.get(session), circle


# Who comes, and who came


async def say(by: Request, session: SessionId, presence: Presence, deps: Deps) -> Standing:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.sessions.get(session)
        circle = await work.circles.get(found.circle)
        check_membership(circle, by.member)
        check_presence(found, presence, now)
        turn = await work.turns.planned(circle, await work.sessions.of_circle(circle.id), session)
        await work.sessions.mark(session, by.member, presence)
        if found.is_ahead and turn is not None:
            key = f"{presence.value}-{by.member}-{int(now.timestamp())}"
            await tell_of_seat(work, circle, found, before=turn.sits, key=key, now=now)
        await work.runs.look_again(session, now)
        told = await standing(work, session)
    if told.is_run:
        deps.store.wake()
    return told


async def standing(work: Work, session: SessionId) -> Standing:
    found = await work.sessions.get(session)
    facts = await agenda_facts(work, found, await work.circles.get(found.circle))
    return Standing(
        facts,
        agenda=await work.messages.where_is("sessions.agenda", str(session)),
        call=await work.messages.where_is("sessions.call", str(session)),
        thread=await thread_of(work, found),
        wrapup=await work.messages.where_is("sessions.wrapup", str(session)),
        is_run=await work.runs.find(session) is not None,
    )


# How it went


@dataclass(frozen=True)
class Notes:
    """What a member keeps of a session."""

    outcome: SessionState
    there: Collection[MemberId]
    decisions: str
    parked: str


async def answer(by: Request, session: SessionId, outcome: SessionState, deps: Deps) -> Standing:
    """One tap: held, partly or not. Who was there follows from the taps, and from who said they would come."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, circle = await _to_settle(work, by, session, now)
        if outcome is not SessionState.NOT_HELD:
            present = {*found.marked(Presence.PRESENT), *found.marked(Presence.COMING)}
            if by.member in circle.members:
                present.add(by.member)
            for member in sorted(present):
                await work.sessions.mark(session, member, Presence.PRESENT)
        await _settle(work, settled(found, outcome), circle, by=by, now=now)
        return await standing(work, session)


async def keep_notes(by: Request, seen: Seen, notes: Notes, deps: Deps) -> Standing:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, circle = await _to_settle(work, by, seen.session, now)
        if found.version != seen.version:
            raise Stale
        for member in circle.members:
            if member in notes.there:
                await work.sessions.mark(found.id, member, Presence.PRESENT)
            elif found.presence.get(member) is not Presence.AWAY:
                await work.sessions.mark(found.id, member, Presence.MISSED)
        noted = replace(found, decisions=notes.decisions, parked=notes.parked)
        await _settle(work, settled(noted, notes.outcome), circle, by=by, now=now)
        return await standing(work, found.id)


async def to_note(by: Request, session: SessionId, deps: Deps) -> Standing:
    """A session whose notes this person may write."""
    async with deps.store.open_view(by.team) as work:
        await _to_settle(work, by, session, deps.now())
        return await standing(work, session)


async def _to_settle(work: Work, by: Request, session: SessionId, now: datetime) -> tuple[Session, Circle]:
    found = await work.sessions.get(session)
    circle = await work.circles.hold(found.circle)
    require(Act.CHANGE_CIRCLE, await work.programs.roles_of(by.member), in_circle=by.member in circle.members)
    found = await work.sessions.get(session)
    check_outcome(found, now)
    return found, circle


async def _settle(work: Work, session: Session, circle: Circle, *, by: Request, now: datetime) -> None:
    await work.sessions.save(session)
    details = {"outcome": session.state.value}
    await work.audit.add(Entry(now, by.member, "session.outcome", f"session:{session.id}", details))
    if session.counts:
        await remind_of_commitments(work, session, circle, now)
        await ask_presenters(work, session, now)


async def remind_of_commitments(work: Work, session: Session, circle: Circle, now: datetime) -> None:
    """One letter a member; those who made theirs by then never see it."""
    for member in (await work.members.named(circle.members)).values():
        due = max(now, session.ends)
        last = when.working_days_after(when.local(due, member.tz).date(), REMIND_FOR)
        expires = when.to_utc(last, when.EVENING, member.tz)
        await work.outbox.add("sessions.commit", session.id, to=member.id, due=due, expires=expires, key=member.id)
