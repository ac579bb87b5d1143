"""What is read of goals: a member's own, with their milestones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain import when
from bot.domain.goals import Attainment, Goal, GoalState, Milestone, attainment, check_owner
from bot.domain.ids import GoalId, MemberId, MilestoneId
from bot.domain.reminders import Place, place_of
from bot.store.unit_of_work import Work

FRESH = timedelta(days=7)
"""So long what was settled stands in the list with a way back."""


@dataclass(frozen=True)
class Part:
    """A goal and its milestones, the earliest day first."""

    goal: Goal
    milestones: Sequence[Milestone] = ()

    @property
    def under_way(self) -> list[Milestone]:
        return [one for one in self.milestones if one.is_open]


@dataclass(frozen=True)
class Overview:
    today: date
    parts: Sequence[Part] = ()
    counted: Attainment = field(default_factory=Attainment)
    since: datetime | None = None
    """What was settled after this is fresh."""

    @property
    def under_way(self) -> list[Part]:
        return [part for part in self.parts if part.goal.is_open]

    @property
    def behind(self) -> list[Part]:
        """Closed goals, the one closed last first."""
        done = [part for part in self.parts if part.goal.closed_at is not None]
        return sorted(done, key=lambda part: str(part.goal.closed_at), reverse=True)

    def is_fresh(self, one: Goal | Milestone) -> bool:
        at = one.closed_at if isinstance(one, Goal) else one.settled_at
        return one.state is not GoalState.OPEN and bool(self.since and at and at > self.since)


async def place_in(work: Work, member: MemberId) -> Place:
    return place_of(await work.members.get(member))


async def overview(work: Work, member: MemberId, now: datetime) -> Overview:
    """Three questions, however many goals."""
    today = when.local(now, (await place_in(work, member)).zone).date()
    goals = await work.goals.of(member)
    milestones = await work.goals.milestones_of(member) if goals else []
    parts = [Part(goal, [one for one in milestones if one.goal == goal.id]) for goal in goals]
    return Overview(today, parts, attainment(milestones, today), now - FRESH)


async def own_goal(work: Work, member: MemberId, number: GoalId) -> Goal:
    """Everybody else is refused before they have seen anything of it."""
    goal = await work.goals.get(number)
    check_owner(goal, member)
    return goal


async def own_milestone(work: Work, member: MemberId, number: MilestoneId) -> Milestone:
    milestone = await work.goals.milestone(number)
    check_owner(milestone, member)
    return milestone


async def part_of(work: Work, member: MemberId, number: GoalId) -> Part:
    goal = await own_goal(work, member, number)
    every = await work.goals.milestones_of(member)
    return Part(goal, [one for one in every if one.goal == number])
