"""What is read of sessions: a circle's plan for a reader, and the facts an agenda is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.agenda import AgendaFacts, to_read_back
from bot.domain.circles import Circle, meant
from bot.domain.hotseat import Turn, look_ahead, turn_in
from bot.domain.ids import CircleId, MemberId
from bot.domain.programs import Act, may
from bot.domain.sessions import Session, SessionState, protocol_of
from bot.feature import Deps
from bot.slack.requests import Command, Request
from bot.store.messages import Place
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Plan:
    """A circle's coming sessions as one reader sees them."""

    circle: Circle
    sessions: Sequence[Session]
    turns: Sequence[Turn]
    may_change: bool
    now: datetime

    def sits(self, session: Session) -> tuple[MemberId, ...]:
        turn = turn_in(session.id, self.turns)
        return turn.sits if turn else ()


async def plan_for(by: Request, circle: CircleId, deps: Deps) -> Plan:
    async with deps.store.open_view(by.team) as work:
        return await plan_of(work, circle, by.member, deps.now())


async def plan_of(work: Work, circle: CircleId, reader: MemberId, now: datetime) -> Plan:
    found = await work.circles.get(circle)
    roles = await work.programs.roles_of(reader)
    ahead = await work.sessions.ahead([circle], now)
    may_change = found.is_open and may(Act.CHANGE_CIRCLE, roles, in_circle=reader in found.members)
    return Plan(found, ahead, await turns_of(work, found), may_change, now)


async def turns_of(work: Work, circle: Circle) -> Sequence[Turn]:
    every = await work.sessions.of_circle(circle.id)
    return look_ahead(await work.turns.ledger(circle, every))


async def circles_meant(by: Command, deps: Deps) -> list[Circle]:
    """The reader's circles whose name begins like this; where nothing is said that of the channel, or all of theirs."""
    async with deps.store.open_view(by.team) as work:
        return meant(await work.circles.of(by.member), by.words, by.channel)


async def agenda_facts(work: Work, session: Session, circle: Circle) -> AgendaFacts:
    before = await work.sessions.last_counted(circle.id, session.starts)
    people = await work.members.named(circle.members)
    briefs = (await work.briefs.sent_for([session.id]))[session.id]
    promises = to_read_back(await work.commitments.read_back(circle.id, session.starts), circle)
    return AgendaFacts(
        circle=circle,
        session=session,
        own_protocol=await work.templates.protocol(protocol_of(session, circle)),
        turn=await _turn(work, session, circle),
        questions={brief.presenter: brief.boxes.question for brief in briefs},
        promises=promises,
        is_first=before is None and not promises,
        parked=before.parked if before else "",
        paused=frozenset(person.id for person in people.values() if person.is_paused(session.starts)),
    )


async def _turn(work: Work, session: Session, circle: Circle) -> Turn | None:
    """As it is to be, or as it was written down when the session began."""
    if session.is_ahead:
        return turn_in(session.id, await turns_of(work, circle))
    sits, roles = await work.turns.recorded(session.id)
    return Turn(session.id, sits, roles, None) if sits or roles else None


async def thread_of(work: Work, session: Session) -> Place | None:
    """Where the session's thread stands, once it was posted."""
    if session.channel and session.thread:
        return Place(session.channel, session.thread)
    return await work.messages.where_is("sessions.thread", str(session.id))


def next_of(sessions: Sequence[Session], now: datetime) -> Session | None:
    """What somebody asks about who asks for the next session: one under way goes first."""
    live = [one for one in sessions if one.state is SessionState.OPEN and one.ends > now]
    return next(iter(live), None) or next((one for one in sessions if one.is_ahead and one.starts > now), None)
