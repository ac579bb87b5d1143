"""SQLite's connection for the engine: a statement is one trip to the connection's thread, where aiosqlite alone makes four.

A BEGIN waits for the first statement and goes with it, so a block that asks nothing locks nothing; and what never began
needs no trip to end.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite

BEGINNINGS = ("BEGIN", "BEGIN IMMEDIATE")
Values = Sequence[Any]


class Connection(aiosqlite.Connection):
    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # As SQLAlchemy does with aiosqlite's own: what was left open must not keep the process from ending.
        self._thread.daemon = True
        self._beginning = ""
        self._untouched = True
        """Nothing was sent since the last end of a transaction; a trip that was cut off may still arrive."""

    def cursor(self) -> "Cursor":  # type: ignore[override]  # SQLAlchemy enters it, and awaits only then
        return Cursor(self)

    def begin(self, statement: str) -> None:
        self._beginning = statement

    async def trip(self, work: Callable[[sqlite3.Connection], None]) -> None:
        beginning, self._beginning = self._beginning, ""
        self._untouched = False
        await self._execute(_after, beginning, work, self._conn)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        await self._end(super().commit)

    async def rollback(self) -> None:
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Any]) -> None:
        self._beginning = ""
        if not self._untouched:
            await end()
            self._untouched = True


class Cursor:
    """What SQLAlchemy asks of a cursor; all rows come with the one trip, as it would fetch them all anyway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, values: Values = ()) -> None:
        if statement in BEGINNINGS:
            self._connection.begin(statement)
            return
        await self._connection.trip(lambda there: self._take(there.execute(statement, values)))

    async def executemany(self, statement: str, many: Sequence[Values]) -> None:
        await self._connection.trip(lambda there: self._take(there.executemany(statement, many)))

    def _take(self, found: sqlite3.Cursor) -> None:
        """In the connection's thread."""
        self.description = found.description
        self._rows = found.fetchall()
        self.rowcount, self.lastrowid = found.rowcount, found.lastrowid
        found.close()

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        """It closed in its thread."""


def _after(beginning: str, work: Callable[[sqlite3.Connection], None], there: sqlite3.Connection) -> None:
    if beginning:
        there.execute(beginning)
    work(there)


def connect(database: str, **options: Any) -> Connection:
    """Where SQLAlchemy would have aiosqlite make a connection."""
    return Connection(lambda: sqlite3.connect(database, **options))
