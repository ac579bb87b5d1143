"""Read, decide, write: what the one who asked brings to a meeting, sent by their tap; and what a full week makes of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import meetings, relationships, words
from bot.domain.agreements import Terms, good_moment, touched
from bot.domain.errors import NotYours, Stale
from bot.domain.guides import AGENDAS
from bot.domain.ids import MeetingId, MemberId, RelationshipId
from bot.domain.meetings import Agenda, Meeting, MeetingState
from bot.domain.relationships import Relationship, check_open
from bot.domain.templates import lines
from bot.feature import Deps
from bot.features.relationships import reading
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Preparing:
    """A planned meeting with what is brought to it, for the one who brings it."""

    relationship: Relationship
    me: MemberId
    meeting: Meeting
    prompts: tuple[str, ...] = ()
    """The program's own, with blanks."""
    terms: Terms | None = None

    @property
    def off_limits(self) -> str:
        """A topic that the two left out and that it touches; "" for none."""
        agenda = self.meeting.agenda
        every = (touched(self.terms, text) for text in (*agenda.questions, agenda.progress, agenda.news))
        return next((topic for topic in every if topic), "")


async def prepare(by: Request, number: RelationshipId, deps: Deps) -> Preparing:
    async with deps.store.open_view(by.team) as work:
        return await _preparing(work, number, by.member)


async def _preparing(work: Work, number: RelationshipId, member: MemberId) -> Preparing:
    found, meeting = await _planned(work, number, member)
    if not found.owns_agenda(member):
        raise NotYours("The one who asked brings the questions. You get them when they send them.")
    return await preparing_of(work, found, meeting, member)


async def preparing_of(work: Work, relationship: Relationship, meeting: Meeting, member: MemberId) -> Preparing:
    prompts = lines(await work.templates.text(AGENDAS[relationship.kind]))
    terms = (await work.agreements.terms_of([relationship.id])).get(relationship.id)
    return Preparing(relationship, member, meeting, tuple(prompts), terms)


async def _planned(work: Work, number: RelationshipId, member: MemberId) -> tuple[Relationship, Meeting]:
    found = await reading.own(work, number, member)
    check_open(found, member)
    return found, meetings.check_planned((await work.meetings.next_of([number])).get(number))


async def keep(
    by: Request, number: RelationshipId, agenda: Agenda, *, of: tuple[MeetingId, int], deps: Deps
) -> Preparing:
    """A draft, for nobody else's eyes. `of` is the meeting with its version when the form was opened."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        one = await _preparing(work, number, by.member)
        if (one.meeting.id, one.meeting.version) != of:
            raise Stale(
                "The meeting was changed a moment ago. Open its agenda again; your words are still in this form."
            )
        await work.meetings.save(replace(one.meeting, agenda=meetings.check_bringing(agenda)))
        await work.relationships.save(relationships.sign_of_life(one.relationship, now))
        return await _preparing(work, number, by.member)


async def send(by: Request, number: RelationshipId, *, all_the_same: bool, deps: Deps) -> tuple[Preparing, bool]:
    """And whether it went: not where it touches what the two left out, unless they want that all the same."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        one = await _preparing(work, number, by.member)
        sent = meetings.send(one.meeting, now)
        if one.off_limits and not all_the_same:
            return one, False
        await work.meetings.save(sent)
        await work.relationships.save(relationships.sign_of_life(one.relationship, now))
        other = one.relationship.other(by.member)
        await _tell(work, "relationships.brought", one, to=other, now=now, key=f"{sent.version}")
        return await _preparing(work, number, by.member), True


async def shorten(by: Request, number: RelationshipId, minutes: int, deps: Deps) -> tuple[Relationship, Meeting]:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found, meeting = await _planned(work, number, by.member)
        shorter = meetings.shorten(meeting, minutes)
        await work.meetings.save(shorter)
        await work.relationships.save(relationships.sign_of_life(found, now))
        return found, shorter


async def to_write(by: Request, number: RelationshipId, deps: Deps) -> Preparing:
    """For the answer in writing of the one who was asked."""
    async with deps.store.open_view(by.team) as work:
        found, meeting = await _planned(work, number, by.member)
        _check_answering(found, by.member)
        return await preparing_of(work, found, meeting, by.member)


async def write(by: Request, number: RelationshipId, text: str, deps: Deps) -> Preparing:
    """The meeting is held by it, in writing."""
    now = deps.now()
    tidy = words.needed(words.clean_text(text, meetings.LIMITS["written"], "Your answer"), "Your answer")
    async with deps.store.open_work(by.team) as work:
        found, meeting = await _planned(work, number, by.member)
        _check_answering(found, by.member)
        held = replace(meeting, state=MeetingState.HELD, minutes=0, ask_at=None)
        await work.meetings.save(held)
        await work.relationships.save(relationships.met(found, now))
        one = await preparing_of(work, found, held, by.member)
        await _tell(work, "relationships.written", one, to=found.other(by.member), now=now, text=tidy)
        return one


def _check_answering(relationship: Relationship, member: MemberId) -> None:
    if member == relationship.mentee:
        raise NotYours("The other one answers in writing. You can send them your questions.")


async def _tell(
    work: Work, kind: str, one: Preparing, *, to: MemberId, now: datetime, key: str = "", text: str = ""
) -> None:
    reader = await work.members.get(to)
    due = good_moment(one.terms, now, reader.tz if reader else "UTC")
    payload = {"text": text} if text else None
    await work.outbox.add(kind, one.meeting.id, to=to, due=due, key=key, payload=payload)
