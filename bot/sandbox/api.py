"""The Web API at /api/<method>: who calls, how often, with which scope, and what the call does.

Everything is answered with 200 and {"ok": …}, save a call that comes too fast (429) and trouble on order.
"""

import asyncio
from dataclasses import dataclass
from email.utils import format_datetime

from aiohttp import web

from bot.sandbox.arguments import Arguments, read_json
from bot.sandbox.calls import CALLS
from bot.sandbox.calls.access import need_scope
from bot.sandbox.faults import Trouble
from bot.sandbox.limits import TooFast
from bot.sandbox.model import Json
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.rules import RULES, Rule


@dataclass(frozen=True)
class Verdict:
    """The answer to a call, and how many seconds to wait when it came too fast."""

    answer: Json
    wait: int = 0


class Api:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self._slack.calls_running += 1
        self._slack.calls_made += 1
        try:
            return await self._handle(request, request.match_info["method"])
        finally:
            self._slack.calls_running -= 1

    async def _handle(self, request: web.Request, method: str) -> web.StreamResponse:
        trouble = self._slack.faults.take(
            method, "slow", "http_500", "http_500_after", "cut_before", "cut_after_accept"
        )
        if trouble and trouble.kind == "slow":
            await asyncio.sleep(trouble.seconds)
        if trouble and trouble.kind == "http_500":
            return self._response({"ok": False, "error": "internal_error"}, method, status=500)
        if trouble and trouble.kind == "cut_before":
            return _cut(request)
        values, token = await _read(request)
        verdict = self._verdict(method, values, token)
        self._slack.log.add(method, values, answer=verdict.answer)
        return self._sent(request, method, verdict=verdict, trouble=trouble)

    def _sent(
        self, request: web.Request, method: str, *, verdict: Verdict, trouble: Trouble | None
    ) -> web.StreamResponse:
        if trouble and trouble.kind == "cut_after_accept":
            return _cut(request)
        if trouble and trouble.kind == "http_500_after":
            return self._response({"ok": False, "error": "fatal_error"}, method, status=500)
        if verdict.wait:
            return self._response(verdict.answer, method, status=429, retry_after=verdict.wait)
        return self._response(verdict.answer, method)

    def _verdict(self, method: str, values: Json, token: str) -> Verdict:
        try:
            return Verdict({"ok": True, **self._call(Arguments(method, values), token)})
        except TooFast as refusal:
            return Verdict({"ok": False, "error": refusal.error}, refusal.retry_after)
        except Refusal as refusal:
            return Verdict({"ok": False, "error": refusal.error, **refusal.extra})

    def _call(self, args: Arguments, token: str) -> Json:
        call, rule = CALLS.get(args.method), RULES.get(args.method)
        if rule is None:
            raise Refusal("unknown_method", req_method=args.method)
        self._know(token, rule)
        ordered = self._slack.faults.take(args.method, "ratelimit", "error")
        if ordered and ordered.kind == "ratelimit":
            raise TooFast(ordered.seconds)
        if ordered:
            raise Refusal(ordered.error)
        self._slack.limits.call(args.method, rule.per_minute)
        need_scope(self._slack, rule.any_scopes)
        if call is None:
            raise Refusal("unknown_method", req_method=args.method)
        return call(self._slack, args)

    def _know(self, token: str, rule: Rule) -> None:
        settings = self._slack.settings
        if rule.caller == "none":
            return
        if not token:
            raise Refusal("not_authed")
        if token not in (settings.bot_token, settings.app_token):
            raise Refusal("invalid_auth")
        if token == settings.bot_token and self._slack.token_revoked:
            raise Refusal("token_revoked")
        if rule.caller != ("bot" if token == settings.bot_token else "app"):
            raise Refusal("not_allowed_token_type")

    def _response(self, answer: Json, method: str, *, status: int = 200, retry_after: int = 0) -> web.StreamResponse:
        rule = RULES.get(method)
        headers = {
            "Date": format_datetime(self._slack.clock.now(), usegmt=True),
            "X-OAuth-Scopes": ",".join(self._slack.scopes),
            "X-Accepted-OAuth-Scopes": ",".join(rule.any_scopes) if rule else "",
            "X-Slack-Req-Id": f"sandbox-{self._slack.calls_made}",
        }
        if retry_after:
            headers["Retry-After"] = str(retry_after)
        return web.json_response(answer, status=status, headers=headers)


def _cut(request: web.Request) -> web.StreamResponse:
    """Ends the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments and the token, from header or argument."""
    values: Json = dict(request.query)
    if "json" in request.content_type:
        values |= await read_json(request)
    elif request.method == "POST":
        values |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    sent = str(values.pop("token", ""))
    return values, token.strip() if scheme.lower() == "bearer" else sent
