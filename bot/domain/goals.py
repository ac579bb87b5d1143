"""Goals over months, and the milestones on the way: each dated, each something that can be seen, with evidence.

A milestone that did not come in its time is looked at and planned anew; that is how plans get better, and nothing is
ever held against anybody. Where somebody stands they say themselves, at the start and every quarter, in five steps.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.commitments import Cause
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import GoalId, MemberId, MilestoneId
from bot.domain.links import clean_link
from bot.domain.reminders import Place
from bot.domain.words import clean_line, clean_text

MOST_GOALS = 3
"""How many somebody may have under way: what has no place among three is not pursued."""
MOST_MILESTONES = 6
FARTHEST = timedelta(days=3 * 366)
QUARTER = timedelta(days=91)
AHEAD_DAYS = 5
"""How many working days before its day a milestone is called to mind."""
SOON = timedelta(days=10)
"""What was planned so near its day needs no calling to mind."""
LIMITS = {"goal": 200, "sign": 300, "milestone": 200, "evidence": 600, "plan": 300, "note": 300}
STEPS = {
    1: "Not begun",
    2: "First steps",
    3: "Half-way",
    4: "Nearly there",
    5: "There",
}
"""How near somebody is to a goal, as they see it themselves."""


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"


@dataclass(frozen=True)
class Standing:
    """Where the owner saw themselves at some moment: one of `STEPS`, and a line about it."""

    at: datetime
    step: int
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """What the owner fills in."""

    words: str
    sign: str
    """How somebody else would see that it is reached."""
    by: date


@dataclass(frozen=True, kw_only=True)
class Goal(Plan):
    id: GoalId
    owner: MemberId
    made_at: datetime
    standings: tuple[Standing, ...] = ()
    """In the order they were given; the first is that of the start."""
    state: GoalState = GoalState.OPEN
    learned: str = ""
    closed_at: datetime | None = None
    ask_at: datetime | None = None
    """When the owner is asked next where they stand; None once it is closed."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is GoalState.OPEN

    @property
    def change(self) -> tuple[Standing, Standing] | None:
        """The first standing and the latest, where there are two."""
        return (self.standings[0], self.standings[-1]) if len(self.standings) > 1 else None


@dataclass(frozen=True)
class Miss:
    """A day that passed without the milestone: what was in the way, and what the owner does about it."""

    was_for: date
    cause: Cause
    plan: str = ""


@dataclass(frozen=True)
class Step:
    """What the owner fills in of a milestone."""

    words: str
    by: date


@dataclass(frozen=True, kw_only=True)
class Milestone(Step):
    id: MilestoneId
    goal: GoalId
    owner: MemberId
    made_at: datetime
    """When it got the day it has now."""
    state: GoalState = GoalState.OPEN
    evidence: str = ""
    link: str = ""
    settled_at: datetime | None = None
    misses: tuple[Miss, ...] = ()
    told_on: tuple[date, ...] = field(default=())
    """The mornings of its reminders that were promised; none comes a second time."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is GoalState.OPEN

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence or self.link)


@dataclass(frozen=True)
class Replan:
    """After a miss: the cause, and the milestone anew (with another day, or smaller), or let go."""

    cause: Cause
    plan: str = ""
    by: date | None = None
    """None lets it go."""
    words: str = ""
    """Something smaller in its place; "" leaves it as it is."""


# Goals


def check_room(goals: Collection[Goal]) -> None:
    if sum(goal.is_open for goal in goals) >= MOST_GOALS:
        raise Refused(
            f"You have {MOST_GOALS} goals under way, and more than that tend to get none of them done. "
            "Close one first: reached or let go, both are fine."
        )


def check_goal(plan: Plan, today: date) -> Plan:
    """Made tidy, or every field that is wrong with a sentence each."""
    wrong: dict[str, str] = {}
    words = _line(plan.words, "goal", "The goal", wrong=wrong)
    sign = _line(plan.sign, "sign", "How it shows", wrong=wrong)
    if not words and "goal" not in wrong:
        wrong["goal"] = "Write in a few words what will be different."
    if not sign and "sign" not in wrong:
        wrong["sign"] = "Write what somebody else could see by then: that is how you will know."
    _check_day(plan.by, today, wrong)
    if wrong:
        raise RefusedFields(wrong)
    return Plan(words, sign, plan.by)


def _line(text: str, field_name: str, what: str, *, wrong: dict[str, str]) -> str:
    try:
        return clean_line(text, LIMITS[field_name], what)
    except Refused as refusal:
        wrong[field_name] = refusal.sentence
        return ""


def _check_day(by: date, today: date, wrong: dict[str, str], latest: date | None = None) -> None:
    last = latest if latest is not None and latest > today else today + FARTHEST
    if not today < by <= last:
        wrong["by"] = f"Pick a day after today, up to {when.say_day(last)} {last.year}."


def changed(goal: Goal, plan: Plan, by: MemberId) -> Goal:
    """A checked plan in place of the goal's."""
    check_open(goal, by)
    return replace(goal, words=plan.words, sign=plan.sign, by=plan.by)


def check_owner(one: Goal | Milestone, by: MemberId) -> None:
    if one.owner != by:
        raise NotYours("That goal is somebody else's, so only they can see to it.")


def check_open(goal: Goal, by: MemberId) -> None:
    check_owner(goal, by)
    if not goal.is_open:
        raise Refused("That goal is closed. `/mentor goals` has a button that opens it again.")


def rated(goal: Goal, step: int, *, note: str, by: MemberId, now: datetime, place: Place) -> Goal:
    """Say where one stands; a second word on the same day takes the place of the first, save that of the start."""
    check_open(goal, by)
    if step not in STEPS:
        raise RefusedFields({"step": "Pick one of the five."})
    said = Standing(now, step, clean_line(note, LIMITS["note"], "The line"))
    earlier = goal.standings
    if len(earlier) > 1 and _on(earlier[-1].at, place) == _on(now, place):
        earlier = earlier[:-1]
    return replace(goal, standings=(*earlier, said), ask_at=next_question(now, place))


def next_question(after: datetime, place: Place) -> datetime:
    """A quarter later, on a working morning where the owner is."""
    return when.first_morning(after + QUARTER, place.zone, place.holidays)


def asked(goal: Goal, place: Place) -> Goal:
    """The question of this quarter is promised; the next comes a quarter later, answered or not."""
    return replace(goal, ask_at=next_question(goal.ask_at, place)) if goal.ask_at else goal


def closed(goal: Goal, state: GoalState, *, learned: str, by: MemberId, now: datetime) -> Goal:
    check_open(goal, by)
    if state is GoalState.OPEN:
        raise RefusedFields({"state": "Pick one of the two."})
    words = clean_text(learned, LIMITS["evidence"], "What you take from it")
    return replace(goal, state=state, learned=words, closed_at=now, ask_at=None)


def reopened(goal: Goal, *, by: MemberId, now: datetime, place: Place) -> Goal:
    check_owner(goal, by)
    if goal.is_open:
        return goal
    return replace(goal, state=GoalState.OPEN, closed_at=None, ask_at=next_question(now, place))


# Milestones


def check_milestone_room(milestones: Collection[Milestone]) -> None:
    if sum(one.is_open for one in milestones) >= MOST_MILESTONES:
        raise Refused(
            f"That goal has {MOST_MILESTONES} milestones under way. Reach one first, or let one go, then add the next."
        )


def check_step(step: Step, goal: Goal, today: date) -> Step:
    """A milestone made tidy; its day lies before that of its goal, where that is still ahead."""
    wrong: dict[str, str] = {}
    words = _line(step.words, "milestone", "The milestone", wrong=wrong)
    if not words and "milestone" not in wrong:
        wrong["milestone"] = "Write what will be there to see by then."
    _check_day(step.by, today, wrong, goal.by)
    if wrong:
        raise RefusedFields(wrong)
    return Step(words, step.by)


def moved(milestone: Milestone, step: Step, *, by: MemberId, now: datetime) -> Milestone:
    """Other words or another day, for what is still ahead."""
    check_milestone(milestone, by)
    made = now if step.by != milestone.by else milestone.made_at
    return replace(milestone, words=step.words, by=step.by, made_at=made)


def check_milestone(milestone: Milestone, by: MemberId) -> None:
    check_owner(milestone, by)
    if not milestone.is_open:
        raise Refused("That milestone is settled. `/mentor goals` has a button that opens it again.")


def reached(milestone: Milestone, *, evidence: str, link: str, by: MemberId, now: datetime) -> Milestone:
    """Also corrects what was said of one that is reached already."""
    check_owner(milestone, by)
    if milestone.state is GoalState.LET_GO:
        raise Refused("You let that milestone go. `/mentor goals` has a button that opens it again.")
    shown = clean_text(evidence, LIMITS["evidence"], "What shows it")
    settled = milestone.settled_at or now
    return replace(milestone, state=GoalState.REACHED, evidence=shown, link=clean_link(link), settled_at=settled)


def replanned(
    milestone: Milestone, plan: Replan, goal: Goal, *, by: MemberId, now: datetime, today: date
) -> Milestone:
    """What a missed day leads to: another day, something smaller, or letting go."""
    check_milestone(milestone, by)
    words = clean_line(plan.plan, LIMITS["plan"], "What you will do differently")
    missed = replace(milestone, misses=(*milestone.misses, Miss(milestone.by, plan.cause, words)))
    if plan.by is None:
        return replace(missed, state=GoalState.LET_GO, settled_at=now)
    step = check_step(Step(plan.words or milestone.words, plan.by), goal, today)
    return replace(missed, words=step.words, by=step.by, made_at=now)


def let_go(milestone: Milestone, *, by: MemberId, now: datetime) -> Milestone:
    check_milestone(milestone, by)
    return replace(milestone, state=GoalState.LET_GO, settled_at=now)


def taken_up(milestone: Milestone, *, by: MemberId, now: datetime) -> Milestone:
    """Open again, with the day it had."""
    check_owner(milestone, by)
    if milestone.is_open:
        return milestone
    return replace(milestone, state=GoalState.OPEN, settled_at=None)


# What the owner hears of a milestone, unasked


def reminder_days(milestone: Milestone, place: Place) -> tuple[date, ...]:
    """At most two: some working days before its day, and the first working day after it."""
    if not milestone.is_open:
        return ()
    ahead = when.working_days_before(milestone.by, AHEAD_DAYS, place.holidays)
    after = when.working_days_after(milestone.by, 1, place.holidays)
    early = milestone.by - _on(milestone.made_at, place) > SOON and ahead > _on(milestone.made_at, place)
    return (ahead, after) if early else (after,)


def next_reminder(milestone: Milestone, place: Place) -> datetime | None:
    """When the next one is to come that was not promised yet."""
    mornings = [day for day in reminder_days(milestone, place) if day not in milestone.told_on]
    return when.to_utc(mornings[0], when.MORNING, place.zone) if mornings else None


def is_ahead(milestone: Milestone, today: date) -> bool:
    """Whether its day is still to come, or is today."""
    return milestone.by >= today


def promised(milestone: Milestone, on: date) -> Milestone:
    return replace(milestone, told_on=(*milestone.told_on, on))


def _on(moment: datetime, place: Place) -> date:
    return when.local(moment, place.zone).date()


@dataclass(frozen=True)
class Attainment:
    """Of all milestones whose day has come, how many are reached with something that shows it."""

    shown: int = 0
    reached: int = 0
    due: int = 0


def attainment(milestones: Collection[Milestone], today: date) -> Attainment:
    """What was let go is not due."""
    due = [one for one in milestones if one.state is GoalState.REACHED or (one.is_open and one.by < today)]
    done = [one for one in due if one.state is GoalState.REACHED]
    return Attainment(shown=sum(one.has_evidence for one in done), reached=len(done), due=len(due))
