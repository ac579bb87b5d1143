"""What becomes of a letter whose time has come, as the claim finds it: first manners, then how it reads."""

from datetime import datetime

from bot.domain import manners
from bot.feature import LetterKind, Moot, Outcome, Wait
from bot.jobs.manners import Courtesy
from bot.store.delivery import Head
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def outcome_of(work: Work, letter: Letter, now: datetime, kinds: dict[str, LetterKind]) -> Outcome:
    courtesy = Courtesy(work, kinds, now)
    await courtesy.learn([Head(letter, letter.to, 0)], {})
    match courtesy.verdict(letter):
        case manners.Wait(until, why):
            return Wait(until, why)
        case manners.Never(why):
            return Moot(why)
    return await kinds[letter.kind].compose(work, letter, now)
