"""Migrations bring an empty database to what the models say, on both engines."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from bot.store import migrate
from bot.store.engine import connect
from bot.store.tables import every_table

ROOT = Path(__file__).parents[2]
VERSION_TABLE = "alembic_version"


def sync_engine(url: str):
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def everything_in(connection: Connection) -> dict[str, str]:
    """The whole schema in the database's own words: tables, columns, keys, checks and indexes with their conditions."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        # A column that was added later stands at another place, and not on a line of its own.
        words = {name: sorted(filter(None, re.split(r"[,\s]*\n\s*|,\s*", sql))) for name, sql in found}
    else:
        words = {}
        for kind, query in {
            "column": """SELECT table_name || '.' || column_name, data_type, character_maximum_length, is_nullable,
                column_default FROM information_schema.columns WHERE table_schema = 'public'""",
            "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "constraint": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = "
            "'public'::regnamespace",
        }.items():
            words |= {f"{kind} {name}": rest for name, *rest in connection.execute(text(query))}
    return {name: str(sql) for name, sql in words.items() if VERSION_TABLE not in name}


def test_there_is_one_head():
    script = ScriptDirectory(str(migrate.FOLDER))
    assert script.get_heads() == [migrate.head()]


def test_revisions_are_numbered_in_order():
    found = [script.revision for script in ScriptDirectory(str(migrate.FOLDER)).walk_revisions()]
    assert found[::-1] == [f"{number:04d}" for number in range(1, len(found) + 1)]


def test_an_upgraded_database_has_nothing_to_add(database_url):
    engine = sync_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, every_table()) == []
    engine.dispose()


async def test_an_upgraded_database_is_what_the_models_create(database_url, empty_url, keyring):
    created = connect(empty_url, keyring)
    async with created.begin() as connection:
        await connection.run_sync(every_table().create_all)
        wanted = await connection.run_sync(everything_in)
    await created.dispose()
    upgraded = connect(database_url, keyring)
    async with upgraded.connect() as connection:
        got = await connection.run_sync(everything_in)
    await upgraded.dispose()
    assert got == wanted
    assert len(got) > 30


def test_a_database_is_current_only_after_its_upgrade(empty_url, keyring):
    assert not migrate.is_current(empty_url) and not migrate.is_enough(empty_url)
    migrate.upgrade(empty_url, keyring)
    assert migrate.is_current(empty_url)


def test_a_database_of_a_newer_version_is_not_current(fresh_url):
    engine = sync_engine(fresh_url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    assert not migrate.is_current(fresh_url)
    assert migrate.is_enough(fresh_url), "the version before goes on beside the new one"


def test_upgrading_twice_changes_nothing(database_url, keyring):
    engine = sync_engine(database_url)
    with engine.connect() as connection:
        before = everything_in(connection)
    migrate.upgrade(database_url, keyring)
    with engine.connect() as connection:
        assert everything_in(connection) == before
    engine.dispose()


REPLICA = """
import sys
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade
upgrade(sys.argv[1], Keyring.parse(new_key()))
"""


def test_replicas_that_start_together_wait_for_each_other(empty_url):
    replicas = [
        subprocess.Popen([sys.executable, "-c", REPLICA, empty_url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [replica.communicate()[1] for replica in replicas]
    assert [replica.returncode for replica in replicas] == [0, 0], "\n".join(said)
    assert migrate.is_current(empty_url)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A copy of the migrations that a test may add to."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in [*migrate.FOLDER.glob("*.*"), *migrate.FOLDER.glob("versions/*.py")]:
        (folder / path.relative_to(migrate.FOLDER)).write_bytes(path.read_bytes())
    monkeypatch.setattr(migrate, "FOLDER", folder)
    return folder


def add_step(folder, steps: str) -> None:
    last = int(migrate.head())
    lines = "\n    ".join(steps.strip().splitlines())
    (folder / "versions" / f"{last + 1:04d}_step.py").write_text(
        f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{last + 1:04d}"\n'
        f'down_revision = "{last:04d}"\n\n\ndef upgrade():\n    {lines}\n'
    )


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(fresh_url, keyring, own_folder):
    engine = sync_engine(fresh_url)
    with engine.connect() as connection:
        before = everything_in(connection)
    add_step(own_folder, 'op.create_table("half", sa.Column("id", sa.Integer))\nraise LookupError("power cut")')
    with pytest.raises(LookupError):
        migrate.upgrade(fresh_url, keyring)
    with engine.connect() as connection:
        assert everything_in(connection) == before
    engine.dispose()


FAMILY = """
op.create_table("mothers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
op.create_table("children", sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mother", sa.Integer, sa.ForeignKey("mothers.id", ondelete="CASCADE"), nullable=False))
op.execute("INSERT INTO mothers VALUES (1, 'Ana')")
op.execute("INSERT INTO children VALUES (1, 1)")
"""


def test_changing_a_parent_table_keeps_its_children(fresh_url, keyring, own_folder):
    add_step(own_folder, FAMILY)
    migrate.upgrade(fresh_url, keyring)
    add_step(
        own_folder,
        'with op.batch_alter_table("mothers") as table:\n    table.alter_column("name", nullable=True, '
        'new_column_name="first_name")',
    )
    migrate.upgrade(fresh_url, keyring)
    engine = sync_engine(fresh_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM children")).scalar_one() == 1
        assert "first_name" in {column["name"] for column in inspect(connection).get_columns("mothers")}
    engine.dispose()


@pytest.mark.database("sqlite")
def test_a_migration_that_leaves_orphans_is_undone(fresh_url, keyring, own_folder):
    add_step(own_folder, FAMILY)
    migrate.upgrade(fresh_url, keyring)
    add_step(own_folder, 'op.execute("DELETE FROM mothers")')
    with pytest.raises(RuntimeError, match="without their parent, first in children"):
        migrate.upgrade(fresh_url, keyring)
    engine = sync_engine(fresh_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM mothers")).scalar_one() == 1
    engine.dispose()


@pytest.mark.database("sqlite")
def test_a_new_revision_gets_the_next_number_and_holds_the_difference(empty_url, own_folder):
    for path in own_folder.glob("versions/*.py"):
        path.unlink()
    first = migrate.new_revision(empty_url, "The very first tables")
    assert first.name == "0001_the_very_first_tables.py"
    assert '"""The very first tables."""' in first.read_text()
    assert first.read_text().count("op.create_table(") == len(every_table().tables)
    assert "bot." not in first.read_text()
    second = migrate.new_revision(empty_url, "Nothing new")
    assert second.name == "0002_nothing_new.py"
    assert second.read_text().endswith("def upgrade() -> None:\n    pass\n")
    assert migrate.head() == "0002"
