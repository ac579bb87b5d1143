"""A database that was restored, failed over or copied back is noticed by the next claim, on both engines."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.engine import connect
from bot.store.epoch import Doubt, Epoch, Epochs, doubt, doubt_of
from bot.store.unit_of_work import Store
from tests.clock import START

UNTIL = START + timedelta(minutes=2)


async def verified(store: Store, *, sends: bool = False) -> Epoch:
    epochs = Epochs(store.engine)
    async with store.transaction() as connection:
        epoch = await epochs.verify(connection, START, UNTIL)
        if sends:
            epoch = await epochs.advance(connection, epoch)
    epochs.witness(epoch)
    return epoch


async def test_the_beat_tells_since_when_nobody_was_here(store: Store):
    epochs = Epochs(store.engine)
    before = [None, START, START + timedelta(hours=1)]
    for hours, since in enumerate(before):
        async with store.transaction() as connection:
            assert await epochs.beat(connection, START + timedelta(hours=hours), UNTIL) == since


async def test_a_beat_does_not_hide_that_the_database_is_another_one(store: Store):
    epochs = Epochs(store.engine)
    await verified(store)
    async with store.transaction() as connection:
        await doubt(connection)
    later = START + timedelta(hours=1)
    async with store.transaction() as connection:
        await epochs.beat(connection, later, later)
    async with store.transaction() as connection:
        assert (await epochs.verify(connection, later, later)).doubt == Doubt(START, later)


async def test_a_first_database_and_the_same_one_are_in_no_doubt(store: Store):
    for sends in (False, True, True, False):
        epoch = await verified(store, sends=sends)
        assert (epoch.new, epoch.doubt) == (False, None)


async def test_another_database_is_in_doubt_once_found_and_stays_so(store: Store):
    await verified(store)
    async with store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE beats SET identity = 'pg:another'")
    found = await verified(store)
    assert (found.new, found.doubt) == (True, Doubt(START, UNTIL))
    again = await verified(store)
    assert (again.new, again.doubt) == (False, Doubt(START, UNTIL))


async def test_what_a_version_wrote_that_did_not_check_is_no_reason_to_doubt(store: Store):
    for identity in ("sqlite", "7711700423168617077:1"):
        await verified(store)
        async with store.transaction() as connection:
            await connection.exec_driver_sql(f"UPDATE beats SET identity = '{identity}'")
        assert not (await verified(store)).new


async def test_the_operator_may_say_that_it_was_restored(store: Store):
    await verified(store, sends=True)
    async with store.transaction() as connection:
        await doubt(connection)
    assert (await verified(store)).new
    async with store.transaction() as connection:
        assert await doubt_of(connection) == Doubt(START, UNTIL)


@pytest.mark.database("postgresql")
async def test_a_copy_in_another_database_is_another_one(fresh_url: str, cluster, keyring):
    store = Store(connect(fresh_url, keyring))
    await verified(store, sends=True)
    await store.close()
    name = cluster.create(fresh_url.rpartition("?")[0].rpartition("/")[2])
    copy = Store(connect(cluster.url_of(name), keyring))
    assert (await verified(copy)).new
    await copy.close()
    cluster.drop(name)


@pytest.mark.database("postgresql")
async def test_a_table_that_was_restored_in_place_is_another_one(fresh_url: str, keyring):
    """As `pg_restore --clean` does it."""
    store = Store(connect(fresh_url, keyring))
    await verified(store, sends=True)
    async with store.transaction() as connection:
        await connection.exec_driver_sql("CREATE TABLE restored (LIKE outbox)")
        await connection.exec_driver_sql("DROP TABLE outbox")
        await connection.exec_driver_sql("ALTER TABLE restored RENAME TO outbox")
    assert (await verified(store)).new
    await store.close()


def backup(path: Path) -> Path:
    copy = path.with_suffix(".backup")
    copy.unlink(missing_ok=True)
    sqlite3.connect(path).execute(f"VACUUM INTO '{copy}'")
    return copy


def put_back(copy: Path, path: Path) -> None:
    for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        old.unlink(missing_ok=True)
    shutil.copyfile(copy, path)


@pytest.mark.database("sqlite")
async def test_a_file_that_is_copied_back_is_noticed_if_something_was_sent_since(fresh_url: str, keyring):
    path = Path(fresh_url.removeprefix("sqlite:///"))
    for sends, noticed in ((False, False), (True, True)):
        store = Store(connect(fresh_url, keyring))
        await verified(store, sends=True)
        copy = backup(path)
        await verified(store, sends=sends)
        await store.close()
        put_back(copy, path)
        store = Store(connect(fresh_url, keyring))
        assert (await verified(store)).new is noticed
        await store.close()


@pytest.mark.database("sqlite")
async def test_a_file_without_its_witness_is_not_trusted(fresh_url: str, keyring):
    """Copied to another machine, say; or the witness is from another file."""
    store = Store(connect(fresh_url, keyring))
    witness = Path(f"{fresh_url.removeprefix('sqlite:///')}.epoch")
    await verified(store, sends=True)
    witness.unlink()
    assert (await verified(store)).new
    assert not (await verified(store)).new
    witness.write_text("file:another 00000000000000000001")
    assert (await verified(store)).new
    witness.write_text("torn")
    assert (await verified(store)).new
    assert not (await verified(store)).new
    await store.close()


@pytest.mark.database("sqlite")
async def test_a_claim_that_was_committed_and_not_witnessed_is_no_reason_to_doubt(store: Store):
    """A crash in between: nothing was sent yet."""
    epochs = Epochs(store.engine)
    epoch = await verified(store, sends=True)
    async with store.transaction() as connection:
        await epochs.advance(connection, epoch)
    assert not (await verified(store)).new
