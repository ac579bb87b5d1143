"""response_urls: five uses, thirty minutes, and what an answer may be."""

import pytest
from aiohttp import ClientSession

from bot.sandbox import payloads


@pytest.fixture
async def answer(server):
    """Sends an answer to a fresh response_url of a command that Ana gave in #general."""
    person = server.workspace.find_person("Ana")
    channel = server.workspace.named_channel("general")
    url = payloads.response_url(server.slack, person, channel=channel)
    async with ClientSession() as session:

        async def send(**body):
            async with session.post(url, json=body) as response:
                return response.status, await response.text()

        yield send


def said(server):
    return [(m.text, bool(m.reader)) for m in server.workspace.named_channel("general").messages if m.by_bot]


async def test_an_answer_is_for_its_asker_unless_it_says_otherwise(server, answer):
    assert await answer(text="One") == (200, "ok")
    await answer(text="Two", response_type="in_channel")
    assert said(server) == [("One", True), ("Two", False)]


async def test_an_address_serves_five_times(server, answer):
    for _ in range(5):
        assert (await answer(text="x"))[0] == 200
    status, body = await answer(text="x")
    assert status == 404 and "used_url" in body
    assert len(said(server)) == 5


async def test_an_address_lives_half_an_hour(server, answer):
    server.clock.jump_to(server.clock.now().replace(minute=31))
    status, body = await answer(text="x")
    assert status == 404 and "expired_url" in body


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
        ({"text": "x", "response_type": "loud"}, "invalid_arguments"),
        ({"text": "x", "replace_original": True}, "message_not_found"),
    ],
)
async def test_an_answer_that_slack_cannot_show_is_refused(server, answer, body, error):
    status, text = await answer(**body)
    assert status == 404 and error in text
    assert said(server) == []
    logged = server.slack.log.after(0)[-1]
    assert (logged["method"], logged["answer"]["error"]) == ("response_url", error)
