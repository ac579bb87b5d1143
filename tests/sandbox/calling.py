"""Calling the Web API in tests: with which scopes, and what a refusal says."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.manifest import WITHOUT_FILE

ALL_SCOPES = [
    f"{family}:{action}"
    for family in ("channels", "groups", "im", "mpim")
    for action in ("read", "history", "write", "manage")
] + [
    "chat:write",
    "users:read",
    "channels:join",
    "reactions:read",
    "reactions:write",
    "pins:read",
    "pins:write",
    "bookmarks:read",
    "bookmarks:write",
    "canvases:write",
    "dnd:read",
    "team:read",
    "files:write",
]


def with_scopes(*scopes):
    return {**WITHOUT_FILE, "oauth_config": {"scopes": {"bot": list(scopes)}}}


async def refused(call):
    """The error that the call is refused with, and the whole answer."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


async def dm(client, person):
    return (await client.conversations_open(users=person("Ana").id))["channel"]["id"]
