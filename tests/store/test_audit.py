"""The audit: what was added stays, the newest first."""

from datetime import timedelta

from bot.store.audit import Audit
from bot.store.base import Repository
from tests.builders import an_entry
from tests.clock import START


async def test_the_newest_entries_come_first(store, team):
    entries = [an_entry(at=START + timedelta(minutes=n), subject=f"circle:{n}") for n in range(4)]
    async with store.open_work(team) as work:
        for entry in entries:
            await work.audit.add(entry)
    async with store.open_view(team) as work:
        assert await work.audit.latest(3) == entries[:0:-1]


async def test_many_entries_are_added_at_once_in_their_order(store, team):
    entries = [an_entry(subject=f"circle:{n}") for n in range(3)]
    async with store.open_work(team) as work:
        await work.audit.add_all([])
        await work.audit.add_all(entries)
    async with store.open_view(team) as work:
        assert await work.audit.latest() == entries[::-1]


def test_there_is_no_way_to_change_or_remove_an_entry():
    offered = {name for name in vars(Audit) if not name.startswith("_")}
    assert offered == {"add", "add_all", "about", "latest"}
    assert issubclass(Audit, Repository)
