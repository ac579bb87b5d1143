"""The letters of sponsorship, composed as things stand when they are sent."""

from datetime import date, datetime

from bot.domain.ids import MemberId, OutcomeId, RelationshipId
from bot.domain.manners import Manner, Topic
from bot.domain.people import Kind
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.sponsoring import blocks, flows
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

OVER = Moot("the sponsorship has ended, or there is nothing to say any more")


async def done(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.sponsoring.find(OutcomeId(letter.number))
    if found is None or not found.is_done:
        return OVER
    return Send(blocks.done_for_you(found))


async def news(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.relationships.find(RelationshipId(letter.number))
    if found is None or not found.is_open:
        return OVER
    told = str((letter.payload or {})["news"])
    return Send(blocks.news(found, told))


async def reminder(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.sponsoring.find(OutcomeId(letter.number))
    if found is None or not found.is_open or found.by is None or found.by.isoformat() not in letter.key:
        return OVER
    relationship = await work.relationships.find(found.relationship)
    if relationship is None or not relationship.is_open:
        return OVER
    return Send(blocks.reminder(found))


async def season(work: Work, letter: Letter, now: datetime) -> Outcome:
    sponsor = MemberId(letter.to)
    every = [one for one in await work.relationships.of(sponsor) if one.kind is Kind.SPONSOR and one.is_open]
    listed = [one for one in await work.sponsoring.of([each.id for each in every]) if one.is_open]
    mine = [one for one in listed if one.sponsor == sponsor]
    if not mine:
        return OVER
    begins = date.fromisoformat(letter.key.rpartition(":")[2])
    return Send(blocks.season(mine, begins))


LETTERS = (
    LetterKind(flows.DONE, done, Manner.NUDGE, Topic.PEOPLE),
    LetterKind(flows.NEWS, news, Manner.NUDGE, Topic.PEOPLE),
    LetterKind(flows.REMINDER, reminder, Manner.NUDGE, Topic.COMMITMENTS),
    LetterKind(flows.SEASON, season, Manner.NUDGE, Topic.PEOPLE),
)
