"""One small web server: health and metrics always, Slack's requests where the bot runs in HTTP mode."""

from collections.abc import Sequence

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp

SLACK_PATH = "/slack/events"


class WebServer:
    """`port` 0 takes any free one; `url` tells which, once started."""

    def __init__(self, bolt: AsyncApp | None, *, routes: Sequence[web.RouteDef], host: str, port: int) -> None:
        self._app = bolt.web_app(path=SLACK_PATH) if bolt else web.Application()
        self._app.add_routes(routes)
        self._host = host
        self._port = port
        self._runner = web.AppRunner(self._app, access_log=None)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        port = self._runner.addresses[0][1] if self._runner.addresses else self._port
        return f"http://{self._host}:{port}"
