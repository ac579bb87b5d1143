"""That a circle has a calendar address of its own now."""

from datetime import datetime

from bot.domain.ids import CircleId, MemberId
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.calendar import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def shared(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await work.circles.get(CircleId(letter.number))
    if not circle.is_open or not await work.feeds.of_circles([circle.id]):
        return Moot("the circle has ended, or the address was turned off again")
    return Send(blocks.told(circle, MemberId((letter.payload or {})["by"])))


LETTERS = (LetterKind("calendar.shared", shared, Manner.ROOM),)
