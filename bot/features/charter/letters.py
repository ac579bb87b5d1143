"""The charter in its channel, and the one reminder to sign it."""

from datetime import datetime

from bot.domain import when
from bot.domain.ids import CircleId, MemberId
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
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
    person = await work.members.get(member)
    if person is None or not person.is_reachable(now):
        return Moot("they are away or on a break")
    if when.is_quiet(now, person.tz):
        return Wait(when.first_good_moment(now, person.tz))
    return Send(blocks.reminder(about))


async def _about(work: Work, letter: Letter, number: int) -> Shown | None:
    circle = await work.circles.get(CircleId(letter.number))
    about = await shown(work, circle)
    return about if circle.is_open and about.charter.number == number else None


LETTERS = (LetterKind("charter.sign", sign), LetterKind("charter.remind", remind))
