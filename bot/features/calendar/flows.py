"""Private calendar addresses, made and ended by their owner, and the next sessions as a file."""

import secrets
from dataclasses import dataclass

from bot import ics
from bot.domain.calendars import Feed, event_of
from bot.domain.circles import Circle, check_membership
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, FeedId, MemberId, TeamId
from bot.feature import Deps
from bot.slack.gateway import File
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

    def link(self, circle: CircleId | None) -> str:
        feed = self.feeds.get(circle)
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


async def send_file(team: TeamId, member: MemberId, deps: Deps) -> int:
    """Sends what is planned in the member's circles as a file, in the conversation with the bot; how many sessions."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        circles = {circle.id: circle for circle in await work.circles.of(member)}
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
    return Calendar(deps.public_url(), await work.circles.of(member), feeds)
