"""The nudge tick: every feature's nudges plan what is due soon, in every workspace that is not paused.

First one statement asks for all of them whether there is anything to do; mostly there is not. Those that have something
share a block. When one raises, the block is rolled back and each runs in its own, so that a bug in one stops no other.
"""

import secrets
from collections.abc import Sequence

import structlog

from bot.domain.ids import TeamId
from bot.feature import Deps, Feature, Nudge
from bot.jobs.trying import tried

log = structlog.get_logger("nudge")


async def nudge_once(deps: Deps, features: Sequence[Feature]) -> int:
    """Plan for every workspace; how many letters were added."""
    nudges = [nudge for feature in features for nudge in feature.nudges]
    if not nudges:
        return 0
    added = 0
    for installation in await deps.store.teams():
        if not installation.paused_why:
            added += await _nudge_team(deps, installation.team, nudges)
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
    async with deps.store.open_view(team) as work:
        due = await work.which({nudge.name: nudge.due(work, now) for nudge in nudges if nudge.due})
    wanted = [nudge for nudge in nudges if nudge.due is None or nudge.name in due]
    if not wanted:
        return 0
    async with deps.store.open_work(team) as work:
        for nudge in wanted:
            await nudge.plan(work, now)
    return work.outbox.added
