"""Message metadata: a type, and a payload of scalars with at most one level below (SLACK.md 2.5)."""

import json
import re
from typing import Any

from bot.sandbox.model import Json
from bot.sandbox.refusal import Refusal

KEY = re.compile(r"[a-z][A-Za-z0-9_]*")
MOST_BYTES = 8_000  # undocumented; an identifier needs far less


def checked(metadata: Any) -> Json:
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    unknown = set(metadata) - {"event_type", "event_payload"}
    if unknown or not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise Refusal("invalid_metadata_format")
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        raise Refusal("invalid_metadata_format")
    if not all(KEY.fullmatch(key) and _allowed(value) for key, value in payload.items()):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > MOST_BYTES:
        raise Refusal("metadata_too_large")
    return metadata


def _allowed(value: Any) -> bool:
    if isinstance(value, list):
        return all(_scalar(entry) for entry in value)
    if isinstance(value, dict):
        return all(_scalar(entry) for entry in value.values())
    return _scalar(value)


def _scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)
