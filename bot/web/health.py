"""Is the process alive, is it ready, and how is it doing."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Check = Callable[[], Awaitable[str]]
"""What is wrong, in a sentence; "" when nothing is."""


def routes(*, alive: Check, ready: Check, metrics: Callable[[], Awaitable[bytes]]) -> list[web.RouteDef]:
    async def healthz(_request: web.Request) -> web.Response:
        return _answer(await alive())

    async def readyz(_request: web.Request) -> web.Response:
        return _answer(await ready())

    async def figures(_request: web.Request) -> web.Response:
        return web.Response(body=await metrics(), content_type="text/plain", charset="utf-8")

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", figures)]


def _answer(wrong: str) -> web.Response:
    return web.json_response({"ok": not wrong} | ({"wrong": wrong} if wrong else {}), status=503 if wrong else 200)
