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
    words = (
        f"*Drawing {draft.kind.value}{_of(draft)}.*{far} "
        "This message shows the draft as soon as it is ready. Nobody hears of it but you."
    )
    return Message(f"I'm drawing {draft.kind.value}.", [blocks.section(words), blocks.actions(_stop(draft))])


def begun(draft: Draft) -> Message:
    """Where the lead typed the command."""
    words = (
        f"*Drawing {draft.kind.value}{_of(draft)}.* The draft shows up in our conversation as soon as it is ready."
    )
    return Message(f"I'm drawing {draft.kind.value}.", [blocks.section(words)])


def working(draft: Draft) -> View:
    """The page on which the lead asked for it."""
    words = (
        f"*Drawing {draft.kind.value}{_of(draft)}.* "
        "This page shows them as soon as they are ready; you can close it, our conversation shows them too."
    )
    title = TITLE if draft.kind is DraftKind.CIRCLES else TITLE_OF_PAIRS
    return blocks.modal(title, [blocks.section(words), blocks.actions(_stop(draft))])


def stopped(draft: Draft) -> Message:
    words = f"*Stopped.* Draft {draft.id} was not drawn, and nobody heard of it."
    again = blocks.button("Draw again", "matching.again", pack(draft=draft.id))
    return Message("The draw was stopped.", [blocks.section(words), blocks.actions(again)])


def _of(draft: Draft) -> str:
    people = draft.figures.people
    return f" for {many(people, 'person', 'people')}" if people else ""


def _stop(draft: Draft) -> Element:
    return blocks.button("Stop drawing", "matching.stop", pack(draft=draft.id))
