"""The signed HTTP mode: what happens is posted to the bot's address, signed as Slack signs it."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.sandbox.courier import NotAnswered, Package
from bot.sandbox.model import Json

FORM = "application/x-www-form-urlencoded"


def signed(secret: str, body: str, timestamp: int) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


class HttpLine:
    def __init__(self, secret: str, url: str = "") -> None:
        self.url = url
        self.verified = False
        self._secret = secret
        self._session: ClientSession | None = None

    @property
    def connected(self) -> bool:
        return bool(self.url) and self.verified

    async def ask(self, package: Package) -> Json | None:
        if not self.url:
            raise NotAnswered("connection_failed")
        body, kind = _body(package)
        headers = {"Content-Type": kind}
        if package.retry:
            headers |= {
                "X-Slack-Retry-Num": str(package.retry),
                "X-Slack-Retry-Reason": package.retry_reason,
            }
        return await self._post(body, headers)

    async def verify(self) -> bool:
        """The handshake of a new request URL: the bot must send the challenge back."""
        challenge: Json = {"type": "url_verification", "token": "sandbox", "challenge": "sandbox-challenge"}
        try:
            answer = await self._post(json.dumps(challenge), {"Content-Type": "application/json"})
        except NotAnswered:
            return False
        sent_back = (answer or {}).get("challenge") or (answer or {}).get("text")
        self.verified = sent_back == challenge["challenge"]
        return self.verified

    async def _post(self, body: str, headers: dict[str, str]) -> Json | None:
        # Slack signs with the true time, and so must we: the bot compares it with its own wall clock.
        headers = headers | signed(self._secret, body, int(time.time()))
        headers["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
        try:
            async with self._open().post(self.url, data=body.encode(), headers=headers) as response:
                return await _answer(response)
        except ClientError:
            raise NotAnswered("connection_failed") from None

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=10))
        return self._session

    async def close(self) -> None:
        if self._session:
            await self._session.close()


def _body(package: Package) -> tuple[str, str]:
    if package.kind == "events_api":
        return json.dumps(package.payload), "application/json"
    if package.kind == "slash_commands":
        return urlencode(package.payload), FORM
    return urlencode({"payload": json.dumps(package.payload)}), FORM


async def _answer(response: ClientResponse) -> Json | None:
    text = await response.text()
    if not 200 <= response.status < 300:
        raise NotAnswered("http_error", again=response.headers.get("X-Slack-No-Retry") != "1")
    if not text.strip():
        return None
    if "json" not in response.headers.get("Content-Type", ""):
        return {"text": text}
    answer: Any = json.loads(text)
    return answer if isinstance(answer, dict) else {"text": text}
