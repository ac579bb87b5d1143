"""The nudge tick: every feature's nudges plan what is due soon, in every workspace that is not paused.

Those that have something to do share a block. When one raises, the block is rolled back and each runs in its own, so that
a bug in one stops no other.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.domain.ids import TeamId
from bot.feature import Deps, Feature, Nudge
from bot.jobs.trying import tried
from bot.jobs.wanted import wanted

log = structlog.get_logger("nudge")


class Nudges:
    def __init__(self, deps: Deps, features: Sequence[Feature]) -> None:
        self.later: datetime | None = None
        """When the next one has something to do, as the last pass saw it; None where none will."""
        self._deps = deps
        self._nudges = [nudge for feature in features for nudge in feature.nudges]

    async def run_once(self) -> int:
        """Plan for every workspace; how many letters were added."""
        if not self._nudges:
            return 0
        added = 0
        later: list[datetime] = []
        for installation in await self._deps.store.teams():
            if installation.paused_why:
                continue
            found = await wanted(self._deps, installation.team, self._nudges)
            if found.now:
                added += await _nudge_team(self._deps, installation.team, found.now)
                # What ran has something to do at another time now.
                found = await wanted(self._deps, installation.team, self._nudges)
                later += [self._deps.now()] if found.now else []
            if found.later:
                later.append(found.later)
        self.later = min(later, default=None)
        return added


async def _nudge_team(deps: Deps, team: TeamId, nudges: Sequence[Nudge]) -> int:
    together = await tried(_plan(deps, team, nudges))
    if not isinstance(together, Exception):
        return together
    added = 0
    for nudge in nudges:
        planned = await tried(_plan(deps, team, [nudge]))
        if isinstance(planned, Exception):
            reference = secrets.token_hex(3)
            log.error("a nudge failed", nudge=nudge.name, team=team, reference=reference, exc_info=planned)
        else:
            added += planned
    return added


async def _plan(deps: Deps, team: TeamId, nudges: Sequence[Nudge]) -> int:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        for nudge in nudges:
            await nudge.plan(work, now)
    return work.outbox.added
