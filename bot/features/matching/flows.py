"""Read, decide, write: asking for a coffee, answering, taking it back, and whom one does not want to be shown."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain import intros
from bot.domain.errors import Gone, Refused
from bot.domain.ids import IntroId, MemberId, TeamId
from bot.domain.intros import NO_LINES, Fit, Intro, IntroState, Lines
from bot.domain.people import Kind, Member, Profile
from bot.domain.relationships import born, close
from bot.feature import Deps
from bot.features.matching import finding
from bot.features.matching.finding import Candidate
from bot.slack.failures import Meaning, SlackFailure
from bot.store.messages import Place
from bot.store.unit_of_work import Work

NOT_THEM = "They can't take this on just now. `/mentor match` shows who else fits."
"""The same sentence whatever the reason, so that it never tells a block from a full calendar."""

FIT_WAITS = timedelta(weeks=2)
"""How long the question how it was may wait for the end of a pause."""

log = structlog.get_logger("matching")


@dataclass(frozen=True)
class Asking:
    asker: MemberId
    asked: MemberId
    kind: Kind
    lines: Lines = NO_LINES
    topic: str = ""
    """What a micro mentor is asked about; it goes before what the profile says they want."""


async def check_may_ask(team: TeamId, asking: Asking, deps: Deps) -> None:
    """What can be known before anything is typed; the rest is checked when the form is sent."""
    async with deps.store.open_view(team) as work:
        if await work.members.profile(asking.asker) is None:
            raise Refused("Fill in your profile first, so that they know who is asking: `/mentor profile`.")
        await check(work, asking, deps.now())


async def ask(team: TeamId, asking: Asking, deps: Deps) -> Intro:
    now = deps.now()
    because = (await _fit(team, asking, deps)).because
    async with deps.store.open_work(team) as work:
        other = await check(work, asking, now)
        days = (await finding.rules_of(work)).answer_days
        intro = await work.intros.add(
            Intro(
                id=IntroId(0),
                asker=asking.asker,
                asked=asking.asked,
                kind=asking.kind,
                asked_at=now,
                answer_by=intros.answer_by(now, other.tz, days),
                because=because,
                lines=asking.lines,
            )
        )
        await work.outbox.add("matching.intro", intro.id, to=intro.asked, due=now, expires=intro.answer_by)
    return intro


async def _fit(team: TeamId, asking: Asking, deps: Deps) -> Candidate:
    """All rules of the matcher, for these two: the level, the hours, the language, the reporting line, the places."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        search = await finding.search_for(work, asking.asker, asking.kind, now)
    if search is not None and asking.topic:
        search = finding.about(search, asking.topic)
    if search is None:
        raise Refused("Fill in your profile first, so that they know who is asking: `/mentor profile`.")
    alone = replace(search.of_two(asking.asked), look=replace(search.look, skip=frozenset(), only=asking.asked))
    found = await asyncio.to_thread(finding.best, alone, now)
    if not found.candidates:
        raise Refused(NOT_THEM)
    return found.candidates[0]


async def check(work: Work, asking: Asking, now: datetime) -> Member:
    other = intros.check_reachable(await work.members.get(asking.asked), now)
    intros.check_asking(asking.asker, asking.asked, await work.intros.of([asking.asker, asking.asked]))
    if await _blocked(work, asking.asker, asking.asked):
        raise Refused(NOT_THEM)
    return other


async def _blocked(work: Work, one: MemberId, other: MemberId) -> bool:
    return any({one, other} == set(pair) for pair in await work.blocks.around([one]))


Answered = tuple[Intro, Place | None]
"""A request that was answered, and where its letter stands if it was sent."""


async def accept(team: TeamId, number: IntroId, member: MemberId, deps: Deps) -> Answered:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        intro = await work.intros.get(number)
        intros.check_answering(intro, member)
        intros.check_reachable(await work.members.get(intro.asker), now)
        if await _blocked(work, intro.asker, intro.asked):
            raise Refused("This one can't be accepted any more. Choose Not now; they hear it kindly.")
        await _check_room(work, intro, now)
        await work.intros.save(replace(intro, state=IntroState.ACCEPTED, answered_at=now))
        await work.relationships.add([born(intro, now)])
        place = await _letter(work, intro)
    accepted = replace(intro, state=IntroState.ACCEPTED, answered_at=now, version=intro.version + 1)
    await bring_together(team, accepted, deps)
    return accepted, place


async def _letter(work: Work, intro: Intro) -> Place | None:
    return await work.messages.where_is("matching.intro", str(intro.id))


async def _check_room(work: Work, intro: Intro, now: datetime) -> None:
    profiles = {profile.member: profile for profile in await work.members.profiles()}
    intros.check_apart(intro.asker, intro.asked, profiles)
    mine = profiles.get(intro.asked)
    if mine is None:
        raise Refused("Your profile isn't there any more. Fill it in again with `/mentor profile`, then accept.")
    held = (await work.fits.places_held(now - intros.RECENT)).get(intro.asked, 0)
    if intros.free_places(mine, held, intro.kind) == 0:
        raise Refused(
            f"Your profile says at most {mine.capacity} at a time, and those places are taken. "
            "Raise the number with `/mentor profile`, or choose Not now."
        )


async def bring_together(team: TeamId, intro: Intro, deps: Deps) -> None:
    """Open the conversation of the two, once; the chore comes back to what did not work at the first try."""
    try:
        group = await deps.slack.open_dm(team, [intro.asker, intro.asked])
    except SlackFailure as failure:
        log.warning("no conversation yet", intro=intro.id, code=failure.code, team=team)
        if failure.meaning in (Meaning.GONE, Meaning.FORBIDDEN):
            await _give_up(team, intro, deps)
        return
    async with deps.store.open_work(team) as work:
        if await work.intros.remember_group(intro.id, group):
            await work.relationships.remember_group(intro.id, group)
            now = deps.now()
            await work.outbox.add("matching.guide", intro.id, to=group, due=await _guide_due(work, intro, now))
            await _ask_fit_later(work, intro, now)


async def _guide_due(work: Work, intro: Intro, now: datetime) -> datetime:
    """At once where one of the two said yes a moment ago; in hours that suit both where a lead matched them."""
    if intro.draft is None:
        return now
    zones = [member.tz for member in (await work.members.named([intro.asker, intro.asked])).values()]
    return intros.first_moment_for_both(now, zones) if zones else now


async def _ask_fit_later(work: Work, intro: Intro, now: datetime) -> None:
    for member in (await work.members.named([intro.asker, intro.asked])).values():
        due = intros.ask_fit_at(now, member.tz)
        await work.outbox.add("matching.fit", intro.id, to=member.id, due=due, expires=due + FIT_WAITS, key=member.id)


async def _give_up(team: TeamId, intro: Intro, deps: Deps) -> None:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        known = await work.intros.get(intro.id)
        if known.state is not IntroState.ACCEPTED or known.group is not None:
            return
        await work.intros.save(replace(known, state=IntroState.FAILED))
        if begun := await work.relationships.of_intro(intro.id):
            await work.relationships.save(close(begun, now))
        for member in (await work.members.named([intro.asker, intro.asked])).values():
            await work.outbox.add("matching.failed", intro.id, to=member.id, due=now, key=member.id)


async def decline(team: TeamId, number: IntroId, member: MemberId, deps: Deps) -> Answered:
    async with deps.store.open_work(team) as work:
        intro = await work.intros.get(number)
        intros.check_answering(intro, member)
        await _say_no(work, intro, deps.now())
        return intro, await _letter(work, intro)


async def _say_no(work: Work, intro: Intro, now: datetime) -> None:
    await work.intros.save(replace(intro, state=IntroState.DECLINED, answered_at=now))
    await work.outbox.add("matching.declined", intro.id, to=intro.asker, due=now)


async def withdraw(team: TeamId, number: IntroId, member: MemberId, deps: Deps) -> Answered:
    async with deps.store.open_work(team) as work:
        intro = await work.intros.get(number)
        intros.check_withdrawing(intro, member)
        await work.intros.save(replace(intro, state=IntroState.WITHDRAWN, answered_at=deps.now()))
        return intro, await _letter(work, intro)


async def intro_for(team: TeamId, number: IntroId, member: MemberId, deps: Deps) -> tuple[Intro, Profile]:
    """An open request as the one who is asked may read it, with the asker's profile."""
    async with deps.store.open_view(team) as work:
        intro = await work.intros.get(number)
        intros.check_answering(intro, member)
        return intro, await _profile(work, intro.asker)


async def candidate_profile(team: TeamId, asking: Asking, deps: Deps) -> Profile:
    """A profile as a candidate's: only of somebody who offers something and may be shown to this member."""
    async with deps.store.open_view(team) as work:
        intros.check_reachable(await work.members.get(asking.asked), deps.now())
        profile = await _profile(work, asking.asked)
        if await _blocked(work, asking.asker, asking.asked) or asking.kind not in profile.offers_kinds:
            raise Refused(NOT_THEM)
        return profile


async def _profile(work: Work, member: MemberId) -> Profile:
    profile = await work.members.profile(member)
    if profile is None:
        raise Gone("Their profile isn't there any more. `/mentor match` shows who fits.")
    return profile


async def fit_of(team: TeamId, number: IntroId, member: MemberId, deps: Deps) -> Intro:
    """The coffee that one of the two is asked about."""
    async with deps.store.open_view(team) as work:
        intro = await work.intros.get(number)
        intros.check_fit(intro, member)
        return intro


async def say_fit(team: TeamId, number: IntroId, member: MemberId, *, said: Fit, deps: Deps) -> Intro:
    async with deps.store.open_work(team) as work:
        intro = await work.intros.get(number)
        intros.check_fit(intro, member)
        await work.fits.say(number, member, said, at=deps.now())
        return intro


async def block(team: TeamId, member: MemberId, other: MemberId, deps: Deps) -> None:
    """From now on the two are not shown to each other; an open request between them ends as quietly as any."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        if member == other or await work.members.get(other) is None:
            raise Gone("I don't know that person, so there is nobody to hide.")
        await work.blocks.add(member, other, now)
        for intro in await _open_between(work, member, other):
            if intro.asked == member:
                await _say_no(work, intro, now)
            else:
                await work.intros.save(replace(intro, state=IntroState.WITHDRAWN, answered_at=now))


async def _open_between(work: Work, one: MemberId, other: MemberId) -> Collection[Intro]:
    return [intro for intro in await work.intros.open_of(one) if intro.other(one) == other]


async def unblock(team: TeamId, member: MemberId, other: MemberId, deps: Deps) -> None:
    async with deps.store.open_work(team) as work:
        await work.blocks.remove(member, other)


async def hidden_from(team: TeamId, member: MemberId, deps: Deps) -> list[Member]:
    async with deps.store.open_view(team) as work:
        others = await work.blocks.of(member)
        known = await work.members.named(others)
    return [known[other] for other in others if other in known]
