"""What the tests of features share: snapshots as JSON, one file a branch, each within Slack's limits."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.sandbox.blockkit import message_faults, view_faults
from bot.slack.blocks import Message

Looks = Callable[..., None]


@pytest.fixture
def looks_right(snapshot: SnapshotAssertion) -> Looks:
    """Hold a message, a view or a list of blocks against its snapshot; `--snapshot-update` writes a new one."""
    held = snapshot.use_extension(JSONSnapshotExtension)

    def look(shown: Message | dict[str, Any] | Sequence[dict[str, Any]]) -> None:
        plain = as_plain(shown)
        fault = view_faults(plain, plain["type"]) if "type" in plain else message_faults(plain["blocks"])
        assert not fault, f"Slack would refuse this: {fault}"
        assert plain == held

    return look


def as_plain(shown: Message | dict[str, Any] | Sequence[dict[str, Any]]) -> dict[str, Any]:
    if isinstance(shown, Message):
        return {"text": shown.text, "blocks": list(shown.blocks)}
    if isinstance(shown, dict):
        return shown
    return {"type": "home", "blocks": list(shown)}
