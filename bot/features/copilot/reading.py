"""What the co-pilot reads: a session under way, with the people in it and the question it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.ids import MemberId, SessionId
from bot.domain.runs import Run
from bot.domain.sessions import Presence, Session
from bot.domain.trios import Group
from bot.domain.written import Kind, Reply
from bot.store.messages import Place
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Scene:
    """A session under way, as its thread shows it."""

    run: Run
    session: Session
    circle: Circle
    sits: Sequence[MemberId] = ()
    roles: Mapping[Duty, MemberId] = field(default_factory=dict)
    following: Session | None = None
    """The session after this one."""
    threes: Sequence[Group] = ()
    """Who thinks with whom, where it is in threes."""
    question: str = ""
    """Of whoever sits, where they sent it to the circle."""
    replies: Sequence[Reply] = ()
    """What was written, where it is in writing."""

    @property
    def here(self) -> tuple[MemberId, ...]:
        return self.session.marked(Presence.PRESENT)

    @property
    def playback(self) -> Reply | None:
        """What the seat said last of what stays."""
        return next((one for one in reversed(self.replies) if one.kind is Kind.PLAYBACK), None)

    @property
    def holders(self) -> dict[Duty, MemberId]:
        """The three roles as they are now: facilitation may have been handed over."""
        guide = {Duty.FACILITATOR: self.run.facilitator} if self.run.facilitator else {}
        return {**self.roles, **guide}

    def holding(self, duty: Duty) -> MemberId | None:
        """Who is spoken to in that duty in this stage; the seat is that of the stage's own question."""
        if duty is not Duty.SEAT:
            return self.holders.get(duty)
        seat = self.run.leg.seat or 0
        return self.sits[seat] if seat < len(self.sits) else None


async def scene_of(work: Work, run: Run, now: datetime) -> Scene:
    session = await work.sessions.get(run.session)
    circle = await work.circles.get(run.circle)
    sits, roles = await work.turns.recorded(run.session)
    ahead = await work.sessions.ahead([circle.id], now)
    following = next((one for one in ahead if one.is_ahead and one.starts > session.starts), None)
    briefs = (await work.briefs.sent_for([run.session]))[run.session]
    return Scene(
        run,
        session,
        circle,
        sits,
        roles,
        following,
        threes=(await work.trios.of([run.session])).get(run.session, ()),
        question=next((brief.boxes.question for brief in briefs if brief.presenter in sits), ""),
        replies=await work.written.of(run.session) if run.is_written else (),
    )


async def thread_of(work: Work, session: SessionId) -> Place | None:
    return await work.messages.where_is("sessions.thread", str(session))
