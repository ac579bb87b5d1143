"""The things of a workspace as plain objects: people, conversations, messages, views."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["channel", "private", "im", "mpim"]


@dataclass
class User:
    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/Berlin"
    color: str = "4a7c59"
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    updated: int = 0


@dataclass
class Message:
    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    by_bot: bool = False
    username: str = ""
    icon: str = ""
    subtype: str = ""
    thread_ts: str = ""
    is_broadcast_reply: bool = False
    edited_ts: str = ""
    metadata: Json | None = None
    reader: str = ""  # the one person who sees it, when it is ephemeral
    reactions: dict[str, list[str]] = field(default_factory=dict)
    deleted: bool = False
    pings: bool = False  # it notifies a whole channel: <!channel>, <!here>, <!everyone>
    mentions: frozenset[str] = frozenset()
    # What each reader has chosen in its menus, as only that reader's client knows it.
    chosen: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    topic: str = ""
    purpose: str = ""
    is_archived: bool = False
    is_general: bool = False
    deleted: bool = False
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    canvas: Json = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    previous_names: list[str] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Anyone in the workspace may look in."""
        return self.kind == "channel"


@dataclass
class View:
    id: str
    type: Literal["modal", "home"]
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str = ""
    channel: str = ""  # where the person was when the modal opened, for default_to_current_conversation
    # What the person has typed or chosen so far: block → action → value in Slack's own shape.
    typed: dict[str, Json] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id", ""))
