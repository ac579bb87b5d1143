"""Which nudges and chores have something to do: all are asked in one statement over all workspaces, and mostly none has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from bot.domain.ids import TeamId
from bot.feature import Chore, Deps, Nudge
from bot.store.questions import Questions

Job = TypeVar("Job", Nudge, Chore)


@dataclass(frozen=True)
class Wanted(Generic[Job]):
    """In one workspace."""

    team: TeamId
    is_paused: bool
    now: Sequence[Job]
    later: datetime | None
    """When the first of the others has something to do; None where none will, unless something is written."""


class Watch(Generic[Job]):
    """What does not say when it is due is wanted always."""

    def __init__(self, deps: Deps, jobs: Sequence[Job]) -> None:
        self._deps = deps
        self._jobs: Sequence[Job] = jobs
        self._questions = Questions({job.name: job.due for job in jobs if job.due})

    async def look(self, without: Collection[tuple[str, TeamId]] = ()) -> list[Wanted[Job]]:
        """Every workspace; `without` are jobs that are left alone in one of them."""
        now = self._deps.now()
        async with self._deps.store.transaction(read_only=True) as connection:
            answers = await self._questions.ask(connection, now)
        found = []
        for one in answers:
            free = [job for job in self._jobs if (job.name, one.team) not in without]
            starts = {job.name: due - job.ahead for job in free if (due := one.moments.get(job.name)) is not None}
            ready = [job for job in free if job.due is None or starts.get(job.name, FAR) <= now]
            later = min((moment for moment in starts.values() if moment > now), default=None)
            found.append(Wanted(one.team, one.is_paused, ready, later))
        return found


FAR = datetime.max.replace(tzinfo=UTC)
