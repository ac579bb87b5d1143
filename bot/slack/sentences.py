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


def page(message: Message, view: dict[str, Any]) -> dict[str, Any]:
    """How a form answers with a message: under its first input where it is a short refusal, else as a page of its own."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if inputs and len(message.blocks) == 1 and message.blocks[0]["type"] == "section" and "\n" not in message.text:
        return {"response_action": "errors", "errors": {inputs[0]: message.text}}
    return {"response_action": "update", "view": as_modal(message)}


def as_modal(message: Message, title: str = "Mentoring") -> blocks.View:
    """A message where no message can be shown: from a modal or the Home tab."""
    return blocks.modal(title, list(message.blocks) or [blocks.section(message.text)])
