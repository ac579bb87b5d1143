"""Slack's limits, kept by any number of replicas together; and nobody waits for somebody else's backlog."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.ids import TeamId
from bot.jobs.pacing import OPEN, RATES, PacedGateway
from bot.slack.failures import SlackFailure
from bot.store.leases import Pace
from bot.store.outbox import State, outbox
from tests.jobs.conftest import KIND, Desk, install

ELM = TeamId("T0ELM")
MANY, FEW = 50_000, 5


async def backlog(desk: Desk, count: int, channels: int) -> None:
    rows = [
        {
            "team": desk.team,
            "key": f"{KIND}:large{number}",
            "recipient": f"C{number % channels:04}",
            "lane": f"C{number % channels:04}",
            "kind": KIND,
            "subject": f"large{number}",
            "due": desk.clock.now() - timedelta(hours=1),
            "state": State.PENDING.value,
            "attempt": 0,
            "failures": 0,
        }
        for number in range(count)
    ]
    async with desk.store.transaction() as connection:
        for first in range(0, count, 2000):
            await connection.execute(outbox.insert(), rows[first : first + 2000])


async def test_fifty_thousand_due_do_not_hold_up_five(desk: Desk):
    """The small workspace is served in the first round, whatever the large one waits for."""
    await install(desk.store, ELM, "Cleo")
    await backlog(desk, MANY, channels=300)
    for number in range(FEW):
        await desk.promise(f"small{number}", to=f"CX{number:04}", team=ELM)
    await desk.deliverer().deliver_once()
    told = desk.slack.texts()
    places = [place for place, words in enumerate(told) if words.startswith("small")]
    assert len(places) == FEW
    assert max(places) < 2 * desk.terms.at_once + FEW


async def test_replicas_share_one_workspaces_pace_and_each_conversations(desk: Desk):
    await backlog(desk, 60, channels=40)
    replicas = [desk.deliverer(pace=Pace(per_minute=60, burst=5)) for _ in range(3)]
    counts = []
    for _ in range(6):
        await asyncio.gather(*(replica.deliver_once() for replica in replicas))
        counts.append(len(desk.slack.posts))
        desk.clock.forward(seconds=2)
    assert counts == [5, 7, 9, 11, 13, 15]
    by_channel: dict[str, list] = {}
    for post in desk.slack.posts:
        by_channel.setdefault(post.channel, []).append(post.at)
    assert all(len(set(moments)) == len(moments) for moments in by_channel.values())


async def test_a_429_is_honoured_to_the_second_by_every_replica(desk: Desk):
    await backlog(desk, 3, channels=3)
    desk.slack.faults["chat.postMessage"] = ["429:7"] * 3
    one, other = desk.deliverer(), desk.deliverer()
    await one.deliver_once()
    assert desk.slack.posts == []
    for seconds, said in ((6.9, 0), (0.1, 3)):
        desk.clock.forward(seconds=seconds)
        desk.slack.faults["chat.postMessage"] = []
        await asyncio.gather(one.deliver_once(), other.deliver_once())
        assert len(desk.slack.posts) == said
    assert {await desk.state(f"large{number}") for number in range(3)} == {State.SENT}


async def test_where_no_conversation_can_be_opened_the_others_go_on(desk: Desk):
    """Slack's 429 to one method rests that method alone, to the second, with every replica."""
    await backlog(desk, 3, channels=3)
    await desk.promise("hello", to="U0ANA")
    desk.slack.faults["conversations.open"] = ["429:7"]
    one, other = desk.deliverer(), desk.deliverer()
    await one.deliver_once()
    await desk.promise("hello", to="U0BO")
    await desk.promise("welcome", to="U0BO")
    await other.deliver_once()
    assert sorted(desk.slack.texts()) == ["large0", "large1", "large2"]
    assert len(desk.slack.called("conversations.open")) == 1
    for seconds, said in ((6.9, 0), (0.1, 1)):
        desk.clock.forward(seconds=seconds)
        await asyncio.gather(one.deliver_once(), other.deliver_once())
        assert desk.slack.texts("D0ANA") == ["hello"] * said


async def test_a_letter_that_could_not_go_leaves_its_turn_to_another(desk: Desk):
    await backlog(desk, 2, channels=2)
    desk.slack.faults["conversations.open"] = ["429:7"]
    await desk.promise("hello", to="U0ANA", due=desk.clock.now() - timedelta(days=1))
    await desk.deliverer(pace=Pace(per_minute=1, burst=2), at_once=1).deliver_once()
    assert desk.slack.texts() == ["large0", "large1"]


async def test_replicas_open_conversations_at_one_pace(desk: Desk):
    """Newcomers by the hundred: as many conversations a minute as Slack allows, and their letters in order."""
    for number in range(60):
        await desk.promise(f"hello{number}", to=f"UX{number:03}")
    replicas = [desk.deliverer() for _ in range(3)]
    counts = []
    for seconds in (0, 10, 10, 40):
        desk.clock.forward(seconds=seconds)
        await asyncio.gather(*(replica.deliver_once() for replica in replicas))
        counts.append(len(desk.slack.called("conversations.open")))
    rate = RATES[OPEN]
    assert counts[0] == rate.burst
    assert counts[1] == rate.burst + rate.per_minute // 6
    assert counts[3] <= rate.burst + rate.per_minute
    for _ in range(12):
        desk.clock.forward(seconds=30)
        await replicas[0].deliver_once()
    assert len(desk.slack.posts) == len(set(desk.slack.texts())) == 60


async def test_chores_of_all_replicas_keep_each_methods_pace(desk: Desk):
    """Where a method has had its minute, chores hear what Slack would say, and other methods go on."""
    desk.slack.answers |= {"conversations.setTopic": {"ok": True}, "users.info": {"ok": True, "user": {}}}
    replicas = [PacedGateway(desk.deps.slack, desk.store, desk.clock.now) for _ in range(3)]
    rate = RATES["conversations.setTopic"]

    async def ask(method: str, count: int) -> list[float]:
        asked = [replica.call(desk.team, method, {"channel": "C1"}) for replica in replicas for _ in range(count)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        return [outcome.wait for outcome in outcomes if isinstance(outcome, SlackFailure)]

    waits = await ask("conversations.setTopic", rate.burst)
    assert waits == pytest.approx([60 / rate.per_minute] * 2 * rate.burst)
    assert await ask("users.info", 2) == []
    desk.clock.forward(seconds=60)
    desk.slack.faults["conversations.setTopic"] = ["429:9"]
    with pytest.raises(SlackFailure):
        await replicas[0].call(desk.team, "conversations.setTopic", {})
    assert await ask("conversations.setTopic", 1) == [9.0] * 3
    assert len(desk.slack.called("conversations.setTopic")) == rate.burst + 1
    assert await ask("users.info", 1) == []
    desk.clock.forward(seconds=9)
    assert (await replicas[1].call(desk.team, "conversations.setTopic", {}))["ok"]
