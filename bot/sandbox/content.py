"""What a message says: read from a call's arguments, checked as Slack checks it, and whom it will notify."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import metadata
from bot.sandbox.arguments import Arguments
from bot.sandbox.blockkit import message_faults
from bot.sandbox.blockkit.checks import characters
from bot.sandbox.blockkit.walk import marked_texts, rich_parts
from bot.sandbox.model import Json, Message
from bot.sandbox.refusal import Refusal

POST_MOST = 40_000
UPDATE_MOST = 4_000
MARKDOWN_MOST = 12_000
ATTACHMENTS_MOST = 100
BROADCAST = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Content:
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None

    @property
    def marked(self) -> list[str]:
        return [self.text, *marked_texts(self.blocks), *marked_texts(self.attachments)]


def read(args: Arguments, *, most: int = POST_MOST) -> Content:
    text = args.text("text")
    blocks = checked_blocks(args.document("blocks", "invalid_blocks_format"))
    attachments = _attachments(args.document("attachments"))
    markdown = args.text("markdown_text")
    if markdown:
        if text or blocks:
            raise Refusal("markdown_text_conflict")
        if characters(markdown) > MARKDOWN_MOST:
            raise Refusal("msg_too_long")
        blocks = [{"type": "markdown", "text": markdown}]
    if not text.strip() and not blocks and not attachments:
        raise Refusal("no_text")
    if characters(text) > most:
        raise Refusal("msg_too_long")
    given = args.document("metadata")
    return Content(text, blocks, attachments, metadata.checked(given) if given is not None else None)


def checked_blocks(blocks: Any) -> list[Json]:
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    fault = message_faults(blocks)
    if fault:
        raise Refusal(fault.error, list(fault.messages))
    return blocks


def _attachments(attachments: Any) -> list[Json]:
    if attachments is None:
        return []
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > ATTACHMENTS_MOST:
        raise Refusal("too_many_attachments")
    for attachment in attachments:
        checked_blocks(attachment.get("blocks"))
    return attachments


def fill(message: Message, content: Content, blocks: list[Json]) -> None:
    """Puts the content into the message (blocks: stamped with their ids) and notes whom it notifies."""
    message.text, message.blocks, message.attachments = content.text, blocks, content.attachments
    message.metadata = content.metadata
    message.pings = pings(content)
    message.mentions = frozenset(mentions(content))


def pings(content: Content) -> bool:
    """It would notify a whole channel."""
    if any(BROADCAST.search(text) for text in content.marked):
        return True
    return any(part["type"] == "broadcast" for part in rich_parts(content.blocks))


def mentions(content: Content) -> Iterable[str]:
    for text in content.marked:
        yield from MENTION.findall(text)
    for part in rich_parts(content.blocks):
        if part["type"] == "user" and "user_id" in part:
            yield part["user_id"]
