"""Which database this is, and the beat that tells of an absence.

A database that was restored or failed over knows less than what has happened: a letter that waits in it may have gone out
in the past it lost. So each claim asks, in its own transaction, whether this is still the database it was. Where it is not,
what was due by then is in doubt and is looked for before it is sent.

PostgreSQL tells by itself: a fail-over begins a new timeline, a restored dump is another system, database or table. A
SQLite file that was copied back looks like the one it replaced, so each claim counts a generation up, in the file and in a
second one beside it: a file that is behind its witness is an older one. Since the witness is on the disk before anything
is sent, that also tells when a power cut took the last claims with it.
"""

import os
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.base import metadata
from bot.store.types import Moment

beats = Table(
    "beats",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("identity", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("generation", BigInteger, nullable=False, server_default="0"),
    Column("doubtful_since", Moment),
    Column("doubtful_until", Moment),
)
ONLY_BEAT = 1
_MINE = beats.c.id == ONLY_BEAT
_BEAT = select(beats).where(_MINE)

# The control file's own timeline lags behind a promotion until the next checkpoint; the log being written does not.
_POSTGRESQL = text(
    "SELECT concat_ws(':', 'pg', (SELECT system_identifier FROM pg_control_system()),"
    " (SELECT oid FROM pg_database WHERE datname = current_database()), 'outbox'::regclass::oid,"
    " substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))"
)


@dataclass(frozen=True)
class Doubt:
    """A past that the database lost: since its last beat. What is due by `until` may have gone out in it."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Epoch:
    """What a claim knows of its database."""

    identity: str
    generation: int = 0
    doubt: Doubt | None = None
    new: bool = False
    """Whether this very question found that the database is another one."""


class Epochs:
    def __init__(self, engine: AsyncEngine) -> None:
        path = engine.url.database if engine.dialect.name == "sqlite" else ""
        self._witness = Path(f"{Path(path).resolve()}.epoch") if path and path != ":memory:" else None

    async def verify(self, connection: AsyncConnection, now: datetime, doubtful_until: datetime) -> Epoch:
        """The database's epoch; where it is another one than was known, what is due until then is in doubt from now on."""
        row = (await connection.execute(_BEAT)).first()
        if row is not None and await self._is_known(connection, row):
            return Epoch(row.identity, row.generation, _doubt_of(row))
        identity = await self._identity(connection)
        if row is None or _is_of_old(row.identity):
            epoch = Epoch(identity)
        else:
            # Restored once more before the first doubt was settled: it reaches back as far as either.
            since = min(row.at, row.doubtful_since) if row.doubtful_since else row.at
            epoch = Epoch(identity, doubt=Doubt(since, doubtful_until), new=True)
        await _write(connection, epoch, now)
        # Before the commit: a crash in between leaves a mismatch, which is found again.
        self.witness(epoch)
        return epoch

    async def beat(self, connection: AsyncConnection, now: datetime, doubtful_until: datetime) -> datetime | None:
        """Say that somebody is here; when that was said before, None for the very first time."""
        before: datetime | None = (await connection.execute(select(beats.c.at).where(_MINE))).scalar_one_or_none()
        await self.verify(connection, now, doubtful_until)
        await connection.execute(beats.update().where(_MINE).values(at=now))
        return before

    async def advance(self, connection: AsyncConnection, epoch: Epoch) -> Epoch:
        """Something is about to be sent from this claim."""
        if self._witness is None:
            return epoch
        further = replace(epoch, generation=epoch.generation + 1)
        await connection.execute(beats.update().where(_MINE).values(generation=further.generation))
        return further

    def witness(self, epoch: Epoch) -> None:
        """Write down beside the file how far it is: after the commit, before anything is sent."""
        if self._witness is None:
            return
        line = f"{epoch.identity} {epoch.generation:020}\n".encode()
        handle = os.open(self._witness, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(handle, line, 0)
            os.fsync(handle)
        finally:
            os.close(handle)

    async def _identity(self, connection: AsyncConnection) -> str:
        if connection.dialect.name == "postgresql":
            return str((await connection.execute(_POSTGRESQL)).scalar_one())
        return f"file:{secrets.token_hex(16)}"

    async def _is_known(self, connection: AsyncConnection, row: Row[Any]) -> bool:
        if connection.dialect.name == "postgresql":
            return bool(await self._identity(connection) == row.identity)
        if self._witness is None:
            return True
        try:
            identity, generation = self._witness.read_text("ascii").split()
        except (FileNotFoundError, ValueError):
            return False
        return bool(identity == row.identity and int(generation) <= row.generation)


async def doubt(connection: AsyncConnection) -> None:
    """For whoever restored a database in a way that leaves no trace: the next claim finds that it is another one."""
    await connection.execute(beats.update().where(_MINE).values(identity="restored"))


async def doubt_of(connection: AsyncConnection) -> Doubt | None:
    row = (await connection.execute(_BEAT)).first()
    return _doubt_of(row) if row else None


async def _write(connection: AsyncConnection, epoch: Epoch, now: datetime) -> None:
    values = {
        "identity": epoch.identity,
        "generation": epoch.generation,
        "doubtful_since": epoch.doubt and epoch.doubt.since,
        "doubtful_until": epoch.doubt and epoch.doubt.until,
        "at": now,
    }
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(beats).values(id=ONLY_BEAT, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=[beats.c.id], set_=values))


def _doubt_of(row: Row[Any]) -> Doubt | None:
    return Doubt(row.doubtful_since, row.doubtful_until) if row.doubtful_until else None


def _is_of_old(identity: str) -> bool:
    """As versions wrote it that did not check it; one may still run beside us and write it again."""
    return identity == "sqlite" or (":" in identity and not identity.startswith(("pg:", "file:")))
