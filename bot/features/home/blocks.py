"""How the parts of the Home tab are put together."""

from collections.abc import Sequence

from bot.slack import blocks
from bot.slack.blocks import Block, View


def home(parts: Sequence[Sequence[Block]], command: str) -> View:
    """The parts with a line between them; Slack shows at most a hundred blocks, so what comes last may be cut."""
    shown: list[Block] = []
    for part in parts:
        if part and shown:
            shown.append(blocks.divider())
        shown.extend(part)
    end = blocks.context(f"`{command} help` lists what I can do. I can't read what you write in channels.")
    return blocks.home([*shown[: blocks.VIEW_BLOCKS - 1], end])
