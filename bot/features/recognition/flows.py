"""Read, decide, write, tell: thanks said and taken back, statements written, released and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import recognition
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import MemberId, ReleaseId, ThanksId
from bot.domain.recognition import WEEK, Contribution, Release, Statement, Thanks, Words
from bot.feature import Deps
from bot.slack.requests import Request
from bot.store.messages import Place
from bot.store.unit_of_work import Work

THANKS, STATEMENT = "recognition.thanks", "recognition.statement"
LIFE = timedelta(days=28)


@dataclass(frozen=True)
class Shelf:
    """The thanks a member has, and those they said within the last week."""

    received: Sequence[Thanks] = ()
    given: Sequence[Thanks] = ()


@dataclass(frozen=True)
class Own:
    """What a mentor sees of their own contribution."""

    known: Contribution
    statement: Statement
    releases: Sequence[Release] = ()


async def shelf(by: Request, deps: Deps) -> Shelf:
    async with deps.store.open_view(by.team) as work:
        received = await work.recognition.received_by(by.member)
        return Shelf(received[::-1], await work.recognition.given_by(by.member, deps.now() - WEEK))


async def say_thanks(by: Request, words: Words, deps: Deps) -> Thanks:
    """The same words to the same person twice, as by a second tap on Send, are said once."""
    now = deps.now()
    await _meet(by, words.receiver, deps)
    async with deps.store.open_work(by.team) as work:
        lately = await work.recognition.given_by(by.member, now - WEEK)
        for one in lately:
            if (one.receiver, one.text) == (words.receiver, words.text.strip()):
                return one
        tidy = recognition.check_thanks(words, by.member, lately)
        said = await work.recognition.say(Thanks(**vars(tidy), id=ThanksId(0), giver=by.member, at=now))
        await _send(work, THANKS, said.id, to=said.receiver, now=now)
        return said


async def unsay(by: Request, number: ThanksId, deps: Deps) -> Place | None:
    """Where the thanks stood, if they had arrived."""
    async with deps.store.open_work(by.team) as work:
        known = await work.recognition.get(number)
        recognition.check_giver(known, by.member)
        await work.recognition.unsay(number)
        return await work.messages.where_is(THANKS, str(number))


async def own(by: Request, deps: Deps) -> Own:
    async with deps.store.open_view(by.team) as work:
        return await _own(work, by.member)


async def _own(work: Work, member: MemberId) -> Own:
    known = recognition.contribution(
        member, await work.relationships.of(member), await work.recognition.received_by(member)
    )
    statement = await work.recognition.statement_of(member)
    return Own(known, statement, await work.recognition.releases_of(member))


async def write(by: Request, text: str, version: int, deps: Deps) -> Own:
    """`version` is the one the form was opened with."""
    async with deps.store.open_work(by.team) as work:
        known = replace(await work.recognition.statement_of(by.member), version=version)
        await work.recognition.write(recognition.written(known, text, deps.now()))
        return await _own(work, by.member)


async def release(by: Request, to: MemberId, deps: Deps) -> Release:
    """To the same person as it reads already, it is released once."""
    now = deps.now()
    await _meet(by, to, deps)
    async with deps.store.open_work(by.team) as work:
        new = recognition.released(await work.recognition.statement_of(by.member), to, now)
        for one in await work.recognition.releases_of(by.member):
            if (one.to, one.text, one.taken_back) == (new.to, new.text, False):
                return one
        stored = await work.recognition.release(new)
        await _send(work, STATEMENT, stored.id, to=to, now=now)
        return stored


async def take_back(by: Request, number: ReleaseId, deps: Deps) -> Place | None:
    """Where the statement stood, if it had arrived."""
    async with deps.store.open_work(by.team) as work:
        known = await work.recognition.get_release(number)
        gone = recognition.taken_back(known, by.member)
        if gone != known:
            await work.recognition.save_release(gone)
        return await work.messages.where_is(STATEMENT, str(number))


async def _meet(by: Request, member: MemberId, deps: Deps) -> None:
    if not member:
        raise RefusedFields({"to": "Pick somebody."})
    try:
        await deps.meet(by.team, member)
    except Refused as refused:
        raise RefusedFields({"to": refused.sentence}) from refused


async def _send(work: Work, kind: str, subject: int, *, to: MemberId, now: datetime) -> None:
    await work.outbox.add(kind, subject, to=to, due=now, expires=now + LIFE)
