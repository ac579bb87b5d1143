"""Selects in all their kinds, checkboxes and radio buttons (SLACK.md 3.3)."""

from typing import Any

from bot.sandbox.blockkit.checks import (
    Check,
    Fields,
    Place,
    array,
    boolean,
    exactly_one,
    integer,
    one_of,
    record,
    string,
)
from bot.sandbox.blockkit.objects import (
    ACTION_ID,
    CONFIRM,
    FILTER,
    MENU_OPTION,
    OPTION_GROUPS,
    TICK_OPTION,
    options,
    plain,
    unique,
)

ID = string(255)
PLACEHOLDER = plain(150)
ACTED_ON: Fields = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean}
MENU: Fields = {**ACTED_ON, "placeholder": PLACEHOLDER}
SEVERAL: Fields = {"max_selected_items": integer(1, 1_000_000)}
STATIC: Fields = {"options": options(MENU_OPTION, most=100), "option_groups": OPTION_GROUPS}


def offered(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of an element, in groups or not."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(entry for group in groups for entry in group["options"])]


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Text, value and description agree; `emoji` is filled in by Slack and so is no part of it."""

    def bare(entry: dict[str, Any]) -> tuple[Any, ...]:
        words, more = entry["text"], entry.get("description") or {}
        return words["type"], words["text"], entry["value"], more.get("type"), more.get("text")

    return bare(one) == bare(other)


def _initial_is_offered(value: Any, place: Place) -> None:
    chosen = value.get("initial_option")
    if chosen and not any(_same(chosen, entry) for entry in offered(value)):
        place.at("initial_option").fault("must match exactly one of the options")
    for index, entry in enumerate(value.get("initial_options") or []):
        if not any(_same(entry, other) for other in offered(value)):
            place.at("initial_options").at(index).fault("must match exactly one of the options")


def _initial_within_most(value: Any, place: Place) -> None:
    most = value.get("max_selected_items")
    for name, entries in value.items():
        if most and name.startswith("initial_") and isinstance(entries, list) and len(entries) > most:
            place.at(name).fault(f"no more than {most} items allowed")


def _values_differ(value: Any, place: Place) -> None:
    values = [entry["value"] for entry in offered(value)]
    if len(set(values)) < len(values):
        place.fault("option values must be unique")


def _select(kind: str, fields: Fields, *rules: Check, required: Fields | None = None) -> Check:
    return record({"type": one_of(kind), **(required or {})}, {**MENU, **fields}, *rules)


def _static(kind: str, initial: Fields) -> Check:
    one_list = exactly_one("options", "option_groups")
    rules = (one_list, _values_differ, _initial_is_offered, _initial_within_most)
    return _select(kind, {**STATIC, **initial}, *rules)


def _chosen(most: int = 100) -> Check:
    return unique(array(MENU_OPTION, most=most))


IDS = unique(array(ID, most=1000))
CONVERSATION: Fields = {"default_to_current_conversation": boolean, "filter": FILTER}
ANSWER_URL: Fields = {"response_url_enabled": boolean}
EXTERNAL: Fields = {"min_query_length": integer(0, 1000)}

MENUS: dict[str, Check] = {
    "static_select": _static("static_select", {"initial_option": MENU_OPTION}),
    "multi_static_select": _static("multi_static_select", {"initial_options": _chosen(), **SEVERAL}),
    "external_select": _select("external_select", {"initial_option": MENU_OPTION, **EXTERNAL}),
    "multi_external_select": _select(
        "multi_external_select",
        {"initial_options": _chosen(), **EXTERNAL, **SEVERAL},
        _initial_within_most,
    ),
    "users_select": _select("users_select", {"initial_user": ID}),
    "multi_users_select": _select("multi_users_select", {"initial_users": IDS, **SEVERAL}, _initial_within_most),
    "conversations_select": _select(
        "conversations_select", {"initial_conversation": ID, **CONVERSATION, **ANSWER_URL}
    ),
    "multi_conversations_select": _select(
        "multi_conversations_select",
        {"initial_conversations": IDS, **CONVERSATION, **SEVERAL},
        _initial_within_most,
    ),
    "channels_select": _select("channels_select", {"initial_channel": ID, **ANSWER_URL}),
    "multi_channels_select": _select(
        "multi_channels_select", {"initial_channels": IDS, **SEVERAL}, _initial_within_most
    ),
    "checkboxes": record(
        {"type": one_of("checkboxes"), "options": options(TICK_OPTION, most=10)},
        {**ACTED_ON, "initial_options": unique(array(TICK_OPTION, most=10))},
        _initial_is_offered,
    ),
    "radio_buttons": record(
        {"type": one_of("radio_buttons"), "options": options(TICK_OPTION, most=10)},
        {**ACTED_ON, "initial_option": TICK_OPTION},
        _initial_is_offered,
    ),
}
