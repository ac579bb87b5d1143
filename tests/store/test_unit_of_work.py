"""Work blocks: all or nothing, never one within another."""

import asyncio

import pytest

from bot.store.unit_of_work import Store, inside_work
from tests.builders import a_member, saved_installation, saved_member
from tests.clock import START


async def known(store: Store, team) -> bool:
    async with store.open_view(team) as work:
        return await work.members.get(a_member().id) is not None


async def test_a_block_is_kept_when_it_ends(store, team):
    async with store.open_work(team) as work:
        await saved_member(work)
    assert await known(store, team)


async def test_a_block_that_raises_leaves_nothing(store, team):
    with pytest.raises(LookupError):
        async with store.open_work(team) as work:
            await saved_member(work)
            raise LookupError
    assert not await known(store, team)


async def test_a_block_whose_task_is_cancelled_leaves_nothing(store, team):
    written = asyncio.Event()

    async def work_for_ever() -> None:
        async with store.open_work(team) as work:
            await saved_member(work)
            written.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work_for_ever())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not await known(store, team)
    async with store.open_work(team) as work:
        await saved_member(work)
    assert await known(store, team)


@pytest.mark.parametrize("inner", ["open_work", "open_view"])
@pytest.mark.parametrize("outer", ["open_work", "open_view"])
async def test_a_block_within_a_block_is_refused(store, team, outer, inner):
    async with getattr(store, outer)(team):
        with pytest.raises(RuntimeError, match="do not nest"):
            async with getattr(store, inner)(team):
                pass
    assert not inside_work()


async def test_a_block_is_open_for_its_own_task_only(store, team):
    async with store.open_work(team):
        assert inside_work()
    assert not inside_work()


async def test_blocks_of_different_tasks_do_not_disturb_each_other(store, team):
    async def save(name: str) -> None:
        async with store.open_work(team) as work:
            await saved_member(work, name)

    await asyncio.gather(*(save(f"Member{number}") for number in range(20)))
    async with store.open_view(team) as work:
        assert await work.members.count() == 20


async def test_the_sender_is_woken_by_a_block_that_promised_a_letter_and_by_no_other(engine, team):
    woken = []
    store = Store(engine, wake=lambda: woken.append(True))
    async with store.open_work(team) as work:
        await saved_member(work)
    assert not woken
    for _ in range(2):
        async with store.open_work(team) as work:
            await work.outbox.add("help.welcome", 1, to=a_member().id, due=START)
    assert woken == [True]


async def test_the_sender_is_not_woken_by_a_block_that_failed(engine, team):
    woken = []
    store = Store(engine, wake=lambda: woken.append(True))
    with pytest.raises(LookupError):
        async with store.open_work(team) as work:
            await work.outbox.add("help.welcome", 1, to=a_member().id, due=START)
            raise LookupError
    assert not woken


async def test_all_workspaces_are_listed(store):
    for team in ("T0BBB", "T0AAA"):
        async with store.open_work(team) as work:
            await saved_installation(work)
    assert [installation.team for installation in await store.teams()] == ["T0AAA", "T0BBB"]
