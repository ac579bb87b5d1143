"""Which nudges and chores have something to do in a workspace: all are asked in one statement, and mostly none has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from bot.domain.ids import TeamId
from bot.feature import Chore, Deps, Nudge

Job = TypeVar("Job", Nudge, Chore)


@dataclass(frozen=True)
class Wanted(Generic[Job]):
    now: Sequence[Job]
    later: datetime | None
    """When the first of the others has something to do; None where none will, unless something is written."""


async def wanted(deps: Deps, team: TeamId, jobs: Sequence[Job]) -> Wanted[Job]:
    """What does not say when it is due is wanted always."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        due = await work.moments({job.name: job.due(work, now) for job in jobs if job.due})
    starts = {job.name: moment - job.ahead for job in jobs if (moment := due.get(job.name)) is not None}
    return Wanted(
        now=[job for job in jobs if job.due is None or starts.get(job.name, FAR) <= now],
        later=min((moment for moment in starts.values() if moment > now), default=None),
    )


FAR = datetime.max.replace(tzinfo=UTC)
