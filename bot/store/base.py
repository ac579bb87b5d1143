"""What every table and every repository share.

A repository is born with its team and puts it into each question, so no query can forget the workspace.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Date,
    FromClause,
    MetaData,
    Row,
    String,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement, Executable
from sqlalchemy.types import TypeEngine

from bot.domain.errors import Stale
from bot.domain.ids import TeamId
from bot.store.types import EPOCH, Moment

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


def team_column(*, primary_key: bool = False) -> Column[str]:
    """The workspace a row belongs to; every table of members' facts starts with it."""
    return Column("team", String(20), primary_key=primary_key, nullable=False, index=not primary_key)


Earliest = ColumnElement[Any]
"""The earliest moment at which there is something to do, NULL for never; `Questions` asks many of them at once."""
Truth = ColumnElement[bool]
"""Whether something is so; `Work.truths` asks many of them at once."""
LONG_AGO = EPOCH
Given = BindParameter[Any]
"""A place in a question for what is known only when it is asked."""


class Asked:
    """What a question that is put together once goes by, each time it is asked."""

    def __init__(self) -> None:
        self._reads: dict[str, Callable[[datetime], Any]] = {}

    def moment(self, of: Callable[[datetime], datetime] = lambda now: now) -> Given:
        return self._place(of, Moment())

    def day(self, of: Callable[[datetime], date]) -> Given:
        return self._place(of, Date())

    def given(self, now: datetime) -> dict[str, Any]:
        return {name: read(now) for name, read in self._reads.items()}

    def _place(self, read: Callable[[datetime], Any], kind: TypeEngine[Any]) -> Given:
        name = f"asked_{len(self._reads)}"
        self._reads[name] = read
        return bindparam(name, type_=kind)


def there_is(table: FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is such a row, looked up for each row of the outer question. Without the OFFSET, PostgreSQL may make
    a join of it, and where its statistics are older than a backlog it then compares every letter with every other."""
    one: ColumnElement[int] = literal_column("1")
    return exists(select(one).select_from(table).where(*conditions).limit(one).offset(literal_column("0")))


def earliest(column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Earliest:
    """The least of a column of moments, over the rows that fit."""
    return select(func.min(column)).where(*conditions).scalar_subquery()


def at_once(*conditions: ColumnElement[bool], otherwise: Earliest | None = None) -> Earliest:
    """Long past where there is such a row; else the other moment, or never."""
    there = (exists().where(*conditions), literal(LONG_AGO, Moment))
    return type_coerce(case(there, else_=otherwise if otherwise is not None else null()), Moment)


def or_at_once(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of moments in which NULL means that there is nothing to wait for."""
    return func.coalesce(column, literal(LONG_AGO, Moment))


class Repository:
    """Questions asked of one concept's tables, for one workspace, inside one transaction."""

    def __init__(self, connection: AsyncConnection, team: TeamId) -> None:
        self.connection = connection
        self.team = team
        self.changes = 0
        """How often something was changed through this repository; a claim that hands out rows does not count."""

    def mine(self, table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        """These conditions, in this workspace only."""
        return and_(table.c.team == self.team, *conditions)

    async def run(self, statement: Executable) -> CursorResult[Any]:
        done = await self.connection.execute(statement)
        self.changes += not done.returns_rows and done.rowcount > 0
        return done

    async def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> list[Row[Any]]:
        """`values` for a statement that was built once, with its team among them."""
        return list((await self.connection.execute(statement, values)).all())

    async def first(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        return (await self.connection.execute(statement, values)).first()

    async def held(self, table: Table, *due: ColumnElement[bool]) -> list[int]:
        """The numbers of rows that are due, held until the block ends; what another replica holds is left to it."""
        claimed = select(table.c.id).where(self.mine(table, *due)).order_by(table.c.id)
        return [row.id for row in await self.rows(claimed.with_for_update(skip_locked=True))]

    async def insert(self, table: Table, values: Mapping[str, Any]) -> int:
        """Add a row in this workspace; its new number."""
        done = await self.connection.execute(table.insert().values(team=self.team, **values).returning(table.c.id))
        self.changes += 1
        return int(done.scalar_one())

    async def insert_once(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Add a row unless a unique key says it is there already; whether it was added."""
        make = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
        statement = make(table).values(team=self.team, **values).on_conflict_do_nothing()
        # An INSERT's rowcount is -1 on PostgreSQL, so the row itself says whether it is new.
        new = (await self.connection.execute(statement.returning(table.c.team))).first() is not None
        self.changes += new
        return new

    async def save_version(self, table: Table, number: int, version: int, values: Mapping[str, Any]) -> None:
        """Save a row only if nobody saved since `version` was read; else `Stale`."""
        statement = (
            table.update()
            .where(self.mine(table, table.c.id == number, table.c.version == version))
            .values(version=version + 1, **values)
        )
        if (await self.run(statement)).rowcount != 1:
            raise Stale
