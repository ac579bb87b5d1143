"""Making one circle of two where one has become too small: found by the matcher, asked of both, done by a lead.

The larger circle keeps its channel, and its rhythm where that suits everybody; the people of the smaller one move.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import mergers, when
from bot.domain.circles import Circle, CircleState
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, MemberId, MergerId, TeamId
from bot.domain.matching import Document, judge_circle
from bot.domain.matching import mergers as matcher
from bot.domain.mergers import Merger, MergerState, Tally
from bot.domain.sessions import BY_TAP
from bot.domain.when import Rule
from bot.feature import Deps
from bot.features.matching.document_of import Gathered, for_circles
from bot.features.matching.drafting import require_lead
from bot.features.matching.gathering import gather
from bot.features.matching.placing import meets_in_hours
from bot.features.matching.publishing import rule_at
from bot.seats import end, replan, tell_of_newcomers
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Proposal:
    """`rule` is the rhythm from then on; `slot` is where it is another one than `into` has now."""

    small: Circle
    into: Circle
    rule: Rule
    slot: int | None
    because: str

    @property
    def people(self) -> int:
        return len({*self.small.members, *self.into.members})


@dataclass(frozen=True)
class Asked:
    """A merger that both circles were asked about, and what they say so far."""

    merger: Merger
    small: Circle
    into: Circle
    rule: Rule
    tally: Tally


@dataclass(frozen=True)
class Standing:
    """How things are with circles that are too small."""

    proposals: tuple[Proposal, ...] = ()
    asked: tuple[Asked, ...] = ()
    alone: tuple[Circle, ...] = ()
    """Too small, and no circle could take them in."""


async def look(by: Request, deps: Deps) -> Standing:
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        gathered = await gather(work, now)
        circles = [circle for circle in await work.circles.open() if circle.state is CircleState.ACTIVE]
        open_now = await work.mergers.asked()
        known = await work.circles.named({number for one in open_now for number in (one.small, one.into)})
    asked = tuple(_asked(one, known) for one in open_now)
    busy = {number for one in open_now for number in (one.small, one.into)}
    free = [circle for circle in circles if circle.id not in busy]
    proposals = await asyncio.to_thread(_proposals, gathered, free, now)
    concerned = busy | {circle.id for one in proposals for circle in (one.small, one.into)}
    alone = tuple(circle for circle in free if circle.is_small and circle.id not in concerned)
    return Standing(tuple(proposals), asked, alone)


def _asked(merger: Merger, known: Mapping[CircleId, Circle]) -> Asked:
    small, into = known[merger.small], known[merger.into]
    return Asked(merger, small, into, rule_of(merger, into), mergers.tally(merger, small, into))


def rule_of(merger: Merger, into: Circle, now: datetime | None = None) -> Rule:
    if merger.slot is None:
        return into.rule
    drawn = merger.asked_at.date()
    return rule_at(merger.slot, into.rule.zone, drawn=drawn, now=now or merger.asked_at, every=into.rule.every)


def joint_for(gathered: Gathered, circle: Circle, circles: list[Circle], now: datetime) -> Proposal | None:
    """The circle that could take this one in, as the smaller of the two."""
    found = _proposals(gathered, circles, now)
    return next((one for one in found if one.small.id == circle.id), None)


def _proposals(gathered: Gathered, circles: list[Circle], now: datetime) -> list[Proposal]:
    small = [place for place, circle in enumerate(circles) if circle.is_small]
    if not small:
        return []
    document, present = _document(gathered, circles, now)
    members = [tuple(member for member in circle.members if member in present) for circle in circles]
    found = []
    for joint in matcher.joints(document, members, small):
        one, other = circles[joint.small], circles[joint.into]
        if len({*one.members, *other.members}) <= other.size_max:
            found.append(_proposal(gathered, (one, other), joint, now))
    return found


def _document(gathered: Gathered, circles: list[Circle], now: datetime) -> tuple[Document, set[str]]:
    """Of those who sit in these circles. Whoever is on a pause keeps the seat but is not asked for their hours."""
    sitting = {member for circle in circles for member in circle.members}
    others = frozenset(gathered.profiles) - sitting
    document = for_circles(replace(gathered, in_circles=others), everyone=True, seed=0, now=now)
    return document, {person.id for person in document.people if person.circle is not None}


def _proposal(gathered: Gathered, two: tuple[Circle, Circle], joint: matcher.Joint, now: datetime) -> Proposal:
    small, into = two
    newcomers = [member for member in map(MemberId, joint.circle.members) if member in small.members]
    if all(meets_in_hours(into, gathered.profiles[one], gathered.members[one], now) for one in newcomers):
        return Proposal(small, into, into.rule, None, joint.circle.because)
    slot = joint.circle.slot
    rule = rule_at(slot, into.rule.zone, drawn=now.date(), now=now, every=into.rule.every)
    return Proposal(small, into, rule, slot, joint.circle.because)


async def ask(by: Request, small: CircleId, into: CircleId, deps: Deps) -> Proposal:
    """Both circles are asked in their channels, in their own hours."""
    proposals = (await look(by, deps)).proposals
    found = next((one for one in proposals if (one.small.id, one.into.id) == (small, into)), None)
    if found is None:
        raise Refused(
            "These two no longer fit, or are asked already. `/mentor match merge` shows how things are now."
        )
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        merger = Merger(MergerId(0), small, into, found.slot, found.because, by.member, now)
        merger = await work.mergers.add(merger)
        for circle in (found.small, found.into):
            if circle.channel:
                due = when.first_good_moment(now, circle.zone)
                key = f"{merger.id}:{circle.id}"
                await work.outbox.add("matching.merge_ask", merger.id, to=circle.channel, due=due, key=key)
        await work.audit.add(Entry(now, by.member, "match.merge_ask", f"circle:{small}", {"into": into}))
    return found


async def vote(by: Request, number: MergerId, *, fine: bool, deps: Deps) -> Merger:
    async with deps.store.open_work(by.team) as work:
        merger = await work.mergers.hold(number)
        small, into = await _two(work, merger)
        mergers.check_voting(merger, by.member, small, into)
        changed = replace(merger, answers={**merger.answers, by.member: fine})
        await work.mergers.save(changed)
        if mergers.have_answered(changed, small, into):
            await _tell_lead(work, changed, deps.now())
        return changed


async def _tell_lead(work: Work, merger: Merger, now: datetime) -> None:
    """Once, when both circles have answered, to the lead who asked."""
    lead = await work.members.get(merger.asked_by)
    if lead is not None:
        due = when.first_good_moment(now, lead.tz)
        await work.outbox.add("matching.merge_answered", merger.id, to=lead.id, due=due)


async def asked_of(work: Work, merger: Merger) -> Asked:
    return _asked(merger, await work.circles.named([merger.small, merger.into]))


async def drop(by: Request, number: MergerId, deps: Deps) -> None:
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        merger = await work.mergers.hold(number)
        mergers.check_open(merger)
        await work.mergers.save(replace(merger, state=MergerState.DROPPED))
        await work.audit.add(Entry(deps.now(), by.member, "match.merge_drop", f"circle:{merger.small}", {}))


async def _two(work: Work, merger: Merger) -> tuple[Circle, Circle]:
    return await work.circles.get(merger.small), await work.circles.get(merger.into)


async def merge(by: Request, number: MergerId, deps: Deps) -> Asked:
    """Checked against every rule as things are now; then all in one step, and once."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        merger = await work.mergers.get(number)
        mergers.check_open(merger)
        seen = await _two(work, merger)
        gathered = await gather(work, now)
    await asyncio.to_thread(_check_rules, gathered, seen, now)
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        merger = await work.mergers.hold(number)
        mergers.check_open(merger)
        asked = await _become_one(work, merger, seen, by=by.member, now=now)
    deps.store.wake()
    return asked


async def merge_as_voted(team: TeamId, merger: Merger, deps: Deps) -> None:
    """The same, because both circles decided so by tap; `merger` has no number yet."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        seen = await _two(work, merger)
        gathered = await gather(work, now)
    await asyncio.to_thread(_check_rules, gathered, seen, now)
    async with deps.store.open_work(team) as work:
        await _become_one(work, await work.mergers.add(merger), seen, by=BY_TAP, now=now)
    deps.store.wake()


async def _become_one(
    work: Work, merger: Merger, seen: tuple[Circle, Circle], *, by: MemberId, now: datetime
) -> Asked:
    held = {number: await work.circles.hold(number) for number in sorted((merger.small, merger.into))}
    small, into = held[merger.small], held[merger.into]
    if (small.members, into.members) != (seen[0].members, seen[1].members) or not into.is_open:
        raise Refused("Somebody came or went a moment ago. Have a look at it as it is now, then merge them.")
    done = replace(merger, state=MergerState.DONE)
    await work.mergers.save(done)
    await _bring_over(work, done, (small, into), by=by, now=now)
    return Asked(done, small, into, rule_of(done, into, now), mergers.tally(done, small, into))


def _check_rules(gathered: Gathered, two: tuple[Circle, Circle], now: datetime) -> None:
    document, present = _document(gathered, list(two), now)
    together = {*two[0].members, *two[1].members}
    if len(together) > two[1].size_max:
        raise Refused(f"Together they would be {len(together)}; a circle has {two[1].size_max} at most.")
    judge_circle(document, sorted(together & present))


async def _bring_over(work: Work, merger: Merger, two: tuple[Circle, Circle], *, by: MemberId, now: datetime) -> None:
    small, into = two
    newcomers = [member for member in small.members if member not in into.members]
    for member in newcomers:
        await work.circles.seat(into.id, member, now, asked_by=by)
    await end(work, small, by=by, now=now, why="merged")
    if small.channel:
        await work.outbox.add("matching.merged", merger.id, to=small.channel, due=now)
    if newcomers:
        await tell_of_newcomers(work, into, newcomers, now=now, by=by)
    if merger.slot is not None:
        changed = replace(into, rule=rule_of(merger, into, now))
        await work.circles.save(changed)
        await replan(work, changed, now)
        if into.channel:
            key = f"merger:{merger.id}"
            await work.outbox.add("circles.rhythm", into.id, to=into.channel, due=now, key=key, payload={"by": by})
    details = {"into": into.id, "members": len(newcomers)}
    await work.audit.add(Entry(now, by, "circle.merge", f"circle:{small.id}", details))
