"""Events are kept once, taken by one worker, and closed only by whoever holds them."""

import asyncio
from datetime import timedelta

from bot.domain.ids import MemberId, TeamId
from bot.store.agenda import Outlook, outlook
from bot.store.inbox import Inbox, Kept
from bot.store.leases import Pace
from bot.store.unit_of_work import Store
from tests.clock import START

LEASE = timedelta(seconds=60)
ABOUT = ("user_change", MemberId("U0ANA"), {"user": {"id": "U0ANA"}})


async def keep(store: Store, team: TeamId, event_id: str = "Ev1", **more) -> bool:
    async with store.transaction() as connection:
        return await Inbox(connection).keep(team, event_id, **{"about": ABOUT, "now": START, **more})


async def claim(store: Store, owner: str = "one", now=START, count: int = 10) -> list[Kept]:
    async with store.transaction() as connection:
        return await Inbox(connection).claim(owner, now=now, lease=LEASE, count=count)


async def test_an_event_is_kept_once(store: Store, team: TeamId):
    assert [await keep(store, team), await keep(store, team), await keep(store, team, "Ev2")] == [True, False, True]


async def test_two_deliveries_at_once_keep_it_once(store: Store, team: TeamId):
    assert sorted(await asyncio.gather(*(keep(store, team) for _ in range(4)))) == [False, False, False, True]


async def test_an_event_comes_back_as_it_was_kept(store: Store, team: TeamId):
    await keep(store, team)
    [event] = await claim(store)
    assert (event.team, event.name, event.member, event.attempt, event.through) == (team, *ABOUT[:2], 1, ())
    async with store.transaction() as connection:
        assert await Inbox(connection).facts(event) == ABOUT[2]


async def test_an_event_is_taken_by_one_worker_until_its_lease_is_over(store: Store, team: TeamId):
    await keep(store, team)
    assert len(await claim(store)) == 1
    assert await claim(store, "two", START + LEASE - timedelta(seconds=1)) == []
    [event] = await claim(store, "two", START + LEASE)
    assert (event.owner, event.attempt) == ("two", 2)


async def test_many_workers_at_once_share_the_events(store: Store, team: TeamId):
    for number in range(20):
        await keep(store, team, f"Ev{number}")
    taken = await asyncio.gather(*(claim(store, f"worker {n}", count=5) for n in range(4)))
    ids = [event.id for events in taken for event in events]
    assert len(ids) == len(set(ids))


async def test_whoever_lost_the_lease_writes_nothing(store: Store, team: TeamId):
    await keep(store, team)
    [slow] = await claim(store)
    [quick] = await claim(store, "two", START + LEASE)
    async with store.transaction() as connection:
        inbox = Inbox(connection)
        await inbox.done(slow)
        await inbox.dead(slow, "too late")
        await inbox.again(slow, START, "too late")
        assert await inbox.counts() == {"doing": 1}
        await inbox.done(quick)
        assert await inbox.counts() == {}


async def test_it_says_when_the_next_is_due(store: Store, team: TeamId):
    await keep(store, team)
    [event] = await claim(store)
    async with store.transaction() as connection:
        inbox = Inbox(connection)
        assert await outlook(connection, START, Pace()) == Outlook(False, START + LEASE)
        await inbox.again(event, START + timedelta(seconds=5), "Slack was busy")
        assert await outlook(connection, START, Pace()) == Outlook(False, START + timedelta(seconds=5))
        assert await outlook(connection, START + timedelta(seconds=5), Pace()) == Outlook(True, None)
        assert await inbox.any_due(START + timedelta(seconds=5))
        await inbox.dead(event, "given up")
        assert await outlook(connection, START, Pace()) == Outlook(False, None)


async def test_only_what_is_closed_is_swept_out(store: Store, team: TeamId):
    await keep(store, team, "Ev1")
    [event] = await claim(store)
    await keep(store, team, "Ev2")
    async with store.transaction() as connection:
        await Inbox(connection).done(event)
        assert await Inbox(connection).forget(START) == 0
        assert await Inbox(connection).forget(START + timedelta(days=2)) == 1
    assert not await keep(store, team, "Ev2")
