"""What the bot does for sessions unasked: plans ahead, posts the agenda, opens the thread, asks how it went.

One question finds what is due: each session knows when it wants to be looked at next. The step and its letter are
written together, so a session is never stepped past without its letter.
"""

from datetime import datetime, timedelta

from bot import planning
from bot.aftercare import ask_presenters
from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.sessions import Session, Step, next_step, taken
from bot.feature import Nudge, standing
from bot.features.sessions.flows import remind_of_commitments
from bot.features.sessions.reading import thread_of
from bot.opening import open_session
from bot.store.base import Asked, Earliest
from bot.store.unit_of_work import Work

ASK_AGAIN = timedelta(hours=1)


def next_gap(work: Work, asked: Asked) -> Earliest:
    return work.sessions.earliest_gap(asked.moment())


@standing
def next_step_due(work: Work) -> Earliest:
    return work.sessions.earliest_step()


async def plan_ahead(work: Work, now: datetime) -> None:
    """Six sessions ahead, always."""
    short = await work.sessions.short_of_plans(now)
    for circle in (await work.circles.named(short)).values():
        await planning.plan_ahead(work, circle, now)


async def take_steps(work: Work, now: datetime) -> None:
    due = await work.sessions.due(now)
    circles = await work.circles.named({session.circle for session in due})
    for session in due:
        circle = circles.get(session.circle)
        step = next_step(session, now)
        if circle is None or not circle.is_open or step is None:
            await work.sessions.look_again(session.id, None)
            continue
        if circle.is_alone and step in (Step.AGENDA, Step.OPEN):
            await work.sessions.look_again(session.id, _while_alone(session, now))
            continue
        await _take(work, session, step, circle=circle, now=now)


def _while_alone(session: Session, now: datetime) -> datetime | None:
    """With fewer than two there is no meeting; who joins before its time finds it still there."""
    again = when.next_beat(now, ASK_AGAIN)
    return again if again < session.ends else None


async def _take(work: Work, session: Session, step: Step, *, circle: Circle, now: datetime) -> None:
    if step is Step.OPEN:
        await open_session(work, session, circle, now)
        return
    after = taken(session, step, now)
    match step:
        case Step.AGENDA:
            await _promise(work, "sessions.agenda", session, circle=circle, now=now)
        case Step.WRAP_UP:
            await _remember_thread(work, session)
            await _promise(work, "sessions.wrapup", session, circle=circle, now=now)
        case Step.SETTLE if after.counts:
            await remind_of_commitments(work, after, circle, now)
            await ask_presenters(work, after, now)
    if after.state is session.state:
        await work.sessions.look_again(session.id, after.look_at)
    else:
        await work.sessions.save(after)


async def _promise(work: Work, kind: str, session: Session, *, circle: Circle, now: datetime) -> None:
    """A letter to the circle's channel, unless its time is over already."""
    expires = session.starts if kind == "sessions.agenda" else None
    if circle.channel is None or (expires is not None and expires <= now):
        return
    # A session that is moved after its agenda was posted gets another one before its new time.
    key = session.starts.isoformat(timespec="minutes") if kind == "sessions.agenda" else ""
    await work.outbox.add(kind, session.id, to=circle.channel, due=now, expires=expires, key=key)


async def _remember_thread(work: Work, session: Session) -> None:
    place = await thread_of(work, session)
    if place is not None and session.thread is None:
        await work.sessions.remember_thread(session.id, place)


NUDGES = (
    Nudge("sessions.plan", plan_ahead, due=next_gap),
    Nudge("sessions.steps", take_steps, due=next_step_due),
)
