"""A place for somebody who has none: which circle with room fits them by all rules, and offering it to them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import intros, when
from bot.domain.circles import Circle, check_joining
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, MemberId
from bot.domain.matching import Circle as Drawn
from bot.domain.matching import Circles, Header, Options, place
from bot.domain.people import Member, Profile
from bot.feature import Deps
from bot.features.matching.document_of import Gathered, for_circles
from bot.features.matching.drafting import require_lead
from bot.features.matching.gathering import gather
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Room:
    """The circle that suits a member best; None where no circle with room does."""

    member: MemberId
    circle: Circle | None
    chose_theme: bool = False


async def room_for(by: Request, member: MemberId, deps: Deps) -> Room:
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        profile = await _placeable(work, member, now)
        gathered = await gather(work, now)
        circles = [circle for circle in await work.circles.open() if circle.has_room]
    known = gathered.members[member]
    suiting = [circle for circle in circles if meets_in_hours(circle, profile, known, now)]
    found = await asyncio.to_thread(best_room, gathered, suiting, member, now)
    return Room(member, found, found is not None and found.theme in profile.themes)


async def _placeable(work: Work, member: MemberId, now: datetime) -> Profile:
    intros.check_reachable(await work.members.get(member), now)
    profile = await work.members.profile(member)
    if profile is None:
        raise Refused(f"<@{member}> has no profile yet, so there is nothing to go by.")
    if await work.circles.of(member):
        raise Refused(f"<@{member}> sits in a circle by now.")
    return profile


def meets_in_hours(circle: Circle, profile: Profile, member: Member, now: datetime) -> bool:
    """Whether the next meeting begins and ends in the member's own hours."""
    starts = when.local(when.occurrences(circle.rule, now, 1)[0], member.tz)
    free = profile.availability
    begin = starts.hour * 60 + starts.minute
    return starts.weekday() in free.days and _minutes(free.start) <= begin <= _minutes(free.end) - circle.minutes


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def best_room(gathered: Gathered, circles: list[Circle], member: MemberId, now: datetime) -> Circle | None:
    """Of these circles the one that gains most by this member and breaks no rule with them."""
    if not circles:
        return None
    concerned = {member, *(one for circle in circles for one in circle.members)}
    others = frozenset(gathered.profiles) - concerned
    document = for_circles(replace(gathered, in_circles=others), everyone=True, seed=0, now=now)
    known = frozenset(person.id for person in document.people if person.circle is not None)
    # Whoever is on a pause keeps the seat but is not asked for their hours.
    by_members = {known.intersection(circle.members): circle for circle in circles}
    drawn = tuple(_as_drawn(members, circle) for members, circle in by_members.items())
    standing = Circles(Header.of(document, Options()), drawn, (), {})
    found = place(document, standing, member).circle_of(member)
    return by_members.get(frozenset(found.members) - {member}) if found else None


def _as_drawn(members: Iterable[str], circle: Circle) -> Drawn:
    return Drawn(tuple(sorted(members)), circle.theme, 0, {}, circle.because, 0, {})


async def offer(by: Request, member: MemberId, number: CircleId, deps: Deps) -> Circle:
    """The member hears of it in their own hours, and joins by themselves or not."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        await _placeable(work, member, now)
        circle = await work.circles.get(number)
        check_joining(circle, member)
        if not await work.outbox.add("matching.offer", circle.id, to=member, due=now, key=member):
            raise Refused(f"This circle was offered to <@{member}> already.")
        details = {"member": member}
        await work.audit.add(Entry(now, by.member, "match.offer", f"circle:{circle.id}", details))
    return circle
