"""The control API's reads: what a person sees, and what has changed for them."""

import asyncio
import json

from aiohttp import web

from bot.sandbox import sight, travel
from bot.sandbox.control.asked import Asked
from bot.sandbox.hub import News
from bot.sandbox.model import Json
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo

PAGE = 60
LONGEST_WAIT = 30.0
HEARTBEAT_SECONDS = 15.0


def number(asked: Asked, name: str, default: float) -> float:
    try:
        return float(asked.query.get(name, default))
    except ValueError:
        raise CannotDo(f'"{name}" must be a number.') from None


async def workspace(asked: Asked) -> Json:
    return sight.workspace_json(asked.slack)


async def sidebar(asked: Asked) -> Json:
    return sight.sidebar(asked.slack, asked.me)


async def channel(asked: Asked) -> Json:
    found = sight.may_see(asked.slack, asked.me, asked.path["channel"])
    window = sight.Window(asked.query.get("before", ""), max(1, int(number(asked, "limit", PAGE))))
    return sight.channel_page(asked.slack, asked.me, found, window=window)


async def thread(asked: Asked) -> Json:
    found = sight.may_see(asked.slack, asked.me, asked.path["channel"])
    return sight.thread_page(asked.slack, asked.me, found, ts=asked.path["ts"])


async def home(asked: Asked) -> Json:
    return sight.home_page(asked.slack, asked.me)


async def modals(asked: Asked) -> Json:
    return sight.modal_stack(asked.slack, asked.me)


async def news(asked: Asked) -> Json:
    """What is new for the person since a number, waiting for something if asked to."""
    after = int(number(asked, "after", 0))
    wait = min(number(asked, "wait", 0), LONGEST_WAIT)
    found = await asked.slack.hub.news_for(asked.me.id, after, wait)
    return {"n": asked.slack.hub.number, "news": [_told(asked, one) for one in found]}


def _told(asked: Asked, one: News) -> Json:
    shown: Json = {"n": one.number, "what": one.what, **one.of}
    if one.what in ("message", "message_changed"):
        channel_found = asked.slack.workspace.channels[one.of["channel"]]
        for message in channel_found.messages:
            if message.ts == one.of["ts"]:
                shown["message"] = sight.message_seen(asked.slack, asked.me, message)
    return shown


async def quiet(asked: Asked) -> Json:
    """Waits until nothing passes between Slack and the bot."""
    reached = await travel.quiet(
        asked.slack, number(asked, "for", travel.QUIET_SECONDS), number(asked, "most", travel.LONGEST_WAIT)
    )
    return {"quiet": reached}


async def calls(asked: Asked) -> Json:
    return {"calls": asked.slack.log.after(int(number(asked, "after", 0)))}


async def refusals(asked: Asked) -> Json:
    return {"refusals": asked.slack.log.refusals()}


async def lost(asked: Asked) -> Json:
    """The events that Slack gave up on after the last retry."""
    return {"lost": [package.payload for package in asked.slack.events.lost]}


async def stream(slack: Slack, request: web.Request) -> web.StreamResponse:
    """Server-sent events: which parts of what the person sees have changed."""
    me = request.match_info["me"]
    if me not in slack.workspace.users:
        raise CannotDo(f"Nobody here has the id {me}.", 404)
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    queue = slack.hub.open_stream(me)
    try:
        await response.write(b"retry: 1000\n\n")
        while lines := await _next_lines(queue):
            await response.write(_told_together(lines))
    except ConnectionResetError:
        pass
    finally:
        slack.hub.close_stream(me, queue)
    return response


async def _next_lines(queue: asyncio.Queue[Json]) -> list[Json]:
    """The changes that have come together; one that says nothing after a while, and none at the end."""
    try:
        lines = [await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)]
    except TimeoutError:
        return [{"changed": []}]
    while not queue.empty():
        lines.append(queue.get_nowait())
    return [] if any("end" in line for line in lines) else lines


def _told_together(lines: list[Json]) -> bytes:
    line: Json = {"changed": list(dict.fromkeys(key for one in lines for key in one["changed"]))}
    toasts = [one["toast"] for one in lines if one.get("toast")]
    if toasts:
        line["toast"] = toasts[-1]
    return f"data: {json.dumps(line)}\n\n".encode() if line["changed"] or toasts else b": still here\n\n"
