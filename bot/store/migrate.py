"""Bringing a database to the tables this version knows.

Alembic's settings are made here in code, so there is no alembic.ini with an address in it. A migration runs in one
transaction on both engines, and replicas that start together wait for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from bot.store.engine import async_url
from bot.store.keyring import Keyring

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
# A batch change re-creates a table, and with foreign keys on, dropping the old one would delete every child row. The
# pragma does nothing inside a transaction, so it is set when the connection is made.
PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA busy_timeout=60000", "PRAGMA foreign_keys=OFF")


class NewerDatabase(Exception):
    def __init__(self) -> None:
        super().__init__(
            "The database is of a newer version of the bot. Install the version that made it, or put back the backup"
            " from before that upgrade."
        )


def upgrade(url: str, keyring: Keyring) -> None:
    """Run what is missing. With the keyring, a migration can read and write sealed columns."""
    try:
        with _connection(url, keyring) as connection:
            command.upgrade(_config(connection), "head")
    except CommandError as wrong:
        # Alembic only says that it can't find a revision.
        if is_newer(url):
            raise NewerDatabase from wrong
        raise


def is_current(url: str) -> bool:
    """Whether the database has every migration of this version, and none that it doesn't know."""
    with _connection(url, reading=True) as connection:
        return MigrationContext.configure(connection).get_current_heads() == (head(),)


def is_enough(url: str) -> bool:
    """Whether this version can work with the database: beside a newer one it goes on, for migrations only add."""
    return is_current(url) or is_newer(url)


def is_newer(url: str) -> bool:
    """Whether the database has a migration that this version doesn't know, so that no start can bring it up to date."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    with _connection(url, reading=True) as connection:
        return not known.issuperset(MigrationContext.configure(connection).get_current_heads())


def head() -> str:
    """The last migration of this version."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise RuntimeError(f"there is no migration in {FOLDER.name}/versions")
    return found


def new_revision(url: str, message: str) -> Path:
    """A new migration from the difference between the models and a database, which is brought up to date first.

    Files are numbered: 0002_what_changes.py. Made on SQLite it still serves both engines.
    """
    with _connection(url) as connection:
        command.upgrade(_config(connection), "head")
    with _connection(url) as connection:
        config = _config(connection)
        made = command.revision(config, message, autogenerate=True, rev_id=_next_number(config))
    if made is None or isinstance(made, list):
        raise RuntimeError("Alembic made no migration")
    return Path(made.path)


def _next_number(config: Config) -> str:
    known = [int(script.revision) for script in ScriptDirectory.from_config(config).walk_revisions()]
    return f"{max(known, default=0) + 1:04d}"


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@contextmanager
def _connection(url: str, keyring: Keyring | None = None, *, reading: bool = False) -> Iterator[Connection]:
    """`reading` waits for nobody who writes."""
    parsed = make_url(async_url(url))
    if parsed.get_backend_name() == "sqlite":
        parsed = parsed.set(drivername="sqlite")
    engine = create_engine(parsed)
    engine.dialect.keyring = keyring  # type: ignore[attr-defined]  # read by types.Sealed
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, reading=reading)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _prepare_sqlite(engine: Engine, *, reading: bool) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
