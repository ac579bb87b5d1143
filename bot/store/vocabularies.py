"""What a workspace changed in the skills that ship."""

from sqlalchemy import Column, Integer, Table, select

from bot.domain.errors import Stale
from bot.domain.matching.vocabulary import Edits, read_edits
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Json

vocabularies = Table(
    "vocabularies",
    metadata,
    team_column(primary_key=True),
    Column("edits", Json, nullable=False),
    Column("version", Integer, nullable=False),
)


class Vocabularies(Repository):
    async def edits(self) -> Edits:
        row = await self.first(select(vocabularies).where(self.mine(vocabularies)))
        return read_edits(row.edits, row.version) if row else Edits()

    async def save(self, edits: Edits) -> None:
        """`Stale` if somebody saved in between."""
        if edits.version == 0:
            if not await self.insert_once(vocabularies, {"edits": edits.to_json(), "version": 1}):
                raise Stale
            return
        changed = (
            vocabularies.update()
            .where(self.mine(vocabularies, vocabularies.c.version == edits.version))
            .values(edits=edits.to_json(), version=edits.version + 1)
        )
        if (await self.run(changed)).rowcount != 1:
            raise Stale
