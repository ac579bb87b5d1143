"""What the bot says unasked about relationships, and whether it is still wanted by then."""

from datetime import datetime

from bot.domain import when
from bot.domain.ids import MemberId, RelationshipId
from bot.domain.people import Member
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.relationships import blocks
from bot.features.relationships.reading import Shown
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


def not_yet(reader: Member | None, now: datetime) -> Moot | Wait | None:
    """Whether somebody may be written to unasked right now; None means yes."""
    if reader is None or reader.left:
        return Moot("they are not here any more")
    if reader.paused_until is not None and now < reader.paused_until:
        return Wait(when.first_good_moment(reader.paused_until, reader.tz))
    good = when.first_good_moment(now, reader.tz)
    return Wait(good) if good > now else None


async def ended(work: Work, letter: Letter, now: datetime) -> Outcome:
    reader = MemberId(letter.to)
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or found.is_open:
        return Moot("it was opened again")
    return not_yet(await work.members.get(reader), now) or Send(blocks.ended_for_other(Shown(found, reader, now)))


async def thanks(work: Work, letter: Letter, now: datetime) -> Outcome:
    reader = MemberId(letter.to)
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or not letter.payload:
        return Moot("there is nothing to thank for")
    text = str(letter.payload["text"])
    return not_yet(await work.members.get(reader), now) or Send(blocks.thanks(Shown(found, reader, now), text))


LETTERS = (
    LetterKind("relationships.ended", ended),
    LetterKind("relationships.thanks", thanks),
)
