"""One message of several parts: each part's blocks have ids that say whose they are.

So that a button in one part can change that part alone, and the message be put together anew.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message
from bot.slack.text import many

PART = "part"
MOST_BLOCKS = 44
"""Of all parts together: less than Slack's fifty, for what stands above and below them."""


def merged(parts: Sequence[tuple[int, Message]], footer: Element | None = None) -> Message:
    """The parts in order, each known by its number; the first one's primary button stays the only one."""
    opening = f"{many(len(parts), 'thing', 'things')} for you this week, in one message."
    shown: list[Block] = [blocks.section(f"*{opening}*")]
    for place, (number, message) in enumerate(parts):
        shown += [blocks.divider(), *_of_part(number, message, primary=place == 0)]
    return Message(f"{opening} First: {parts[0][1].text}", [*shown, *([blocks.actions(footer)] if footer else [])])


def fits(parts: Sequence[Message]) -> bool:
    return sum(len(shown_blocks(one)) + 1 for one in parts) <= MOST_BLOCKS


def shown_blocks(message: Message) -> list[Block]:
    return list(message.blocks) or [blocks.section(message.text)]


def with_a_way_out(message: Message, way_out: Element) -> Message:
    """The message with a button that makes it stop, beside its other buttons if it has some."""
    shown = shown_blocks(message)
    last = next((place for place in reversed(range(len(shown))) if shown[place]["type"] == "actions"), None)
    if last is None or len(shown[last]["elements"]) >= 5:
        return Message(message.text, [*shown, blocks.actions(way_out)])
    shown[last] = shown[last] | {"elements": [*shown[last]["elements"], way_out]}
    return Message(message.text, shown)


def part_of(block_id: str) -> str:
    """Which part a block belongs to, "" where it is no message of parts."""
    kind, _, rest = block_id.partition(".")
    number = rest.partition(".")[0]
    return f"{PART}.{number}." if kind == PART and number.isdecimal() else ""


def with_part_changed(shown: Sequence[Mapping[str, Any]], part: str, message: Message) -> list[Block] | None:
    """The blocks of a message in which one part reads otherwise now; None where that would be too many."""
    number = int(part.split(".")[1])
    places = [place for place, block in enumerate(shown) if str(block.get("block_id", "")).startswith(part)]
    if not places:
        return None
    others = [dict(block) for block in shown]
    new = _of_part(number, message, primary=False)
    changed = others[: places[0]] + new + [one for one in others[places[0] :] if not _is_of(one, part)]
    return changed if len(changed) <= blocks.MESSAGE_BLOCKS else None


def _is_of(block: Block, part: str) -> bool:
    return str(block.get("block_id", "")).startswith(part)


def _of_part(number: int, message: Message, *, primary: bool) -> list[Block]:
    shown = shown_blocks(message)
    return [
        (block if primary else blocks.without_primary(block)) | {"block_id": f"{PART}.{number}.{place}"}
        for place, block in enumerate(shown)
    ]
