"""What happens to a circle's channel in Slack itself happens to the circle: people added and gone, the channel archived.

Events may come late, twice, or after a restart not at all, so each is held against what is known: what is older than the
seat it speaks of is not news, and `Reconciler` looks at every channel once after a start.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from bot.domain.circles import Circle, CircleState
from bot.domain.errors import Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, TeamId
from bot.domain.people import Member
from bot.feature import Deps
from bot.features.circles.flows import check_person
from bot.seats import end, part, tell_leads, tell_of_newcomers
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Store, Work

AT_A_TIME = 20
"""How many channels are looked at in one go, so that a large workspace is not asked for everything at once."""


async def came(about: Request, channel: ChannelId, *, at: datetime, deps: Deps) -> None:
    """Somebody is in a circle's channel now: they are in the circle, if there is room and they can be."""
    async with deps.store.open_view(about.team) as work:
        circle = await work.circles.in_channel(channel)
        known = await work.members.get(about.member)
        ourselves = await work.installations.get()
    if circle is None or not _is_news_of_coming(circle, about.member, at):
        return
    if ourselves and ourselves.bot_user == about.member:
        return
    try:
        person = known or await deps.directory.look_up(about.team, about.member)
        check_person(person)
    except Refused:
        return
    async with deps.store.open_work(about.team) as work:
        await _take_in(work, circle.id, person=person, now=deps.now())


def _is_news_of_coming(circle: Circle, member: MemberId, at: datetime) -> bool:
    seat = circle.seat_of(member)
    if not circle.is_open or member in circle.members:
        return False
    return seat is None or seat.left is None or at > seat.left


async def _take_in(work: Work, circle: CircleId, *, person: Member, now: datetime) -> None:
    found = await work.circles.hold(circle)
    if person.id in found.members or not found.is_open:
        return
    if await work.members.get(person.id) is None:
        await work.members.save(person)
    if not found.has_room:
        key = f"{person.id}:{now:%Y-%m-%d}"
        await work.outbox.add("circles.full", circle, to=person.id, due=now, key=key)
        return
    await work.circles.seat_there(circle, person.id, now)
    await work.audit.add(Entry(now, person.id, "circle.join", f"circle:{circle}", {"by": "channel"}))
    await tell_of_newcomers(work, found, [person.id], now=now, by=person.id)


async def went(about: Request, channel: ChannelId, *, at: datetime, deps: Deps) -> None:
    """Somebody left a circle's channel, and with it the circle."""
    async with deps.store.open_work(about.team) as work:
        circle = await work.circles.in_channel(channel)
        if circle is None or not circle.is_open:
            return
        circle = await work.circles.hold(circle.id)
        seat = circle.seat_of(about.member)
        if seat is None or seat.left is not None or at < seat.joined:
            return
        now = deps.now()
        await part(work, circle, about.member, now=now, there=False)
        await work.audit.add(Entry(now, about.member, "circle.leave", f"circle:{circle.id}", {"by": "channel"}))


async def lost(about: Request, channel: ChannelId, *, why: str, deps: Deps) -> None:
    """A circle's channel was archived or deleted, and with it the circle."""
    async with deps.store.open_work(about.team) as work:
        circle = await work.circles.in_channel(channel)
        if circle is None or not circle.is_open:
            return
        held = await work.circles.hold(circle.id)
        await end(work, held, by=about.member, now=deps.now(), why=why)
        await _tell_members(work, held, why=why, now=deps.now())


async def _tell_members(work: Work, circle: Circle, *, why: str, now: datetime) -> None:
    """Nothing can be said in the channel any more, so each of them gets it alone."""
    people = await work.members.named(circle.members)
    for member in sorted(people.values(), key=lambda one: one.id):
        if not member.left:
            await work.outbox.add(
                "circles.ended", circle.id, to=member.id, due=now, key=member.id, payload={"why": why}
            )


async def shut_out(about: Request, channel: ChannelId, *, deps: Deps) -> None:
    """The bot itself was taken out of a circle's channel: it can't speak there until somebody brings it back."""
    now = deps.now()
    async with deps.store.open_work(about.team) as work:
        circle = await work.circles.in_channel(channel)
        if circle is not None and circle.is_open:
            await tell_leads(work, "circles.shut_out", circle, now=now, key=f"{now:%Y-%m-%d}")


async def deactivated(about: Request, deps: Deps) -> None:
    """Somebody's account is gone: their seats are free."""
    now = deps.now()
    async with deps.store.open_work(about.team) as work:
        for circle in await work.circles.of(about.member):
            await part(work, await work.circles.hold(circle.id), about.member, now=now, there=False)
            details = {"by": "deactivated"}
            await work.audit.add(Entry(now, about.member, "circle.leave", f"circle:{circle.id}", details))


def moment_of(stamp: str) -> datetime | None:
    """Slack's "1772438400.000100" as a moment; None for anything else."""
    seconds, _, rest = stamp.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10):
        return None
    micro = int(rest) if rest.isascii() and rest.isdigit() and len(rest) <= 6 else 0
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=micro)


class Reconciler:
    """Looks once after a start whether the channels hold who the circles hold; what was missed is made up for."""

    def __init__(self) -> None:
        self._left: WeakKeyDictionary[Store, dict[TeamId, deque[CircleId]]] = WeakKeyDictionary()

    async def run(self, deps: Deps, team: TeamId) -> None:
        every = self._left.setdefault(deps.store, {})
        if team not in every:
            async with deps.store.open_view(team) as work:
                every[team] = deque(circle.id for circle in await work.circles.active())
        left = every[team]
        if not left:
            return
        now = [left.popleft() for _turn in range(min(AT_A_TIME, len(left)))]
        async with deps.store.open_view(team) as work:
            circles = await work.circles.named(now)
            waiting = {(errand.circle, errand.member) for errand in await work.circles.to_do(deps.now())}
            ourselves = await work.installations.get()
        for circle in circles.values():
            if circle.state is not CircleState.ACTIVE:
                continue
            busy = {member for number, member in waiting if number == circle.id}
            await _compare(deps, team, circle=circle, ignore={*busy, ourselves.bot_user if ourselves else ""})


async def _compare(deps: Deps, team: TeamId, *, circle: Circle, ignore: Collection[str]) -> None:
    channel, now = ChannelId(circle.channel or ""), deps.now()
    nobody = Request(team, circle.made_by or MemberId(""))
    try:
        there = await deps.slack.people_in(team, channel)
    except SlackFailure as failure:
        if failure.meaning is not Meaning.GONE:
            raise
        await lost(nobody, channel, why="deleted", deps=deps)
        return
    for member in sorted(set(circle.members) - set(there) - set(ignore)):
        await went(replace(nobody, member=member), channel, at=now, deps=deps)
    for member in sorted(set(there) - set(circle.members) - set(ignore)):
        await came(replace(nobody, member=member), channel, at=now, deps=deps)
