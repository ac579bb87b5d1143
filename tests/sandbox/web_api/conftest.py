"""A sandbox that grants every scope and sets no pace, with a circle of one."""

import pytest

from bot.sandbox.server import running
from tests.sandbox.calling import ALL_SCOPES, with_scopes


@pytest.fixture
async def server():
    async with running(seed="empty", manifest=with_scopes(*ALL_SCOPES), limits=False) as server:
        yield server


@pytest.fixture
def person(server):
    return server.workspace.find_person


@pytest.fixture
def general(server):
    return server.workspace.named_channel("general")


@pytest.fixture
async def circle(client, person):
    made = await client.conversations_create(name="circle-1", is_private=True)
    await client.conversations_invite(channel=made["channel"]["id"], users=[person("Ana").id])
    return made["channel"]["id"]
