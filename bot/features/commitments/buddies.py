"""Buddies: who it is in each circle and why, picked or by turns, and a way out for who was picked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain import buddies, circles, when
from bot.domain.buddies import Buddy
from bot.domain.circles import Circle
from bot.domain.ids import CircleId, MemberId
from bot.feature import Deps
from bot.features.commitments.reading import turn_of
from bot.slack.requests import Request
from bot.store.unit_of_work import Work

LIFE = timedelta(days=5)
PICKED, DECLINED = "commitments.buddy", "commitments.buddy-declined"


@dataclass(frozen=True)
class Mine:
    """A member's buddy in one circle, and whom else they could pick."""

    circle: Circle
    buddy: Buddy | None
    names: Mapping[MemberId, str]


async def mine(by: Request, deps: Deps) -> list[Mine]:
    async with deps.store.open_view(by.team) as work:
        found = [circle for circle in await work.circles.of(by.member) if not circle.is_alone]
        return await _mine(work, found, by.member, deps)


async def _mine(work: Work, found: Sequence[Circle], member: MemberId, deps: Deps) -> list[Mine]:
    now, numbers = deps.now(), [circle.id for circle in found]
    ties = await work.buddies.ties(numbers, member, now)
    sessions = await work.sessions.of_circles(numbers)
    people = await work.members.named({one for circle in found for one in circle.members})
    return [
        Mine(
            circle,
            buddies.buddy(member, circle.members, ties[circle.id], turn_of(sessions[circle.id], now)),
            {one: people[one].name for one in circle.members if one != member and one in people},
        )
        for circle in found
    ]


async def pick(by: Request, number: CircleId, buddy: MemberId | None, deps: Deps) -> Mine:
    """Whoever is picked hears of it once, in their own working hours; None goes by turns again."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        circle = await work.circles.get(number)
        if buddy is None:
            circles.check_membership(circle, by.member)
        else:
            declined = await work.buddies.has_declined(number, by.member, buddy)
            buddies.check_pick(by.member, buddy, circle.members, declined=declined)
        await work.buddies.pick(number, by.member, buddy)
        known = await work.members.get(buddy) if buddy else None
        if known is not None:
            due = when.first_good_moment(now, known.tz)
            key = f"{by.member}>{known.id}"
            await work.outbox.add(PICKED, number, to=known.id, due=due, expires=due + LIFE, key=key)
        return (await _mine(work, [circle], by.member, deps))[0]


async def decline(by: Request, number: CircleId, picker: MemberId, deps: Deps) -> None:
    """Twice is the same as once; the picker hears of it kindly, once."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        if await work.buddies.decline(number, picker, by.member):
            known = await work.members.get(picker)
            due = when.first_good_moment(now, known.tz if known else "UTC")
            key = f"{picker}>{by.member}"
            await work.outbox.add(DECLINED, number, to=picker, due=due, expires=due + LIFE, key=key)
