"""What each method of the Web API asks for: its scopes and its calls per minute (SLACK.md 2.1 and 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.model import Kind

TIER_2, TIER_3, TIER_4 = 20, 50, 100
SPECIAL = 600  # "hundreds per minute"
ByKind = Mapping[Kind, tuple[str, ...]]


@dataclass(frozen=True)
class Rule:
    per_minute: int
    scopes: tuple[str, ...] = ()  # any one of them
    by_kind: ByKind = field(default_factory=dict)  # any one of them, by the kind of conversation
    caller: Literal["bot", "app", "user", "none"] = "bot"

    @property
    def any_scopes(self) -> tuple[str, ...]:
        every = [*self.scopes, *(scope for some in self.by_kind.values() for scope in some)]
        return tuple(dict.fromkeys(every))


def _family(action: str) -> ByKind:
    return {
        "channel": (f"channels:{action}",),
        "private": (f"groups:{action}",),
        "im": (f"im:{action}",),
        "mpim": (f"mpim:{action}",),
    }


READ, HISTORY = _family("read"), _family("history")
MANAGE: ByKind = {"channel": ("channels:manage",), "private": ("groups:write",)}
INVITE: ByKind = {
    "channel": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
}
TOPIC: ByKind = {
    "channel": ("channels:manage", "channels:write.topic"),
    "private": ("groups:write", "groups:write.topic"),
    "im": ("im:write", "im:write.topic"),
    "mpim": ("mpim:write", "mpim:write.topic"),
}
OPEN: ByKind = {"im": ("im:write",), "mpim": ("mpim:write",)}
WRITE = ("chat:write",)

RULES: dict[str, Rule] = {
    "api.test": Rule(TIER_4, caller="none"),
    "auth.test": Rule(SPECIAL),
    "auth.revoke": Rule(TIER_3),
    "apps.connections.open": Rule(TIER_3, caller="app"),
    "chat.postMessage": Rule(SPECIAL, WRITE),
    "chat.postEphemeral": Rule(TIER_4, WRITE),
    "chat.update": Rule(TIER_3, WRITE),
    "chat.delete": Rule(TIER_3, WRITE),
    "chat.getPermalink": Rule(SPECIAL),
    "chat.scheduleMessage": Rule(TIER_3, WRITE),
    "chat.deleteScheduledMessage": Rule(TIER_3, WRITE),
    "chat.scheduledMessages.list": Rule(TIER_3),
    "conversations.open": Rule(TIER_3, by_kind=OPEN),
    "conversations.create": Rule(TIER_2, by_kind=MANAGE),
    "conversations.invite": Rule(TIER_3, by_kind=INVITE),
    "conversations.kick": Rule(TIER_3, by_kind=MANAGE),
    "conversations.join": Rule(TIER_3, by_kind={"channel": ("channels:join",)}),
    "conversations.leave": Rule(TIER_3, by_kind=MANAGE),
    "conversations.archive": Rule(TIER_2, by_kind=MANAGE),
    "conversations.unarchive": Rule(TIER_2, caller="user"),
    "conversations.rename": Rule(TIER_2, by_kind=MANAGE),
    "conversations.setTopic": Rule(TIER_2, by_kind=TOPIC),
    "conversations.setPurpose": Rule(TIER_2, by_kind=TOPIC),
    "conversations.info": Rule(TIER_3, by_kind=READ),
    "conversations.list": Rule(TIER_2, by_kind=READ),
    "conversations.members": Rule(TIER_4, by_kind=READ),
    "conversations.history": Rule(TIER_3, by_kind=HISTORY),
    "conversations.replies": Rule(TIER_3, by_kind=HISTORY),
    "users.conversations": Rule(TIER_3, by_kind=READ),
    "users.info": Rule(TIER_4, ("users:read",)),
    "users.list": Rule(TIER_2, ("users:read",)),
    "users.getPresence": Rule(TIER_3, ("users:read",)),
    "users.profile.set": Rule(TIER_3, caller="user"),
    "views.open": Rule(TIER_4),
    "views.push": Rule(TIER_4),
    "views.update": Rule(TIER_4),
    "views.publish": Rule(TIER_4),
    "reactions.add": Rule(TIER_3, ("reactions:write",)),
    "reactions.remove": Rule(TIER_2, ("reactions:write",)),
    "reactions.get": Rule(TIER_3, ("reactions:read",)),
    "pins.add": Rule(TIER_2, ("pins:write",)),
    "pins.remove": Rule(TIER_2, ("pins:write",)),
    "pins.list": Rule(TIER_2, ("pins:read",)),
    "bookmarks.add": Rule(TIER_2, ("bookmarks:write",)),
    "bookmarks.edit": Rule(TIER_2, ("bookmarks:write",)),
    "bookmarks.remove": Rule(TIER_2, ("bookmarks:write",)),
    "conversations.canvases.create": Rule(TIER_2, ("canvases:write",)),
    "canvases.edit": Rule(TIER_3, ("canvases:write",)),
    "bookmarks.list": Rule(TIER_3, ("bookmarks:read",)),
    "dnd.info": Rule(TIER_3, ("dnd:read",)),
    "dnd.teamInfo": Rule(TIER_2, ("dnd:read",)),
    "team.info": Rule(TIER_3, ("team:read",)),
    "files.getUploadURLExternal": Rule(TIER_4, ("files:write",)),
    "files.completeUploadExternal": Rule(TIER_4, ("files:write",)),
    "files.info": Rule(TIER_4, ("files:read",)),
}
