"""How a refusal, a mistake of ours and a receipt look: the few messages that belong to no feature."""

from typing import Any

from bot.slack import blocks
from bot.slack.blocks import Message


def refusal(sentence: str) -> Message:
    return Message(sentence, [blocks.section(sentence)])


def bug(reference: str) -> Message:
    words = (
        "Something went wrong on my side, and nothing was changed. "
        f"Please try again; if it happens again, tell the person who runs this bot the reference `{reference}`."
    )
    return Message(words, [blocks.section(words)])


def in_form(sentence: str, view: dict[str, Any]) -> dict[str, Any]:
    """How a form answers with a refusal: under its first input, or as a page where it has none."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if inputs:
        return {"response_action": "errors", "errors": {inputs[0]: sentence}}
    return as_page(refusal(sentence))


def as_page(message: Message) -> dict[str, Any]:
    """How a form answers with a message: it turns into it."""
    return {"response_action": "update", "view": as_modal(message)}


def as_modal(message: Message, title: str = "Mentoring") -> blocks.View:
    """A message where no message can be shown: from a modal or the Home tab."""
    return blocks.modal(title, list(message.blocks) or [blocks.section(message.text)])
