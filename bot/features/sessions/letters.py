"""The letters of sessions: whether each is still wanted at the moment of sending, and how it reads then."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.commitments import SLOTS
from bot.domain.ids import MemberId, SessionId
from bot.domain.manners import Manner, Topic
from bot.domain.sessions import Session, SessionState
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.sessions import said
from bot.features.sessions.reading import agenda_facts, thread_of
from bot.slack.blocks import Message
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

OVER = Moot("the session or its circle is over")


async def agenda(work: Work, letter: Letter, now: datetime) -> Outcome:
    session, circle = await _both(work, letter)
    if not circle.is_open or not session.is_ahead or session.starts <= now:
        return OVER
    if not letter.key.endswith(session.starts.isoformat(timespec="minutes")):
        return Moot("the session was moved; another agenda comes before its new time")
    return Send(said.agenda(await agenda_facts(work, session, circle)))


async def call(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Who has not said by the day before is asked once more, all in one message."""
    session, circle = await _both(work, letter)
    if not circle.is_open or not session.is_ahead or session.starts <= now:
        return OVER
    facts = await agenda_facts(work, session, circle)
    if not facts.silent or not letter.key.endswith(session.starts.isoformat(timespec="minutes")):
        return Moot("everybody has said, or the session was moved")
    return Send(said.call(facts))


async def thread(work: Work, letter: Letter, now: datetime) -> Outcome:
    session, circle = await _both(work, letter)
    if not circle.is_open or session.state is not SessionState.OPEN:
        return OVER
    return Send(said.thread(await agenda_facts(work, session, circle)))


async def wrapup(work: Work, letter: Letter, now: datetime) -> Outcome:
    session, circle = await _both(work, letter)
    if not circle.is_open or session.state is not SessionState.OPEN:
        return Moot("it was said already how the session went")
    run = await work.runs.find(session.id)
    if run is not None and run.is_live:
        return Wait(run.ends(now))
    place = await thread_of(work, session)
    return Send(said.wrapup(await agenda_facts(work, session, circle)), thread=place.ts if place else None)


async def moved(work: Work, letter: Letter, now: datetime) -> Outcome:
    session, circle = await _both(work, letter)
    payload = letter.payload or {}
    if not circle.is_open or not session.is_ahead or session.version != _version(letter) + 1:
        return Moot("the session was changed again")
    before = datetime.fromisoformat(payload["from"])
    return Send(said.moved(circle, session, before=before, by=payload["by"]))


async def skipped(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _changed(work, letter, state=SessionState.SKIPPED, read=said.skipped)


async def written(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _changed(work, letter, state=SessionState.PLANNED, read=said.written)


async def restored(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _changed(work, letter, state=SessionState.PLANNED, read=said.restored)


async def off(work: Work, letter: Letter, now: datetime) -> Outcome:
    session, circle = await _both(work, letter)
    if not circle.is_open or session.state is not SessionState.SKIPPED or session.starts <= now:
        return Moot("it takes place after all, or its week is over")
    coming = [one for one in await work.sessions.ahead([circle.id], now) if one.is_ahead]
    return Send(said.off(circle, session, coming[0] if coming else None))


async def commit(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To those who have fewer than two."""
    session, circle = await _both(work, letter)
    member = MemberId(letter.to)
    if not session.counts or not circle.is_open or member not in circle.members:
        return OVER
    made = [one for one in (await work.commitments.of_sessions([session.id]))[session.id] if one.owner == member]
    if len(made) >= len(SLOTS):
        return Moot("both are made")
    return Send(said.commit(circle, session, len(made)))


async def _changed(
    work: Work, letter: Letter, *, state: SessionState, read: Callable[[Circle, Session, MemberId], Message]
) -> Outcome:
    session, circle = await _both(work, letter)
    if not circle.is_open or session.state is not state or session.version != _version(letter) + 1:
        return Moot("the session was changed again")
    return Send(read(circle, session, (letter.payload or {})["by"]))


def _version(letter: Letter) -> int:
    """What the session's version was when the change was made; it ends the key."""
    return int(letter.key.rpartition(":")[2])


async def _both(work: Work, letter: Letter) -> tuple[Session, Circle]:
    session = await work.sessions.get(SessionId(letter.number))
    return session, await work.circles.get(session.circle)


LETTERS = (
    LetterKind("sessions.agenda", agenda, Manner.ROOM, deadline="the session begins"),
    LetterKind("sessions.thread", thread, Manner.ROOM, deadline="the session ends"),
    LetterKind("sessions.wrapup", wrapup, Manner.ROOM),
    LetterKind("sessions.moved", moved, Manner.ROOM),
    LetterKind("sessions.skipped", skipped, Manner.ROOM),
    LetterKind("sessions.restored", restored, Manner.ROOM),
    LetterKind("sessions.off", off, Manner.ROOM, deadline="its week is over"),
    LetterKind(
        "sessions.commit", commit, Manner.NUDGE, Topic.COMMITMENTS, deadline="some days have passed since the session"
    ),
    LetterKind("sessions.written", written, Manner.ROOM),
    LetterKind("sessions.call", call, Manner.ROOM, deadline="the session begins"),
)
