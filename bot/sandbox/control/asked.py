"""One request to the control API: who asks, about what, and with which body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.model import Channel, Json, User, View
from bot.sandbox.payloads import Source
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo
from bot.sandbox.sight import may_see


@dataclass(frozen=True)
class Asked:
    slack: Slack
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)

    @property
    def me(self) -> User:
        user = self.slack.workspace.users.get(self.path["me"])
        if user is None or user.is_bot:
            raise CannotDo(f"Nobody here has the id {self.path['me']}.", 404)
        return user

    @property
    def acting(self) -> User:
        """The person who asks, who must still have an account to do anything."""
        if self.me.deleted:
            raise CannotDo(f"{self.me.real_name}'s account is deactivated.")
        return self.me

    def text(self, name: str, default: str | None = None) -> str:
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise CannotDo(f'"{name}" must be a text.')
        return value

    def number(self, name: str, default: float) -> float:
        value = self.body.get(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise CannotDo(f'"{name}" must be a number.')
        return value

    def flag(self, name: str) -> bool:
        return bool(self.body.get(name, False))

    def names(self, name: str) -> list[str]:
        value = self.body.get(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise CannotDo(f'"{name}" must be a list of ids.')
        return value

    def mapping(self, name: str) -> Json:
        value = self.body.get(name) or {}
        if not isinstance(value, dict):
            raise CannotDo(f'"{name}" must be an object.')
        return value

    def member_channel(self, channel_id: str | None = None) -> Channel:
        """The conversation of the body or the path, of which the person is a member."""
        channel = may_see(self.slack, self.me, channel_id or self.text("channel"))
        if self.me.id not in channel.members:
            raise CannotDo(f"Join #{channel.name} first.")
        return channel

    def view(self, view_id: str) -> View:
        view = self.slack.screens.find(view_id)
        if view is None or view.user != self.me.id:
            raise CannotDo("This dialog is not open any more.", 404)
        return view

    def source(self) -> Source:
        """The message or view that `where` names."""
        where: dict[str, Any] = self.mapping("where")
        kind = where.get("type")
        if kind == "view":
            return Source(self.acting, view=self.view(str(where.get("view_id"))))
        if kind == "home":
            return self._home()
        if kind == "message":
            return self._message(str(where.get("channel")), str(where.get("ts")))
        raise CannotDo('"where" must have the type message, view or home.')

    def _home(self) -> Source:
        home = self.slack.screens.homes.get(self.me.id)
        if home is None:
            raise CannotDo("The app has not shown a Home yet.", 404)
        return Source(self.acting, view=home)

    def _message(self, channel_id: str, ts: str) -> Source:
        channel = self.member_channel(channel_id)
        for message in self.slack.workspace.seen_by(self.me.id, channel):
            if message.ts == ts and not message.deleted:
                return Source(self.acting, message=message, channel=channel)
        raise CannotDo("There is no such message.", 404)
