"""A small Slack behind real HTTP on loopback: it keeps what was posted, and fails as it is told to.

It shares nothing with the bot. `faults` are used up one a call of that method: an error code, "429:<seconds>", "500",
"cut" (the connection breaks before Slack did it), "cut-after" (after it did), "late:<seconds>" (it breaks, and Slack does
it that much later), "slow" (it does it, and answers too late), or a function called with the arguments once it was done.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ServerDisconnectedError, web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.gateway import Gateway
from bot.store.unit_of_work import inside_work

SLOW = 0.4


@dataclass
class Post:
    channel: str
    ts: str
    text: str
    thread: str | None
    metadata: dict[str, Any]
    at: datetime
    asked: datetime
    """When the call was made: earlier than `at` where it was long on its way."""

    @property
    def key(self) -> str:
        return self.metadata["event_payload"]["key"]

    def shown(self) -> dict[str, Any]:
        return {"ts": self.ts, "text": self.text, "metadata": self.metadata, "thread_ts": self.thread}


class Cut(Exception):
    """The connection breaks instead of an answer."""


@dataclass(frozen=True)
class Response:
    body: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class LoopbackSlack:
    now: Callable[[], datetime]
    faults: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    posts: list[Post] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    scopes: set[str] = field(default_factory=lambda: {"im:history"})
    page: int = 200
    on_its_way: list[tuple[datetime, datetime, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What it answers to methods that it does not carry out."""
    url: str = ""

    def texts(self, channel: str | None = None) -> list[str]:
        return [post.text for post in self.posts if channel in (None, post.channel)]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method, as_json = request.match_info["method"], request.content_type == "application/json"
        given = await request.json() if as_json else dict(await request.post())
        try:
            answer = await self.respond(method, given, as_json=as_json)
        except Cut:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    async def respond(self, method: str, given: dict[str, Any], *, as_json: bool) -> "Response":
        self.calls.append((method, given))
        if as_json and method in ("conversations.history", "conversations.replies"):
            return Response({"ok": False, "error": "invalid_arguments"})
        fault = self.faults[method].pop(0) if self.faults[method] else None
        kind, _, seconds = fault.partition(":") if isinstance(fault, str) else ("", "", "")
        match kind:
            case "cut":
                raise Cut
            case "429":
                return Response({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": seconds})
            case "500":
                return Response({}, 500)
            case "late":
                arrives = self.now() + timedelta(seconds=float(seconds))
                self.on_its_way.append((arrives, self.now(), given))
                raise Cut
            case "" | "cut-after" | "slow":
                pass
            case error:
                return Response({"ok": False, "error": error})
        answer = self.answer(method, given)
        if callable(fault):
            fault(given)
        if kind == "cut-after":
            raise Cut
        if kind == "slow":
            await asyncio.sleep(SLOW)
        return Response(answer)

    def arrive(self) -> None:
        """Do what was on its way and is there by now."""
        there = [(asked, given) for at, asked, given in self.on_its_way if at <= self.now()]
        self.on_its_way = [waiting for waiting in self.on_its_way if waiting[0] > self.now()]
        for asked, given in there:
            self.answer("chat.postMessage", given)
            self.posts[-1].asked = asked

    def answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"ok": True, "team_id": "T0OAK"}
            case "conversations.open":
                return {"ok": True, "channel": {"id": "D" + given["users"][1:]}}
            case "chat.postMessage":
                metadata = given.get("metadata") or {}
                ts = f"{self.now().timestamp():.0f}.{len(self.posts) + 1:06d}"
                channel, thread = given["channel"], given.get("thread_ts")
                self.posts.append(Post(channel, ts, given["text"], thread, metadata, self.now(), self.now()))
                return {"ok": True, "channel": channel, "ts": ts}
            case "chat.update":
                [post] = [post for post in self.posts if (post.channel, post.ts) == (given["channel"], given["ts"])]
                post.text, post.metadata = given["text"], given.get("metadata") or post.metadata
                return {"ok": True, "channel": post.channel, "ts": post.ts}
            case "conversations.history" | "conversations.replies":
                return self.history(given)
        return self.answers.get(method, {"ok": False, "error": "unknown_method"})

    def history(self, given: dict[str, Any]) -> dict[str, Any]:
        needed = "im:history" if given["channel"].startswith("D") else "groups:history"
        if needed not in self.scopes:
            return {"ok": False, "error": "missing_scope", "needed": needed}
        thread = given.get("ts")
        inside = [post for post in self.posts if post.channel == given["channel"] and post.thread == thread]
        found = [post for post in inside if float(post.ts) >= float(given["oldest"])][::-1]
        start = int(given.get("cursor") or 0)
        more = start + self.page < len(found)
        return {
            "ok": True,
            "messages": [post.shown() for post in found[start : start + self.page]],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + self.page) if more else ""},
        }


class DirectSlack:
    """The same Slack without HTTP, where the gateway has its client: a twentieth of the work."""

    def __init__(self, slack: LoopbackSlack) -> None:
        self._slack = slack

    async def api_call(self, method: str, **body: dict[str, Any]) -> AsyncSlackResponse:
        [(form, given)] = body.items()
        await asyncio.sleep(0)
        try:
            answer = await self._slack.respond(method, given, as_json=form == "json")
        except Cut as cut:
            raise ServerDisconnectedError from cut
        return AsyncSlackResponse(
            client=None,
            http_verb="POST",
            api_url=method,
            req_args={},
            data=answer.body,
            headers=answer.headers,
            status_code=answer.status,
        ).validate()


@asynccontextmanager
async def serving(slack: LoopbackSlack) -> AsyncIterator[LoopbackSlack]:
    app = web.Application()
    app.router.add_post("/api/{method}", slack.handle)
    app.router.add_get("/api/{method}", slack.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    slack.url = f"http://127.0.0.1:{port}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()


def gateway_to(slack: LoopbackSlack, timeout: int = 5) -> Gateway:
    client = AsyncWebClient(token="xoxb-loopback", base_url=slack.url, timeout=timeout, retry_handlers=[])
    return Gateway(lambda _team: client, inside_work)
