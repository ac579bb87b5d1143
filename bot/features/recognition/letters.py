"""The letters of recognition: thanks to whom they are for, and a statement to whom it was released."""

from datetime import datetime

from bot.domain.ids import ReleaseId, ThanksId
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.recognition import blocks, flows
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

TAKEN_BACK = Moot("it was taken back")


async def thanks(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.recognition.find(ThanksId(letter.number))
    if found is None:
        return TAKEN_BACK
    return Send(blocks.thanks(found))


async def statement(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.recognition.find_release(ReleaseId(letter.number))
    if found is None or found.taken_back:
        return TAKEN_BACK
    return Send(blocks.statement(found))


LETTERS = (
    LetterKind(flows.THANKS, thanks, Manner.NUDGE),
    LetterKind(flows.STATEMENT, statement, Manner.NUDGE),
)
