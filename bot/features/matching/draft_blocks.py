"""The message that sums a draft up for a lead, and the list of the last drafts."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.drafts import Draft, DraftState
from bot.features.matching import drawing_blocks
from bot.features.matching.draft_words import besides, headline, in_figures, problem, served_least
from bot.features.matching.previews import Preview
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.payload import pack
from bot.slack.text import day, escape, listed, many, mention

WORST_SHOWN = 3


def message(shown: Preview) -> Message:
    """In the lead's conversation with the bot, changed in place as things go on."""
    draft = shown.draft
    if draft.state is DraftState.DRAWING:
        return drawing_blocks.drawing(draft, shown.progress)
    if draft.state is DraftState.STOPPED:
        return drawing_blocks.stopped(draft)
    if draft.state is DraftState.DISCARDED:
        words = f"_Draft {draft.id} was put away. Nobody has heard of it._"
        return Message("The draft was put away.", [blocks.section(words)])
    if draft.state is DraftState.CHECKED:
        return drawing_blocks.checked(draft)
    if draft.state is DraftState.FAILED or shown.drawn is None:
        return _failed(draft)
    look = blocks.button(f"Look at the {draft.kind.value}", "matching.draft", pack(draft=draft.id), style="primary")
    buttons = [look, report_button(draft)]
    if draft.state is not DraftState.PUBLISHED:
        buttons += [again_button(draft), discard_button(draft)]
    head = headline(draft)
    return Message(
        head,
        [
            blocks.section(f"*{head}*"),
            *served_least(shown, WORST_SHOWN),
            *in_figures(shown.outline),
            *note(shown),
            blocks.actions(*buttons),
        ],
    )


def _failed(draft: Draft) -> Message:
    head = f"The {draft.kind.value} could not be drawn."
    again = drawing_blocks.again(draft)
    hint = [blocks.context("Drawing again lets go of the locks.")] if draft.by_hand.locked else []
    return Message(head, [blocks.section(f"*{head}* {problem(draft)}"), blocks.actions(again), *hint])


def note(shown: Preview) -> list[Block]:
    """Who waits, and where a number of people cannot be split as the program says."""
    waiting, lines = len(shown.waiting), []
    if also := besides(shown.draft, shown.outline):
        lines.append(also)
    if waiting:
        noun = "mentor" if shown.is_of_pairs else "circle"
        person = "1 person is" if waiting == 1 else f"{waiting} people are"
        lines.append(f"{person} without a {noun}; the last page says why, and what would help.")
    if shown.circles:
        lines += [f"Sizes: {_sizes(shown.circles.summary['sizes'])}."] if shown.circles.circles else []
        lines += [escape(shown.circles.summary["note"])] if shown.circles.summary["note"] else []
    return [blocks.context(*lines)] if lines else []


def _sizes(sizes: Sequence[int]) -> str:
    """Such as "3 circles of 5 and 1 circle of 6"."""
    counted = sorted(Counter(sizes).items())
    return listed([f"{many(count, 'circle', 'circles')} of {size}" for size, count in counted])


def report_button(draft: Draft) -> Element:
    return blocks.button("Send me the report", "matching.report", pack(draft=draft.id))


def again_button(draft: Draft) -> Element:
    return blocks.button("Run again", "matching.again", pack(draft=draft.id))


def discard_button(draft: Draft) -> Element:
    sure = blocks.confirm(
        "Put this draft away?", "Nobody has heard of it. You can draw a new one.", yes="Put it away"
    )
    return blocks.button("Discard", "matching.discard", pack(draft=draft.id), confirm=sure)


def history(drafts: Sequence[Draft]) -> Message:
    if not drafts:
        words = (
            "*No drafts yet.* `/mentor match circles` draws circles, `/mentor match pairs` mentoring pairs; "
            "nobody hears of either before you publish."
        )
        return Message("No drafts yet.", [blocks.section(words)])
    head = "The last draft" if len(drafts) == 1 else f"The last {len(drafts)} drafts"
    shown: list[Block] = [blocks.section(f"*{head}*")]
    for draft in drafts:
        look = blocks.button("Look", "matching.draft", pack(draft=draft.id))
        shown.append(blocks.section(_line(draft), look if draft.matcher else None))
    shown.append(
        blocks.context("Each keeps what it was drawn from, so that it can be drawn again with the same result.")
    )
    return Message(f"{head}.", shown)


def _line(draft: Draft) -> str:
    figures = draft.figures
    words = f"*{draft.id}* · {day(draft.made_at)} · {mention(draft.made_by)} · "
    if draft.matcher:
        words += f"{figures.placed} of {figures.people} in {_groups(draft)} · "
    if draft.published_by and draft.published_at:
        return f"{words}published by {mention(draft.published_by)}, {day(draft.published_at)}"
    return words + STANDING.get(draft.state, "put away")


STANDING = {
    DraftState.DRAWING: "being drawn",
    DraftState.READY: "not published",
    DraftState.FAILED: "failed",
    DraftState.STOPPED: "stopped",
}


def _groups(draft: Draft) -> str:
    noun = draft.kind.value
    return many(draft.figures.circles, noun[:-1], noun)
