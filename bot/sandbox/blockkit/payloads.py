"""Whole messages and whole views: what must hold across their blocks (SLACK.md 3.1)."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blockkit.blocks import BLOCK
from bot.sandbox.blockkit.checks import Check, Place, Surface, array, boolean, characters, one_of, record, string
from bot.sandbox.blockkit.objects import plain
from bot.sandbox.blockkit.walk import Json, elements_of, every_block, texts

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
# Not documented; 11,341 characters were refused once, so we stop short of that.
MESSAGE_CHARACTERS = 11_300
MARKDOWN_CHARACTERS = 12_000
CHARTS = 2


@dataclass(frozen=True)
class Fault:
    """What Slack would answer: the error's name and where it lies."""

    error: str
    messages: tuple[str, ...] = ()


def message_faults(blocks: Any) -> Fault | None:
    """What is wrong with the blocks of a message; None when Slack would show it."""
    place = Place("message").at("blocks")
    array(BLOCK, most=MESSAGE_BLOCKS, least=0)(blocks, place)
    if place.problems:
        return Fault("invalid_blocks", tuple(place.problems))
    _unique_ids(blocks, place)
    _one_focus(blocks, place)
    if place.problems:
        return Fault("invalid_blocks", tuple(place.problems))
    return _too_much(blocks)


def _too_much(blocks: list[Json]) -> Fault | None:
    kinds = Counter(entry["type"] for entry in every_block(blocks))
    if kinds["table"] > 1:
        return Fault("only_one_table_allowed")
    if kinds["data_visualization"] > CHARTS:
        many = f"no more than {CHARTS} data_visualization blocks allowed [json-pointer:/blocks]"
        return Fault("invalid_blocks", (many,))
    markdown = sum(characters(entry["text"]) for entry in blocks if entry["type"] == "markdown")
    if markdown > MARKDOWN_CHARACTERS:
        long = f"markdown must be less than {MARKDOWN_CHARACTERS + 1} characters in all [json-pointer:/blocks]"
        return Fault("invalid_blocks", (long,))
    others = [entry for entry in blocks if entry["type"] != "markdown"]
    if sum(characters(text) for text in texts(others)) > MESSAGE_CHARACTERS:
        return Fault("msg_blocks_too_long")
    return None


def _unique_ids(blocks: list[Json], place: Place) -> None:
    """block_id is unique in the payload, action_id in its block."""
    seen: set[str] = set()
    for entry in every_block(blocks):
        block_id = entry.get("block_id")
        if block_id in seen:
            place.fault(f"block_id {block_id} already exists")
        if block_id is not None:
            seen.add(block_id)
        ids = Counter(e["action_id"] for e in elements_of(entry) if "action_id" in e)
        for action_id, times in ids.items():
            if times > 1:
                place.fault(f"action_id {action_id} already exists in its block")


def _one_focus(blocks: list[Json], place: Place) -> None:
    focused = [e for entry in every_block(blocks) for e in elements_of(entry) if e.get("focus_on_load")]
    if len(focused) > 1:
        place.fault("only one element may have focus_on_load")


BLOCKS_OF_VIEW = array(BLOCK, most=VIEW_BLOCKS)
ID = string(255, least=0)
COMMON: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": ID,
    "external_id": ID,
}
MODAL = record(
    {"type": one_of("modal"), "title": plain(24), "blocks": BLOCKS_OF_VIEW},
    {
        **COMMON,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
HOME = record({"type": one_of("home"), "blocks": BLOCKS_OF_VIEW}, COMMON)
SURFACES: dict[str, tuple[Surface, Check]] = {"modal": ("modal", MODAL), "home": ("home", HOME)}


def view_faults(view: Any, allowed: str) -> Fault | None:
    """What is wrong with a view that is to be a "modal" or a "home"; None when Slack would show it."""
    if not isinstance(view, dict):
        return Fault("invalid_arguments", ("must provide an object [json-pointer:/view]",))
    surface, check = SURFACES[allowed]
    place = Place(surface).at("view")
    check(view, place)
    if not place.problems:
        _unique_ids(view["blocks"], place.at("blocks"))
        _one_focus(view["blocks"], place.at("blocks"))
        _input_needs_submit(view, place)
    if place.problems:
        return Fault("invalid_arguments", tuple(place.problems))
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", errors="surrogatepass")) > VIEW_BYTES:
        return Fault("view_too_large")
    return None


def _input_needs_submit(view: Json, place: Place) -> None:
    has_input = any(entry["type"] == "input" for entry in view["blocks"])
    if view["type"] == "modal" and has_input and "submit" not in view:
        place.at("submit").fault("missing required field: submit, as there is an input block")
