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
from bot.jobs.wanted import Wanted, Watch

log = structlog.get_logger("nudge")


class Nudges:
    def __init__(self, deps: Deps, features: Sequence[Feature]) -> None:
        self.later: datetime | None = None
        """When the next one has something to do, as the last pass saw it; None where none will."""
        self._deps = deps
        self._nudges = [nudge for feature in features for nudge in feature.nudges]
        self._watch = Watch(deps, self._nudges)

    async def run_once(self) -> int:
        """Plan for every workspace; how many letters were added."""
        if not self._nudges:
            return 0
        added = 0
        found = await self._look()
        if wanted := [one for one in found if one.now]:
            for one in wanted:
                added += await _nudge_team(self._deps, one.team, one.now)
            # What ran has something to do at another time now.
            found = await self._look()
        later = [one.later for one in found if one.later]
        later += [self._deps.now()] if any(one.now for one in found) else []
        self.later = min(later, default=None)
        return added

    async def _look(self) -> list[Wanted[Nudge]]:
        return [one for one in await self._watch.look() if not one.is_paused]


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
