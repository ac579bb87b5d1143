"""Workspaces that refused our token: asked again now and then, and taken up again when they let us in.

A token comes back to life by itself when an admin lifts a restriction, so nobody has to restart the bot for it. What was
due meanwhile is still due. How long to wait is kept in memory: a fresh start asks Slack at once anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.slack.failures import SlackFailure

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

log = structlog.get_logger("resume")


@dataclass(frozen=True)
class _Try:
    at: datetime
    pause: timedelta


class Resumer:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._next: dict[TeamId, _Try] = {}

    async def look_at(self, team: TeamId) -> bool:
        """Ask Slack, if it is time to, whether a paused workspace takes our token again; whether it does."""
        now = self._deps.now()
        ahead = self._next.setdefault(team, _Try(now + FIRST_PAUSE, FIRST_PAUSE))
        if now < ahead.at:
            return False
        try:
            await self._deps.slack.call(team, "auth.test", {})
        except SlackFailure as failure:
            pause = min(2 * ahead.pause, LONGEST_PAUSE)
            self._next[team] = _Try(now + pause, pause)
            log.warning("still paused", team=team, code=failure.code, again_in=str(pause))
            return False
        del self._next[team]
        await self._resume(team)
        return True

    async def _resume(self, team: TeamId) -> None:
        async with self._deps.store.open_work(team) as work:
            await work.installations.resume()
        self._deps.store.wake()
        log.info("resumed", team=team)
