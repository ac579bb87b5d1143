"""What a person looks at: a message, a dialog, Home, a conversation; as text and as things to act on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.visible import Control, Json, Names, alike, best, controls, nearest, readable, text_of, words


class Missing(AssertionError):
    """What was looked for is not there; the text says what is."""

    def __init__(self, wanted: str, shown: str) -> None:
        indented = "\n".join(f"    {line}" for line in (shown or "(nothing)").splitlines())
        super().__init__(f"{wanted}\nThis is what is there:\n{indented}")


@dataclass(frozen=True)
class Look:
    """One thing seen. `where` names it to the control API."""

    kind: str  # "message", "modal" or "home"
    where: Json
    blocks: list[Json]
    raw: Json
    names: Names
    place: str = ""  # the conversation's name

    @property
    def state(self) -> Json:
        state: Json = self.raw.get("state") or {}
        values: Json = state.get("values", state)
        return values

    @property
    def title(self) -> str:
        return words(self.raw.get("title"), self.names)

    @property
    def text(self) -> str:
        """All that can be read in it; what a message says in `text` counts only where it has no blocks."""
        body = text_of(self.blocks, self.names, self.state)
        if self.kind != "message":
            buttons = " ".join(f"[{words(self.raw[n], self.names)}]" for n in ("close", "submit") if self.raw.get(n))
            return "\n".join(line for line in (self.title, body, buttons) if line)
        return body or readable(self.raw["text"], self.names)

    @property
    def ts(self) -> str:
        return str(self.raw.get("ts", ""))

    @property
    def ephemeral(self) -> bool:
        return bool(self.raw.get("ephemeral"))

    def controls(self) -> list[Control]:
        return list(controls(self.blocks, self.names))

    def labels(self) -> list[str]:
        return [control.label for control in self.controls()]

    def find(self, label: str, near: str = "", *, within: tuple[str, ...] = ()) -> Control | None:
        """The control of this label: of those alike the one nearest under `near`, else the last."""
        found = [c for c in self.controls() if not within or c.kind in within]
        found = best(found, label)
        if near:
            found = nearest(found, self.blocks, near, names=self.names)
        return found[-1] if found else None

    def fields(self) -> Iterator[Control]:
        """The inputs to fill in, one entry each."""
        seen: set[tuple[str, str]] = set()
        for control in self.controls():
            at = (control.block["block_id"], control.element["action_id"])
            if control.option is None and control.kind != "button" and at not in seen:
                seen.add(at)
                yield control

    def field_called(self, label: str) -> Control:
        found = [(alike(label, control.label), control) for control in self.fields()]
        top = max((mark for mark, _ in found), default=0)
        best_found = [control for mark, control in found if mark == top]
        if not top:
            labels = ", ".join(f'"{control.label}"' for control in self.fields())
            raise Missing(f'There is no field called "{label}"; there are: {labels}.', self.text)
        return best_found[0]


@dataclass(frozen=True)
class Room:
    """A conversation as one person sees it."""

    id: str
    name: str
    kind: str
    members: list[str]
    raw: Json
    messages: list[Look] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(message_line(look) for look in self.messages)

    @property
    def last(self) -> Look:
        if not self.messages:
            raise Missing(f"Nobody has written in {self.name} yet.", "")
        return self.messages[-1]


def message_line(look: Look) -> str:
    who = str(look.raw.get("username", ""))
    marks = " (only you)" if look.ephemeral else ""
    replies = look.raw.get("reply_count", 0)
    more = f"\n  ({replies} replies)" if replies else ""
    return f"{who}{marks}: {look.text}{more}"


def of_message(message: Json, names: Names, place: str = "") -> Look:
    where = {"type": "message", "channel": message["channel"], "ts": message["ts"]}
    return Look("message", where, message["blocks"], message, names, place)


def of_view(view: Json, names: Names) -> Look:
    kind = "home" if view["type"] == "home" else "modal"
    where: Json = {"type": "home"} if kind == "home" else {"type": "view", "view_id": view["id"]}
    return Look(kind, where, view["blocks"], view, names)


def together(looks: Iterable[Look]) -> str:
    return "\n".join(f"--- {look.place or look.kind}\n{look.text}" for look in looks)


# Answers by what is visible


def raw_answer(control: Control, value: Any, names: Names) -> Any:
    """What a person says for a field, as the control API takes it: options by their text, people by their name."""
    if value is None:
        return None
    if isinstance(value, list | tuple | set):
        return [raw_answer(control, part, names) for part in value]
    if hasattr(value, "isoformat"):
        return _moment(control, value)
    options = _options(control.element)
    if options:
        return _option_value(control, options, str(value), names=names)
    if "users_select" in control.kind:
        return _id_of(str(value).removeprefix("@"), names.people, what="person")
    if "channels_select" in control.kind or "conversations_select" in control.kind:
        return _id_of(str(value).removeprefix("#"), names.channels, what="channel")
    return value if isinstance(value, dict) else str(value)


def takes_several(control: Control) -> bool:
    return control.kind.startswith("multi_") or control.kind == "checkboxes"


def _moment(control: Control, value: Any) -> Any:
    if control.kind == "datetimepicker":
        return int(value.timestamp())
    if control.kind == "timepicker":
        return f"{value:%H:%M}"
    return f"{value:%Y-%m-%d}"


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for group in groups for o in group["options"])]


def _option_value(control: Control, options: list[Json], wanted: str, *, names: Names) -> str:
    marks = [(alike(wanted, words(option["text"], names)), option) for option in options]
    top = max(mark for mark, _ in marks)
    if not top:
        offered = ", ".join(f'"{words(option["text"], names)}"' for option in options)
        raise Missing(f'"{control.label}" does not offer "{wanted}".', offered)
    return str(next(option["value"] for mark, option in marks if mark == top))


def _id_of(wanted: str, names: Mapping[str, str], *, what: str) -> str:
    if wanted in names:
        return wanted
    marks = [(alike(wanted, name), key) for key, name in names.items()]
    top = max((mark for mark, _ in marks), default=0)
    found = [key for mark, key in marks if mark == top]
    if not top or len(found) > 1:
        raise Missing(f'There is not exactly one {what} called "{wanted}".', ", ".join(names.values()))
    return found[0]
