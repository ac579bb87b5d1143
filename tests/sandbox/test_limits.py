"""How fast the bot may call, and how long it is told to wait."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.clock import Clock
from bot.sandbox.limits import MESSAGES_A_MINUTE, Limits, TooFast
from bot.sandbox.pretend import START


@pytest.fixture
def time():
    return [0.0]


@pytest.fixture
def limits(time):
    return Limits(Clock(START, monotonic=lambda: time[0]))


def test_a_method_has_so_many_calls_a_minute(limits, time):
    for second in range(20):
        time[0] = second
        limits.call("users.list", 20)
    with pytest.raises(TooFast) as refusal:
        limits.call("users.list", 20)
    assert refusal.value.retry_after == 41
    limits.call("users.info", 100)  # another method goes on
    time[0] = 60
    limits.call("users.list", 20)


def test_a_channel_takes_a_message_a_second_after_a_short_burst(limits, time):
    for _ in range(3):
        limits.message("C1")
    with pytest.raises(TooFast) as refusal:
        limits.message("C1")
    assert refusal.value.retry_after == 1
    limits.message("C2")
    time[0] = 1
    limits.message("C1")
    with pytest.raises(TooFast):
        limits.message("C1")


def test_a_workspace_takes_so_many_messages_a_minute(limits):
    for number in range(MESSAGES_A_MINUTE):
        limits.message(f"C{number}")
    with pytest.raises(TooFast):
        limits.message("C-one-more")


async def test_the_client_is_told_to_wait(client, server):
    ana = server.workspace.find_person("Ana").id
    channel = (await client.conversations_open(users=ana))["channel"]["id"]
    with pytest.raises(SlackApiError) as caught:
        for _ in range(5):
            await client.chat_postMessage(channel=channel, text="x")
    response = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"
