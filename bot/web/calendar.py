"""The private calendar feeds: one address each, which a calendar asks now and then."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import ics
from bot.domain.calendars import EVERYBODY, Feed, events_of, seen_circles
from bot.domain.circles import Circle
from bot.store.feeds import find_feed
from bot.store.unit_of_work import Store, Work

PATH = "/calendar/{token:[A-Za-z0-9_-]{20,64}}.ics"
HEADERS = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
ENDED = "This calendar address does not work any more. `/mentor calendar` in Slack shows the one that does.\n"


def routes(store: Store, now: Callable[[], datetime]) -> list[web.RouteDef]:
    async def feed(request: web.Request) -> web.Response:
        content = await _content(store, request.match_info["token"], now())
        if content is None:
            return web.Response(status=404, text=ENDED, headers=HEADERS)
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=HEADERS)

    return [web.get(PATH, feed)]


async def _content(store: Store, token: str, now: datetime) -> bytes | None:
    """None where the address is nobody's, or whoever it belonged to left."""
    async with store.transaction(read_only=True) as connection:
        found = await find_feed(connection, token)
    if found is None:
        return None
    team, feed = found
    async with store.open_view(team) as work:
        circles = await _circles(work, feed)
        if circles is None:
            return None
        sessions = await work.sessions.of_circles([circle.id for circle in circles])
    name = circles[0].name if feed.circle and circles else "Mentoring circles"
    return ics.calendar(name, events_of(circles, sessions, team=team, now=now), now=now)


async def _circles(work: Work, feed: Feed) -> list[Circle] | None:
    """Those it shows; None where it shows nothing to anybody any more."""
    if feed.owner == EVERYBODY:
        circle = await work.circles.find(feed.circle) if feed.circle else None
        return [circle] if circle and circle.members else None
    owner = (await work.members.named({feed.owner})).get(feed.owner)
    if owner is None or owner.left:
        return None
    return seen_circles(feed, await work.circles.of(feed.owner))
