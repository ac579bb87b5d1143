"""Who does not want to be matched with whom: confidential, seen by nobody but the one who asked for it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, String, Table, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import MemberId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment

blocks = Table(
    "blocks",
    metadata,
    team_column(primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("other", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
)


class Blocks(Repository):
    async def of(self, member: MemberId) -> list[MemberId]:
        """Those this member does not want to be shown, the first blocked first."""
        found = await self.rows(
            select(blocks.c.other)
            .where(self.mine(blocks, blocks.c.member == member))
            .order_by(blocks.c.at, blocks.c.other)
        )
        return [MemberId(row.other) for row in found]

    async def around(self, members: Collection[MemberId]) -> set[tuple[MemberId, MemberId]]:
        """Blocks in which one of these is on either side; it binds both ways, whoever set it."""
        return await self._pairs(or_(blocks.c.member.in_(set(members)), blocks.c.other.in_(set(members))))

    async def all(self) -> set[tuple[MemberId, MemberId]]:
        return await self._pairs()

    async def add(self, member: MemberId, other: MemberId, at: datetime) -> bool:
        """Whether it is new."""
        return await self.insert_once(blocks, {"member": member, "other": other, "at": at})

    async def remove(self, member: MemberId, other: MemberId) -> None:
        await self.run(blocks.delete().where(self.mine(blocks, blocks.c.member == member, blocks.c.other == other)))

    async def _pairs(self, *conditions: ColumnElement[bool]) -> set[tuple[MemberId, MemberId]]:
        found = await self.rows(select(blocks.c.member, blocks.c.other).where(self.mine(blocks, *conditions)))
        return {(MemberId(row.member), MemberId(row.other)) for row in found}
