"""How Alembic runs here; called by bot.store.migrate, which hands over an open connection.

Migrations speak SQLAlchemy's own types only (a moment is a BigInteger, a sealed text a Text), so that an old one still
runs when the code has moved on.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator

from bot.store.tables import every_table

LOCK = 7_116_402_958
"""The advisory lock that makes replicas wait for each other on PostgreSQL; any number nobody else uses."""


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def migrate(connection: Connection) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        render_as_batch=on_sqlite,
        transactional_ddl=True,
        compare_type=True,
        render_item=plain_type,
    )
    with context.begin_transaction():
        if not on_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
        if on_sqlite:
            refuse_orphans(connection)


def refuse_orphans(connection: Connection) -> None:
    """Foreign keys were off meanwhile, so look once before the commit."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"the migration leaves rows without their parent, first in {orphans[0][0]}")


migrate(context.config.attributes["connection"])
