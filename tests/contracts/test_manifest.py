"""The manifests ask Slack for what the bot uses, no more and no less, within Slack's limits."""

import ast
import re
from typing import Any

import pytest
import yaml

from bot.config import Settings
from bot.doctor import NEEDED_SCOPES
from bot.repertoire import FEATURES
from bot.slack.routes import gather
from bot.web.server import SLACK_PATH
from tests.contracts.project import ROOT, files, tree

ROUTES = gather(feature.routes for feature in FEATURES)
METHOD = re.compile(
    r"(chat|conversations|users|views|bookmarks|pins|reactions|files|canvases|usergroups|dnd|team)\.[A-Za-z.]+"
)
# One scope that is enough for each method, in the conversations the bot uses it for.
SCOPES: dict[str, set[str]] = {
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "conversations.canvases.create": {"canvases:write"},
    "canvases.edit": {"canvases:write"},
    "bookmarks.add": {"bookmarks:write"},
    "bookmarks.edit": {"bookmarks:write"},
    "conversations.open": {"im:write", "mpim:write"},
    "conversations.history": {"im:history"},
    "conversations.replies": {"im:history"},
    "conversations.create": {"groups:write"},
    "conversations.invite": {"groups:write"},
    "conversations.kick": {"groups:write"},
    "conversations.archive": {"groups:write"},
    "conversations.setTopic": {"groups:write"},
    "conversations.setPurpose": {"groups:write"},
    "conversations.members": {"groups:read"},
    "conversations.info": {"groups:read"},
    "users.conversations": {"groups:read"},
    "users.info": {"users:read"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "views.publish": set(),
}
EVENT_SCOPES: dict[str, str] = {
    "user_change": "users:read",
    "team_join": "users:read",
    "member_joined_channel": "groups:read",
    "member_left_channel": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_rename": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}


def manifest(file: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


SOCKET, HTTP = manifest("manifest.yml"), manifest("manifest.http.yml")


def methods_called() -> set[str]:
    found = set()
    for path in files("*.py", "bot"):
        if "sandbox" not in path.parts:
            words = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
            found |= {word for word in words if isinstance(word, str) and METHOD.fullmatch(word)}
    return found - {"team.id"}


def granted() -> set[str]:
    return set(SOCKET["oauth_config"]["scopes"]["bot"])


def optional() -> set[str]:
    """What the bot does without where it isn't granted."""
    return set(SOCKET["oauth_config"]["scopes"]["bot_optional"])


def test_the_scopes_are_those_of_the_methods_called_and_of_the_events():
    needed = {"commands"}
    for method in methods_called() & set(SCOPES):
        needed |= SCOPES[method]
    needed |= {EVENT_SCOPES[event] for event in ROUTES.events if EVENT_SCOPES[event]}
    assert granted() | optional() == needed
    assert not granted() & optional()


def test_every_method_called_has_its_scope_listed_here():
    assert methods_called() - set(SCOPES) == set()


def test_the_doctor_looks_for_the_same_scopes():
    assert set(NEEDED_SCOPES) == granted()


def test_no_scope_lets_the_bot_read_what_people_write():
    assert {scope for scope in granted() if scope.endswith(":history")} == {"im:history"}
    assert SOCKET["features"]["app_home"]["messages_tab_read_only_enabled"] is True


def test_the_events_are_those_that_are_answered():
    assert set(SOCKET["settings"]["event_subscriptions"]["bot_events"]) == set(ROUTES.events)


def test_the_command_is_the_one_the_bot_listens_to():
    [command] = SOCKET["features"]["slash_commands"]
    assert command["command"] == Settings.model_fields["command"].default
    hinted = [part.split() for part in command["usage_hint"].strip("[]").split(" | ")]
    assert {first for first, *_more in hinted} <= {words.split()[0] for words in ROUTES.commands if words}
    spelled = {f"{first} {second}" for first, *more in hinted for second in "|".join(more).split("|") if second}
    assert spelled <= set(ROUTES.commands)


def test_the_shortcuts_are_those_that_are_answered():
    listed = SOCKET["features"].get("shortcuts", [])
    assert {shortcut["callback_id"] for shortcut in listed} == set(ROUTES.shortcuts)
    assert listed or "shortcuts" not in SOCKET["features"]


@pytest.mark.parametrize("app", [SOCKET, HTTP], ids=["socket", "http"])
def test_the_words_are_as_long_as_slack_takes_them(app):
    shown, features = app["display_information"], app["features"]
    assert 1 <= len(shown["name"]) <= 35
    assert 1 <= len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert 1 <= len(features["bot_user"]["display_name"]) <= 80
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert 1 <= len(command["usage_hint"]) <= 1000
    for shortcut in features.get("shortcuts", []):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert len(shortcut["callback_id"]) <= 255


def test_over_http_only_the_addresses_differ():
    settings = HTTP["settings"]
    addresses = [
        settings["event_subscriptions"].pop("request_url"),
        settings["interactivity"].pop("request_url"),
        settings["interactivity"].pop("message_menu_options_url"),
        *[command.pop("url") for command in HTTP["features"]["slash_commands"]],
    ]
    assert {address.partition("mentor.example.com")[2] for address in addresses} == {SLACK_PATH}
    assert settings.pop("socket_mode_enabled") is False
    assert SOCKET["settings"]["socket_mode_enabled"] is True
    assert SOCKET | {"settings": {k: v for k, v in SOCKET["settings"].items() if k != "socket_mode_enabled"}} == HTTP
