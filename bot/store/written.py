"""What was written in sessions in writing; sealed, as it is the circle's alone."""

from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, select

from bot.domain.errors import Gone
from bot.domain.ids import MemberId, SessionId
from bot.domain.written import Kind, Reply
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Json, Moment, Sealed

written = Table(
    "written",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("session", Integer, nullable=False),
    Column("author", String(20), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Sealed("written.text"), nullable=False),
    Column("picks", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_written_session", "team", "session"),
)


class Written(Repository):
    async def add(self, reply: Reply) -> int:
        values = {"session": reply.session, "author": reply.author, "kind": reply.kind.value, "text": reply.text}
        return await self.insert(written, values | {"picks": list(reply.picks), "at": reply.at})

    async def get(self, number: int) -> Reply:
        row = await self.first(select(written).where(self.mine(written, written.c.id == number)))
        if row is None:
            raise Gone
        return _reply(row)

    async def of(self, session: SessionId) -> list[Reply]:
        """In the order in which they were written."""
        mine = self.mine(written, written.c.session == session)
        return [_reply(row) for row in await self.rows(select(written).where(mine).order_by(written.c.id))]


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        session=SessionId(row.session),
        author=MemberId(row.author),
        kind=Kind(row.kind),
        text=row.text,
        at=row.at,
        picks=tuple(row.picks),
        id=row.id,
    )
