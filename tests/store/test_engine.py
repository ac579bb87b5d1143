"""The engine: addresses, SQLite's settings, and that no update is lost."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.errors import Stale
from bot.store.engine import async_url, connect
from bot.store.unit_of_work import Store
from tests.builders import a_member, saved_member, saved_program

TASKS, TIMES = 8, 25


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///mentor.db", "sqlite+aiosqlite:///mentor.db"),
        ("sqlite:////var/lib/mentor.db", "sqlite+aiosqlite:////var/lib/mentor.db"),
        ("postgresql://u:p%40ss@db:5432/mentor", "postgresql+psycopg://u:p%40ss@db:5432/mentor"),
        ("postgres://db/mentor", "postgresql+psycopg://db/mentor"),
        ("postgresql+psycopg://db/mentor", "postgresql+psycopg://db/mentor"),
    ],
)
def test_an_address_as_operators_write_it_gets_our_driver(written, used):
    assert async_url(written) == used


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 5000), ("synchronous", 1)]
)
async def test_every_sqlite_connection_is_set_up(engine, pragma, value):
    async with engine.connect() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


async def add_one(store: Store, team, program_id) -> None:
    """Read, add one, save; again when somebody was faster."""
    while True:
        try:
            async with store.open_work(team) as work:
                program = await work.programs.get(program_id)
                name = str(int(program.name) + 1)
                await work.programs.save(type(program)(**(vars(program) | {"name": name})))
            return
        except Stale:
            await asyncio.sleep(0)


async def test_no_update_is_lost_between_tasks_that_read_before_they_write(store, team):
    async with store.open_work(team) as work:
        program = await saved_program(work, name="0")

    async def worker() -> None:
        for _ in range(TIMES):
            await add_one(store, team, program.id)

    await asyncio.gather(*(worker() for _ in range(TASKS)))
    async with store.open_view(team) as work:
        assert (await work.programs.get(program.id)).name == str(TASKS * TIMES)


@pytest.mark.database("sqlite")
async def test_on_sqlite_no_update_is_lost_even_without_a_version(database_url, keyring, team):
    # Two engines, as two processes on one file have them.
    stores = [Store(connect(database_url, keyring)) for _ in range(2)]
    async with stores[0].open_work(team) as work:
        await saved_member(work, title="0")

    async def worker(store: Store) -> None:
        for _ in range(TIMES):
            async with store.open_work(team) as work:
                known = await work.members.get(a_member().id)
                await work.members.save(a_member(title=str(int(known.title) + 1)))

    await asyncio.gather(*(worker(stores[number % 2]) for number in range(TASKS)))
    async with stores[0].open_view(team) as work:
        assert (await work.members.get(a_member().id)).title == str(TASKS * TIMES)
    for store in stores:
        await store.close()


async def test_readers_do_not_wait_for_a_writer(store, team):
    async with store.open_work(team) as work:
        await saved_member(work, title="before")

    async def read() -> str:
        async with store.open_view(team) as view:
            return (await view.members.get(a_member().id)).title

    writing, may_end = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with store.open_work(team) as work:
            await work.members.save(a_member(title="after"))
            writing.set()
            await may_end.wait()

    writer = asyncio.create_task(write())
    await writing.wait()
    assert await asyncio.wait_for(read(), 2) == "before"
    may_end.set()
    await writer
    assert await read() == "after"
