"""Looks at circles that have become too small or too large, and puts to their members what could be done.

What the matcher finds is worked out outside of any work block; a ballot of its own occasion keeps replicas apart.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import sizes
from bot.domain.ballots import Ballot, Option, Topic
from bot.domain.circles import Circle, CircleState
from bot.domain.ids import BallotId, CircleId, MemberId, TeamId
from bot.domain.sizes import REST, Choice
from bot.feature import Deps, standing
from bot.features.matching import merging
from bot.features.matching.document_of import Gathered
from bot.features.matching.gathering import gather
from bot.features.matching.placing import best_room, meets_in_hours
from bot.store.base import Earliest
from bot.store.unit_of_work import Work

MOST_LOOKED_AT = 30
"""Of those without a circle, so many whose hours suit are held against the rules."""


@dataclass(frozen=True)
class Surroundings:
    """What proposals for one circle are made from."""

    gathered: Gathered
    circle: Circle
    others: list[Circle]
    now: datetime


@standing
def next_look(work: Work) -> Earliest:
    return work.circles.earliest_size()


async def look_at_sizes(deps: Deps, team: TeamId) -> None:
    now = deps.now()
    async with deps.store.open_view(team) as work:
        due = await work.circles.to_size(now)
        wrong = [circle for circle in due if sizes.is_wrong(circle)]
        before = await work.ballots.about(Topic.SIZE, [circle.id for circle in wrong])
    looks = {circle.id: await _look(deps, team, circle, before[circle.id]) for circle in wrong}
    async with deps.store.open_work(team) as work:
        for circle in due:
            await work.circles.size_again(circle.id, looks.get(circle.id))


async def _look(deps: Deps, team: TeamId, circle: Circle, before: list[Ballot]) -> datetime | None:
    """When to look again."""
    now, asked = deps.now(), sizes.asked_at(circle)
    last = max((one.opened for one in before), default=None)
    if any(one.is_open for one in before):
        return now + timedelta(days=1)
    if last is not None and last > max(seat.left or seat.joined for seat in circle.seats):
        asked = last + REST
    if now < asked or circle.channel is None:
        return max(asked, now + timedelta(hours=1))
    async with deps.store.open_view(team) as work:
        others = [one for one in await work.circles.active() if one.id != circle.id]
        around = Surroundings(await gather(work, now), circle, others, now)
    found = await asyncio.to_thread(proposals, around)
    if found:
        options = (Option(Choice.STAY.value), *found)
        async with deps.store.open_work(team) as work:
            await put(work, circle, options, occasion=f"{now:%Y-%m-%d}", now=now)
        deps.store.wake()
    return now + REST


async def put(work: Work, circle: Circle, options: tuple[Option, ...], *, occasion: str, now: datetime) -> None:
    closes = sizes.closes_at(circle, now)
    ballot = Ballot(BallotId(0), circle.id, Topic.SIZE, circle.id, occasion, options, now, closes)
    if await work.ballots.put(ballot) and circle.channel:
        asked = (await work.ballots.about(Topic.SIZE, [circle.id]))[circle.id][-1]
        await work.outbox.add("matching.size_ask", asked.id, to=circle.channel, due=now, expires=closes)


def proposals(around: Surroundings) -> list[Option]:
    circle = around.circle
    if len(circle.members) > circle.size_max:
        return [sizes.split(circle)]
    found = []
    joint = merging.joint_for(around.gathered, circle, [circle, *around.others], around.now)
    if joint is not None and len({*circle.members, *joint.into.members}) <= joint.into.size_max:
        found.append(sizes.merge(joint.into, slot=joint.slot, because=joint.because))
    if people := _who_could_come(around):
        found.append(sizes.top_up(people))
    if rooms := _rooms(around):
        found.append(sizes.spread(rooms))
    return found


def _who_could_come(around: Surroundings) -> list[MemberId]:
    """Of those without a circle, whoever breaks no rule there and has not left it; those who chose its theme first."""
    gathered, circle, now = around.gathered, around.circle, around.now
    free = [
        profile
        for member, profile in sorted(gathered.profiles.items())
        if member not in gathered.in_circles
        and circle.seat_of(member) is None
        and gathered.takes_part(member, now)
        and meets_in_hours(circle, profile, gathered.members[member], now)
    ]
    free.sort(key=lambda profile: circle.theme not in profile.themes)
    found: list[MemberId] = []
    for profile in free[:MOST_LOOKED_AT]:
        if len(found) < circle.size_min - len(circle.members) and best_room(gathered, [circle], profile.member, now):
            found.append(profile.member)
    return found


def _rooms(around: Surroundings) -> dict[MemberId, CircleId]:
    """A seat for each member in another circle; empty unless there is one for all of them."""
    gathered, now = around.gathered, around.now
    left = {one.id: one.size_max - len(one.members) for one in around.others if one.state is CircleState.ACTIVE}
    rooms: dict[MemberId, CircleId] = {}
    for member in around.circle.members:
        profile, known = gathered.profiles.get(member), gathered.members.get(member)
        if profile is None or known is None:
            return {}
        open_ = [one for one in around.others if left[one.id] > 0 and meets_in_hours(one, profile, known, now)]
        room = best_room(gathered, open_, member, now)
        if room is None:
            return {}
        rooms[member] = room.id
        left[room.id] -= 1
    return rooms
