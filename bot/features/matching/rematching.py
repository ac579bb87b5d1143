"""When a pair or a circle doesn't work: something else, without blame.

What a member says of a pair is kept where only the matcher reads it, and nobody is told, unless the member wants that.
A move to another circle looks like any leaving and any joining: nothing is kept that says why.
"""

import asyncio
from dataclasses import dataclass

from bot.domain import intros
from bot.domain.circles import Circle, check_joining, check_membership, check_open, on_one_line
from bot.domain.drafts import DraftState
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, DraftId, IntroId, MemberId
from bot.domain.intros import RECENT, Fit, Intro
from bot.domain.relationships import close
from bot.feature import Deps
from bot.features.matching import finding
from bot.features.matching.drafting import preview_within, require_lead, subject
from bot.features.matching.finding import Candidate, rules_of
from bot.features.matching.gathering import gather
from bot.features.matching.placing import best_room, meets_in_hours
from bot.seats import part, tell_of_newcomers
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Together:
    """What somebody is part of now, and could want otherwise."""

    pairs: tuple[Intro, ...] = ()
    circles: tuple[Circle, ...] = ()


async def together(by: Request, deps: Deps) -> Together:
    async with deps.store.open_view(by.team) as work:
        met = await work.intros.together(by.member, deps.now() - RECENT)
        over = await work.fits.said_by(by.member, Fit.MISMATCH)
        running = [intro for intro in met if intro.id not in over]
        return Together(tuple(running), tuple(await work.circles.of(by.member)))


async def say_unfit(by: Request, number: IntroId, deps: Deps) -> tuple[Intro, Candidate | None]:
    """The matcher won't bring the two together again; and who fits next, for the one who had looked."""
    async with deps.store.open_work(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_fit(intro, by.member)
        await work.fits.say(number, by.member, Fit.MISMATCH, at=deps.now())
    if intro.asker != by.member:
        return intro, None
    async with deps.store.open_view(by.team) as work:
        return intro, await finding.following(work, intro, deps.now())


async def tell_kindly(by: Request, number: IntroId, deps: Deps) -> Intro:
    """The other hears that the pair has come to an end; asked for by the one who ended it."""
    async with deps.store.open_work(by.team) as work:
        intro = await work.intros.get(number)
        intros.check_fit(intro, by.member)
        other = await work.members.get(intro.other(by.member))
        if other is not None and not other.left:
            await work.outbox.add("matching.moved_on", number, to=other.id, due=deps.now(), key=other.id)
        begun = await work.relationships.of_intro(number)
        if begun is not None and begun.is_open:
            await work.relationships.save(close(begun, deps.now()))
        return intro


async def look_again(by: Request, number: DraftId, mentee: MemberId, deps: Deps) -> Intro:
    """A lead asks for somebody else for a mentee of a published draft; the mentee hears who, and chooses."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        draft = (await preview_within(work, number)).draft
        intro = await work.intros.of_draft(number, mentee)
        if draft.state is not DraftState.PUBLISHED or intro is None:
            raise Refused(
                "Only a published pair can be matched again. Before that, keep the two apart and run it again."
            )
        intros.check_reachable(await work.members.get(mentee), now)
        await work.fits.say(intro.id, by.member, Fit.MISMATCH, at=now)
        if not await work.outbox.add("matching.another", intro.id, to=mentee, due=now):
            raise Refused(f"<@{mentee}> hears of somebody else already.")
        # Whom it is about stays out of the log: it is nobody's fault, and nobody's business later.
        await work.audit.add(Entry(now, by.member, "match.again", subject(draft), {}))
        return intro


@dataclass(frozen=True)
class OtherCircle:
    """The circle that suits a member best besides their own; None where none with room does."""

    left: Circle
    found: Circle | None


async def other_circle(by: Request, number: CircleId, deps: Deps) -> OtherCircle:
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        own = await work.circles.get(number)
        check_membership(own, by.member)
        gathered = await gather(work, now)
        profile = gathered.profiles.get(by.member)
        mine = {circle.id for circle in await work.circles.of(by.member)}
        others = [circle for circle in await work.circles.open() if circle.has_room and circle.id not in mine]
    if profile is None or not gathered.takes_part(by.member, now):
        return OtherCircle(own, None)
    member = gathered.members[by.member]
    suiting = [circle for circle in others if meets_in_hours(circle, profile, member, now)]
    return OtherCircle(own, await asyncio.to_thread(best_room, gathered, suiting, by.member, now))


async def move(by: Request, old: CircleId, new: CircleId, deps: Deps) -> Circle:
    """Out of the one and into the other, in one step; the new circle."""
    member, now = by.member, deps.now()
    async with deps.store.open_work(by.team) as work:
        left, joined = [await work.circles.hold(number) for number in sorted((old, new))]
        if left.id != old:
            left, joined = joined, left
        check_membership(left, member)
        check_open(left)
        check_joining(joined, member)
        await _check_line(work, joined, member)
        await part(work, left, member, now=now)
        await work.circles.seat(new, member, now)
        await work.audit.add(Entry(now, member, "circle.leave", f"circle:{old}", {}))
        await work.audit.add(Entry(now, member, "circle.join", f"circle:{new}", {}))
        await tell_of_newcomers(work, joined, [member], now=now, by=member)
        joined = await work.circles.get(new)
    deps.store.wake()
    return joined


async def _check_line(work: Work, circle: Circle, member: MemberId) -> None:
    steps = (await rules_of(work)).apart_from_manager
    profiles = {profile.member: profile for profile in await work.members.profiles()}
    if any(on_one_line(member, other, profiles, steps) for other in circle.members):
        raise Refused("Somebody on your reporting line sits in that circle by now. `/mentor match again` looks anew.")
