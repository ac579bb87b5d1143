"""Calls to Slack that nobody waits for, at the pace that Slack allows each method; all replicas share it.

What a person's click needs goes directly. Letters have their own gate (see `leases`), and so has looking for them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.ids import TeamId
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.gateway import Gateway
from bot.store.tiers import Rate, Tiers
from bot.store.unit_of_work import Store

SLOW_DOWN = {"ratelimited", "rate_limited", "http_429", "message_limit_exceeded"}
"""Codes that speak of how often was asked; the other ones of their meaning speak of what was asked for."""
OPEN = "conversations.open"

_TIERS = {20: Rate(12, 8), 50: Rate(30, 20), 100: Rate(60, 40)}
"""By what Slack takes a minute: a burst and a minute's filling come to exactly that."""
_METHODS = {
    20: """conversations.create conversations.archive conversations.rename conversations.setTopic
        conversations.setPurpose bookmarks.add""",
    50: f"""{OPEN} conversations.invite conversations.kick conversations.info users.conversations chat.update
        chat.delete""",
    100: """conversations.members users.info views.publish chat.postEphemeral files.getUploadURLExternal
        files.completeUploadExternal""",
}
RATES = {method: _TIERS[per_minute] for per_minute, methods in _METHODS.items() for method in methods.split()}


class CannotOpen(Exception):
    """Slack opens no conversation for the moment. What needs none to be opened goes on."""

    def __init__(self, failure: SlackFailure) -> None:
        super().__init__(str(failure))
        self.wait = timedelta(seconds=failure.wait)


class PacedGateway(Gateway):
    """A gateway whose calls wait their turn: where there is none yet, it says what Slack would say, with the time."""

    def __init__(self, gateway: Gateway, store: Store, now: Callable[[], datetime]) -> None:
        self._gateway = gateway
        self._store = store
        self._now = now
        self._put = gateway._put

    async def call(self, team: TeamId, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        if method not in RATES:
            return await self._gateway.call(team, method, arguments)
        await self._take(team, method)
        try:
            return await self._gateway.call(team, method, arguments)
        except SlackFailure as failure:
            if failure.code in SLOW_DOWN:
                await self._pause(team, method, failure.wait)
            raise

    async def _take(self, team: TeamId, method: str) -> None:
        now = self._now()
        async with self._store.transaction() as connection:
            until = await Tiers(connection, team).take(method, RATES[method], now)
        if until is not None:
            raise SlackFailure("ratelimited", Meaning.LATER, wait=(until - now).total_seconds(), where="our own pace")

    async def _pause(self, team: TeamId, method: str, wait: float) -> None:
        async with self._store.transaction() as connection:
            await Tiers(connection, team).pause(method, self._now() + timedelta(seconds=wait))
