"""A workspace never sees another's rows, whatever is asked of whichever repository.

Every public method of every repository is called from workspace B, once while the database is empty and once after
every table got a row of workspace A whose ids are those asked for. The answer must be the same, A's rows must be as
they were, and every statement must name the workspace that asks.
"""

import inspect
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Table, TextClause, event, text

from bot.domain.errors import Refused
from bot.domain.ids import TeamId
from bot.store.base import Repository
from bot.store.tables import every_table
from bot.store.types import Json, Moment, Sealed
from bot.store.unit_of_work import Store, Work
from tests.clock import START
from tests.made import PLAIN, WORD, called_with_anything

A, B = TeamId("T0AAA"), TeamId("T0BBB")
TABLES = [table for table in every_table().sorted_tables if "team" in table.c]
pytestmark = pytest.mark.database("sqlite")


def questions() -> dict[str, list[str]]:
    """The public methods of each repository, those of its foundation left out."""
    repositories = {name: one for name, one in vars(Work(None, B)).items() if isinstance(one, Repository)}
    return {
        name: [
            method
            for method, function in vars(type(repository)).items()
            if inspect.iscoroutinefunction(function) and not method.startswith("_")
        ]
        for name, repository in repositories.items()
    }


class Undo(Exception):
    """Ends a work block so that nothing of it is kept."""


@dataclass
class Asked:
    answer: Any = None
    changed: bool = False
    """Whether the question changed rows of the workspace that asked."""
    theirs: list[str] | None = None
    """The other workspace's rows after it; None where it was refused."""


async def asked(store: Store, repository: str, method: str) -> Asked:
    """What workspace B gets from a question, in a block of which nothing is kept."""
    got = Asked()
    with suppress(Undo):
        async with store.open_work(B) as work:
            before = await rows_of(work, B)
            try:
                with watched(store):
                    got.answer = await called_with_anything(getattr(getattr(work, repository), method))
            except Refused as refused:
                got.answer = (type(refused), str(refused))
            else:
                got.changed = await rows_of(work, B) != before
                got.theirs = await rows_of(work, A)
            raise Undo
    return got


def all_rows() -> TextClause:
    """Every row of a workspace in one question, each as a text of its table and its values."""
    one = "SELECT '{}' || {} AS row FROM \"{}\" WHERE team = :team"
    quoted = {table: " || ".join(f"'|' || quote(\"{column.name}\")" for column in table.c) for table in TABLES}
    return text(" UNION ALL ".join(one.format(table.name, quoted[table], table.name) for table in TABLES))


ALL_ROWS = all_rows()


async def rows_of(work: Work, team: TeamId) -> list[str]:
    return sorted((await work.connection.execute(ALL_ROWS, {"team": team})).scalars())


async def fill(store: Store) -> None:
    """A row of workspace A in every table."""
    async with store.open_work(A) as work:
        for table in TABLES:
            await work.connection.execute(table.insert().values(a_row(table)))


def a_row(table: Table) -> dict:
    return {column.name: A if column.name == "team" else content(column.type) for column in table.c}


def content(kind):
    if isinstance(kind, Moment):
        return START
    return [WORD] if isinstance(kind, Sealed | Json) else PLAIN[kind.python_type]


@contextmanager
def watched(store: Store):
    """Every statement run meanwhile names the workspace that asks."""

    def look(_connection, statement, *_rest) -> None:
        if B not in statement.compile(dialect=store.engine.dialect).params.values():
            pytest.fail(f"a statement without its workspace: {statement}")

    event.listen(store.engine.sync_engine, "before_execute", look)
    try:
        yield
    finally:
        event.remove(store.engine.sync_engine, "before_execute", look)


@pytest.mark.parametrize("repository", questions())
async def test_nothing_of_another_workspace_is_seen_or_touched(store, repository):
    methods = questions()[repository]
    empty = {method: await asked(store, repository, method) for method in methods}
    await fill(store)
    async with store.open_view(B) as work:
        before = await rows_of(work, A)
    for method in methods:
        got = await asked(store, repository, method)
        assert got.theirs in (before, None), f"{repository}.{method} changed a row of another workspace"
        assert got.changed or got.answer == empty[method].answer, f"{repository}.{method} saw another workspace"


def test_every_repository_is_walked():
    assert sum(map(len, questions().values())) > 40
