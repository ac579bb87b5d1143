"""What a person types and chooses: in Slack's shape, and checked as Slack's own client checks it before submitting."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.blockkit.walk import elements_of, every_block
from bot.sandbox.model import Json
from bot.sandbox.refusal import CannotDo
from bot.sandbox.workspace import Workspace

# Element → the key that holds its value, and the property it starts from.
VALUES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
SEVERAL = ("multi_", "checkboxes", "file_input")
PEOPLE = ("users_select", "multi_users_select")
ROOMS = (
    "conversations_select",
    "multi_conversations_select",
    "channels_select",
    "multi_channels_select",
)
REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def takes_several(kind: str) -> bool:
    return kind.startswith(SEVERAL)


def answerable(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """The elements that hold a value, each with its block."""
    for block in every_block(blocks):
        for element in elements_of(block):
            if element["type"] in VALUES:
                yield block, element


def starting_value(element: Json, channel: str) -> Json:
    """The value of an element that nobody has touched."""
    kind = element["type"]
    key, initial = VALUES[kind]
    value = element.get(initial, [] if takes_several(kind) else None)
    if element.get("default_to_current_conversation") and channel and not value:
        value = [channel] if takes_several(kind) else channel
    return {"type": kind, key: value}


def state_of(blocks: list[Json], typed: dict[str, Json], channel: str = "") -> dict[str, Json]:
    """`state.values`: what each element holds, typed or initial.

    Typed values stay over an update of the view as long as block_id, action_id and type stay.
    """
    state: dict[str, Json] = {}
    for block, element in answerable(blocks):
        kept = typed.get(block["block_id"], {}).get(element["action_id"])
        fits = kept is not None and kept["type"] == element["type"]
        value = kept if fits else starting_value(element, channel)
        state.setdefault(block["block_id"], {})[element["action_id"]] = value
    return state


def encode(element: Json, raw: Any, *, workspace: Workspace, suggested: Sequence[Json] = ()) -> Json:
    """What a person chose, in Slack's shape; `suggested` are the options an external select was given."""
    kind = element["type"]
    key, _ = VALUES[kind]
    if takes_several(kind):
        chosen = list(raw or [])
        most = element.get("max_selected_items")
        if most and len(chosen) > most:
            raise CannotDo(f"At most {most} can be chosen here.")
        return {"type": kind, key: [_one(element, part, workspace=workspace, suggested=suggested) for part in chosen]}
    return {
        "type": kind,
        key: None if raw in (None, "") else _one(element, raw, workspace=workspace, suggested=suggested),
    }


def _one(element: Json, raw: Any, *, workspace: Workspace, suggested: Sequence[Json]) -> Any:
    kind = element["type"]
    if VALUES[kind][0].startswith("selected_option"):
        return chosen_option(element, str(raw), suggested)
    if kind in PEOPLE:
        return _person(str(raw), workspace)
    if kind in ROOMS:
        return _room(kind, str(raw), workspace)
    if kind == "datetimepicker":
        return _moment(raw)
    if kind == "datepicker" and not DAY.fullmatch(str(raw)):
        raise CannotDo("A date is written as 2026-03-12.")
    if kind == "timepicker" and not HOUR.fullmatch(str(raw)):
        raise CannotDo("A time is written as 09:30.")
    if kind in ("rich_text_input", "file_input"):
        return raw if isinstance(raw, dict) else _rich(str(raw))
    return str(raw)


def _moment(raw: Any) -> int:
    if not str(raw).isdecimal():
        raise CannotDo("A moment is chosen as seconds since 1970, such as 1773324000.")
    return int(raw)


def _person(user_id: str, workspace: Workspace) -> str:
    user = workspace.users.get(user_id)
    if user is None or user.deleted:
        raise CannotDo("There is nobody of that id to choose.")
    return user_id


def _room(kind: str, channel_id: str, workspace: Workspace) -> str:
    channel = workspace.channels.get(channel_id)
    if channel is None and kind.endswith("conversations_select") and channel_id in workspace.users:
        return channel_id
    if channel is None or (kind.endswith("channels_select") and not channel.is_open):
        raise CannotDo("There is no such conversation to choose.")
    return channel_id


def _rich(text: str) -> Json:
    section: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def offered(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(entry for group in groups for entry in group["options"])]


def chosen_option(element: Json, value: str, suggested: Sequence[Json] = ()) -> Json:
    first = element.get("initial_options") or [one for one in [element.get("initial_option")] if one]
    for entry in [*offered(element), *suggested, *first]:
        if entry["value"] == value:
            text = entry["text"]
            words = {**text, "emoji": True} if text["type"] == "plain_text" else {"verbatim": False, **text}
            return {**entry, "text": words}
    raise CannotDo(f'"{value}" is not among the options. Choose one of them.')


# Before submitting


def missing_answers(blocks: list[Json], state: dict[str, Json]) -> dict[str, str]:
    """What the client itself refuses, by block: required, too short or long, not a number, address or mail."""
    errors: dict[str, str] = {}
    for block, element in answerable(blocks):
        if block["type"] != "input":
            continue
        value = state[block["block_id"]][element["action_id"]][VALUES[element["type"]][0]]
        problem = _problem(block, element, value)
        if problem:
            errors[block["block_id"]] = problem
    return errors


def _problem(block: Json, element: Json, value: Any) -> str:
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return "" if block.get("optional") else REQUIRED
    check = {
        "plain_text_input": _text_problem,
        "number_input": _number_problem,
        "email_text_input": _email_problem,
        "url_text_input": _url_problem,
    }.get(element["type"])
    return check(element, str(value)) if check else ""


def _text_problem(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"Please write at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    return f"Please write at most {most} characters." if len(value) > most else ""


def _number_problem(element: Json, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter at most {element['max_value']}."
    return ""


def _email_problem(_element: Json, value: str) -> str:
    return "" if EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url_problem(_element: Json, value: str) -> str:
    parts = urlsplit(value)
    return "" if parts.scheme in ("http", "https") and parts.netloc else "Please enter a valid URL."
