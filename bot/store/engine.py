"""The engine: SQLite for one process, PostgreSQL for several.

SQLite loses updates silently when a transaction reads before it writes, so a writing block starts with
BEGIN IMMEDIATE and a reading one with plain BEGIN; the driver's own transaction control is switched off.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store import sqlite_driver
from bot.store.keyring import Keyring

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA trusted_schema=OFF",
)
READ_ONLY = "mentor_read_only"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def async_url(url: str) -> str:
    """The URL with our driver in it: "sqlite:///x.db" or "postgresql://…" as an operator writes them."""
    parsed = make_url(url)
    wanted = DRIVERS.get(parsed.get_backend_name(), parsed.drivername)
    return parsed.set(drivername=wanted).render_as_string(hide_password=False)


def connect(url: str, keyring: Keyring) -> AsyncEngine:
    # Parameters hold what people wrote, and errors end up in logs.
    options: dict[str, Any] = {"hide_parameters": True}
    if make_url(async_url(url)).get_backend_name() == "postgresql":
        # A server may have gone and come back; a file has not.
        options |= {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
    else:
        options |= {"connect_args": {"async_creator_fn": sqlite_driver.connect}}
    engine = create_async_engine(async_url(url), **options)
    engine.sync_engine.dialect.keyring = keyring  # type: ignore[attr-defined]  # read by types.Sealed
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine.sync_engine)
    return engine


def prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
