"""A sandbox with a real Bolt app on it, connected by Socket Mode or by signed HTTP."""

import asyncio
import contextlib

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import running


async def until(question, seconds=5.0):
    """Waits for the question to be answered with something true, and answers it."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        answer = question()
        if answer or loop.time() > end:
            assert answer, "it did not come about in time"
            return answer
        await asyncio.sleep(0.01)


def bolt_app(server):
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    return AsyncApp(client=client, signing_secret=server.signing_secret)


@contextlib.asynccontextmanager
async def by_socket(server, app):
    handler = AsyncSocketModeHandler(app, server.app_token)
    handler.client.web_client = AsyncWebClient(token=server.app_token, base_url=server.api_url)
    await handler.connect_async()
    await until(lambda: server.slack.line.connected)
    try:
        yield handler
    finally:
        await handler.close_async()


@contextlib.asynccontextmanager
async def by_http(server, app):
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    assert await server.use_bot_url(f"http://127.0.0.1:{port}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()


CONNECT = {"socket": by_socket, "http": by_http}


@contextlib.asynccontextmanager
async def both(mode, tell, **changes):
    """The sandbox and a Bolt app whose listeners `tell` registers."""
    async with running(mode=mode, seed="empty", **changes) as server:
        app = bolt_app(server)
        tell(app)
        async with CONNECT[mode](server, app):
            yield server
