"""SQLite without threads and without waiting, for simulations: everything runs where it is asked, so a seed plays the same
each time, and for a third of the work.

The same statements go to the same SQLite as through the real engine; only the driver that hands them to a thread is left
out. A statement yields to nobody, so a second writer would wait for the first for ever; `CrashingStore(…, turns=Lock())`
lets one transaction in at a time, as BEGIN IMMEDIATE does.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, NestedTransaction, create_engine

from bot.store.engine import prepare_sqlite
from bot.store.keyring import Keyring


class InlineSavepoint:
    def __init__(self, savepoint: NestedTransaction) -> None:
        self._savepoint = savepoint

    async def commit(self) -> None:
        self._savepoint.commit()

    async def rollback(self) -> None:
        self._savepoint.rollback()


class InlineConnection:
    """What the bot asks of an AsyncConnection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect

    async def execution_options(self, **options: Any) -> None:
        self._connection.execution_options(**options)

    async def execute(self, statement: Any, values: Any = None) -> Any:
        return self._connection.execute(statement, values)

    async def raw(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Past SQLAlchemy: what comes out are the values as SQLite has them."""
        driver = self._connection.connection.driver_connection
        assert driver is not None
        found: list[tuple[Any, ...]] = driver.execute(statement, values).fetchall()
        return found

    async def begin_nested(self) -> InlineSavepoint:
        return InlineSavepoint(self._connection.begin_nested())

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        with self._connection.begin():
            yield


class InlineEngine:
    """What the store asks of an AsyncEngine; there is one connection, for one transaction at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection = engine.connect()
        self.dialect = engine.dialect
        self.url = engine.url

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[InlineConnection]:
        yield InlineConnection(self._connection)

    async def dispose(self) -> None:
        self._connection.close()
        self._engine.dispose()


def inline_engine(url: str, keyring: Keyring) -> InlineEngine:
    engine = create_engine(url)
    engine.dialect.keyring = keyring
    prepare_sqlite(engine)
    return InlineEngine(engine)


def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(work: Any, *given: Any) -> Any:
        return work(*given)

    monkeypatch.setattr(asyncio, "to_thread", at_once)
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
