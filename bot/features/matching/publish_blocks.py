"""Publishing a draft: the button with what it will do, what was done, and what stands in the way."""

from collections.abc import Sequence

from bot.domain.drafts import Draft
from bot.features.matching.drawing_blocks import TITLE, TITLE_OF_PAIRS
from bot.features.matching.previews import Preview
from bot.slack import blocks
from bot.slack.blocks import Element, View
from bot.slack.payload import pack
from bot.slack.text import escape, listed, many


def publish_button(shown: Preview, *, left_out: Sequence[int] = ()) -> Element:
    """`left_out` are the places of circles or pairs that don't hold any more."""
    going = [group for place, group in enumerate(shown.groups, start=1) if place not in left_out]
    people = many(len({member for group in going for member in group}), "person", "people")
    noun = shown.draft.kind.value
    groups = many(len(going), noun[:-1], noun)
    words = (
        f"{people} in {groups} will be introduced: each pair gets a conversation of its own, with the reason and a guide "
        "for the first meeting. Those without a mentor hear nothing."
        if shown.is_of_pairs
        else f"{people} in {groups} will be brought into private channels and hear from me. "
        "Those without a circle hear nothing."
    )
    sure = blocks.confirm(f"Publish these {noun}?", words, yes="Publish", no="Not yet")
    label = "Publish the others" if left_out else "Publish"
    value = pack(draft=shown.draft.id, skip=1 if left_out else 0)
    return blocks.button(label, "matching.publish", value, style="primary", confirm=sure)


def published(draft: Draft, circles: Sequence[str], people: int) -> View:
    words = (
        f"*Published.* {many(people, 'person is', 'people are')} on the way into "
        f"{many(len(circles), 'circle', 'circles')}: {escape(listed(list(circles)))}. "
        "I make the channels now, and introduce everybody there."
    )
    return _done(draft, TITLE, words)


def published_pairs(draft: Draft, count: int) -> View:
    words = (
        f"*Published.* I open {many(count, 'conversation', 'conversations')} now, one for each pair, and introduce the two "
        "in hours that suit both. Two weeks later I ask each of them, in confidence, how it was."
    )
    return _done(draft, TITLE_OF_PAIRS, words)


def _done(draft: Draft, title: str, words: str) -> View:
    look = blocks.button("Look at the draft again", "matching.page:draft", pack(draft=draft.id, page=1))
    return blocks.modal(title, [blocks.section(words), blocks.actions(look)])


def in_the_way(shown: Preview, problems: Sequence[tuple[int, str]]) -> View:
    """Things have changed since the draft was drawn; nothing was published."""
    noun = shown.draft.kind.value
    does = f"{noun[:-1]} does", f"{noun} do"
    head = f"*Nothing was published yet.* {many(len(problems), *does)} not hold any more:"
    lines = [blocks.section(f"*{noun[:-1].capitalize()} {place}*: {sentence}") for place, sentence in problems[:40]]
    buttons = [blocks.button("Run again", "matching.again", pack(draft=shown.draft.id), style="primary")]
    if len(problems) < len(shown.groups):
        buttons.append(publish_button(shown, left_out=[place for place, _ in problems]))
    hint = blocks.context("Running it again takes people as they are now; your locks and bans are kept.")
    title = TITLE_OF_PAIRS if shown.is_of_pairs else TITLE
    return blocks.modal(title, [blocks.section(head), *lines, hint, blocks.actions(*buttons)])
