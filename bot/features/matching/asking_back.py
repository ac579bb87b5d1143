"""Between the question and the answer: one thing asked back, and a kind line along with a no."""

from dataclasses import replace
from datetime import datetime

from bot.domain import intros, when
from bot.domain.errors import RefusedFields
from bot.domain.ids import IntroId, MemberId
from bot.domain.intros import Intro
from bot.feature import Deps
from bot.features.matching import finding
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


async def to_ask_back(by: Request, number: IntroId, deps: Deps) -> Intro:
    async with deps.store.open_view(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_asking_back(intro, by.member)
        return intro


async def ask_back(by: Request, number: IntroId, question: str, deps: Deps) -> Intro:
    """The request waits for the asker now: both get the full time to answer once more."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_asking_back(intro, by.member)
        asked = replace(intro, lines=replace(intro.lines, question=question))
        return await _pass_on(work, asked, "matching.question", to=intro.asker, now=now)


async def to_answer(by: Request, number: IntroId, deps: Deps) -> Intro:
    async with deps.store.open_view(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_telling_more(intro, by.member)
        return intro


async def answer(by: Request, number: IntroId, words: str, deps: Deps) -> Intro:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_telling_more(intro, by.member)
        told = replace(intro, lines=replace(intro.lines, answer=words))
        return await _pass_on(work, told, "matching.answer", to=intro.asked, now=now)


async def _pass_on(work: Work, intro: Intro, kind: str, *, to: MemberId, now: datetime) -> Intro:
    reader = await work.members.get(to)
    zone = reader.tz if reader else "UTC"
    days = (await finding.rules_of(work)).answer_days
    waits = replace(intro, answer_by=intros.answer_by(now, zone, days))
    await work.intros.save(waits)
    due = when.first_good_moment(now, zone)
    await work.outbox.add(kind, intro.id, to=to, due=due, expires=waits.answer_by)
    return waits


async def to_add_line(by: Request, number: IntroId, deps: Deps) -> Intro:
    async with deps.store.open_view(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_kind_line(intro, by.member)
        return intro


async def add_line(by: Request, number: IntroId, line: str, *, instead: str, deps: Deps) -> Intro:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_kind_line(intro, by.member)
        if instead in (intro.asker, intro.asked):
            raise RefusedFields({"instead": "Name somebody else than the two of you."})
        if not line and not instead:
            raise RefusedFields({"line": "Write a few words, or name somebody below."})
        kept = replace(intro, lines=replace(intro.lines, kind_line=line, instead=instead))
        await work.intros.save(kept)
        asker = await work.members.get(intro.asker)
        due = when.first_good_moment(now, asker.tz if asker else "UTC")
        await work.outbox.add("matching.kind_line", intro.id, to=intro.asker, due=due)
        return kept
