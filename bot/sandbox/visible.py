"""What blocks look like to a reader, as plain text, and which controls lie in them under which label.

Pure: JSON in, text and controls out. The driver acts through this, so it finds only what a person could find.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
ROOM = re.compile(r"<#([CG][A-Z0-9]+)(?:\|([^>]*))?>")
DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
SPECIAL = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")
STYLE = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
LINK = re.compile(r"<((?:https?|mailto|slack|tel):[^|>]*)(?:\|([^>]*))?>")


@dataclass(frozen=True)
class Names:
    """How people and channels are called."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    def person(self, user_id: str) -> str:
        return f"@{self.people.get(user_id, user_id)}"

    def channel(self, channel_id: str, label: str = "") -> str:
        return f"#{label or self.channels.get(channel_id, channel_id)}"


@dataclass(frozen=True)
class Control:
    """Something to click, choose in or type into."""

    label: str
    block: Json
    element: Json
    index: int  # of the block, to tell what it is near to
    option: Json | None = None  # a choice of an overflow menu, checkboxes or radio buttons

    @property
    def kind(self) -> str:
        return str(self.element["type"])


def readable(text: str, names: Names) -> str:
    """mrkdwn as a reader sees it."""
    text = PERSON.sub(lambda m: names.person(m.group(1)), text)
    text = ROOM.sub(lambda m: names.channel(m.group(1), m.group(2) or ""), text)
    text = DATE.sub(lambda m: m.group(1), text)
    text = SPECIAL.sub(lambda m: f"@{m.group(1)}", text)
    text = LINK.sub(lambda m: m.group(2) or m.group(1), text)
    return html.unescape(STYLE.sub(r"\2", text))


def words(text: Json | None, names: Names) -> str:
    """A text object; mentions are read in mrkdwn only."""
    if not text:
        return ""
    return readable(text["text"], names) if text.get("type") == "mrkdwn" else str(text["text"])


def text_of(blocks: Iterable[Json], names: Names, state: Json | None = None) -> str:
    lines = (line for block in blocks for line in block_lines(block, names, state or {}))
    return "\n".join(line for line in lines if line)


def block_lines(block: Json, names: Names, state: Json) -> Iterator[str]:
    """The block line by line; [x] is a control."""
    held = state.get(block.get("block_id", ""), {})
    kind = block["type"]
    if kind == "rich_text":
        yield _rich(block, names)
    elif kind == "image":
        yield f"(picture: {block['alt_text']})"
    elif kind in ("table", "data_table"):
        yield from _rows(block, names)
    elif kind == "data_visualization":
        yield f"(chart: {block['title']})"
    elif kind == "context":
        yield " ".join(_still(part, names) for part in block["elements"])
    else:
        yield from _plain_lines(block, names, held)


def _plain_lines(block: Json, names: Names, held: Json) -> Iterator[str]:
    for name in ("title", "label", "text", "subtitle", "body", "hint"):
        entry = block.get(name)
        yield entry if isinstance(entry, str) else words(entry, names)
    for entry in block.get("fields", []):
        yield words(entry, names)
    for element in _controls_in(block):
        yield _shown(element, held, names)
    for inner in [*block.get("child_blocks", []), *(block["elements"] if block["type"] == "carousel" else [])]:
        yield from block_lines(inner, names, held)


def _still(part: Json, names: Names) -> str:
    return f"(picture: {part['alt_text']})" if part["type"] == "image" else words(part, names)


def _rich(value: Any, names: Names) -> str:
    if isinstance(value, list):
        return "".join(_rich(inner, names) for inner in value)
    kind = value.get("type")
    said: dict[str, Callable[[], str]] = {
        "text": lambda: value["text"],
        "link": lambda: value.get("text") or value["url"],
        "user": lambda: names.person(value["user_id"]),
        "channel": lambda: names.channel(value["channel_id"]),
        "emoji": lambda: f":{value['name']}:",
        "date": lambda: value.get("fallback", ""),
        "broadcast": lambda: f"@{value['range']}",
        "usergroup": lambda: f"@{value['usergroup_id']}",
    }
    if kind in said:
        return said[kind]()
    if kind == "rich_text_list":
        return "".join(f"- {_rich(inner, names)}\n" for inner in value["elements"])
    joint = "\n" if kind == "rich_text" else ""
    return joint.join(_rich(inner, names) for inner in value.get("elements", []))


def _rows(block: Json, names: Names) -> Iterator[str]:
    if block.get("caption"):
        yield block["caption"]
    for row in block["rows"]:
        yield " | ".join(_rich(c, names) if c["type"] == "rich_text" else str(c.get("text", "")) for c in row)


def _shown(element: Json, held: Json, names: Names) -> str:
    """A control as it looks: its label, its options, or what it holds."""
    if element["type"] in ("image", "mrkdwn", "plain_text"):
        return _still(element, names)
    if element["type"] in ("button", "icon_button", "workflow_button"):
        return f"[{words(element['text'], names)}]"
    if element["type"] in ("overflow", "checkboxes", "radio_buttons"):
        offers = " ".join(f"[{words(option['text'], names)}]" for option in element["options"])
        chosen = _value(held.get(element.get("action_id", ""), {}), names)
        return f"{offers} = {chosen}" if chosen else offers
    if element["type"] == "feedback_buttons":
        pair = (element["positive_button"], element["negative_button"])
        return " ".join(f"[{words(one['text'], names)}]" for one in pair)
    value = _value(held.get(element.get("action_id", ""), {}), names)
    return f"[{value or words(element.get('placeholder'), names) or element['type']}]"


def _value(held: Json, names: Names) -> str:
    """What an element holds, from its part of state.values."""
    for key, value in held.items():
        if key == "type" or value in (None, [], ""):
            continue
        parts = value if isinstance(value, list) else [value]
        return ", ".join(_held(key, part, names) for part in parts)
    return ""


def _held(key: str, part: Any, names: Names) -> str:
    if key.startswith("selected_option"):
        return words(part["text"], names)
    if key.startswith("selected_user"):
        return names.person(part)
    if key.startswith(("selected_channel", "selected_conversation")):
        return names.channel(part)
    if key == "rich_text_value":
        return _rich(part, names)
    return str(part)


# Controls


def _controls_in(block: Json) -> list[Json]:
    if block["type"] in ("context", "carousel", "container"):
        return []
    inside = [block.get("accessory"), block.get("element"), *block.get("elements", []), *block.get("actions", [])]
    return [element for element in inside if element]


def controls(blocks: list[Json], names: Names) -> Iterator[Control]:
    """Every control, under the label by which a person would call it."""
    for index, block in enumerate(_flat(blocks)):
        for element in _controls_in(block):
            yield from _named(block, element, index, names=names)


def _flat(blocks: Iterable[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        yield from _flat(block.get("child_blocks", []))
        if block["type"] == "carousel":
            yield from block["elements"]


def _named(block: Json, element: Json, index: int, *, names: Names) -> Iterator[Control]:
    kind = element["type"]
    if "action_id" not in element:
        return
    if kind in ("overflow", "checkboxes", "radio_buttons"):
        for option in element["options"]:
            yield Control(words(option["text"], names), block, element, index, option)
    if kind in ("button", "icon_button", "workflow_button"):
        yield Control(words(element["text"], names), block, element, index)
    elif kind != "overflow":
        yield Control(_called(block, element, names), block, element, index)


def _called(block: Json, element: Json, names: Names) -> str:
    """A menu or input is called by its block's label or text, else by its placeholder."""
    for name in ("label", "text"):
        if block.get(name) and block["type"] in ("input", "section"):
            return words(block[name], names)
    return words(element.get("placeholder"), names) or str(element.get("action_id", ""))


def alike(wanted: str, label: str) -> int:
    """How well a label fits what a person asks for: 3 the same, 2 it begins so, 1 it holds it, 0 not at all."""
    wanted, label = _bare(wanted), _bare(label)
    if wanted == label:
        return 3
    if label.startswith(wanted):
        return 2
    return 1 if wanted and wanted in label else 0


def _bare(text: str) -> str:
    return re.sub(r":[a-z0-9_+-]+:|[*_~]", "", text).strip().rstrip(":").casefold()


def best(found: list[Control], label: str) -> list[Control]:
    """The controls whose label fits best."""
    marks = [(alike(label, control.label), control) for control in found]
    top = max((mark for mark, _ in marks), default=0)
    return [control for mark, control in marks if mark == top and mark > 0]


def nearest(found: list[Control], blocks: list[Json], near: str, *, names: Names) -> list[Control]:
    """Those of the controls that lie closest under a block in which `near` can be read."""
    flat = list(_flat(blocks))
    marked = [i for i, block in enumerate(flat) if near.casefold() in text_of([block], names).casefold()]
    below = [
        (control.index - max(above), control)
        for control in found
        if (above := [i for i in marked if i <= control.index])
    ]
    closest = min((distance for distance, _ in below), default=None)
    return [control for distance, control in below if distance == closest]
