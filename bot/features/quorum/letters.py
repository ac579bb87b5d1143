"""The question to the circle, and that it goes ahead; moves and the like are told by sessions themselves."""

from datetime import datetime

from bot.domain.ids import BallotId
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.quorum import blocks
from bot.features.quorum.reading import asked_of
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def ask(work: Work, letter: Letter, now: datetime) -> Outcome:
    asked = await asked_of(work, await work.ballots.get(BallotId(letter.number)))
    if not asked.ballot.is_open or not asked.circle.is_open:
        return Moot("it is decided already")
    return Send(blocks.question(asked))


async def goes(work: Work, letter: Letter, now: datetime) -> Outcome:
    asked = await asked_of(work, await work.ballots.get(BallotId(letter.number)))
    if not asked.session.is_ahead or not asked.circle.is_open:
        return Moot("the session was changed again")
    return Send(blocks.goes(asked))


LETTERS = (LetterKind("quorum.ask", ask, Manner.ROOM), LetterKind("quorum.goes", goes, Manner.ROOM))
