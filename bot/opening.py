"""A session opens: by itself at its hour, or when somebody starts it a little before. Part of a work block.

Who sits and who has which role is written down in that moment and stays so; the thread is promised with it.
"""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.runs import start
from bot.domain.sessions import Session, SessionState, Step, protocol_of, taken
from bot.store.unit_of_work import Work


async def open_session(work: Work, session: Session, circle: Circle, now: datetime) -> None:
    if session.state is not SessionState.PLANNED:
        return
    every = await work.sessions.of_circle(circle.id)
    turn = await work.turns.planned(circle, every, session.id)
    if turn is not None:
        await work.turns.record(session.id, turn)
    if circle.channel is not None and now < session.ends:
        await work.outbox.add("sessions.thread", session.id, to=circle.channel, due=now, expires=session.ends)
    await work.sessions.save(taken(session, Step.OPEN, now))
    protocol = await work.templates.protocol(protocol_of(session, circle))
    if protocol.is_written:
        # Nobody needs to be together for it, so the hour itself starts it.
        await work.runs.add(start(session, protocol, now=now, by=None), now)
