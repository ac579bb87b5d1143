"""How fast one may call: per method and minute, one message a second and channel, so many messages a workspace.

Measured on the sandbox's clock, so that a bot which waits until a later time is let through after a jump.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.refusal import Refusal

MINUTE = 60.0
MESSAGES_A_MINUTE = 300  # "several hundred messages per minute" a workspace
CHANNEL_BURST = 3  # Slack tolerates short bursts and does not say how short


class TooFast(Refusal):
    def __init__(self, wait: float, error: str = "ratelimited") -> None:
        super().__init__(error)
        self.retry_after = max(1, math.ceil(wait))


@dataclass
class _Bucket:
    left: float
    filled: float


class Limits:
    def __init__(self, clock: Clock, *, enforced: bool = True) -> None:
        self.enforced = enforced
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._channels: dict[str, _Bucket] = {}

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def call(self, method: str, per_minute: int) -> None:
        """Counts a call of the method, or refuses it when the last minute is full."""
        if not self.enforced:
            return
        now, made = self._now(), self._calls[method]
        while made and made[0] <= now - MINUTE:
            made.popleft()
        if len(made) >= per_minute:
            raise TooFast(made[0] + MINUTE - now)
        made.append(now)

    def message(self, channel: str) -> None:
        """Counts a message to the channel, or refuses it."""
        if not self.enforced:
            return
        now = self._now()
        bucket = self._channels.setdefault(channel, _Bucket(CHANNEL_BURST, now))
        bucket.left = min(CHANNEL_BURST, bucket.left + now - bucket.filled)
        bucket.filled = now
        if bucket.left < 1:
            raise TooFast(1 - bucket.left)
        self.call(" messages", MESSAGES_A_MINUTE)
        bucket.left -= 1
