"""Who changed what belongs to others. Rows are added, never changed; the details hold no private text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select

from bot.domain.ids import MemberId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Json, Moment

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("at", Moment, nullable=False),
    Column("by", String(20), nullable=False),
    Column("act", String(60), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("details", Json, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    at: datetime
    by: MemberId
    act: str
    subject: str
    details: Mapping[str, Any]


class Audit(Repository):
    async def add(self, entry: Entry) -> None:
        await self.insert(audit, _values(entry))

    async def add_all(self, entries: Sequence[Entry]) -> None:
        if entries:
            added = audit.insert().values(team=self.team)
            await self.connection.execute(added, [_values(entry) for entry in entries])
            self.changes += 1

    async def about(self, acts: str, subject: str) -> list[Entry]:
        """What was done of a kind ("outbox.%") to one subject, the oldest first. No index: for whoever operates the bot."""
        mine = self.mine(audit, audit.c.act.like(acts), audit.c.subject == subject)
        return [_entry_of(row) for row in await self.rows(select(audit).where(mine).order_by(audit.c.id))]

    async def latest(self, count: int = 50) -> list[Entry]:
        """The newest first."""
        found = await self.rows(select(audit).where(self.mine(audit)).order_by(audit.c.id.desc()).limit(count))
        return [_entry_of(row) for row in found]


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(row.at, MemberId(row.by), row.act, row.subject, row.details)


def _values(entry: Entry) -> dict[str, Any]:
    values = {"at": entry.at, "by": entry.by, "act": entry.act, "subject": entry.subject}
    return values | {"details": dict(entry.details)}
