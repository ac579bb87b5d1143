"""The forms of goals and milestones: how they look and how they are read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import when
from bot.domain.commitments import CAUSES, Cause
from bot.domain.goals import LIMITS, STEPS, Goal, GoalState, Milestone, Plan, Replan, Step
from bot.domain.links import LINK_LIMIT
from bot.features.goals.flows import GoalDesk, StepDesk
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, View
from bot.slack.payload import pack
from bot.slack.reading import FormReading, a_day, one_of
from bot.slack.requests import Answers

USUAL_GOAL = timedelta(days=183)
USUAL_STEP = timedelta(days=28)
USUAL_AGAIN = timedelta(days=14)
STEP_CHOICES: Sequence[Choice] = tuple((f"{number} · {name}", str(number)) for number, name in STEPS.items())
WHAT_NOW: Sequence[Choice] = (
    ("The same, with a new day", "again"),
    ("Something smaller, with a new day", "smaller"),
    ("Let it go", "let_go"),
)
CLOSINGS: Sequence[Choice] = (
    ("I have reached it", GoalState.REACHED.value),
    ("I let it go, on purpose", GoalState.LET_GO.value),
)


@dataclass(frozen=True)
class NewGoal:
    plan: Plan
    step: int


# A goal


def new_goal(today: date) -> View:
    shown = [
        blocks.section(
            "*What will be different, some months from now?* One goal you would be glad to be asked about."
        ),
        *_goal_fields(None, today),
        _where("Where are you today?", "I ask again each quarter, so that you see how far you have come."),
    ]
    return blocks.modal("A new goal", shown, callback="goals.add", submit="Save")


def change_goal(desk: GoalDesk) -> View:
    shown, notes = _goal_fields(desk.goal, desk.today), pack(goal=desk.goal.id)
    return blocks.modal("Change the goal", shown, callback="goals.change", submit="Save", notes=notes)


def _goal_fields(goal: Goal | None, today: date) -> list[Block]:
    words, sign = (goal.words, goal.sign) if goal else ("", "")
    by = goal.by if goal and goal.by > today else today + USUAL_GOAL
    return [
        blocks.field_input(
            "My goal",
            blocks.line("goal", given=words, most=LIMITS["goal"], hint="I lead our customer meetings myself"),
            block="goal",
        ),
        blocks.field_input(
            "How would somebody else see it?",
            blocks.paragraph(
                "sign",
                given=sign,
                most=LIMITS["sign"],
                hint="I have run four of them alone, and the customers come back",
            ),
            block="sign",
            hint="Something that is there to see, so that you and your mentors mean the same.",
        ),
        blocks.field_input("By", blocks.day_picker("by", chosen=by.isoformat()), block="by"),
    ]


def _where(label: str, hint: str, chosen: str = "") -> Block:
    return blocks.field_input(label, blocks.radio("step", STEP_CHOICES, chosen=chosen), block="step", hint=hint)


def rate(goal: Goal) -> View:
    shown = [
        blocks.quote(goal.words),
        _where("Where are you now?", "As you see it yourself. Nobody else is shown this."),
        blocks.field_input(
            "One line about it",
            blocks.line("note", most=LIMITS["note"], hint="What moved it, or what is in the way"),
            block="note",
            optional=True,
        ),
    ]
    return blocks.modal("Where you stand", shown, callback="goals.rate", submit="Save", notes=pack(goal=goal.id))


def close_goal(goal: Goal) -> View:
    how = blocks.radio("state", CLOSINGS, chosen=GoalState.REACHED.value)
    learned = blocks.paragraph(
        "learned", most=LIMITS["evidence"], hint="What you would tell somebody who begins it now"
    )
    shown = [
        blocks.quote(goal.words),
        blocks.field_input("How does it end?", how, block="state"),
        blocks.field_input("What do you take from it?", learned, block="learned", optional=True),
        blocks.context(
            "Milestones still under way are let go with it. A button opens it again if you change your mind."
        ),
    ]
    return blocks.modal("Close the goal", shown, callback="goals.close", submit="Close it", notes=pack(goal=goal.id))


# A milestone


def new_step(desk: GoalDesk) -> View:
    by = min(desk.today + USUAL_STEP, max(desk.goal.by, desk.today + timedelta(days=1)))
    shown = [blocks.quote(desk.goal.words), *_step_fields(Step("", by), desk)]
    return blocks.modal("A milestone", shown, callback="goals.plan", submit="Save", notes=pack(goal=desk.goal.id))


def change_step(desk: StepDesk) -> View:
    shown, notes = _step_fields(desk.milestone, desk), pack(milestone=desk.milestone.id)
    return blocks.modal("Change the milestone", shown, callback="goals.move", submit="Save", notes=notes)


def _step_fields(step: Step, desk: GoalDesk) -> list[Block]:
    line = blocks.line("milestone", given=step.words, most=LIMITS["milestone"], hint="My first meeting, led alone")
    return [
        blocks.field_input("What will be there to see?", line, block="milestone"),
        blocks.field_input("By", blocks.day_picker("by", chosen=step.by.isoformat()), block="by", hint=_until(desk)),
    ]


def _until(desk: GoalDesk) -> str:
    if desk.goal.by <= desk.today:
        return ""
    return f"Up to the day of the goal, {when.say_day(desk.goal.by)} {desk.goal.by.year}."


def reach(milestone: Milestone) -> View:
    evidence = blocks.paragraph(
        "evidence", given=milestone.evidence, most=LIMITS["evidence"], hint="Who saw it, what came of it, a number"
    )
    link = blocks.line("link", given=milestone.link, most=LINK_LIMIT, hint="https://")
    shown = [
        blocks.quote(milestone.words),
        blocks.field_input(
            "What shows it?",
            evidence,
            block="evidence",
            optional=True,
            hint="A line or a link: months from now you will be glad to have it.",
        ),
        blocks.field_input("A link", link, block="link", optional=True),
    ]
    return blocks.modal("Reached", shown, callback="goals.reached", submit="Save", notes=pack(milestone=milestone.id))


def plan_anew(desk: StepDesk) -> View:
    """After a day that passed; also where it is clear already that it will not do."""
    milestone = desk.milestone
    causes = blocks.menu("cause", [(words, cause.value) for cause, words in CAUSES.items()])
    plan = blocks.line("plan", most=LIMITS["plan"], hint="I ask Sam for an hour of his time first")
    line = blocks.line("milestone", most=LIMITS["milestone"], hint="The first half of it")
    by = blocks.day_picker("by", chosen=(desk.today + USUAL_AGAIN).isoformat())
    shown = [
        blocks.quote(milestone.words),
        blocks.context("Days pass; that is how plans get better. Two questions, and it stands again."),
        blocks.field_input("What was in the way?", causes, block="cause"),
        blocks.field_input("What now?", blocks.radio("now", WHAT_NOW, chosen="again"), block="now"),
        blocks.field_input("The new day", by, block="by", hint=_until(desk)),
        blocks.field_input(
            "Something smaller", line, block="milestone", optional=True, hint="In place of what it was."
        ),
        blocks.field_input("What will you do differently?", plan, block="plan", optional=True),
    ]
    notes = pack(milestone=milestone.id)
    return blocks.modal("What now?", shown, callback="goals.missed", submit="Save", notes=notes)


# Reading back


def read_goal(answers: Answers) -> Plan:
    form = FormReading()
    by = form.take("by", lambda: a_day(answers, "by"), date.min)
    form.finish()
    return Plan(answers.text("goal"), answers.text("sign"), by)


def read_new_goal(answers: Answers) -> NewGoal:
    return NewGoal(read_goal(answers), read_step_number(answers))


def read_step_number(answers: Answers) -> int:
    form = FormReading()
    step = form.take("step", lambda: one_of(answers, "step", [value for _, value in STEP_CHOICES]), "1")
    form.finish()
    return int(step)


def read_closing(answers: Answers) -> GoalState:
    form = FormReading()
    state = form.take("state", lambda: one_of(answers, "state", [value for _, value in CLOSINGS]), "open")
    form.finish()
    return GoalState(state)


def read_step(answers: Answers) -> Step:
    form = FormReading()
    by = form.take("by", lambda: a_day(answers, "by"), date.min)
    form.finish()
    return Step(answers.text("milestone"), by)


def read_plan_anew(answers: Answers) -> Replan:
    form = FormReading()
    cause = form.take("cause", lambda: one_of(answers, "cause", [*Cause]), Cause.TIME)
    now = form.take("now", lambda: one_of(answers, "now", [value for _, value in WHAT_NOW]), "again")
    by = form.take("by", lambda: a_day(answers, "by"), date.min) if now != "let_go" else None
    smaller = answers.text("milestone")
    if now == "smaller" and not smaller:
        form.refuse("milestone", "Write the smaller thing, in a few words.")
    form.finish()
    return Replan(cause, answers.text("plan"), by, smaller if now == "smaller" else "")
