"""What people type and choose in a form, as Slack would send it."""

from typing import Any

from bot.slack.requests import Answers


def typed(**values: Any) -> Answers:
    """Block id → what stands in it: a string typed, a list ticked, or the raw dict for pickers and menus."""
    return Answers({block: {block: _raw(value)} for block, value in values.items()})


def chosen(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


def picked_day(value: str) -> dict[str, Any]:
    return {"selected_date": value}


def picked_time(value: str) -> dict[str, Any]:
    return {"selected_time": value}


def picked_person(value: str) -> dict[str, Any]:
    return {"selected_user": value}


def picked_people(*values: str) -> dict[str, Any]:
    return {"selected_users": list(values)}


def _raw(value: Any) -> Any:
    if isinstance(value, list):
        return {"selected_options": [{"value": one} for one in value]}
    return {"value": value} if isinstance(value, str) else value
