"""The letters of recognition: thanks to whom they are for, and a statement to whom it was released."""

from datetime import datetime

from bot.domain import when
from bot.domain.ids import MemberId, ReleaseId, ThanksId
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.recognition import blocks, flows
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

TAKEN_BACK = Moot("it was taken back")


async def thanks(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.recognition.find(ThanksId(letter.number))
    if found is None:
        return TAKEN_BACK
    return await _not_now(work, letter, now) or Send(blocks.thanks(found))


async def statement(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.recognition.find_release(ReleaseId(letter.number))
    if found is None or found.taken_back:
        return TAKEN_BACK
    return await _not_now(work, letter, now) or Send(blocks.statement(found))


async def _not_now(work: Work, letter: Letter, now: datetime) -> Moot | Wait | None:
    reader = await work.members.get(MemberId(letter.to))
    if reader is None or reader.left:
        return Moot("they have left")
    if reader.paused_until is not None and now < reader.paused_until:
        return Wait(when.first_good_moment(reader.paused_until, reader.tz))
    good = when.first_good_moment(now, reader.tz)
    return Wait(good) if good > now else None


LETTERS = (LetterKind(flows.THANKS, thanks), LetterKind(flows.STATEMENT, statement))
