"""Finding one's way through blocks: every block, every element that a person can act on, every text."""

from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

WITH_ELEMENTS = ("section", "actions", "input", "context_actions", "card")
STILL = ("image", "mrkdwn", "plain_text")


def every_block(blocks: Iterable[Json]) -> Iterator[Json]:
    """Each block and the blocks within it."""
    for block in blocks:
        yield block
        if block["type"] == "container":
            yield from every_block(block.get("child_blocks", []))
        if block["type"] == "carousel":
            yield from every_block(block.get("elements", []))


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of this one block that a person can act on."""
    if block["type"] not in WITH_ELEMENTS:
        return
    inside = [block.get("accessory"), block.get("element"), *block.get("elements", []), *block.get("actions", [])]
    for element in inside:
        if element and element["type"] not in STILL:
            yield element


def find_element(blocks: Iterable[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The block and the element of these ids."""
    for block in every_block(blocks):
        if block.get("block_id") != block_id:
            continue
        for element in elements_of(block):
            if element.get("action_id") == action_id:
                return block, element
    return None


def texts(value: Any) -> Iterator[str]:
    """Every text in it that a reader sees, in no promised order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "value", "caption", "title", "label") and isinstance(inner, str):
                yield inner
            elif key not in ("type", "block_id", "action_id", "url", "image_url"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def marked_texts(value: Any) -> Iterator[str]:
    """Every text in which Slack reads mentions: mrkdwn only."""
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "markdown") and isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from marked_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from marked_texts(inner)


def slack_files(value: Any) -> Iterator[Json]:
    """The files in Slack that pictures in it are taken from."""
    if isinstance(value, dict):
        if isinstance(value.get("slack_file"), dict):
            yield value["slack_file"]
        for inner in value.values():
            yield from slack_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from slack_files(inner)


def rich_parts(value: Any) -> Iterator[Json]:
    """The user and broadcast elements of rich_text in it."""
    if isinstance(value, dict):
        if value.get("type") in ("user", "broadcast"):
            yield value
        for inner in value.values():
            yield from rich_parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from rich_parts(inner)
