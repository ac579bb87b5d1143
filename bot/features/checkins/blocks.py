"""How the weekly check-in looks."""

from collections.abc import Sequence

from bot import cards, doors
from bot.domain.checkins import Answer, Round, Summary
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.features.checkins.flows import Open, Saved
from bot.features.checkins.helping import Taken
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.replies import Edit
from bot.slack.text import escape, mention, moment

MOST_CALLS = 15
"""Three blocks each and two above them, so that a summary stays below the fifty a message may have."""


def thread(this: Round, pairs: Sequence[tuple[MemberId, ...]] = ()) -> Message:
    where = "in the conversation of your pair" if pairs else "in this thread"
    shown = [
        blocks.section(f"*This week's question:* {escape(this.prompt)}"),
        *([blocks.section(f"*In pairs this week:* {_who_with_whom(pairs)}")] if pairs else []),
        blocks.actions(_answer_button(this, "Answer", style="primary")),
        blocks.context(f"Two minutes. I post your answer {where}. Open until {moment(this.closes_at)}."),
    ]
    return Message(f"This week's question: {escape(this.prompt)}", shown)


def _who_with_whom(pairs: Sequence[tuple[MemberId, ...]]) -> str:
    return " · ".join(cards.people(list(team)) for team in pairs)


def pair(this: Round, members: tuple[MemberId, ...]) -> Message:
    """In the conversation of a pair."""
    shown = [
        blocks.section(f"*You two check in with each other this week.* {escape(this.prompt)}"),
        blocks.actions(_answer_button(this, "Answer", style="primary")),
        blocks.context(
            f"Two minutes. I post your answer here, where only you read it. Open until {moment(this.closes_at)}."
        ),
    ]
    if len(members) > 2:
        shown[0] = blocks.section(f"*The three of you check in with each other this week.* {escape(this.prompt)}")
    return Message(f"This week's question, for you alone: {escape(this.prompt)}", shown)


def summary_of_pairs(counted: Summary) -> Message:
    """What was said in pairs stays there, help that is wanted too."""
    words = f"*{counted.answered} of {counted.of} in, pair by pair.*"
    if not counted.answered:
        words = "*A quiet week.* The next question comes next week."
    shown: list[Block] = [blocks.section(words)]
    if counted.help_wanted:
        wish = "wishes" if len(counted.help_wanted) == 1 else "wish"
        shown.append(blocks.context(f"{len(counted.help_wanted)} of you {wish} for a hand; I ask one of you each."))
    return Message("This week's check-in has closed.", shown)


def thread_closed(this: Round, counted: Summary | None = None) -> Message:
    """In place of the question, without a button, once the round has closed; in a pair nobody is counted."""
    told = ""
    if counted is not None:
        some = f"{counted.answered} of {counted.of} answered, below."
        told = some if counted.answered else "Nobody answered this time."
    shown = [blocks.section(f"*The question was:* {escape(this.prompt)}"), blocks.context(f"Closed. {told}")]
    return Message(f"Closed: {escape(this.prompt)}", shown)


def reminder_answered() -> Message:
    words = "*You have answered this week's question.* `/mentor checkin` changes the answer while the round is open."
    return Message("You have answered this week's question.", [blocks.section(words)])


def reminder_closed() -> Message:
    words = "This week's question has closed without your answer. That is fine; the next one comes next week."
    return Message("This week's question has closed.", [blocks.section(words)])


def answer(given: Answer) -> Message:
    """In the thread, for the whole circle; what help is wanted is said when the round closes."""
    return Message(
        f"{mention(given.member)} has answered.",
        [blocks.section(f"{mention(given.member)}:"), blocks.quote(given.text)],
    )


def edits(saved: Saved) -> tuple[Edit, ...]:
    """The answer in the thread, and the reminder that asked for it."""
    there = [(saved.place, answer(saved.answer)), (saved.reminder, reminder_answered())]
    return tuple(Edit(place.channel, place.ts, message) for place, message in there if place is not None)


def answer_saved(changed: bool) -> Message:
    words = "*Changed, in the thread too.*" if changed else "*On its way to your circle's thread.* Thank you."
    return Message("Your answer is saved.", [blocks.section(words)])


def reminder(circle: Circle, this: Round) -> Message:
    shown = [
        blocks.section(f"*Two minutes for this week's question?* {cards.circle_name(circle)}: {escape(this.prompt)}"),
        blocks.actions(_answer_button(this, "Answer", style="primary")),
        blocks.context(f"Open until {moment(this.closes_at)}. I won't ask again this week."),
    ]
    return Message("Two minutes for this week's check-in?", shown)


def summary(counted: Summary, wanted: Sequence[tuple[int, Answer]]) -> Message:
    """In the thread, when the round closes. `wanted` are the calls for help, with the answers' numbers."""
    words = f"*{counted.answered} of {counted.of} in.*"
    if not counted.answered:
        words = "*A quiet week.* The next question comes next week."
    elif wanted:
        words += f" {len(wanted)} of you would like help:" if len(wanted) > 1 else " One of you would like help:"
    shown: list[Block] = [blocks.section(words)]
    if any(given.helper is None for _number, given in wanted):
        shown.append(blocks.context("I ask one of you after the other. Whoever wants to be quicker taps here."))
    for number, given in wanted[:MOST_CALLS]:
        taken = f" ({mention(given.helper)} is on it)" if given.helper else ""
        shown.append(blocks.section(f"{mention(given.member)} would like help with{taken}:"))
        shown.append(blocks.quote(given.help))
        if given.helper is None:
            button = blocks.button("I can help", f"checkins.help:{number}", pack(answer=number))
            shown.append(blocks.actions(button, block=f"help-{number}"))
    return Message("This week's check-in has closed.", shown)


def summary_anew(taken: Taken) -> tuple[Edit, ...]:
    """Where the round's summary stands, it says by now who is on it."""
    if taken.summary is None or taken.counted is None or taken.in_pairs:
        return ()
    return (Edit(taken.summary.channel, taken.summary.ts, summary(taken.counted, taken.others)),)


def help_picked_up(picked: Answer) -> Message:
    words = (
        f"*Thank you.* {mention(picked.member)} hears that you help. A first step comes in a message to both of you."
    )
    return Message("They know that you can help.", [blocks.section(words)])


def this_week(found: Sequence[Open]) -> Message:
    if not found:
        words = (
            "*No check-in is open at the moment.* Each circle gets one question a week, on its own day; "
            "it comes to the circle's channel."
        )
        join = blocks.actions(blocks.button("See the circles", doors.JOIN_CIRCLE))
        return Message("No check-in is open at the moment.", [blocks.section(words), join])
    return Message("This week's questions in your circles.", _each(found))


def home(found: Sequence[Open]) -> list[Block]:
    """Only what is open; an answered one stays, so that it can be changed."""
    return [blocks.section("*This week's check-in*"), *_each(found)] if found else []


def waiting(found: Sequence[Open]) -> list[Block]:
    """`/mentor`: a line for each that waits for an answer."""
    return [
        blocks.section(
            f"*This week's check-in* in {cards.circle_name(one.circle)}: {escape(one.this.prompt)}",
            _answer_button(one.this, "Answer"),
            block=f"brief-{one.this.id}",
        )
        for one in found[:3]
    ]


def _each(found: Sequence[Open]) -> list[Block]:
    shown = []
    for one in found[:10]:
        label, style = ("Change my answer", "") if one.said else ("Answer", "primary")
        words = f"{cards.circle_name(one.circle)}: {escape(one.this.prompt)}"
        if one.partners:
            words += f"\nWith {cards.people(list(one.partners))} this week."
        if one.said:
            words += "\nYou have answered."
        shown.append(
            blocks.section(words, _answer_button(one.this, label, style=style), block=f"round-{one.this.id}")
        )
    return shown


def _answer_button(this: Round, label: str, *, style: str = "") -> Element:
    return blocks.button(label, doors.ANSWER_CHECKIN, pack(round=this.id), style=style)
