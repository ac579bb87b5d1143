"""The page of the pretend workspace: `/` and the files under `/static/`.

Plain HTML, CSS and ES modules, sent as they lie in `static/`: no build step and nothing from elsewhere. The
content security policy lets no inline script run, so a name or a message can never become code.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"

# Pictures may come from any https address, because an image block may name one; all else is ours alone.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

# One folder deep at most, small letters only: no dots, so nothing outside `static/` can be named.
NAME = re.compile(r"(?:[a-z_]+/)?[a-z_]+\.(?:css|js|svg)")


def routes() -> Iterable[web.AbstractRouteDef]:
    return [web.get("/", _page), web.get("/static/{name:.+}", _asset)]


async def _page(request: web.Request) -> web.StreamResponse:
    return _send(STATIC / "index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    path = STATIC / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise web.HTTPNotFound(text="There is no such file in the page.", headers=HEADERS)
    return _send(path)


def _send(path: Path) -> web.StreamResponse:
    return web.FileResponse(path, headers={**HEADERS, "Content-Type": TYPES[path.suffix]})
