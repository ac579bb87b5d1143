"""Paging with cursors: a piece of a list, and where the next begins."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.arguments import Arguments
from bot.sandbox.model import Json
from bot.sandbox.refusal import Refusal

T = TypeVar("T")
MOST = 1000


def piece(args: Arguments, entries: Sequence[T], *, default: int = 100) -> tuple[list[T], Json]:
    """The entries of this page, and the response_metadata that leads to the next."""
    limit = args.number("limit", default, least=0, most=MOST) or default
    start = _start(args.text("cursor"))
    end = start + limit
    return list(entries[start:end]), {"next_cursor": _cursor(end) if end < len(entries) else ""}


def _cursor(start: int) -> str:
    return base64.b64encode(f"next:{start}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(number)
    except (ValueError, binascii.Error):
        pass
    raise Refusal("invalid_cursor")
