"""Read, decide, write: goals set, changed, rated and closed; milestones planned, reached, missed and planned anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import goals, when
from bot.domain.goals import Goal, GoalState, Milestone, Plan, Replan, Step
from bot.domain.ids import GoalId, MemberId, MilestoneId
from bot.feature import Deps
from bot.features.goals import reading
from bot.features.goals.reading import Overview, Part
from bot.slack.requests import Request
from bot.store.messages import Place as Where
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work

KINDS = {True: "goals.ahead", False: "goals.after"}
"""The letters about a milestone, by whether its day is still to come."""


@dataclass(frozen=True)
class Saved:
    """A milestone as it is now, with its goal and the letters about it that stand in its owner's conversation."""

    milestone: Milestone
    goal: Goal
    older: tuple[Where, ...] = ()


@dataclass(frozen=True)
class GoalDesk:
    """What a form about a goal, or for a new milestone of it, starts from."""

    goal: Goal
    today: date


@dataclass(frozen=True)
class StepDesk(GoalDesk):
    """What a form about a milestone starts from."""

    milestone: Milestone


async def overview(by: Request, deps: Deps) -> Overview:
    async with deps.store.open_view(by.team) as work:
        return await reading.overview(work, by.member, deps.now())


async def day_of_new_goal(by: Request, deps: Deps) -> date:
    """Today, where the member is; refused where there is no room for one more."""
    async with deps.store.open_view(by.team) as work:
        goals.check_room(await work.goals.of(by.member))
        return await _today(work, by.member, deps.now())


async def desk_of_goal(by: Request, number: GoalId, deps: Deps) -> GoalDesk:
    """Refused where it is closed."""
    async with deps.store.open_view(by.team) as work:
        goal = await reading.own_goal(work, by.member, number)
        goals.check_open(goal, by.member)
        return GoalDesk(goal, await _today(work, by.member, deps.now()))


async def set_goal(by: Request, plan: Plan, step: int, deps: Deps) -> Goal:
    """With where the owner stands at the start. The same words twice, as by a second tap on Save, are one goal."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        place = await reading.place_in(work, by.member)
        tidy = goals.check_goal(plan, when.local(now, place.zone).date())
        known = await work.goals.of(by.member)
        for goal in known:
            if goal.is_open and (goal.words, goal.by) == (tidy.words, tidy.by):
                return goal
        goals.check_room(known)
        fresh = Goal(**vars(tidy), id=GoalId(0), owner=by.member, made_at=now)
        return await work.goals.add(goals.rated(fresh, step, note="", by=by.member, now=now, place=place))


async def change_goal(by: Request, number: GoalId, plan: Plan, deps: Deps) -> Goal:
    async with deps.store.open_work(by.team) as work:
        tidy = goals.check_goal(plan, await _today(work, by.member, deps.now()))
        changed = goals.changed(await work.goals.get(number), tidy, by.member)
        await work.goals.save(changed)
        return changed


async def rate(by: Request, number: GoalId, step: int, *, note: str, deps: Deps) -> Goal:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        place = await reading.place_in(work, by.member)
        known = await work.goals.get(number)
        rated = goals.rated(known, step, note=note, by=by.member, now=now, place=place)
        await work.goals.save(rated)
        return rated


async def close_goal(by: Request, number: GoalId, state: GoalState, *, learned: str, deps: Deps) -> Part:
    """What was still under way of it is let go with it."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        part = await reading.part_of(work, by.member, number)
        closed = goals.closed(part.goal, state, learned=learned, by=by.member, now=now)
        await work.goals.save(closed)
        for one in part.under_way:
            await work.goals.save_milestone(goals.let_go(one, by=by.member, now=now), None)
        return await reading.part_of(work, by.member, number)


async def open_again(by: Request, number: GoalId, deps: Deps) -> Goal:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await reading.own_goal(work, by.member, number)
        if known.is_open:
            return known
        goals.check_room(await work.goals.of(by.member))
        place = await reading.place_in(work, by.member)
        opened = goals.reopened(known, by=by.member, now=now, place=place)
        await work.goals.save(opened)
        return opened


# Milestones


async def desk_for_step(by: Request, number: GoalId, deps: Deps) -> GoalDesk:
    """For a new milestone; refused where the goal has no room for one more."""
    async with deps.store.open_view(by.team) as work:
        part = await reading.part_of(work, by.member, number)
        goals.check_open(part.goal, by.member)
        goals.check_milestone_room(part.milestones)
        return GoalDesk(part.goal, await _today(work, by.member, deps.now()))


async def desk_of_step(by: Request, number: MilestoneId, deps: Deps, *, settled_too: bool = False) -> StepDesk:
    """Refused where it is settled, unless that is what is asked for."""
    async with deps.store.open_view(by.team) as work:
        milestone = await reading.own_milestone(work, by.member, number)
        if not settled_too:
            goals.check_milestone(milestone, by.member)
        goal = await work.goals.get(milestone.goal)
        return StepDesk(goal, await _today(work, by.member, deps.now()), milestone)


async def plan_step(by: Request, number: GoalId, step: Step, deps: Deps) -> Saved:
    """The same twice, as by a second tap on Save, is one."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        part = await reading.part_of(work, by.member, number)
        goals.check_open(part.goal, by.member)
        place = await reading.place_in(work, by.member)
        tidy = goals.check_step(step, part.goal, when.local(now, place.zone).date())
        for one in part.under_way:
            if (one.words, one.by) == (tidy.words, tidy.by):
                return Saved(one, part.goal)
        goals.check_milestone_room(part.milestones)
        fresh = Milestone(**vars(tidy), id=MilestoneId(0), goal=number, owner=by.member, made_at=now)
        added = await work.goals.add_milestone(fresh, goals.next_reminder(fresh, place))
        return Saved(added, part.goal)


async def change_step(by: Request, number: MilestoneId, step: Step, deps: Deps) -> Saved:
    now = deps.now()

    def change(known: Milestone, goal: Goal, today: date) -> Milestone:
        return goals.moved(known, goals.check_step(step, goal, today), by=by.member, now=now)

    return await _changed(by, number, change, deps)


async def reach(by: Request, number: MilestoneId, *, evidence: str, link: str, deps: Deps) -> Saved:
    now = deps.now()

    def change(known: Milestone, _goal: Goal, _today: date) -> Milestone:
        return goals.reached(known, evidence=evidence, link=link, by=by.member, now=now)

    return await _changed(by, number, change, deps)


async def plan_anew(by: Request, number: MilestoneId, plan: Replan, deps: Deps) -> Saved:
    now = deps.now()

    def change(known: Milestone, goal: Goal, today: date) -> Milestone:
        return goals.replanned(known, plan, goal, by=by.member, now=now, today=today)

    return await _changed(by, number, change, deps)


async def take_up(by: Request, number: MilestoneId, deps: Deps) -> Saved:
    now = deps.now()

    def change(known: Milestone, goal: Goal, _today: date) -> Milestone:
        goals.check_open(goal, by.member)
        return goals.taken_up(known, by=by.member, now=now)

    return await _changed(by, number, change, deps)


async def _changed(
    by: Request, number: MilestoneId, change: Callable[[Milestone, Goal, date], Milestone], deps: Deps
) -> Saved:
    async with deps.store.open_work(by.team) as work:
        known = await reading.own_milestone(work, by.member, number)
        goal = await work.goals.get(known.goal)
        place = await reading.place_in(work, by.member)
        now = change(known, goal, when.local(deps.now(), place.zone).date())
        if now != known:
            await work.goals.save_milestone(now, goals.next_reminder(now, place))
            now = replace(now, version=known.version + 1)
        return Saved(now, goal, await _letters_about(work, known))


async def _letters_about(work: Work, known: Milestone) -> tuple[Where, ...]:
    keys = [key_of(kind, known.id, day.isoformat()) for kind in KINDS.values() for day in known.told_on]
    return tuple((await work.outbox.where_went(keys)).values())


async def _today(work: Work, member: MemberId, now: datetime) -> date:
    return when.local(now, (await reading.place_in(work, member)).zone).date()
