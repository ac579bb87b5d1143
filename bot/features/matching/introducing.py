"""Introductions through somebody who knows both: who that is, asking them, and their yes.

A no is silent: it changes nothing that the asker could see, and they hear on the same day as without an answer.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from bot.domain import intros, when
from bot.domain.errors import Refused
from bot.domain.ids import IntroductionId, MemberId
from bot.domain.introductions import (
    MOST_OPEN,
    Introduction,
    IntroductionState,
    check_answering,
    know_both,
)
from bot.domain.intros import Intro, Lines
from bot.feature import Deps
from bot.features.matching import finding, flows
from bot.features.matching.flows import Asking
from bot.slack.requests import Request
from bot.store.unit_of_work import Work

NOT_ANY_MORE = "They can't introduce you to each other just now. You can ask for the coffee yourself."


async def who_knows_both(by: Request, other: MemberId, deps: Deps) -> list[MemberId]:
    async with deps.store.open_view(by.team) as work:
        return await _know_both(work, by.member, other, deps.now())


async def _know_both(work: Work, one: MemberId, other: MemberId, now: datetime) -> list[MemberId]:
    """Who sits in a circle with each of them, or is in a relationship with each; never somebody who is blocked."""
    apart = {member for pair in await work.blocks.around([one, other]) for member in pair}
    hers, his = [await _shares(work, member) for member in (one, other)]
    found = know_both(hers, his, but={one, other, *apart})
    known = await work.members.named(found)
    return [member for member in found if member in known and known[member].is_reachable(now)]


async def _shares(work: Work, member: MemberId) -> Counter[MemberId]:
    shared = Counter(mate for circle in await work.circles.of(member) for mate in circle.members if mate != member)
    shared.update(one.other(member) for one in await work.relationships.open_of([member]))
    return shared


async def check_may_ask(by: Request, asking: Asking, via: MemberId, deps: Deps) -> None:
    async with deps.store.open_view(by.team) as work:
        await _check(work, asking, via, deps.now())


async def ask(by: Request, asking: Asking, via: MemberId, deps: Deps) -> Introduction:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await _check(work, asking, via, now)
        known = await work.members.get(via)
        zone = known.tz if known else "UTC"
        days = (await finding.rules_of(work)).answer_days
        made = Introduction(
            id=IntroductionId(0),
            asker=asking.asker,
            via=via,
            to=asking.asked,
            kind=asking.kind,
            asked_at=now,
            answer_by=intros.answer_by(now, zone, days),
            line=asking.lines.why,
        )
        number = await work.introductions.add(made)
        due = when.first_good_moment(now, zone)
        await work.outbox.add("matching.introduce", number, to=via, due=due, expires=made.answer_by)
        asker = await work.members.get(asking.asker)
        later = when.first_good_moment(made.answer_by, asker.tz if asker else "UTC")
        await work.outbox.add("matching.not_introduced", number, to=asking.asker, due=later)
        return replace(made, id=number)


async def _check(work: Work, asking: Asking, via: MemberId, now: datetime) -> None:
    if via not in await _know_both(work, asking.asker, asking.asked, now):
        raise Refused(NOT_ANY_MORE)
    await flows.check(work, asking, now)
    open_now = [one for one in await work.introductions.of_asker(asking.asker) if one.is_open(now)]
    if any(one.to == asking.asked for one in open_now):
        raise Refused("You have asked for an introduction to them already. Give it a few days.")
    if len(open_now) >= MOST_OPEN:
        raise Refused("You have asked for some introductions already. Wait for those, then ask again.")


async def make(by: Request, number: IntroductionId, deps: Deps) -> Intro:
    """The yes of the one who knows both: from here on it is a request like any other, with their name on it."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        introduction = await work.introductions.get(number)
        check_answering(introduction, by.member, now)
    lines = Lines(why=introduction.line, via=introduction.via)
    asking = Asking(introduction.asker, introduction.to, introduction.kind, lines)
    intro = await flows.ask(by.team, asking, deps)
    async with deps.store.open_work(by.team) as work:
        await work.introductions.save(replace(introduction, state=IntroductionState.MADE))
    return intro


async def refuse(by: Request, number: IntroductionId, deps: Deps) -> None:
    async with deps.store.open_work(by.team) as work:
        introduction = await work.introductions.get(number)
        check_answering(introduction, by.member, deps.now())
        await work.introductions.save(replace(introduction, state=IntroductionState.REFUSED))
