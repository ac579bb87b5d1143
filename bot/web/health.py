"""Is the process alive, is it ready, and how is it doing."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

Check = Callable[[], Awaitable[str]]
"""What is wrong, in a sentence; "" when nothing is."""


def routes(*, alive: Check, ready: Check, registry: CollectorRegistry) -> list[web.RouteDef]:
    async def healthz(_request: web.Request) -> web.Response:
        return _answer(await alive())

    async def readyz(_request: web.Request) -> web.Response:
        return _answer(await ready())

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), content_type="text/plain")

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]


def _answer(wrong: str) -> web.Response:
    return web.json_response({"ok": not wrong} | ({"wrong": wrong} if wrong else {}), status=503 if wrong else 200)
