"""trigger_ids and response_urls: short-lived permissions that come with what a person does.

A trigger lives three seconds of real time, as the person really waits; a response_url lives thirty minutes on the
sandbox's clock and may be used five times.
"""

import hashlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.refusal import Refusal

RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass
class Trigger:
    id: str
    user: str
    channel: str
    view: str  # the modal it was pulled in, else ""
    issued: float
    used: bool = False


@dataclass
class ResponseUrl:
    id: str
    user: str
    channel: str
    issued: datetime
    message_ts: str = ""
    uses: int = 0


class Triggers:
    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._numbers = itertools.count(1)
        self._issued: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def _token(self, kind: str) -> str:
        number = next(self._numbers)
        return hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:32]

    def issue(self, user: str, *, channel: str = "", view: str = "") -> str:
        token = self._token("trigger")
        trigger = Trigger(f"{int(token[:8], 16)}.{int(token[8:14], 16)}.{token}", user, channel, view, 0.0)
        trigger.issued = self._monotonic()
        self._issued[trigger.id] = trigger
        return trigger.id

    def use(self, trigger_id: str) -> Trigger:
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self._monotonic() - trigger.issued > self._seconds:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def issue_url(self, user: str, channel: str, *, now: datetime, message_ts: str = "") -> str:
        url = ResponseUrl(self._token("url"), user, channel, now, message_ts)
        self._urls[url.id] = url
        return url.id

    def use_url(self, url_id: str, now: datetime) -> ResponseUrl:
        url = self._urls.get(url_id)
        if url is None:
            raise Refusal("invalid_url")
        if now - url.issued > RESPONSE_LIFE:
            raise Refusal("expired_url")
        if url.uses >= RESPONSE_USES:
            raise Refusal("used_url")
        url.uses += 1
        return url
