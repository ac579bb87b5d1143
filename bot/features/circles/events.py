"""What Slack tells about circles' channels and about people."""

from datetime import datetime

from bot.domain.ids import ChannelId
from bot.feature import Deps
from bot.features.circles import coming
from bot.slack.requests import Event
from bot.slack.routes import Routes

routes = Routes()


@routes.event("member_joined_channel")
async def somebody_came(event: Event, deps: Deps) -> None:
    await coming.came(event, _channel(event), at=_at(event, deps), deps=deps)


@routes.event("member_left_channel")
async def somebody_went(event: Event, deps: Deps) -> None:
    await coming.went(event, _channel(event), at=_at(event, deps), deps=deps)


@routes.event("group_archive")
async def archived(event: Event, deps: Deps) -> None:
    await coming.lost(event, _channel(event), why="archived", deps=deps)


@routes.event("group_deleted")
async def deleted(event: Event, deps: Deps) -> None:
    await coming.lost(event, _channel(event), why="deleted", deps=deps)


@routes.event("group_left")
async def taken_out(event: Event, deps: Deps) -> None:
    await coming.shut_out(event, _channel(event), deps=deps)


@routes.event("user_change")
async def changed(event: Event, deps: Deps) -> None:
    if event.facts["user"].get("deleted"):
        await coming.deactivated(event, deps)


def _channel(event: Event) -> ChannelId:
    return ChannelId(str(event.facts.get("channel") or ""))


def _at(event: Event, deps: Deps) -> datetime:
    """When it happened; now, where Slack does not say."""
    return coming.moment_of(str(event.facts.get("event_ts") or "")) or deps.now()
