"""What Slack asks of us, as values: who, what, and what came with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.slack.payload import Payload


@dataclass(frozen=True)
class Request:
    team: TeamId
    member: MemberId


@dataclass(frozen=True)
class Command(Request):
    """`/mentor circle join Oak`: `words` is what stands behind the subcommand ("Oak")."""

    words: str = ""
    channel: ChannelId | None = None


@dataclass(frozen=True)
class Answers:
    """The inputs of a modal or of a message: block id → what was typed or chosen. Empty ones read as empty."""

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def _one(self, block: str) -> Mapping[str, Any]:
        return next(iter(self.values.get(block, {}).values()), {})

    def text(self, block: str) -> str:
        return str(self._one(block).get("value") or "").strip()

    def choice(self, block: str) -> str:
        """The chosen option, user, channel or conversation; "" for none."""
        given = self._one(block)
        option = given.get("selected_option") or {}
        kinds = ("selected_user", "selected_channel", "selected_conversation")
        return str(option.get("value") or next((given[kind] for kind in kinds if given.get(kind)), ""))

    def choices(self, block: str) -> list[str]:
        given = self._one(block)
        kinds = ("selected_users", "selected_channels", "selected_conversations")
        picked: list[str] = next((given[kind] for kind in kinds if given.get(kind)), [])
        return [str(option["value"]) for option in given.get("selected_options") or []] or list(picked)

    def day(self, block: str) -> date | None:
        given = self._one(block).get("selected_date")
        return date.fromisoformat(given) if given else None

    def wall_time(self, block: str) -> time | None:
        given = self._one(block).get("selected_time")
        return time.fromisoformat(given) if given else None

    def moment(self, block: str) -> int | None:
        """Seconds since 1970, of a datetimepicker."""
        given = self._one(block).get("selected_date_time")
        return int(given) if given else None


@dataclass(frozen=True)
class View:
    """The modal or Home tab something happened in. `notes` is what we put into it when we opened it."""

    id: str
    hash: str = ""
    callback: str = ""
    notes: Payload = field(default_factory=lambda: Payload({}))
    kind: str = "modal"


@dataclass(frozen=True)
class Click(Request):
    action: str = ""
    payload: Payload = field(default_factory=lambda: Payload({}))
    chosen: str = ""
    """What was picked, where the element is a menu or a picker."""
    channel: ChannelId | None = None
    message: Timestamp | None = None
    """The message it was in, where others see it too."""
    in_private: bool = False
    """In a message that only this person sees, and that can't be edited by its number."""
    view: View | None = None
    answers: Answers = field(default_factory=Answers)

    @property
    def at_home(self) -> bool:
        return self.view is not None and self.view.kind == "home"


@dataclass(frozen=True)
class Submission(Request):
    view: View = field(default_factory=lambda: View(""))
    answers: Answers = field(default_factory=Answers)

    @property
    def notes(self) -> Payload:
        return self.view.notes


@dataclass(frozen=True)
class Suggest(Request):
    """A menu that asks for its options as somebody types."""

    action: str = ""
    typed: str = ""
    view: View | None = None


@dataclass(frozen=True)
class Shortcut(Request):
    callback: str = ""


@dataclass(frozen=True)
class HomeOpened(Request):
    hash: str = ""


@dataclass(frozen=True)
class Event(Request):
    """Something that happened in the workspace. `member` is whom it is about, "" where it is about nobody."""

    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
