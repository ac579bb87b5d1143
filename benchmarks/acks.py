"""From slash command to acknowledgement over Socket Mode, 200 in flight: the bot beside a bare Bolt echo handler.

Both answer the same sandbox, in turns, in one process; what is measured is from the moment the command is sent to the
moment its acknowledgement is there.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.report import Table, percentile, spread
from bot.sandbox import server
from bot.sandbox.person import World
from bot.sandbox.run import together

IN_FLIGHT = 200
ROUNDS = 5
COMMAND = "/mentor help"


async def measure() -> Table:
    table = Table(
        f"Acknowledgement of {COMMAND!r} over Socket Mode, {IN_FLIGHT} in flight, {ROUNDS} rounds each in turn",
        ("", "median", "99 %", "longest"),
    )
    ours: list[float] = []
    bare: list[float] = []
    ratios: list[float] = []
    async with _bot() as our_world, _bare() as bare_world:
        for _ in range(ROUNDS):
            mine, theirs = await _round(our_world), await _round(bare_world)
            ours += mine
            bare += theirs
            ratios.append(percentile(mine, 0.99) / percentile(theirs, 0.99))
    table.rows += [("bare Bolt echo", *spread(bare)), ("the bot", *spread(ours))]
    table.remarks += [
        f"  99 % of the bot / 99 % of the bare handler, round by round: median {statistics.median(ratios):.2f}"
        f" (from {min(ratios):.2f} to {max(ratios):.2f}); wanted: at most 2.",
        f"  Acknowledgements later than 3 s: {sum(taken > 3 for taken in ours)} of {len(ours)}.",
    ]
    return table


async def _round(world: World) -> list[float]:
    person = world.person("Ana")
    channel = next(room["id"] for room in await person.sidebar() if room["kind"] == "app")
    path = f"/people/{person.id}/command"
    return list(
        await asyncio.gather(
            *(_timed(lambda: world.post(path, channel=channel, text=COMMAND)) for _ in range(IN_FLIGHT))
        )
    )


async def _timed(act: Callable[[], Awaitable[Any]]) -> float:
    begun = time.perf_counter()
    await act()
    return time.perf_counter() - begun


@asynccontextmanager
async def _bot() -> AsyncIterator[World]:
    async with together(seed="empty") as both, World(both.sandbox.url) as world:
        both.sandbox.slack.limits.enforced = False
        await world.person("Ana").command("/mentor")
        yield world


@asynccontextmanager
async def _bare() -> AsyncIterator[World]:
    async with server.running(seed="empty", limits=False) as slack:
        app = AsyncApp(client=AsyncWebClient(token=slack.bot_token, base_url=slack.api_url))

        @app.command("/mentor")
        async def echo(ack: Any, respond: Any, command: dict[str, str]) -> None:
            await ack()
            await respond(text=f"You said: {command['text']}")

        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        try:
            async with World(slack.url) as world:
                yield world
        finally:
            await handler.close_async()
