"""The protocols as texts that a program may make its own: minutes, words and stages, as long as the minutes add up."""

from bot.domain.protocols import Protocol, from_text
from bot.domain.shipped import PROTOCOLS, TEXTS
from bot.feature import Editable
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.text import escape


def preview(text: str, protocol: Protocol) -> list[Block]:
    """As it reads in the thread, with when each stage begins."""
    begins, told = 0, []
    for stage in from_text(text, protocol).stages:
        mark = f"hour {begins // 60}" if protocol.is_written else f"{begins}'"
        private = " _(some hear a line in private)_" if stage.lines else ""
        told.append(f"`{mark}` *{escape(stage.name)}*  {escape(stage.says)}{private}")
        begins += stage.minutes
    return [blocks.section("\n".join(told)), blocks.context(protocol.about)]


def _editable(protocol: Protocol) -> Editable:
    return Editable(TEXTS[protocol.key], lambda text: preview(text, protocol))


TEMPLATES = [_editable(protocol) for protocol in PROTOCOLS]
