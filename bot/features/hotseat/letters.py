"""The hot seat's letters, composed as things stand when they are sent."""

from datetime import datetime, timedelta

from bot.domain.errors import Gone
from bot.domain.hotseat import turn_in
from bot.domain.ids import MemberId, SessionId
from bot.domain.sessions import Session
from bot.feature import Moot, Outcome, Send, Wait
from bot.features.hotseat import blocks
from bot.features.hotseat.flows import SwapOutcome
from bot.features.hotseat.nudges import LATEST, LOOK_AHEAD
from bot.features.hotseat.reading import order_of
from bot.store.briefs import SwapState
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

A_LOOK = timedelta(hours=1)
"""Time for that look."""


async def brief_asked(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To whoever has the seat, unless it went elsewhere, or the circle has the brief already."""
    presenter = MemberId(letter.to)
    session = await _ahead(work, letter, now)
    if session is None:
        return Moot("the session is not ahead any more")
    if later := _moved(letter, session, now):
        return later
    order = await order_of(work, session.circle)
    if presenter not in order.sitting(session.id):
        return Moot("the seat is somebody else's")
    draft = await work.briefs.find(session.id, presenter)
    if draft is not None and draft.is_sent:
        return Moot("the circle has the brief")
    return Send(blocks.brief_asked(order.circle, session, has_draft=draft is not None))


async def brief_shared(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The key ends with the presenter: two of them may share one session."""
    presenter = MemberId(letter.key.rpartition(":")[2])
    session = await work.sessions.find(SessionId(letter.number))
    brief = await work.briefs.find(SessionId(letter.number), presenter)
    if session is None or brief is None:
        return Moot("there is no such brief any more")
    # In a session that has begun, in writing that is, it belongs into the thread.
    thread = None if session.is_ahead else await work.messages.where_is("sessions.thread", str(session.id))
    message = blocks.brief_shared(presenter, session, brief.boxes)
    return Send(message, thread=thread.ts if thread else None)


async def swap_asked(work: Work, letter: Letter, now: datetime) -> Outcome:
    try:
        request = await work.briefs.swap_request(letter.number)
        session = await work.sessions.get(request.session)
    except Gone:
        return Moot("the request or its session is gone")
    order = await order_of(work, request.circle)
    if request.state is not SwapState.ASKED or session.starts <= now:
        return Moot("it was settled already")
    if request.asker not in order.sitting(session.id):
        return Moot("the seat is somebody else's")
    return Send(blocks.swap_asked(request.asker, session, order.next_for(request.asked, now), request.id))


async def swap_answered(work: Work, letter: Letter, now: datetime) -> Outcome:
    try:
        request = await work.briefs.swap_request(letter.number)
        session = await work.sessions.get(request.session)
    except Gone:
        return Moot("the request or its session is gone")
    return Send(blocks.swap_answered(SwapOutcome(request, request.state, session)))


async def order_changed(work: Work, letter: Letter, now: datetime) -> Outcome:
    session = await _ahead(work, letter, now)
    if session is None:
        return Moot("the session is not ahead any more")
    order = await order_of(work, session.circle)
    return Send(blocks.order_changed(session, order.sitting(session.id)))


async def reserve_asked(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To the next in line, unless somebody is ready by then."""
    session = await _ahead(work, letter, now)
    if session is None:
        return Moot("the session is not ahead any more")
    if later := _moved(letter, session, now):
        return later
    order = await order_of(work, session.circle)
    turn = turn_in(session.id, order.turns)
    if turn is None or turn.is_ready or turn.reserve != letter.to:
        return Moot("somebody else stands in")
    return Send(blocks.reserve_asked(order.circle, session, turn.sits))


async def yours(work: Work, letter: Letter, now: datetime) -> Outcome:
    session = await _ahead(work, letter, now)
    if session is None:
        return Moot("the session is not ahead any more")
    order = await order_of(work, session.circle)
    if letter.to not in order.sitting(session.id):
        return Moot("the seat is somebody else's")
    return Send(blocks.yours(order.circle, session))


async def put_off(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The key ends with who took the seat."""
    session, by = await _ahead(work, letter, now), MemberId(letter.key.rpartition(":")[2])
    if session is None:
        return Moot("the session is not ahead any more")
    order = await order_of(work, session.circle)
    turn = turn_in(session.id, order.turns)
    if turn is None or turn.jumped != by:
        return Moot("it can wait after all")
    return Send(blocks.put_off(session, by, order.next_for(MemberId(letter.to), now)))


def _moved(letter: Letter, session: Session, now: datetime) -> Wait | None:
    """Promised for a session that has been moved since: the next look at it puts the letter where it belongs."""
    if letter.expires in (None, session.starts) or session.starts - now <= LATEST:
        return None
    return Wait(max(now, session.starts - LOOK_AHEAD) + A_LOOK)


async def _ahead(work: Work, letter: Letter, now: datetime) -> Session | None:
    session = await work.sessions.find(SessionId(letter.number))
    return session if session is not None and session.is_ahead and session.starts > now else None
