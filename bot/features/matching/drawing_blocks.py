"""How a draft looks while it is being drawn, and when a lead stopped that."""

from dataclasses import dataclass

from bot.domain.drafts import Draft, DraftKind
from bot.slack import blocks
from bot.slack.blocks import Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import many

TITLE = "Draft of circles"
TITLE_OF_PAIRS = "Draft of pairs"


@dataclass(frozen=True)
class Progress:
    """So many steps are done, of so many."""

    done: int
    total: int

    @property
    def per_cent(self) -> int:
        """In tens: nobody needs it finer, and the last tenth is writing down."""
        return min(90, 100 * self.done // max(1, self.total) // 10 * 10)


def drawing(draft: Draft, progress: Progress | None = None) -> Message:
    """In the lead's conversation with the bot, changed in place as the draw goes on."""
    far = f" About {progress.per_cent} % is done." if progress and progress.per_cent else ""
    comes = "whether it is the same" if draft.checks else "the draft"
    words = f"*{_what(draft)}.*{far} This message shows {comes} as soon as it is ready. Nobody hears of it but you."
    return Message(f"{_what(draft)}.", [blocks.section(words), blocks.actions(_stop(draft))])


def _what(draft: Draft) -> str:
    if draft.checks:
        return f"Drawing draft {draft.checks} once more, to see whether it comes out the same"
    return f"Drawing {draft.kind.value}{_of(draft)}"


def checked(draft: Draft) -> Message:
    """What came of drawing a draft once more."""
    look = blocks.button(f"Look at draft {draft.checks}", "matching.draft", pack(draft=draft.checks or 0))
    if not draft.problem:
        how = f"Draft {draft.checks} was drawn again from what was kept of it, with seed {draft.seed}."
        shown = [blocks.section(f"*The same, byte for byte.* {how}"), blocks.actions(look)]
        return Message("The same, byte for byte.", shown)
    words = (
        f"*Not the same.* Draft {draft.checks} was drawn by version {draft.matcher} of the matcher. {draft.problem}"
    )
    return Message("Not the same.", [blocks.section(words), blocks.actions(look)])


def begun(draft: Draft) -> Message:
    """Where the lead typed the command."""
    words = (
        f"*Drawing {draft.kind.value}{_of(draft)}.* The draft shows up in our conversation as soon as it is ready."
    )
    return Message(f"I'm drawing {draft.kind.value}.", [blocks.section(words)])


def working(draft: Draft) -> View:
    """The page on which the lead asked for it."""
    words = (
        f"*{_what(draft)}.* "
        "This page shows what came of it as soon as it is ready; you can close it, our conversation shows it too."
    )
    title = TITLE if draft.kind is DraftKind.CIRCLES else TITLE_OF_PAIRS
    return blocks.modal(title, [blocks.section(words), blocks.actions(_stop(draft))])


def stopped(draft: Draft) -> Message:
    words = f"*Stopped.* Draft {draft.id} was not drawn, and nobody heard of it."
    if draft.checks:
        words = f"*Stopped.* Draft {draft.checks} was not drawn once more, and stays as it is."
    return Message("The draw was stopped.", [blocks.section(words), blocks.actions(again(draft))])


def again(draft: Draft) -> Element:
    if draft.checks:
        return blocks.button("Draw it again to check", "matching.replay", pack(draft=draft.checks))
    return blocks.button("Draw again", "matching.again", pack(draft=draft.id))


def _of(draft: Draft) -> str:
    people = draft.figures.people
    return f" for {many(people, 'person', 'people')}" if people else ""


def _stop(draft: Draft) -> Element:
    return blocks.button("Stop drawing", "matching.stop", pack(draft=draft.id))
