"""Goals and their milestones: the words sealed, the days and moments open, as they are searched.

`remind_at` of a milestone and `ask_at` of a goal say when their owner hears of them next, and are null for never.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, exists, select
from sqlalchemy.sql import ColumnElement

from bot.domain.commitments import Cause
from bot.domain.errors import Gone
from bot.domain.goals import Goal, GoalState, Milestone, Miss, Standing
from bot.domain.ids import GoalId, MemberId, MilestoneId
from bot.store.base import Earliest, Repository, Truth, earliest, metadata, team_column
from bot.store.types import EPOCH, Json, Moment, Sealed

goals = Table(
    "goals",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("words", Sealed("goals.words"), nullable=False),
    Column("sign", Sealed("goals.sign"), nullable=False),
    Column("due", Date, nullable=False),
    Column("standings", Sealed("goals.standings"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("learned", Sealed("goals.learned")),
    Column("made_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("ask_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_goals_owner", "team", "owner"),
    Index("ix_goals_ask", "team", "ask_at"),
)
milestones = Table(
    "milestones",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("goal", Integer, nullable=False),
    Column("owner", String(20), nullable=False),
    Column("words", Sealed("milestones.words"), nullable=False),
    Column("due", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("evidence", Sealed("milestones.evidence")),
    Column("link", Sealed("milestones.link")),
    Column("misses", Sealed("milestones.misses"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("told_on", Json, nullable=False),
    Column("remind_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_milestones_goal", "team", "goal"),
    Index("ix_milestones_owner", "team", "owner"),
    Index("ix_milestones_remind", "team", "remind_at"),
)


class Goals(Repository):
    async def get(self, goal: GoalId) -> Goal:
        found = await self.find(goal)
        if found is None:
            raise Gone("That goal isn't there any more. `/mentor goals` shows yours.")
        return found

    async def find(self, goal: GoalId) -> Goal | None:
        found = await self._goals(goals.c.id == goal)
        return found[0] if found else None

    async def of(self, member: MemberId) -> list[Goal]:
        """All that the member ever set, in the order they were set."""
        return await self._goals(goals.c.owner == member)

    def has_any(self, member: MemberId) -> Truth:
        return exists().where(self.mine(goals, goals.c.owner == member))

    async def add(self, goal: Goal) -> Goal:
        """Store a new one (its `id` is not read)."""
        number = await self.insert(goals, _goal_values(goal) | {"version": 1})
        return await self.get(GoalId(number))

    async def save(self, goal: Goal) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(goals, goal.id, goal.version, _goal_values(goal))

    async def milestone(self, number: MilestoneId) -> Milestone:
        found = await self.find_milestone(number)
        if found is None:
            raise Gone("That milestone isn't there any more. `/mentor goals` shows yours.")
        return found

    async def find_milestone(self, number: MilestoneId) -> Milestone | None:
        found = await self._milestones(milestones.c.id == number)
        return found[0] if found else None

    async def milestones_of(self, member: MemberId) -> list[Milestone]:
        """All of the member's, the earliest day first."""
        found = await self._milestones(milestones.c.owner == member)
        return sorted(found, key=lambda one: (one.by, one.id))

    async def add_milestone(self, milestone: Milestone, remind_at: datetime | None) -> Milestone:
        values = _milestone_values(milestone) | {"remind_at": remind_at, "version": 1}
        return await self.milestone(MilestoneId(await self.insert(milestones, values)))

    async def save_milestone(self, milestone: Milestone, remind_at: datetime | None) -> None:
        """`Stale` if somebody saved in between."""
        values = _milestone_values(milestone) | {"remind_at": remind_at}
        await self.save_version(milestones, milestone.id, milestone.version, values)

    # What is due

    def earliest_question(self) -> Earliest:
        return earliest(goals.c.ask_at, self.mine(goals))

    def earliest_reminder(self) -> Earliest:
        return earliest(milestones.c.remind_at, self.mine(milestones))

    async def to_ask(self, until: datetime) -> list[Goal]:
        """Goals with a question up to then, held until the block ends and not given to another replica."""
        numbers = await self.held(goals, goals.c.ask_at <= until)
        return await self._goals(goals.c.id.in_(numbers)) if numbers else []

    async def to_remind(self, until: datetime) -> list[Milestone]:
        """Milestones with a reminder up to then, held in the same way."""
        numbers = await self.held(milestones, milestones.c.remind_at <= until)
        return await self._milestones(milestones.c.id.in_(numbers)) if numbers else []

    async def ask_again(self, goal: GoalId, at: datetime | None) -> None:
        """Nothing that anybody else could have missed, so the version stays."""
        await self.run(goals.update().where(self.mine(goals, goals.c.id == goal)).values(ask_at=at))

    async def promise(self, milestone: MilestoneId, told_on: Collection[date], remind_at: datetime | None) -> None:
        """Keep for which mornings reminders were promised; the version stays."""
        this = self.mine(milestones, milestones.c.id == milestone)
        values = {"told_on": [day.isoformat() for day in told_on], "remind_at": remind_at}
        await self.run(milestones.update().where(this).values(**values))

    async def _goals(self, *conditions: ColumnElement[bool]) -> list[Goal]:
        found = await self.rows(select(goals).where(self.mine(goals, *conditions)).order_by(goals.c.id))
        return [_goal(row) for row in found]

    async def _milestones(self, *conditions: ColumnElement[bool]) -> list[Milestone]:
        found = await self.rows(
            select(milestones).where(self.mine(milestones, *conditions)).order_by(milestones.c.id)
        )
        return [_milestone(row) for row in found]


def _goal(row: Row[Any]) -> Goal:
    return Goal(
        id=GoalId(row.id),
        owner=MemberId(row.owner),
        words=row.words,
        sign=row.sign,
        by=row.due,
        made_at=row.made_at,
        standings=tuple(_standing(one) for one in row.standings),
        state=GoalState(row.state),
        learned=row.learned or "",
        closed_at=row.closed_at,
        ask_at=row.ask_at,
        version=row.version,
    )


def _goal_values(goal: Goal) -> dict[str, Any]:
    return {
        "owner": goal.owner,
        "words": goal.words,
        "sign": goal.sign,
        "due": goal.by,
        "standings": [[one.at.isoformat(), one.step, one.note] for one in goal.standings],
        "state": goal.state.value,
        "learned": goal.learned,
        "made_at": goal.made_at,
        "closed_at": goal.closed_at,
        "ask_at": goal.ask_at,
    }


def _standing(stored: list[Any]) -> Standing:
    at, step, note = stored
    return Standing(datetime.fromisoformat(at).astimezone(EPOCH.tzinfo), step, note)


def _milestone(row: Row[Any]) -> Milestone:
    return Milestone(
        id=MilestoneId(row.id),
        goal=GoalId(row.goal),
        owner=MemberId(row.owner),
        words=row.words,
        by=row.due,
        made_at=row.made_at,
        state=GoalState(row.state),
        evidence=row.evidence or "",
        link=row.link or "",
        settled_at=row.settled_at,
        misses=tuple(Miss(date.fromisoformat(was), Cause(cause), plan) for was, cause, plan in row.misses),
        told_on=tuple(date.fromisoformat(day) for day in row.told_on),
        version=row.version,
    )


def _milestone_values(milestone: Milestone) -> dict[str, Any]:
    return {
        "goal": milestone.goal,
        "owner": milestone.owner,
        "words": milestone.words,
        "due": milestone.by,
        "state": milestone.state.value,
        "evidence": milestone.evidence,
        "link": milestone.link,
        "misses": [[one.was_for.isoformat(), one.cause.value, one.plan] for one in milestone.misses],
        "made_at": milestone.made_at,
        "settled_at": milestone.settled_at,
        "told_on": [day.isoformat() for day in milestone.told_on],
    }
