"""Letters of the rhythm: the agenda asked for and sent, an answer in writing, and the quiet ladder."""

from datetime import datetime

from bot.domain.audience import may_see
from bot.domain.ids import MeetingId, MemberId, RelationshipId
from bot.domain.manners import Manner, Topic
from bot.domain.meetings import Meeting
from bot.domain.relationships import Relationship
from bot.domain.when import local
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.relationships import agenda_blocks, preparing, promise_blocks, quiet_blocks
from bot.features.relationships.letters import agreed_hours
from bot.features.relationships.promising import due_now
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def agenda(work: Work, letter: Letter, now: datetime) -> Outcome:
    meeting, found = await _about(work, letter)
    if meeting is None or found is None or not meeting.is_planned or meeting.at <= now:
        return Moot("the meeting is not ahead any more")
    if not meeting.agenda.is_empty:
        return Moot("it is written already")
    one = await preparing.preparing_of(work, found, meeting, found.mentee)
    return await agreed_hours(work, letter, one.terms, now) or Send(agenda_blocks.asked(one))


async def brought(work: Work, letter: Letter, now: datetime) -> Outcome:
    meeting, found = await _about(work, letter)
    if meeting is None or found is None or not meeting.is_planned or meeting.sent is None:
        return Moot("the meeting is not ahead any more")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    wait = await agreed_hours(work, letter, terms, now)
    held = await work.meetings.held_of(found.id)
    every = await work.pair_commitments.open_or_of(found.id, [held[-1].id] if held else [])
    shared = [one for one in every if one.owner != reader and may_see(one, reader, found.members)]
    return wait or Send(agenda_blocks.brought(found, meeting, reader == found.mentor, shared))


async def promised(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Of what the owner has under way after that meeting; the key ends with the morning it was promised for."""
    owner = MemberId(letter.to)
    _meeting, found = await _about(work, letter)
    reader = await work.members.get(owner)
    if found is None or reader is None:
        return Moot("there is no such meeting")
    today = local(now, reader.tz).date()
    under_way = due_now(await work.pair_commitments.of_owner(owner, MeetingId(letter.number)), today)
    if not under_way or not found.is_open:
        return Moot("settled, or its day is over")
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    return await agreed_hours(work, letter, terms, now) or Send(
        promise_blocks.reminder(under_way, found.other(owner))
    )


async def written(work: Work, letter: Letter, now: datetime) -> Outcome:
    _meeting, found = await _about(work, letter)
    if found is None or not letter.payload:
        return Moot("there is nothing to send")
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    wait = await agreed_hours(work, letter, terms, now)
    return wait or Send(agenda_blocks.written(found, str(letter.payload["text"])))


async def quiet(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The key ends with the step: where somebody did something since, it is moot."""
    found = await work.relationships.find(RelationshipId(letter.number))
    step = letter.key.rpartition(":")[2]
    if found is None or not found.is_open or str(found.asked) != step:
        return Moot("there was a sign of life")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    return await agreed_hours(work, letter, terms, now) or Send(quiet_blocks.quiet(found, reader))


async def asleep(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or found.is_open:
        return Moot("it was opened again")
    reader = MemberId(letter.to)
    terms = (await work.agreements.terms_of([found.id])).get(found.id)
    return await agreed_hours(work, letter, terms, now) or Send(quiet_blocks.asleep(found, reader))


async def _about(work: Work, letter: Letter) -> tuple[Meeting | None, Relationship | None]:
    meeting = await work.meetings.find(MeetingId(letter.number))
    found = await work.relationships.find(meeting.relationship) if meeting else None
    return meeting, found


LETTERS = (
    LetterKind("relationships.agenda", agenda, Manner.NUDGE),
    LetterKind("relationships.brought", brought, Manner.REPLY),
    LetterKind("relationships.promised", promised, Manner.NUDGE, Topic.COMMITMENTS),
    LetterKind("relationships.written", written, Manner.REPLY),
    LetterKind("relationships.quiet", quiet, Manner.NUDGE, Topic.PEOPLE),
    LetterKind("relationships.asleep", asleep, Manner.NUDGE, Topic.PEOPLE),
)
