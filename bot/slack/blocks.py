"""Block Kit as plain dictionaries: small pure functions, each within Slack's limits.

Text arguments are mrkdwn, so what people wrote goes through `text.escape` first, or into `quote`, which takes it raw.
Ids of blocks are ours and stable: a typed value survives an update of the view only while they stay the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack.text import clip

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]
Choice = tuple[str, str]
"""What is shown, and the value that comes back."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


@dataclass(frozen=True)
class Message:
    """`text` is the notification, what a screen reader says, and the fallback: a full sentence."""

    text: str
    blocks: Sequence[Block] = field(default=())


def plain(words: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": clip(words, limit), "emoji": True}


def mrkdwn(words: str, limit: int = 3000) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": clip(words, limit)}


def header(words: str) -> Block:
    return {"type": "header", "text": plain(words, 150)}


def one_primary(shown: Sequence[Block]) -> list[Block]:
    """The same blocks with the first primary button as the only one: of several things, one comes first."""
    found = False
    made = []
    for block in shown:
        made.append(without_primary(block) if found else block)
        found = found or made[-1] != without_primary(made[-1])
    return made


def without_primary(block: Block) -> Block:
    changed = dict(block)
    if block["type"] == "actions":
        changed["elements"] = [_plain_button(one) for one in block["elements"]]
    if "accessory" in block:
        changed["accessory"] = _plain_button(block["accessory"])
    return changed


def _plain_button(element: Element) -> Element:
    return {name: value for name, value in element.items() if (name, value) != ("style", "primary")}


def section(words: str, accessory: Element | None = None, *, block: str = "") -> Block:
    made: Block = {"type": "section", "text": mrkdwn(words)}
    if accessory is not None:
        made["accessory"] = accessory
    return _named(made, block)


def whole_section(words: str) -> Block:
    """A long text that Slack is not to fold behind "See more"."""
    return section(words) | {"expand": True}


def fields(*words: str) -> Block:
    """Two columns of up to ten short texts."""
    return {"type": "section", "fields": [mrkdwn(one, 2000) for one in words[:10]]}


def context(*words: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(one) for one in words[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element, block: str = "") -> Block:
    return _named({"type": "actions", "elements": list(elements[:25])}, block)


def quote(words: str) -> Block:
    """What somebody wrote, set off as a quotation; taken raw, so nothing in it is a mention."""
    pieces = [{"type": "text", "text": clip(words, 3000) or " "}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}


def bullets(*lines: str) -> Block:
    """Short raw lines as a list."""
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": clip(line, 1000) or " "}]}
        for line in lines
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Raw cells, the first row as the heading; at most a hundred rows of twenty."""
    cells = [[{"type": "raw_text", "text": clip(cell, 1000) or " "} for cell in row[:20]] for row in rows[:100]]
    return {"type": "table", "rows": cells}


def button(words: str, action: str, value: str = "", *, style: str = "", confirm: Element | None = None) -> Element:
    made: Element = {"type": "button", "text": plain(words, 75), "action_id": action}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if confirm is not None:
        made["confirm"] = confirm
    return made


def confirm(title: str, words: str, *, yes: str, no: str = "Never mind", style: str = "") -> Element:
    made = {"title": plain(title, 100), "text": plain(words, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}
    return made | ({"style": style} if style else {})


def overflow(action: str, choices: Sequence[Choice]) -> Element:
    """A "…" menu of one to five choices."""
    return {"type": "overflow", "action_id": action, "options": [option(*choice) for choice in choices[:5]]}


def option(words: str, value: str) -> dict[str, Any]:
    return {"text": plain(words, 75), "value": value}


def menu(action: str, choices: Sequence[Choice], *, chosen: str = "", hint: str = "Choose one") -> Element:
    """A static menu of up to a hundred choices."""
    made = {"type": "static_select", "action_id": action, "placeholder": plain(hint, 150)}
    return made | _options(choices[:100], [chosen], "initial_option")


def many_menu(action: str, choices: Sequence[Choice], *, chosen: Sequence[str] = (), most: int = 0) -> Element:
    made: Element = {"type": "multi_static_select", "action_id": action, "placeholder": plain("Choose", 150)}
    if most:
        made["max_selected_items"] = most
    return made | _options(choices[:100], chosen, "initial_options")


def radio(action: str, choices: Sequence[Choice], *, chosen: str = "") -> Element:
    """Two to ten choices, all visible."""
    return {"type": "radio_buttons", "action_id": action} | _options(choices[:10], [chosen], "initial_option")


def ticks(action: str, choices: Sequence[Choice], *, chosen: Sequence[str] = ()) -> Element:
    """Check boxes, at most ten."""
    return {"type": "checkboxes", "action_id": action} | _options(choices[:10], chosen, "initial_options")


def person_menu(action: str, *, chosen: str = "", hint: str = "Choose a person") -> Element:
    made: Element = {"type": "users_select", "action_id": action, "placeholder": plain(hint, 150)}
    return made | ({"initial_user": chosen} if chosen else {})


def people_menu(action: str, *, chosen: Sequence[str] = (), most: int = 0) -> Element:
    made: Element = {"type": "multi_users_select", "action_id": action, "placeholder": plain("Choose people", 150)}
    if most:
        made["max_selected_items"] = most
    return made | ({"initial_users": list(chosen)} if chosen else {})


def searched_menu(
    action: str, *, hint: str = "Type to search", least: int = 0, chosen: Choice | None = None
) -> Element:
    """A menu whose options are asked for while somebody types."""
    made: Element = {
        "type": "external_select",
        "action_id": action,
        "placeholder": plain(hint, 150),
        "min_query_length": least,
    }
    return made | ({"initial_option": option(*chosen)} if chosen else {})


def day_picker(action: str, *, chosen: str = "") -> Element:
    """`chosen` and the answer are "YYYY-MM-DD"."""
    return {"type": "datepicker", "action_id": action} | ({"initial_date": chosen} if chosen else {})


def time_picker(action: str, *, chosen: str = "") -> Element:
    """`chosen` and the answer are "HH:MM", a wall time whose zone is ours to know."""
    return {"type": "timepicker", "action_id": action} | ({"initial_time": chosen} if chosen else {})


def moment_picker(action: str, *, chosen: int = 0) -> Element:
    """A day and time in the reader's own zone; seconds since 1970."""
    return {"type": "datetimepicker", "action_id": action} | ({"initial_date_time": chosen} if chosen else {})


def line(action: str, *, given: str = "", most: int = 150, hint: str = "") -> Element:
    """One line of text."""
    return _text_input(action, given=given, most=most, hint=hint)


def paragraph(action: str, *, given: str = "", most: int = 1000, hint: str = "") -> Element:
    return _text_input(action, given=given, most=most, hint=hint) | {"multiline": True}


def number(action: str, *, given: int | None = None, least: int, most: int) -> Element:
    made: Element = {"type": "number_input", "action_id": action, "is_decimal_allowed": False}
    made |= {"min_value": str(least), "max_value": str(most)}
    return made | ({"initial_value": str(given)} if given is not None else {})


def field_input(label: str, element: Element, *, block: str, optional: bool = False, hint: str = "") -> Block:
    """A labelled input; `block` is the key its errors and answers go by."""
    made: Block = {"type": "input", "block_id": block, "label": plain(label, 2000), "element": element}
    if hint:
        made["hint"] = plain(hint, 2000)
    return made | ({"optional": True} if optional else {})


def modal(title: str, blocks: Sequence[Block], *, callback: str = "", submit: str = "", notes: str = "") -> View:
    """A form (with `submit`) or a page to read. `notes` comes back with the answers; see `payload.pack`."""
    made: View = {"type": "modal", "title": plain(title, 24), "blocks": list(blocks[:VIEW_BLOCKS])}
    made["close"] = plain("Cancel" if submit else "Close", 24)
    if submit:
        made["submit"] = plain(submit, 24)
    if callback:
        made["callback_id"] = callback
    if notes:
        made["private_metadata"] = notes
    return made


def home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS])}


def _text_input(action: str, *, given: str, most: int, hint: str) -> Element:
    made: Element = {"type": "plain_text_input", "action_id": action, "max_length": most}
    if given:
        made["initial_value"] = clip(given, most)
    return made | ({"placeholder": plain(hint, 150)} if hint else {})


def _options(choices: Sequence[Choice], chosen: Sequence[str], initial: str) -> dict[str, Any]:
    options = [option(*choice) for choice in choices]
    picked = [one for one in options if one["value"] in set(chosen)]
    if not picked:
        return {"options": options}
    return {"options": options, initial: picked if initial.endswith("s") else picked[0]}


def _named(block: Block, name: str) -> Block:
    return block | {"block_id": name} if name else block
