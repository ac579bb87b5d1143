"""Composition objects: texts, options, confirmations, filters, files (SLACK.md 3.4)."""

import json
from typing import Any

from bot.sandbox.blockkit.checks import (
    Check,
    Fields,
    Place,
    array,
    at_least_one,
    boolean,
    exactly_one,
    link,
    one_of,
    record,
    string,
)

TEXT_MOST = 3000
ACTION_ID = string(255)
BLOCK_ID = string(255)
WEB = ("http", "https")
ANY_LINK = (*WEB, "slack", "mailto", "tel")


def plain(most: int = TEXT_MOST) -> Check:
    return record({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


def marked(most: int = TEXT_MOST) -> Check:
    return record({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def text(most: int = TEXT_MOST) -> Check:
    """Plain or mrkdwn; each with its own flag only."""
    kinds = {"plain_text": plain(most), "mrkdwn": marked(most)}

    def check(value: Any, place: Place) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        known = kinds.get(kind) if isinstance(kind, str) else None
        if not isinstance(value, dict):
            place.fault("must provide an object")
        elif known is None:
            place.at("type").fault("must be one of: plain_text, mrkdwn")
        else:
            known(value, place)

    return check


def option(words: Check, description: Check, extra: Fields | None = None) -> Check:
    return record({"text": words, "value": string(150)}, {"description": description, **(extra or {})})


MENU_OPTION = option(plain(75), plain(75))
TICK_OPTION = option(text(75), text(75))
OVERFLOW_OPTION = option(plain(75), plain(75), {"url": link(3000, *ANY_LINK)})


def _different_values(options: Any, place: Place) -> None:
    if not isinstance(options, list):
        return
    seen: set[str] = set()
    for index, entry in enumerate(options):
        value = entry.get("value") if isinstance(entry, dict) else None
        if isinstance(value, str) and value in seen:
            place.at(index).at("value").fault(f"duplicate value: {value}")
        elif isinstance(value, str):
            seen.add(value)


def options(kind: Check, *, most: int, least: int = 1) -> Check:
    some = array(kind, most=most, least=least)

    def check(value: Any, place: Place) -> None:
        some(value, place)
        _different_values(value, place)

    return check


OPTION_GROUPS = array(record({"label": plain(75), "options": options(MENU_OPTION, most=100)}), most=100)

CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def _no_repeats(value: Any, place: Place) -> None:
    keys = [json.dumps(entry, sort_keys=True) for entry in value] if isinstance(value, list) else []
    if len(set(keys)) < len(keys):
        place.fault("items must be unique")


def unique(some: Check) -> Check:
    def check(value: Any, place: Place) -> None:
        some(value, place)
        _no_repeats(value, place)

    return check


DISPATCH = record(
    {"trigger_actions_on": unique(array(one_of("on_enter_pressed", "on_character_entered"), most=2))},
)
FILTER_FIELDS: Fields = {
    "include": unique(array(one_of("im", "mpim", "private", "public"), most=4)),
    "exclude_bot_users": boolean,
    "exclude_external_shared_channels": boolean,
}
FILTER = record({}, FILTER_FIELDS, at_least_one(*FILTER_FIELDS))
SLACK_FILE = record({}, {"id": string(255), "url": link(3000, *WEB)}, exactly_one("id", "url"))

IMAGE = record(
    {"type": one_of("image"), "alt_text": string(2000)},
    {"image_url": link(3000, *WEB), "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
