"""Every button and form that was ever shown is answered, once."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.repertoire import FEATURES
from bot.sandbox.blockkit import message_faults, view_faults
from bot.slack.routes import base_action, gather
from tests.contracts.project import files, name

ROUTES = gather(feature.routes for feature in FEATURES)
SNAPSHOTS = [path for path in files("*.json", "tests") if "__snapshots__" in path.parts]
READ_LATER = {"plain_text_input", "number_input", "rich_text_input"}
"""Elements that send no click unless they are told to: their answer comes with the form."""


@cache
def shown(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def parts(value: Any, inside_input: bool = False) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object in it, and whether it stands in an input, whose answer comes with the form."""
    if isinstance(value, dict):
        yield value, inside_input
        waits = value.get("type") == "input" and not value.get("dispatch_action")
        for inner in value.values():
            yield from parts(inner, inside_input or waits)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner, inside_input)


def unanswered(path: Path) -> list[str]:
    missing = []
    for part, in_form in parts(shown(path)):
        action, kind = base_action(part.get("action_id", "")), part.get("type")
        if kind in ("external_select", "multi_external_select") and action not in ROUTES.suggestions:
            missing.append(f"suggestion {action}")
        if action and not in_form and kind not in READ_LATER and action not in ROUTES.clicks:
            missing.append(f"click {action}")
        if kind == "modal" and "submit" in part and part.get("callback_id") not in ROUTES.submissions:
            missing.append(f"submission {part.get('callback_id')}")
        if kind == "modal" and part.get("notify_on_close"):
            missing.append(f"closing {part.get('callback_id')}")
    return missing


def refused(path: Path) -> str:
    """What Slack would say against a snapshot."""
    value = shown(path)
    if not isinstance(value, dict):
        return ""
    if value.get("type") in ("modal", "home"):
        return str(view_faults(value, value["type"]) or "")
    if "blocks" in value and not value["text"].strip():
        return "a message without a text"
    return str(message_faults(value["blocks"]) or "") if "blocks" in value else ""


def test_there_are_snapshots():
    assert len(SNAPSHOTS) > 50


def test_everything_in_a_snapshot_is_answered():
    assert {name(path): missing for path in SNAPSHOTS if (missing := unanswered(path))} == {}


def test_every_snapshot_is_within_slacks_limits():
    assert {name(path): why for path in SNAPSHOTS if (why := refused(path))} == {}


def test_every_click_that_is_answered_is_shown_somewhere():
    actions = {
        base_action(part["action_id"]) for path in SNAPSHOTS for part, _ in parts(shown(path)) if "action_id" in part
    }
    assert set(ROUTES.clicks) | set(ROUTES.suggestions) <= actions


def test_every_form_that_is_answered_is_shown_somewhere():
    forms = {
        part.get("callback_id") for path in SNAPSHOTS for part, _ in parts(shown(path)) if part.get("type") == "modal"
    }
    assert set(ROUTES.submissions) <= forms


def test_every_feature_has_a_name_of_its_own_and_letters_go_by_it():
    names = [feature.name for feature in FEATURES]
    assert len(names) == len(set(names))
    kinds = [letter.kind for feature in FEATURES for letter in feature.letters]
    assert len(kinds) == len(set(kinds))
    assert {kind.partition(".")[0] for kind in kinds} <= set(names)


def test_every_feature_that_is_there_takes_part():
    folders = {path.parent.name for path in files("__init__.py", "bot/features")} - {"features"}
    assert {feature.name for feature in FEATURES} == folders


def test_help_has_a_line_for_every_subcommand():
    assert all(route.help.strip() for route in ROUTES.commands.values())
    assert {"help", "profile", "match", "pause"} <= set(ROUTES.commands)
