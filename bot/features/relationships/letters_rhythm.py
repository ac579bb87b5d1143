"""Letters of the rhythm: the agenda asked for and sent, an answer in writing, and the quiet ladder."""

from datetime import datetime

from bot.domain.ids import MeetingId, MemberId, RelationshipId
from bot.domain.meetings import Meeting
from bot.domain.relationships import Relationship
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.relationships import agenda_blocks, preparing, quiet_blocks
from bot.features.relationships.letters import not_yet
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def agenda(work: Work, letter: Letter, now: datetime) -> Outcome:
    meeting, found = await _about(work, letter)
    if meeting is None or found is None or not meeting.is_planned or meeting.at <= now:
        return Moot("the meeting is not ahead any more")
    if not meeting.agenda.is_empty:
        return Moot("it is written already")
    one = await preparing.preparing_of(work, found, meeting, found.mentee)
    return not_yet(await work.members.get(found.mentee), now, one.terms) or Send(agenda_blocks.asked(one))


async def brought(work: Work, letter: Letter, now: datetime) -> Outcome:
    meeting, found = await _about(work, letter)
    if meeting is None or found is None or not meeting.is_planned or meeting.sent is None:
        return Moot("the meeting is not ahead any more")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    wait = not_yet(await work.members.get(reader), now, terms)
    return wait or Send(agenda_blocks.brought(found, meeting, reader == found.mentor))


async def written(work: Work, letter: Letter, now: datetime) -> Outcome:
    _meeting, found = await _about(work, letter)
    if found is None or not letter.payload:
        return Moot("there is nothing to send")
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    wait = not_yet(await work.members.get(MemberId(letter.to)), now, terms)
    return wait or Send(agenda_blocks.written(found, str(letter.payload["text"])))


async def quiet(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The key ends with the step: where somebody did something since, it is moot."""
    found = await work.relationships.find(RelationshipId(letter.number))
    step = letter.key.rpartition(":")[2]
    if found is None or not found.is_open or str(found.asked) != step:
        return Moot("there was a sign of life")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    return not_yet(await work.members.get(reader), now, terms) or Send(quiet_blocks.quiet(found, reader))


async def asleep(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or found.is_open:
        return Moot("it was opened again")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    return not_yet(await work.members.get(reader), now, terms) or Send(quiet_blocks.asleep(found, reader))


async def _about(work: Work, letter: Letter) -> tuple[Meeting | None, Relationship | None]:
    meeting = await work.meetings.find(MeetingId(letter.number))
    found = await work.relationships.find(meeting.relationship) if meeting else None
    return meeting, found


LETTERS = (
    LetterKind("relationships.agenda", agenda),
    LetterKind("relationships.brought", brought),
    LetterKind("relationships.written", written),
    LetterKind("relationships.quiet", quiet),
    LetterKind("relationships.asleep", asleep),
)
