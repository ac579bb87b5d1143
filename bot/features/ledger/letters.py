"""The notes that somebody chose to show."""

from datetime import datetime

from bot.domain.agreements import hold_until
from bot.domain.ids import MemberId, RelationshipId
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.ledger import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def shared(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or not found.is_open or not letter.payload:
        return Moot("the relationship has ended")
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    reader = await work.members.get(MemberId(letter.to))
    held = hold_until(terms, now, reader.tz if reader else "UTC")
    if held is not None:
        return Wait(held, "the hours they agreed on")
    return Send(blocks.shown_to(MemberId(letter.payload["by"]), letter.payload["notes"]))


LETTERS = (LetterKind("ledger.shared", shared, Manner.REPLY),)
