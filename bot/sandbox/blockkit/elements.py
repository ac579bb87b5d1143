"""Every element a person can act on, with the blocks and surfaces in which Slack shows it (SLACK.md 3.3).

Where Slack's pages disagree about a surface, it counts as not available: what passes here should pass everywhere.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from zoneinfo import available_timezones

from bot.sandbox.blockkit.checks import (
    Check,
    Fields,
    Place,
    Surface,
    array,
    boolean,
    characters,
    integer,
    link,
    one_of,
    record,
    string,
)
from bot.sandbox.blockkit.menus import ACTED_ON, MENUS, PLACEHOLDER
from bot.sandbox.blockkit.objects import (
    ACTION_ID,
    ANY_LINK,
    CONFIRM,
    DISPATCH,
    OVERFLOW_OPTION,
    options,
    plain,
)
from bot.sandbox.blockkit.richtext import RICH_TEXT

Parent = Literal["section", "actions", "input", "context_actions"]
EVERYWHERE: tuple[Surface, ...] = ("message", "modal", "home")
ANY_PARENT: tuple[Parent, ...] = ("section", "actions", "input")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Kind:
    check: Check
    parents: tuple[Parent, ...] = ANY_PARENT
    surfaces: tuple[Surface, ...] = EVERYWHERE


def _day(value: Any, place: Place) -> None:
    try:
        right = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        right = False
    if not right:
        place.fault("must be a date in the format YYYY-MM-DD")


def _time(value: Any, place: Place) -> None:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        place.fault("must be a time in the format HH:mm")


def _zone(value: Any, place: Place) -> None:
    if not isinstance(value, str) or value not in available_timezones():
        place.fault("must be an IANA time zone")


def _decimal(value: Any) -> Decimal | None:
    try:
        read = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return read if read is not None and read.is_finite() else None


def _number_text(value: Any, place: Place) -> None:
    if _decimal(value) is None:
        place.fault("must be a number written as a string")


def _number_bounds(value: Any, place: Place) -> None:
    given = {name: Decimal(value[name]) for name in ("min_value", "max_value", "initial_value") if name in value}
    if not value["is_decimal_allowed"]:
        for name, amount in given.items():
            if amount != amount.to_integral_value():
                place.at(name).fault("must be a whole number, as is_decimal_allowed is false")
    _in_order(given, place)


def _in_order(given: dict[str, Decimal], place: Place) -> None:
    low, high, initial = given.get("min_value"), given.get("max_value"), given.get("initial_value")
    if low is not None and high is not None and low > high:
        place.at("min_value").fault("must be less than or equal to max_value")
    if initial is not None and low is not None and initial < low:
        place.at("initial_value").fault("must be greater than or equal to min_value")
    if initial is not None and high is not None and initial > high:
        place.at("initial_value").fault("must be less than or equal to max_value")


def _text_bounds(value: Any, place: Place) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        place.at("min_length").fault("must be less than or equal to max_length")
    if characters(value.get("initial_value", "")) > most:
        place.at("initial_value").fault(f"must be less than {most + 1} characters")


def _lines(value: Any, place: Place) -> None:
    if value.get("min_lines", 1) > value.get("max_lines", 1000):
        place.at("min_lines").fault("must be less than or equal to max_lines")


TYPED: Fields = {
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
FEEDBACK = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

BUTTON_FIELDS: Fields = {
    "action_id": ACTION_ID,
    "value": string(2000),
    "url": link(3000, *ANY_LINK),
    "style": one_of("primary", "danger"),
    "confirm": CONFIRM,
    "accessibility_label": string(75),
    "visible_to_user_ids": array(string(255), most=100),
}
BUTTON = record({"type": one_of("button"), "text": plain(75)}, BUTTON_FIELDS)
_WITHOUT_FOCUS: Fields = {"action_id": ACTION_ID, "confirm": CONFIRM}


def _bare_extensions(value: Any, place: Place) -> None:
    if any(kind.startswith(".") for kind in value.get("filetypes", [])):
        place.at("filetypes").fault("must be extensions without a dot")


ELEMENTS: dict[str, Kind] = {
    "button": Kind(BUTTON, ("section", "actions")),
    "overflow": Kind(
        record({"type": one_of("overflow"), "options": options(OVERFLOW_OPTION, most=5)}, _WITHOUT_FOCUS),
        ("section", "actions"),
    ),
    **{name: Kind(check) for name, check in MENUS.items()},
    "datepicker": Kind(
        record({"type": one_of("datepicker")}, {**ACTED_ON, "placeholder": PLACEHOLDER, "initial_date": _day})
    ),
    "timepicker": Kind(
        record(
            {"type": one_of("timepicker")},
            {**ACTED_ON, "placeholder": PLACEHOLDER, "initial_time": _time, "timezone": _zone},
        )
    ),
    "datetimepicker": Kind(
        record(
            {"type": one_of("datetimepicker")},
            {**ACTED_ON, "initial_date_time": integer(1_000_000_000, 9_999_999_999)},
        ),
        ("actions", "input"),
        ("message", "modal"),
    ),
    "plain_text_input": Kind(
        record(
            {"type": one_of("plain_text_input")},
            {
                **TYPED,
                "initial_value": string(3000, least=0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
            _text_bounds,
        ),
        ("input",),
    ),
    "number_input": Kind(
        record(
            {"type": one_of("number_input"), "is_decimal_allowed": boolean},
            {**TYPED, "initial_value": _number_text, "min_value": _number_text, "max_value": _number_text},
            _number_bounds,
        ),
        ("input",),
        ("modal",),
    ),
    "email_text_input": Kind(
        record({"type": one_of("email_text_input")}, {**TYPED, "initial_value": string(3000)}),
        ("input",),
        ("modal",),
    ),
    "url_text_input": Kind(
        record({"type": one_of("url_text_input")}, {**TYPED, "initial_value": string(3000)}),
        ("input",),
        ("modal",),
    ),
    "rich_text_input": Kind(
        record(
            {"type": one_of("rich_text_input")},
            {
                **TYPED,
                "initial_value": RICH_TEXT,
                "min_lines": integer(1, 1000),
                "max_lines": integer(1, 1000),
            },
            _lines,
        ),
        ("input",),
        ("modal", "home"),
    ),
    "file_input": Kind(
        record(
            {"type": one_of("file_input")},
            {
                "action_id": ACTION_ID,
                "filetypes": array(string(20), most=100),
                "max_files": integer(1, 10),
            },
            _bare_extensions,
        ),
        ("input",),
        ("modal",),
    ),
    "feedback_buttons": Kind(
        record(
            {
                "type": one_of("feedback_buttons"),
                "positive_button": FEEDBACK,
                "negative_button": FEEDBACK,
            },
            {"action_id": ACTION_ID},
        ),
        ("context_actions",),
        ("message",),
    ),
    "icon_button": Kind(
        record(
            {"type": one_of("icon_button"), "icon": one_of("trash"), "text": plain(75)},
            {
                "action_id": ACTION_ID,
                "value": string(2000),
                "confirm": CONFIRM,
                "accessibility_label": string(75),
                "visible_to_user_ids": array(string(255), most=100),
            },
        ),
        ("context_actions",),
        ("message",),
    ),
    "workflow_button": Kind(
        record(
            {
                "type": one_of("workflow_button"),
                "text": plain(75),
                "workflow": record({"trigger": record({"url": link(3000, "https")}, {})}),
            },
            {
                "action_id": ACTION_ID,
                "style": one_of("primary", "danger"),
                "accessibility_label": string(75),
            },
        ),
        ("section", "actions"),
        ("message",),
    ),
}


def element_of(parent: Parent) -> Check:
    """Any element that may stand in such a block."""

    def check(value: Any, place: Place) -> None:
        name = value.get("type") if isinstance(value, dict) else None
        kind = ELEMENTS.get(name) if isinstance(name, str) else None
        if not isinstance(value, dict):
            place.fault("must provide an object")
        elif name is None:
            place.fault("missing required field: type")
        elif kind is None or parent not in kind.parents:
            place.at("type").fault(f"unsupported type: {name}")
        elif place.surface not in kind.surfaces:
            place.at("type").fault(f"unsupported type: {name}, not available in a {place.surface}")
        else:
            kind.check(value, place)
            _answer_url_only_in_modal_inputs(value, place, parent=parent)

    return check


def _answer_url_only_in_modal_inputs(value: Any, place: Place, *, parent: Parent) -> None:
    if value.get("response_url_enabled") and (parent != "input" or place.surface != "modal"):
        place.at("response_url_enabled").fault("only available in an input block of a modal")
