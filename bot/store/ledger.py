"""Members' own notes. Every question names the owner: nobody else's notes can be read by mistake."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, func, select

from bot.domain.errors import Gone
from bot.domain.ids import MemberId, NoteId, RelationshipId
from bot.domain.ledger import Entry, Note
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("relationship", Integer),
    Column("about", String(20)),
    Column("on", Date, nullable=False),
    Column("entry", Sealed("ledger.entry"), nullable=False),
    Column("shared", Sealed("ledger.shared")),
    Column("written_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_ledger_owner", "team", "owner", "on"),
)


class Ledger(Repository):
    async def of(self, owner: MemberId) -> list[Note]:
        """All of somebody's notes, the newest first."""
        mine = self.mine(ledger, ledger.c.owner == owner)
        rows = await self.rows(select(ledger).where(mine).order_by(ledger.c.on.desc(), ledger.c.id.desc()))
        return [_note(row) for row in rows]

    async def count(self, owner: MemberId) -> int:
        mine = self.mine(ledger, ledger.c.owner == owner)
        found = await self.first(select(func.count().label("many")).select_from(ledger).where(mine))
        return int(found.many) if found else 0

    async def get(self, owner: MemberId, note: NoteId) -> Note:
        """Gone, too, where it is somebody else's."""
        mine = self.mine(ledger, ledger.c.owner == owner, ledger.c.id == note)
        row = await self.first(select(ledger).where(mine))
        if row is None:
            raise Gone("That note isn't in your ledger. `/mentor ledger` shows what is.")
        return _note(row)

    async def picked(self, owner: MemberId, numbers: Collection[NoteId]) -> list[Note]:
        """Those of these that are this owner's, the newest first."""
        mine = self.mine(ledger, ledger.c.owner == owner, ledger.c.id.in_(set(numbers)))
        rows = await self.rows(select(ledger).where(mine).order_by(ledger.c.on.desc(), ledger.c.id.desc()))
        return [_note(row) for row in rows]

    async def add(self, note: Note) -> NoteId:
        return NoteId(await self.insert(ledger, _values(note) | {"owner": note.owner, "version": 1}))

    async def save(self, note: Note) -> None:
        """`Stale` if it was saved in between."""
        await self.save_version(ledger, note.id, note.version, _values(note))

    async def delete(self, owner: MemberId, note: NoteId) -> None:
        await self.run(ledger.delete().where(self.mine(ledger, ledger.c.owner == owner, ledger.c.id == note)))


def _note(row: Row[Any]) -> Note:
    kept: dict[str, str] = row.entry
    on: date = row.on
    about = MemberId(row.about) if row.about else None
    shared = {MemberId(member): datetime.fromisoformat(at) for member, at in (row.shared or {}).items()}
    return Note(
        NoteId(row.id),
        MemberId(row.owner),
        Entry(on, **kept, about=about),
        row.written_at,
        RelationshipId(row.relationship) if row.relationship else None,
        shared or None,
        row.version,
    )


def _values(note: Note) -> dict[str, Any]:
    entry = note.entry
    return {
        "relationship": note.relationship,
        "about": entry.about,
        "on": entry.on,
        "entry": {"topics": entry.topics, "takeaways": entry.takeaways, "follow_ups": entry.follow_ups},
        "shared": {member: at.isoformat() for member, at in note.shared.items()} if note.shared else None,
        "written_at": note.written_at,
    }
