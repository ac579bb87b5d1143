"""The circle hears that its sessions go by another protocol, as it is when it is told."""

from datetime import datetime

from bot.domain.ids import CircleId, SessionId
from bot.domain.sessions import protocol_of
from bot.feature import Moot, Outcome, Send
from bot.features.protocols import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def changed(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await work.circles.get(CircleId(letter.number))
    said = letter.payload or {}
    number = said.get("session")
    session = await work.sessions.find(SessionId(number)) if number else None
    if not circle.is_open or (number and (session is None or not session.is_ahead)):
        return Moot("the circle or its session is over")
    key = protocol_of(session, circle) if session else circle.protocol
    return Send(blocks.changed(circle, key, said["by"], session))
