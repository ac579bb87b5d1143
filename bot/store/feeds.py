"""Private calendar addresses: kept by a digest of their token, which alone cannot open them, and sealed to be shown again."""

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendars import EVERYBODY, Feed
from bot.domain.ids import CircleId, FeedId, MemberId, TeamId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("circle", Integer),
    Column("digest", String(64), nullable=False, unique=True),
    Column("token", Sealed("feeds.token"), nullable=False),
    Column("made", Moment, nullable=False),
)
Index("ix_feeds_owner", feeds.c.team, feeds.c.owner)


class Feeds(Repository):
    async def of(self, owner: MemberId) -> list[Feed]:
        """The oldest first."""
        mine = self.mine(feeds, feeds.c.owner == owner)
        return [_feed(row) for row in await self.rows(select(feeds).where(mine).order_by(feeds.c.id))]

    async def of_circles(self, circles: Collection[CircleId]) -> list[Feed]:
        """Those that belong to a circle, the oldest first."""
        shared = self.mine(feeds, feeds.c.owner == EVERYBODY, feeds.c.circle.in_(set(circles)))
        found = await self.rows(select(feeds).where(shared).order_by(feeds.c.id)) if circles else []
        return [_feed(row) for row in found]

    async def add(self, feed: Feed) -> None:
        values = {"owner": feed.owner, "circle": feed.circle, "token": feed.token, "made": feed.made}
        await self.insert(feeds, values | {"digest": digest_of(feed.token)})

    async def end(self, owner: MemberId, circle: CircleId | None) -> bool:
        """The address stops working; whether there was one."""
        mine = self.mine(feeds, feeds.c.owner == owner, feeds.c.circle.is_not_distinct_from(circle))
        return (await self.run(feeds.delete().where(mine))).rowcount > 0


async def find_feed(connection: AsyncConnection, token: str) -> tuple[TeamId, Feed] | None:
    """Whose address this is, in whichever workspace: the only question that knows no team yet."""
    row = (await connection.execute(select(feeds).where(feeds.c.digest == digest_of(token)))).first()
    return (TeamId(row.team), _feed(row)) if row else None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        FeedId(row.id), MemberId(row.owner), CircleId(row.circle) if row.circle else None, str(row.token), row.made
    )
