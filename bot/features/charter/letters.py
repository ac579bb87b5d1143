"""The charter in its channel, and the one reminder to sign it."""

from datetime import datetime

from bot.domain.ids import CircleId, MemberId
from bot.domain.manners import Manner, Topic
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.charter import blocks
from bot.features.charter.reading import Shown, shown
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

OVER = Moot("the circle has ended, or the charter was changed again")


async def sign(work: Work, letter: Letter, now: datetime) -> Outcome:
    about = await _about(work, letter, int(letter.key.rpartition(":")[2]))
    return Send(blocks.to_sign(about)) if about else OVER


async def remind(work: Work, letter: Letter, now: datetime) -> Outcome:
    member = MemberId(letter.to)
    about = await _about(work, letter, int(letter.key.split(":")[-2]))
    if about is None:
        return OVER
    if member in about.charter.signed or member not in about.circle.members:
        return Moot("they have signed, or have left")
    return Send(blocks.reminder(about))


async def _about(work: Work, letter: Letter, number: int) -> Shown | None:
    circle = await work.circles.get(CircleId(letter.number))
    about = await shown(work, circle)
    return about if circle.is_open and about.charter.number == number else None


LETTERS = (
    LetterKind("charter.sign", sign, Manner.ROOM),
    LetterKind("charter.remind", remind, Manner.NUDGE, Topic.CIRCLES),
)
