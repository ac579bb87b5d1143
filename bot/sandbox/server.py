"""The sandbox as one aiohttp server on this machine only.

`running()` starts it for run.py and for the tests; `python -m bot.sandbox.server` starts it alone, without a bot.
"""

import argparse
import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox import control, page, seed
from bot.sandbox.api import Api
from bot.sandbox.calls.files import Files
from bot.sandbox.clock import Clock
from bot.sandbox.http import HttpLine
from bot.sandbox.pretend import Settings, Slack, Step, build
from bot.sandbox.responses import Responses
from bot.sandbox.socket import SocketLine
from bot.sandbox.workspace import Workspace

HERE = "127.0.0.1"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LARGEST_BODY = 8 * 1024 * 1024
TICK_SECONDS = 0.2
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """What `running()` yields: where the sandbox is, and its parts."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.settings = slack.settings

    @property
    def url(self) -> str:
        return self.slack.url

    @property
    def api_url(self) -> str:
        return f"{self.slack.url}/api/"

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    @property
    def clock(self) -> Clock:
        return self.slack.clock

    @property
    def bot_token(self) -> str:
        return self.settings.bot_token

    @property
    def app_token(self) -> str:
        return self.settings.app_token

    @property
    def signing_secret(self) -> str:
        return self.settings.signing_secret

    @property
    def on_step(self) -> Step | None:
        return self.slack.on_step

    @on_step.setter
    def on_step(self, step: Step | None) -> None:
        self.slack.on_step = step

    async def use_bot_url(self, url: str) -> bool:
        """HTTP mode: where the bot listens; answers whether it returned the challenge."""
        line = self.slack.line
        if not isinstance(line, HttpLine):
            raise TypeError("Only in HTTP mode has the bot an address.")
        line.url = url
        return await line.verify()


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a Host that is not this machine, as a page elsewhere could have its name point here, and its Origin."""
    origin = request.headers.get("Origin", "")
    if not _is_here(request.headers.get("Host", "")) or (origin and not _is_here(origin.split("//")[-1])):
        raise web.HTTPForbidden(text="The sandbox answers on this machine only.")
    return await handler(request)


def _is_here(host: str) -> bool:
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    return name in LOOPBACK


def application(slack: Slack) -> web.Application:
    app = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_BODY)
    api = Api(slack)
    app.router.add_route("POST", "/api/{method}", api.handle)
    app.router.add_route("GET", "/api/{method}", api.handle)
    app.add_routes(control.routes(slack))
    app.add_routes(page.routes())
    files = Files(slack)
    app.router.add_post("/upload/v1/{id}", files.put)
    app.router.add_get("/files/{id}", files.get)
    app.router.add_post("/respond/{id}", Responses(slack).handle)
    if isinstance(slack.line, SocketLine):
        app.router.add_get("/socket", slack.line.serve)
    return app


@contextlib.asynccontextmanager
async def running(settings: Settings | None = None, **changes: Any) -> AsyncIterator[Server]:
    """The sandbox, up until the block ends; `changes` are fields of Settings."""
    slack = build((settings or Settings()).but(**changes))
    seed.fill(slack.workspace, slack.settings.seed)
    runner = web.AppRunner(application(slack), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, HERE, slack.settings.port)
    await site.start()
    slack.url = f"http://{HERE}:{_port(runner)}"
    ticking = asyncio.create_task(_tick(slack))
    try:
        yield Server(slack)
    finally:
        ticking.cancel()
        slack.hub.end_streams()
        await slack.events.close()
        await slack.line.close()
        await runner.cleanup()


def _port(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])


async def _tick(slack: Slack) -> None:
    """Lets what is due on the sandbox's clock happen while time goes by on its own; greets a bot that is new."""
    while True:
        await asyncio.sleep(TICK_SECONDS)
        await slack.timers.run_due()
        if isinstance(slack.line, HttpLine) and slack.line.url and not slack.line.verified:
            await slack.line.verify()


async def _alone(settings: Settings) -> None:
    async with running(settings) as server:
        print(f"The sandbox is at {server.url}, without a bot. Ctrl+C ends it.", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    options = argparse.ArgumentParser(description="The sandbox workspace alone, without a bot.")
    options.add_argument("--seed", default="season", choices=("season", "empty"))
    options.add_argument("--mode", default="socket", choices=("socket", "http"))
    options.add_argument("--port", type=int, default=8765)
    options.add_argument("--bot-url", default="")
    given = options.parse_args()
    settings = Settings(seed=given.seed, mode=given.mode, port=given.port, bot_url=given.bot_url)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_alone(settings))


if __name__ == "__main__":
    main()
