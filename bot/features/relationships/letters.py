"""What the bot says unasked about relationships, and whether it is still wanted by then."""

from datetime import datetime

from bot.domain.agreements import Terms, hold_until
from bot.domain.ids import AgreementId, MemberId, RelationshipId
from bot.domain.manners import Manner, Topic
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.relationships import blocks, paper_blocks
from bot.features.relationships.reading import Shown
from bot.slack.text import mention
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def agreed_hours(work: Work, letter: Letter, terms: Terms | None, now: datetime) -> Wait | None:
    """What the two agreed on about hours is kept to, besides the reader's own."""
    if terms is None:
        return None
    reader = await work.members.get(MemberId(letter.to))
    held = hold_until(terms, now, reader.tz if reader else "UTC")
    return Wait(held, "the hours they agreed on") if held is not None else None


async def ended(work: Work, letter: Letter, now: datetime) -> Outcome:
    reader = MemberId(letter.to)
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or found.is_open:
        return Moot("it was opened again")
    return Send(blocks.ended_for_other(Shown(found, reader, now)))


async def thanks(work: Work, letter: Letter, now: datetime) -> Outcome:
    reader = MemberId(letter.to)
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or not letter.payload:
        return Moot("there is nothing to thank for")
    text = str(letter.payload["text"])
    return Send(blocks.thanks(Shown(found, reader, now), text))


async def proposed(work: Work, letter: Letter, now: datetime) -> Outcome:
    agreement = await work.agreements.find(AgreementId(letter.number))
    found = await work.relationships.find(agreement.relationship) if agreement else None
    if agreement is None or found is None or not found.is_open:
        return Moot("it has ended")
    standing = await work.agreements.of(found.id)
    if standing.proposal is None or standing.proposal.id != agreement.id:
        return Moot("it is signed, or another was proposed since")
    before = standing.current.terms if standing.current else None
    wait = await agreed_hours(work, letter, before, now)
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
    wait = await agreed_hours(work, letter, agreement.terms, now)
    return wait or Send(paper_blocks.revisit(agreement, mention(found.other(reader))))


LETTERS = (
    LetterKind("relationships.proposed", proposed, Manner.NUDGE),
    LetterKind("relationships.revisit", revisit, Manner.NUDGE, Topic.PEOPLE),
    LetterKind("relationships.ended", ended, Manner.NUDGE),
    LetterKind("relationships.thanks", thanks, Manner.NUDGE),
)
