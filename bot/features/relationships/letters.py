"""What the bot says unasked about relationships, and whether it is still wanted by then."""

from datetime import datetime

from bot.domain.agreements import Terms, good_moment
from bot.domain.ids import AgreementId, MemberId, RelationshipId
from bot.domain.people import Member
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.relationships import blocks, paper_blocks
from bot.features.relationships.reading import Shown
from bot.slack.text import mention
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


def not_yet(reader: Member | None, now: datetime, terms: Terms | None = None) -> Moot | Wait | None:
    """Whether somebody may be written to unasked right now; None means yes. What the two agreed on is kept to."""
    if reader is None or reader.left:
        return Moot("they are not here any more")
    if reader.paused_until is not None and now < reader.paused_until:
        return Wait(good_moment(terms, reader.paused_until, reader.tz))
    good = good_moment(terms, now, reader.tz)
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


async def proposed(work: Work, letter: Letter, now: datetime) -> Outcome:
    agreement = await work.agreements.find(AgreementId(letter.number))
    found = await work.relationships.find(agreement.relationship) if agreement else None
    if agreement is None or found is None or not found.is_open:
        return Moot("it has ended")
    standing = await work.agreements.of(found.id)
    if standing.proposal is None or standing.proposal.id != agreement.id:
        return Moot("it is signed, or another was proposed since")
    before = standing.current.terms if standing.current else None
    wait = not_yet(await work.members.get(MemberId(letter.to)), now, before)
    return wait or Send(paper_blocks.to_sign(agreement, before))


async def revisit(work: Work, letter: Letter, now: datetime) -> Outcome:
    agreement = await work.agreements.find(AgreementId(letter.number))
    found = await work.relationships.find(agreement.relationship) if agreement else None
    if agreement is None or found is None or not found.is_open:
        return Moot("it has ended")
    standing = await work.agreements.of(found.id)
    if standing.newest is None or standing.newest.id != agreement.id:
        return Moot("it was changed since")
    reader = MemberId(letter.to)
    wait = not_yet(await work.members.get(reader), now, agreement.terms)
    return wait or Send(paper_blocks.revisit(agreement, mention(found.other(reader))))


LETTERS = (
    LetterKind("relationships.proposed", proposed),
    LetterKind("relationships.revisit", revisit),
    LetterKind("relationships.ended", ended),
    LetterKind("relationships.thanks", thanks),
)
