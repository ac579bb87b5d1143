"""A sandbox of its own for each test, and the official client that speaks to it as the bot."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import running


@pytest.fixture
async def server():
    async with running(seed="empty") as server:
        yield server


@pytest.fixture
async def client(server):
    """The official client, speaking to the sandbox as the bot."""
    return AsyncWebClient(token=server.bot_token, base_url=server.api_url)
