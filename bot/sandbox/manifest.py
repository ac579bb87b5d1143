"""What the app is allowed and set up to do, read from its manifest."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.sandbox.model import Json

LEAST_SCOPES = (
    "chat:write",
    "commands",
    "im:write",
    "users:read",
    "groups:write",
    "groups:read",
    "im:history",
    "mpim:write",
)
ALL_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "user_change",
    "team_join",
    "member_joined_channel",
    "member_left_channel",
    "group_archive",
    "group_unarchive",
    "group_rename",
    "group_deleted",
)
WITHOUT_FILE: Json = {
    "display_information": {"name": "Mentoring Circles"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "Mentor", "always_online": True},
        "slash_commands": [
            {
                "command": "/mentor",
                "description": "Mentoring circles",
                "usage_hint": "[help]",
                "should_escape": True,
            }
        ],
    },
    "oauth_config": {"scopes": {"bot": list(LEAST_SCOPES)}},
    "settings": {
        "event_subscriptions": {"bot_events": list(ALL_EVENTS)},
        "interactivity": {"is_enabled": True},
    },
}


@dataclass(frozen=True)
class Manifest:
    content: Json

    def _at(self, *path: str) -> Any:
        found: Any = self.content
        for key in path:
            found = (found or {}).get(key)
        return found

    @property
    def app_name(self) -> str:
        return str(self._at("features", "bot_user", "display_name") or self._at("display_information", "name"))

    @property
    def scopes(self) -> tuple[str, ...]:
        granted = self._at("oauth_config", "scopes") or {}
        return tuple(dict.fromkeys([*(granted.get("bot") or []), *(granted.get("bot_optional") or [])]))

    @property
    def events(self) -> tuple[str, ...]:
        return tuple(self._at("settings", "event_subscriptions", "bot_events") or ())

    @property
    def commands(self) -> list[Json]:
        return list(self._at("features", "slash_commands") or [])

    @property
    def shortcuts(self) -> list[Json]:
        return list(self._at("features", "shortcuts") or [])

    @property
    def interactive(self) -> bool:
        return bool(self._at("settings", "interactivity", "is_enabled"))

    @property
    def home_tab(self) -> bool:
        return bool(self._at("features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab(self) -> bool:
        return bool(self._at("features", "app_home", "messages_tab_enabled"))

    @property
    def messages_tab_read_only(self) -> bool:
        return bool(self._at("features", "app_home", "messages_tab_read_only_enabled"))


@cache
def load() -> Manifest:
    """The project's own manifest, read once; a plain one where the project has none."""
    path = Path(__file__).resolve().parents[2] / "manifest.yml"
    if not path.exists():
        return Manifest(WITHOUT_FILE)
    return Manifest(yaml.safe_load(path.read_text(encoding="utf-8")))
