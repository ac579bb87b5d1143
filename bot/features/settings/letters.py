"""What is said to somebody whose break is over, as things stand on that morning."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.feature import Moot, Outcome, Send
from bot.features.settings import blocks
from bot.features.settings.blocks import Standing
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def back(work: Work, letter: Letter, now: datetime) -> Outcome:
    member = MemberId(letter.to)
    known = await work.members.get(member)
    if known is None or known.is_paused(now):
        return Moot("they are on another break")
    circles = await work.circles.of(member)
    coming = await work.sessions.ahead([circle.id for circle in circles], now)
    first = {
        circle.id: next((one for one in coming if one.circle == circle.id and one.is_ahead), None)
        for circle in circles
    }
    note = str((letter.payload or {}).get("note", ""))
    return Send(blocks.back([Standing(circle, first[circle.id]) for circle in circles], note))
