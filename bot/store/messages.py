"""Where a letter went: so that a thread can be answered and a message be changed later. No text is kept."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint, select

from bot.domain.ids import ChannelId, Timestamp
from bot.store.base import Repository, metadata, team_column

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("kind", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("ts", String(20), nullable=False),
    UniqueConstraint("team", "kind", "subject"),
)


@dataclass(frozen=True)
class Place:
    channel: ChannelId
    ts: Timestamp


class Messages(Repository):
    async def where_is(self, kind: str, subject: str) -> Place | None:
        """Where the letter of this kind about this subject stands, once it was sent."""
        row = await self.first(
            select(messages).where(self.mine(messages, messages.c.kind == kind, messages.c.subject == subject))
        )
        return Place(ChannelId(row.channel), Timestamp(row.ts)) if row else None

    async def where_are(self, kind: str, subjects: Collection[str]) -> dict[str, Place]:
        """The same for several subjects, in one question; those not sent are not in it."""
        if not subjects:
            return {}
        these = self.mine(messages, messages.c.kind == kind, messages.c.subject.in_(set(subjects)))
        found = await self.rows(select(messages).where(these))
        return {row.subject: Place(ChannelId(row.channel), Timestamp(row.ts)) for row in found}

    async def remember(self, kind: str, subject: str, place: Place) -> None:
        """Keep where it stands; a later one of the same kind and subject takes its place."""
        values = {"channel": place.channel, "ts": place.ts}
        if not await self.insert_once(messages, {"kind": kind, "subject": subject, **values}):
            mine = self.mine(messages, messages.c.kind == kind, messages.c.subject == subject)
            await self.run(messages.update().where(mine).values(**values))
