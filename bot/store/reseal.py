"""Changing the key: everything sealed with a former key is sealed again with the first one.

Goes table by table in small transactions, so the bot may keep running; a row that somebody saves meanwhile is sealed
with the new key anyway. Running it twice does no harm.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, Text, and_, select, type_coerce

from bot.store.base import metadata
from bot.store.keyring import Keyring
from bot.store.types import Sealed
from bot.store.unit_of_work import Store

BATCH = 200


@dataclass(frozen=True)
class Resealed:
    """How many texts of one column were sealed again."""

    column: str
    count: int


def sealed_columns() -> list[Column[Any]]:
    """Every column that only the keyring can read, in the order of the tables."""
    return [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Sealed)]


async def reseal(store: Store, keyring: Keyring) -> AsyncIterator[Resealed]:
    """One answer a column, as it is done."""
    for column in sealed_columns():
        yield Resealed(f"{column.table.name}.{column.name}", await _reseal_column(store, keyring, column))


async def _reseal_column(store: Store, keyring: Keyring, column: Column[Any]) -> int:
    done, last = 0, None
    while True:
        rows = await _stale_rows(store, keyring, column, last)
        if not rows:
            return done
        last = rows[-1]
        done += await _reseal_rows(store, keyring, column, rows)


async def _stale_rows(store: Store, keyring: Keyring, column: Column[Any], last: Any) -> list[Any]:
    """The next rows, by primary key, sealed with another key; raw texts, not opened."""
    table = column.table
    raw = type_coerce(column, Text).label("raw")
    keys = list(_table(table).primary_key.columns)
    stale = and_(column.is_not(None), ~type_coerce(column, Text).startswith(f"{keyring.first}.", autoescape=True))
    query = select(*keys, raw).where(stale).order_by(*keys).limit(BATCH)
    if last is not None:
        query = query.where(_after(keys, last))
    async with store.transaction(read_only=True) as connection:
        return list((await connection.execute(query)).all())


async def _reseal_rows(store: Store, keyring: Keyring, column: Column[Any], rows: list[Any]) -> int:
    table, done = _table(column.table), 0
    label = f"{table.name}.{column.name}"
    async with store.transaction() as connection:
        for row in rows:
            same = [key == value for key, value in zip(table.primary_key.columns, row[:-1], strict=True)]
            fresh = keyring.seal(keyring.open(row.raw, label), label)
            # Only where it still is what was read: a text saved meanwhile is newer than ours.
            same.append(type_coerce(column, Text) == row.raw)
            statement = table.update().where(and_(*same)).values({column.name: type_coerce(fresh, Text)})
            done += (await connection.execute(statement)).rowcount
    return done


def _after(keys: list[Column[Any]], last: Any) -> Any:
    """Behind this row in the order of the primary key."""
    from_here: Any = None
    for key, value in reversed(list(zip(keys, last[:-1], strict=True))):
        from_here = key > value if from_here is None else (key > value) | ((key == value) & from_here)
    return from_here


def _table(table: Any) -> Table:
    if not isinstance(table, Table):
        raise TypeError(f"{table} is not a table of ours")
    return table
