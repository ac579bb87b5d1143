"""Events from Slack, kept before they are acknowledged and done once.

Slack delivers at least once and in any order; `event_id` stays the same over its retries. Which handlers are through is
kept beside the event, so that a crash or one that fails does not make the others run twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    ScalarSelect,
    String,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import MemberId, TeamId
from bot.store.base import Given, metadata, team_column
from bot.store.types import Json, Moment, Sealed

IS_OPEN = text("state IN ('new', 'doing')")

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("event_id", String(60), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("member", String(20), nullable=False),
    Column("facts", Sealed("inbox.facts"), nullable=False),
    Column("received", Moment, nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease_owner", String(40)),
    Column("through", Json, nullable=False),
    Column("error", Text),
    Index("ix_inbox_open", "due", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
)

_BUT_FACTS = [column for column in inbox.c if column.name != "facts"]


@dataclass(frozen=True)
class Kept:
    """An event that this worker alone may do, until its lease runs out."""

    id: int
    team: TeamId
    name: str
    member: MemberId
    attempt: int
    owner: str
    through: tuple[str, ...]
    """The handlers that are through with it."""


class Inbox:
    """All workspaces' events, inside one transaction. `due` is when to do it, or when the lease on it ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def keep(
        self, team: TeamId, event_id: str, *, about: tuple[str, MemberId, Mapping[str, Any]], now: datetime
    ) -> bool:
        """Keep an event (name, member, facts); False when it is here already."""
        name, member, facts = about
        make = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
        values = {
            "team": team,
            "event_id": event_id,
            "name": name,
            "member": member,
            "facts": dict(facts),
            "received": now,
            "state": "new",
            "attempt": 0,
            "due": now,
            "through": [],
        }
        statement = make(inbox).values(**values).on_conflict_do_nothing().returning(inbox.c.id)
        return (await self.connection.execute(statement)).first() is not None

    async def any_due(self, now: datetime) -> bool:
        return bool((await self.connection.execute(_ANY_DUE, {"now": now})).scalar_one())

    async def claim(self, owner: str, *, now: datetime, lease: timedelta, count: int) -> list[Kept]:
        """Take up to so many events that nobody works on, in the order they came."""
        free = select(*_BUT_FACTS).where(_open(), inbox.c.due <= now).order_by(inbox.c.due, inbox.c.id).limit(count)
        rows = (await self.connection.execute(free.with_for_update(skip_locked=True))).all()
        if not rows:
            return []
        taken = {"state": "doing", "lease_owner": owner, "due": now + lease, "attempt": inbox.c.attempt + 1}
        ids = [row.id for row in rows]
        await self.connection.execute(inbox.update().where(inbox.c.id.in_(ids)).values(**taken))
        return [
            Kept(
                id=row.id,
                team=TeamId(row.team),
                name=row.name,
                member=MemberId(row.member),
                attempt=row.attempt + 1,
                owner=owner,
                through=tuple(row.through),
            )
            for row in rows
        ]

    async def facts(self, event: Kept) -> Mapping[str, Any]:
        """What came with it. Asked for one by one, so that facts that do not open stop no other event."""
        question = select(inbox.c.facts).where(inbox.c.id == event.id)
        found: Mapping[str, Any] = (await self.connection.execute(question)).scalar_one()
        return found

    async def through(self, event: Kept, handlers: Sequence[str]) -> None:
        await self._write(event, {"through": list(handlers)})

    async def done(self, event: Kept) -> None:
        await self._write(event, {"state": "done", "error": None})

    async def again(self, event: Kept, at: datetime, error: str) -> None:
        await self._write(event, {"state": "new", "due": at, "error": error})

    async def dead(self, event: Kept, error: str) -> None:
        await self._write(event, {"state": "dead", "error": error})

    async def forget(self, before: datetime) -> int:
        """Sweep out what is done and came before this moment; how many."""
        over = and_(inbox.c.state.in_(("done", "dead")), inbox.c.received < before)
        return (await self.connection.execute(inbox.delete().where(over))).rowcount

    async def counts(self) -> dict[str, int]:
        """How many events stand in which state, apart from those done."""
        question = select(inbox.c.state, func.count()).where(inbox.c.state != "done").group_by(inbox.c.state)
        return {row.state: row[1] for row in (await self.connection.execute(question)).all()}

    async def _write(self, event: Kept, values: Mapping[str, Any]) -> None:
        """Only whoever still holds the event may say how it went."""
        mine = and_(inbox.c.id == event.id, inbox.c.attempt == event.attempt, inbox.c.lease_owner == event.owner)
        await self.connection.execute(inbox.update().where(mine).values(**values))


def is_due(now: Given) -> ColumnElement[bool]:
    return exists().where(_open(), inbox.c.due <= now)


def next_due(after: Given) -> ScalarSelect[datetime]:
    """The earliest moment after this one at which an event is to be done."""
    return select(func.min(inbox.c.due)).where(_open(), inbox.c.due > after).scalar_subquery()


def _open() -> ColumnElement[bool]:
    """Said as the index says it, so that it is used."""
    return inbox.c.state.in_([literal_column("'new'"), literal_column("'doing'")])


_ANY_DUE = select(is_due(bindparam("now", type_=Moment)))
