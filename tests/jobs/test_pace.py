"""Slack's limits, kept by any number of replicas together; and nobody waits for somebody else's backlog."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.domain.ids import TeamId
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
        if connection.dialect.name == "postgresql":
            # PostgreSQL does so by itself within a minute; before, it plans with what the tests before left behind.
            await connection.execute(text("ANALYZE outbox"))


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
