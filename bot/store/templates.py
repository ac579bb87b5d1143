"""What a workspace put in place of texts that ship. A text without a row here is as it ships."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select

from bot.domain.errors import Stale
from bot.domain.ids import MemberId
from bot.domain.protocols import Protocol, from_text
from bot.domain.shipped import TEXTS, protocol_named
from bot.domain.templates import Change, Template
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

templates = Table(
    "templates",
    metadata,
    team_column(primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("text", Sealed("templates.text"), nullable=False),
    Column("by", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)


class Templates(Repository):
    async def changed(self, keys: Collection[str]) -> dict[str, Change]:
        """What was changed, by key; one query."""
        chosen = self.mine(templates, templates.c.key.in_(set(keys)))
        return {row.key: _change(row) for row in await self.rows(select(templates).where(chosen))}

    async def text(self, template: Template) -> str:
        """As the program has it."""
        changed = (await self.changed([template.key])).get(template.key)
        return changed.text if changed else template.shipped

    async def protocol(self, key: str) -> Protocol:
        """The protocol of that key, as the program has it."""
        shipped = protocol_named(key)
        changed = (await self.changed([TEXTS[shipped.key].key])).get(TEXTS[shipped.key].key)
        return from_text(changed.text, shipped) if changed else shipped

    async def save(self, change: Change) -> None:
        """`Stale` if somebody saved in between."""
        values = {"text": change.text, "by": change.by, "at": change.at, "version": change.version + 1}
        if change.version == 0:
            if not await self.insert_once(templates, {"key": change.key} | values):
                raise Stale
            return
        this = self.mine(templates, templates.c.key == change.key, templates.c.version == change.version)
        if (await self.run(templates.update().where(this).values(**values))).rowcount != 1:
            raise Stale

    async def restore(self, key: str) -> bool:
        """As it ships; whether it was anything else."""
        return (await self.run(templates.delete().where(self.mine(templates, templates.c.key == key)))).rowcount > 0


def _change(row: Row[Any]) -> Change:
    return Change(row.key, row.text, MemberId(row.by), row.at, row.version)
