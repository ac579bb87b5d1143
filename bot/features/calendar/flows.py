"""Private calendar addresses, made and ended by their owner, and the next sessions as a file."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import ics
from bot.domain import when
from bot.domain.calendars import EVERYBODY, Feed, event_of
from bot.domain.circles import Circle, check_membership
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, FeedId, MemberId, SessionId, TeamId
from bot.feature import Deps
from bot.slack.gateway import File
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

TOKEN_BYTES = 32
NOTHING_PLANNED = (
    "Nothing is planned in your circles, so there is nothing to put into a calendar. "
    "`/mentor circle join` lists the circles with room."
)


@dataclass(frozen=True)
class Calendar:
    """`address` is where feeds are reached, "" where the operator has not opened the web server."""

    address: str
    circles: list[Circle]
    feeds: dict[CircleId | None, Feed]
    shared: Mapping[CircleId, Feed] = field(default_factory=dict)
    """The addresses that belong to a circle."""

    def link(self, circle: CircleId | None) -> str:
        return self._address(self.feeds.get(circle))

    def shared_link(self, circle: CircleId) -> str:
        return self._address(self.shared.get(circle))

    def _address(self, feed: Feed | None) -> str:
        return f"{self.address}/calendar/{feed.token}.ics" if feed and self.address else ""


async def calendar_of(team: TeamId, member: MemberId, deps: Deps) -> Calendar:
    async with deps.store.open_view(team) as work:
        return await _calendar(work, member, deps)


async def make(team: TeamId, member: MemberId, *, circle: CircleId | None, deps: Deps) -> Calendar:
    """A new address; the one there was stops working."""
    if not deps.public_url():
        raise Refused("I can't be reached from calendars here. Take the file of your next sessions instead.")
    async with deps.store.open_work(team) as work:
        if circle is not None:
            check_membership(await work.circles.get(circle), member)
        await work.feeds.end(member, circle)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await work.feeds.add(Feed(FeedId(0), member, circle, token, deps.now()))
        return await _calendar(work, member, deps)


async def end(team: TeamId, member: MemberId, *, circle: CircleId | None, deps: Deps) -> Calendar:
    async with deps.store.open_work(team) as work:
        await work.feeds.end(member, circle)
        return await _calendar(work, member, deps)


async def share(by: Request, circle: CircleId, deps: Deps) -> Calendar:
    """A new address for all members of a circle; the one there was stops working. They are told once a day."""
    if not deps.public_url():
        raise Refused("I can't be reached from calendars here. Take the file of your next sessions instead.")
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        check_membership(found, by.member)
        await work.feeds.end(EVERYBODY, circle)
        await work.feeds.add(Feed(FeedId(0), EVERYBODY, circle, secrets.token_urlsafe(TOKEN_BYTES), now))
        await work.audit.add(Entry(now, by.member, "calendar.share", f"circle:{circle}", {}))
        if found.channel:
            key, payload = f"{now:%Y-%m-%d}", {"by": by.member}
            await work.outbox.add("calendar.shared", circle, to=found.channel, due=now, key=key, payload=payload)
        return await _calendar(work, by.member, deps)


async def unshare(by: Request, circle: CircleId, deps: Deps) -> Calendar:
    async with deps.store.open_work(by.team) as work:
        check_membership(await work.circles.hold(circle), by.member)
        if await work.feeds.end(EVERYBODY, circle):
            await work.audit.add(Entry(deps.now(), by.member, "calendar.unshare", f"circle:{circle}", {}))
        return await _calendar(work, by.member, deps)


async def send_session(by: Request, session: SessionId, deps: Deps) -> None:
    """One session as a file, also one that was left out: it is taken out of the calendar then."""
    async with deps.store.open_view(by.team) as work:
        found = await work.sessions.get(session)
        circle = await work.circles.get(found.circle)
        check_membership(circle, by.member)
    content = ics.calendar(circle.name, [event_of(found, circle, by.team)], now=deps.now())
    channel = await deps.slack.open_dm(by.team, [by.member])
    title = f"{circle.name}, {when.say_moment(found.starts, circle.zone)}"
    words = "Open this file, and your calendar takes the session in, moves it, or takes it out."
    await deps.slack.send_file(by.team, channel, File("session.ics", content, title), words=words)


async def send_file(team: TeamId, member: MemberId, deps: Deps) -> int:
    """Sends what is planned in the member's circles as a file, in the conversation with the bot; how many sessions."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        circles = {circle.id: circle for circle in await work.circles.of(member) if not circle.is_alone}
        ahead = [one for one in await work.sessions.ahead(circles, now) if one.is_ahead]
    if not ahead:
        raise Refused(NOTHING_PLANNED)
    events = [event_of(session, circles[session.circle], team) for session in ahead]
    content = ics.calendar("Mentoring circles", events, now=now)
    channel = await deps.slack.open_dm(team, [member])
    words = "Open this file, and your calendar takes the sessions in. When one is moved, ask me for a new file."
    await deps.slack.send_file(team, channel, File("mentoring-circles.ics", content, "Your sessions"), words=words)
    return len(ahead)


async def _calendar(work: Work, member: MemberId, deps: Deps) -> Calendar:
    feeds = {feed.circle: feed for feed in await work.feeds.of(member)}
    circles = await work.circles.of(member)
    shared = {feed.circle: feed for feed in await work.feeds.of_circles([one.id for one in circles]) if feed.circle}
    return Calendar(deps.public_url(), circles, feeds, shared)
