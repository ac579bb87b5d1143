"""How goals and milestones look. All of it is shown to their owner alone."""

from collections.abc import Sequence
from datetime import date

from bot.domain import when
from bot.domain.commitments import EXPERIMENTS
from bot.domain.goals import MOST_GOALS, MOST_MILESTONES, STEPS, Goal, GoalState, Milestone, Standing
from bot.features.goals.flows import Saved
from bot.features.goals.reading import Overview, Part
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import day, escape, link, many

ADD_GOAL = "goals.add"
SHOW_ALL = "goals.show"
SHOW_BEHIND = "goals.behind"
BRIEF_DAYS = 14
"""`/mentor` alone tells of milestones that are due within so many days."""
MOST_BEHIND = 15


# The list


def overview(shown: Overview) -> Message:
    return Message("Your goals.", [*page(shown), _list_buttons(shown)])


def page(shown: Overview) -> list[Block]:
    if not shown.under_way:
        return _empty()
    made: list[Block] = []
    for part in shown.under_way:
        made += goal(part, shown)
    if shown.counted.due:
        made.append(blocks.context(_counted(shown)))
    return made


def _empty() -> list[Block]:
    return [
        blocks.section(
            "*No goal under way.* A goal is what you would like to be different in some months, with two or three "
            "milestones on the way: each with a day, each something that is there to see."
        ),
        blocks.context("Your goals are yours alone. They make it easy to tell a mentor what you need."),
    ]


def _list_buttons(shown: Overview) -> Block:
    room = len(shown.under_way) < MOST_GOALS
    style = "" if shown.under_way else "primary"
    buttons = [blocks.button("Set a goal", ADD_GOAL, style=style)] if room else []
    if shown.behind:
        buttons.append(blocks.button("What is behind me", SHOW_BEHIND))
    return blocks.actions(*buttons or [blocks.button("Show them again", SHOW_ALL)], block="goals")


def goal(part: Part, shown: Overview) -> list[Block]:
    one = part.goal
    made = [blocks.section(f"{title(one)}\n{_facts(one, shown.today)}")]
    for step in part.milestones:
        if step.is_open or shown.is_fresh(step):
            made += milestone(step, shown.today)
    made.append(_goal_buttons(part))
    return made


def title(one: Goal) -> str:
    return f"*{escape(one.words)}*"


def _facts(one: Goal, today: date) -> str:
    by = f"by {_day(one.by)}" if one.by >= today else f"was for {_day(one.by)}: close it, or change its day?"
    return f"{by} · {_stands(one)}\n_Seen by:_ {escape(one.sign)}"


def _stands(one: Goal) -> str:
    """ "2 First steps → 4 Nearly there since 3 March"."""
    if not one.standings:
        return "not rated yet"
    latest = one.standings[-1]
    words = f"{latest.step} of {len(STEPS)}, {STEPS[latest.step].lower()}"
    if one.change is None:
        return words
    first, _ = one.change
    return f"{words} ({first.step} on {day(first.at)})"


def _goal_buttons(part: Part) -> Block:
    number = part.goal.id
    elements: list[Element] = []
    if len(part.under_way) < MOST_MILESTONES:
        style = "" if part.milestones else "primary"
        elements.append(blocks.button("Add a milestone", "goals.plan", pack(goal=number), style=style))
    elements += [
        blocks.button("Where I stand", "goals.rate", pack(goal=number)),
        blocks.button("Change it", "goals.change", pack(goal=number)),
        blocks.button("Close it", "goals.close", pack(goal=number)),
    ]
    return blocks.actions(*elements, block=f"goal-{number}")


def milestone(step: Milestone, today: date) -> list[Block]:
    shown = [blocks.section("\n".join(_lines(step, today)))]
    return [*shown, blocks.actions(*_buttons(step), block=f"milestone-{step.id}")]


def _lines(step: Milestone, today: date) -> list[str]:
    lines = [f"{_mark(step, today)} {escape(step.words)} · {_day_of(step, today)}"]
    if step.misses:
        last = step.misses[-1]
        tried = f": {escape(last.plan)}" if last.plan else ""
        lines.append(f"_Planned anew{tried}_")
    if step.evidence:
        lines.append(f"_Shown by:_ {escape(step.evidence)}")
    if step.link:
        lines.append(f"_Link:_ {link(step.link, step.link)}")
    return lines


def _mark(step: Milestone, today: date) -> str:
    if step.state is GoalState.REACHED:
        return ":white_check_mark:"
    if step.state is GoalState.LET_GO:
        return ":leaves:"
    return ":white_circle:" if step.by >= today else ":hourglass_flowing_sand:"


def _day_of(step: Milestone, today: date) -> str:
    if step.state is GoalState.REACHED:
        return "reached" if step.has_evidence else "reached; what shows it?"
    if step.state is GoalState.LET_GO:
        return "let go"
    return f"by {_day(step.by)}" if step.by >= today else f"was for {_day(step.by)}: how did it go?"


def _buttons(step: Milestone) -> list[Element]:
    value = pack(milestone=step.id)
    if step.state is GoalState.LET_GO:
        return [blocks.button("Take it up again", "goals.again", value)]
    if step.state is GoalState.REACHED:
        words = "Change what shows it" if step.has_evidence else "Add what shows it"
        return [blocks.button(words, "goals.reached", value), blocks.button("Open it again", "goals.again", value)]
    return [
        blocks.button("Reached", "goals.reached", value),
        blocks.button("Not yet", "goals.missed", value),
        blocks.button("Change", "goals.move", value),
    ]


def _counted(shown: Overview) -> str:
    counted = shown.counted
    words = f"{counted.reached} of {many(counted.due, 'milestone', 'milestones')} that came due are reached"
    return f"{words}, {counted.shown} of them with something that shows it. Only you see this."


def behind(shown: Overview) -> Message:
    """What was closed, the latest first, with what was learned and how far it went."""
    made: list[Block] = []
    for part in shown.behind[:MOST_BEHIND]:
        made += _closed(part)
    return Message("The goals behind you.", made or [blocks.section("*Nothing is behind you yet.*")])


def _closed(part: Part) -> list[Block]:
    one = part.goal
    how = "Reached" if one.state is GoalState.REACHED else "Let go"
    lines = [f"{title(one)}", f"{how} {day(one.closed_at)} · {_stands(one)}" if one.closed_at else how]
    lines += [_behind_line(step) for step in part.milestones if step.state is GoalState.REACHED]
    shown: list[Block] = [blocks.section("\n".join(lines))]
    if one.learned:
        shown.append(blocks.quote(one.learned))
    again = blocks.button("Open it again", "goals.reopen", pack(goal=one.id))
    return [*shown, blocks.actions(again, block=f"closed-{one.id}")]


def _behind_line(step: Milestone) -> str:
    shown = f": {escape(step.evidence)}" if step.evidence else ""
    return f":white_check_mark: {escape(step.words)}{shown}"


# Receipts


def goal_saved(one: Goal) -> Message:
    """The next thing to do is the first milestone."""
    words = f"*Saved: {escape(one.words)}* By {_day(one.by)}. What is the first thing on the way that will be there to see?"
    plan = blocks.button("Add a milestone", "goals.plan", pack(goal=one.id), style="primary")
    show = blocks.button("My goals", SHOW_ALL)
    return Message("Your goal is saved.", [blocks.section(words), blocks.actions(plan, show)])


def goal_changed(one: Goal) -> Message:
    words = f"*Changed: {escape(one.words)}* By {_day(one.by)}."
    return Message("Your goal is changed.", [blocks.section(words), _back()])


def rated(one: Goal) -> Message:
    """With the change since the start, where there was one to be seen."""
    latest = one.standings[-1]
    words = f"*Noted: {latest.step} of {len(STEPS)}, {STEPS[latest.step].lower()}.* {_since(one.standings)}"
    return Message("Noted where you stand.", [blocks.section(words.strip()), _back()])


def _since(standings: Sequence[Standing]) -> str:
    if len(standings) < 2:
        return ""
    first, latest = standings[0], standings[-1]
    if latest.step == first.step:
        return f"As at the start, {day(first.at)}. What is one thing that would move it?"
    way = "up from" if latest.step > first.step else "down from"
    return f"It is {way} {first.step}, {STEPS[first.step].lower()}, on {day(first.at)}."


def goal_closed(part: Part) -> Message:
    one = part.goal
    if one.state is GoalState.REACHED:
        words = f"*Reached: {escape(one.words)}* Well done. Who helped, and may like to hear it?"
    else:
        words = f"*Let go: {escape(one.words)}* That makes room for what matters more now."
    again = blocks.button("Open it again", "goals.reopen", pack(goal=one.id))
    return Message("Your goal is closed.", [blocks.section(words), blocks.actions(again, _show())])


def reopened(one: Goal) -> Message:
    return Message("It is open again.", [blocks.section(f"*Open again: {escape(one.words)}*"), _back()])


def planned(saved: Saved) -> Message:
    step = saved.milestone
    words = f"*Saved: {escape(step.words)}* By {_day(step.by)}."
    told = blocks.context("I remind you once before its day, and ask once after it. No more than that.")
    another = blocks.button("Add another", "goals.plan", pack(goal=saved.goal.id))
    return Message("Your milestone is saved.", [blocks.section(words), told, blocks.actions(another, _show())])


def settled(saved: Saved) -> Message:
    """After it was reached, missed, let go, or taken up again."""
    return Message("Your milestone is saved.", [*as_it_is(saved), _back()])


def as_it_is(saved: Saved) -> list[Block]:
    step = saved.milestone
    if step.state is GoalState.REACHED:
        words = f"*Reached: {escape(step.words)}*"
        return [blocks.section(words), *([blocks.quote(step.evidence)] if step.evidence else [])]
    if step.state is GoalState.LET_GO:
        return [blocks.section(f"*Let go: {escape(step.words)}* That is a decision too.")]
    shown = [blocks.section(f"*It stands again: {escape(step.words)}* By {_day(step.by)}.")]
    if step.misses:
        shown.append(blocks.context(f"One thing to try: {EXPERIMENTS[step.misses[-1].cause]}"))
    return shown


def letter_settled(saved: Saved) -> Message:
    """In place of a letter that asked, once what it asked is answered."""
    return Message("That milestone is settled.", as_it_is(saved))


# Letters


def ahead(step: Milestone, one: Goal) -> Message:
    shown = [
        blocks.section(f"*A milestone of yours is for {when.say_day(step.by)}:* {escape(step.words)}"),
        blocks.context(f"On the way to: {escape(one.words)}"),
        blocks.actions(*_buttons_of_letter(step), block=f"milestone-{step.id}"),
    ]
    return Message(f"A milestone is for {when.say_day(step.by)}.", shown)


def after(step: Milestone, one: Goal) -> Message:
    shown = [
        blocks.section(f"*How did it go?* {escape(step.words)}, planned for {when.say_day(step.by)}."),
        blocks.context(f"On the way to: {escape(one.words)}. I ask once, then it rests until you look at it."),
        blocks.actions(*_buttons_of_letter(step), block=f"milestone-{step.id}"),
    ]
    return Message("How did your milestone go?", shown)


def _buttons_of_letter(step: Milestone) -> list[Element]:
    value = pack(milestone=step.id)
    reached = blocks.button("Reached", "goals.reached", value, style="primary")
    return [reached, blocks.button("Not yet", "goals.missed", value)]


def where_do_you_stand(one: Goal) -> Message:
    before = f"You said {_step(one.standings[-1])} on {day(one.standings[-1].at)}." if one.standings else ""
    words = f"*A quarter on: where do you stand?* {escape(one.words)}"
    rate = blocks.button("Say where I stand", "goals.rate", pack(goal=one.id), style="primary")
    close = blocks.button("Close it", "goals.close", pack(goal=one.id))
    shown = [
        blocks.section(words),
        *([blocks.context(before)] if before else []),
        blocks.actions(rate, close, block=f"goal-{one.id}"),
    ]
    return Message("Where do you stand with your goal?", shown)


def _step(standing: Standing) -> str:
    return f"{standing.step}, {STEPS[standing.step].lower()},"


# Home


def home(shown: Overview) -> list[Block]:
    return [blocks.header("My goals"), *page(shown), _list_buttons(shown)]


def in_brief(shown: Overview) -> list[Block]:
    """What is due soon, or was; nothing for somebody without either."""
    steps = [step for part in shown.under_way for step in part.under_way]
    near = [step for step in steps if (step.by - shown.today).days <= BRIEF_DAYS]
    if not near:
        return []
    lines = [f"{_mark(step, shown.today)} {escape(step.words)} · {_day_of(step, shown.today)}" for step in near]
    return [blocks.section("\n".join(["*Milestones*", *lines]), _show())]


def _show() -> Element:
    return blocks.button("My goals", SHOW_ALL)


def _back() -> Block:
    return blocks.actions(_show())


def _day(on: date) -> str:
    return f"{when.say_day(on)} {on.year}"
