"""How much of each method of Slack's is left to a workspace this minute: one bucket a method, shared by all replicas.

A bucket is filled little by little, so that a burst and a minute's filling together are what Slack takes in a minute.
Where Slack itself asks for a pause, that method alone rests.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Float, String, Table, select

from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment

tiers = Table(
    "tiers",
    metadata,
    team_column(primary_key=True),
    Column("method", String(60), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("filled", Moment, nullable=False),
    Column("paused_until", Moment),
)


@dataclass(frozen=True)
class Rate:
    """What one method takes: `burst` at once after a quiet time, and `per_minute` from then on."""

    per_minute: int
    burst: int

    def after(self, tokens: float) -> timedelta:
        """How long until a whole token is there."""
        return timedelta(minutes=max(0.0, 1 - tokens) / self.per_minute)


class Tiers(Repository):
    async def take(self, method: str, rate: Rate, now: datetime) -> datetime | None:
        """Take a call of this method; when it is not to be called yet, the moment from which it may be."""
        mine = self.mine(tiers, tiers.c.method == method)
        await self.insert_once(tiers, {"method": method, "tokens": float(rate.burst), "filled": now})
        row = await self.first(select(tiers).where(mine).with_for_update())
        if row is None:
            return now
        if row.paused_until and row.paused_until > now:
            paused: datetime = row.paused_until
            return paused
        minutes = max(0.0, (now - row.filled) / timedelta(minutes=1))
        tokens = min(float(rate.burst), row.tokens + minutes * rate.per_minute)
        if tokens < 1:
            return now + rate.after(tokens)
        await self.run(tiers.update().where(mine).values(tokens=tokens - 1, filled=now))
        return None

    async def pause(self, method: str, until: datetime) -> None:
        """Slack asked for it. An earlier, longer pause stands."""
        if await self.insert_once(tiers, {"method": method, "tokens": 1.0, "filled": until, "paused_until": until}):
            return
        longer = (tiers.c.paused_until.is_(None)) | (tiers.c.paused_until < until)
        values = {"paused_until": until, "tokens": 1.0, "filled": until}
        await self.run(tiers.update().where(self.mine(tiers, tiers.c.method == method), longer).values(**values))
