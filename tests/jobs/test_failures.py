"""What each of Slack's failures does to a letter."""

from dataclasses import replace

import pytest

from bot.store.outbox import State
from tests.builders import an_installation
from tests.jobs.conftest import ANA, BO, OAK, Desk


async def test_a_429_is_honoured_to_the_second_for_the_whole_workspace(desk: Desk):
    await desk.promise("one", "two", to=OAK)
    await desk.promise("to Bo", to=BO)
    desk.slack.faults["chat.postMessage"] = ["429:7"]
    deliverer = desk.deliverer(at_once=1)
    await deliverer.deliver_once()
    assert desk.slack.posts == []
    desk.clock.forward(seconds=6.9)
    await deliverer.deliver_once()
    assert len(desk.slack.called("chat.postMessage")) == 1, "nothing is even asked before Slack's time"
    desk.clock.forward(seconds=0.1)
    await deliverer.deliver_once()
    desk.clock.forward(seconds=1.1)
    await deliverer.deliver_once()
    assert desk.slack.texts(OAK) == ["one", "two"], "a letter that had to wait keeps its place"
    assert (await desk.standing("one")).error == ""


async def test_many_429s_do_not_kill_a_letter(desk: Desk):
    await desk.promise("hello", to=OAK)
    desk.slack.faults["chat.postMessage"] = ["429:1"] * 5
    deliverer = desk.deliverer(most_failures=2)
    for _ in range(6):
        await deliverer.deliver_once()
        desk.clock.forward(seconds=1)
    assert desk.slack.texts() == ["hello"]


@pytest.mark.parametrize(
    ("code", "state", "error"),
    [
        ("channel_not_found", State.MOOT, "unreachable: channel_not_found"),
        ("is_archived", State.MOOT, "unreachable: is_archived"),
        ("invalid_blocks", State.DEAD, "invalid_blocks (ours)"),
        ("restricted_action", State.DEAD, "restricted_action (forbidden)"),
        ("missing_scope", State.DEAD, "missing_scope (scope): needs None"),
        ("internal_error", State.UNKNOWN, "internal_error"),
        ("500", State.UNKNOWN, "http_500"),
        ("never_heard_of_it", State.PENDING, "never_heard_of_it (later)"),
    ],
)
async def test_a_failure_does_what_it_means(desk: Desk, code, state, error):
    await desk.promise("hello", to=OAK)
    await desk.promise("to Bo", to=BO)
    desk.slack.faults["chat.postMessage"] = [code]
    await desk.deliverer(at_once=1).deliver_once()
    standing = await desk.standing("hello")
    assert (standing.state, standing.error) == (state, error)
    assert desk.slack.texts() == ["to Bo"], "one letter's failure stops no other lane"


async def test_a_code_nobody_knows_is_tried_with_longer_and_longer_pauses_then_given_up(desk: Desk):
    await desk.promise("hello", to=OAK)
    desk.slack.faults["chat.postMessage"] = ["never_heard_of_it"] * 9
    deliverer = desk.deliverer(most_failures=4)
    tried_at = []
    for second in range(0, 600, 10):
        before = len(desk.slack.called("chat.postMessage"))
        await deliverer.deliver_once()
        if len(desk.slack.called("chat.postMessage")) > before:
            tried_at.append(second)
        desk.clock.forward(seconds=10)
    assert tried_at == [0, 30, 90, 210]
    assert await desk.state("hello") is State.DEAD


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_revoked_token_pauses_the_workspace_and_loses_nothing(desk: Desk, code):
    await desk.promise("one", "two")
    await desk.promise("to Oak", to=OAK)
    desk.slack.faults["chat.postMessage"] = [code]
    deliverer = desk.deliverer(at_once=1)
    await deliverer.deliver_once()
    desk.clock.forward(hours=1)
    assert await deliverer.deliver_once() == 0
    async with desk.store.open_work(desk.team) as work:
        installation = await work.installations.get()
        assert installation.paused_why == code
        await work.installations.save(replace(an_installation(desk.team), token="xoxb-new"))
    for _ in range(3):
        await deliverer.deliver_once()
        desk.clock.forward(seconds=2)
    assert sorted(desk.slack.texts()) == ["one", "to Oak", "two"]


async def test_a_conversation_that_does_not_open_is_tried_again(desk: Desk):
    """Nothing was posted yet, so even a lost answer is certain."""
    await desk.promise("hello")
    desk.slack.faults["conversations.open"] = ["cut", "500"]
    deliverer = desk.deliverer()
    for _ in range(3):
        assert desk.slack.posts == []
        await deliverer.deliver_once()
        desk.clock.forward(minutes=2)
    assert desk.slack.texts() == ["hello"]
    assert desk.slack.called("conversations.history") == []


async def test_a_person_who_is_gone_makes_the_letter_moot(desk: Desk):
    await desk.promise("hello", to=ANA)
    desk.slack.faults["conversations.open"] = ["user_disabled"]
    await desk.deliverer().deliver_once()
    assert (await desk.standing("hello")).error == "unreachable: user_disabled"


@pytest.mark.parametrize("fault", ["cut", "cut-after", "500", "slow", "fatal_error"])
async def test_an_uncertain_letter_closes_its_lane(desk: Desk, fault):
    await desk.promise("first", "second", to=OAK)
    desk.slack.faults["chat.postMessage"] = [fault]
    deliverer = desk.deliverer(send_limit=desk.terms.send_limit / (10 if fault == "slow" else 1))
    await deliverer.deliver_once()
    assert await desk.state("first") is State.UNKNOWN
    desk.clock.forward(seconds=30)
    await deliverer.deliver_once()
    assert await desk.state("second") is State.PENDING
