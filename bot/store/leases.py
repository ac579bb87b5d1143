"""What holds letters back: lanes and gates.

A lane is one conversation, and at most one letter in a second goes through it. A gate is one workspace: a bucket of
tokens for sending and one for reading back, and a pause that Slack asked for. Replicas share both through the gate's
row lock, so a lane's and a gate's figures are read and written only by whoever holds it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Column, Float, String, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment

LANE_PAUSE = timedelta(seconds=1.02)
"""Slack takes one message a second and channel; the rest is for clocks that do not quite agree."""

lanes = Table(
    "lanes",
    metadata,
    team_column(primary_key=True),
    Column("lane", String(24), primary_key=True),
    Column("free_at", Moment, nullable=False, index=True),
)

gates = Table(
    "gates",
    metadata,
    team_column(primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("reads", Float, nullable=False),
    Column("filled", Moment, nullable=False),
    Column("paused_until", Moment),
    Column("reads_paused_until", Moment),
)


@dataclass(frozen=True)
class Pace:
    """How much Slack takes from one workspace. `burst` may go at once after a quiet time."""

    per_minute: int = 240
    burst: int = 60
    reads_per_minute: int = 40
    reads_burst: int = 10

    def until_token(self, tokens: float) -> timedelta:
        """How long until a whole token is there."""
        return timedelta(minutes=max(0.0, 1 - tokens) / self.per_minute)


@dataclass(frozen=True)
class Gate:
    tokens: float
    reads: float
    filled: datetime
    paused_until: datetime | None = None
    reads_paused_until: datetime | None = None

    def refilled(self, pace: Pace, now: datetime) -> "Gate":
        minutes = max(0.0, (now - self.filled) / timedelta(minutes=1))
        return replace(
            self,
            tokens=min(float(pace.burst), self.tokens + minutes * pace.per_minute),
            reads=min(float(pace.reads_burst), self.reads + minutes * pace.reads_per_minute),
            filled=now,
        )

    def room(self, now: datetime) -> int:
        """How many letters may go right now."""
        return 0 if self.paused_until and self.paused_until > now else int(self.tokens)

    def reading_room(self, now: datetime) -> int:
        return 0 if self.reads_paused_until and self.reads_paused_until > now else int(self.reads)


_GATE = select(gates).where(gates.c.team == bindparam("team", type_=String))
_LOCKED_GATE = _GATE.with_for_update(skip_locked=True)
_SAVE_GATE = gates.update().where(gates.c.team == bindparam("in_team", type_=String))


class Gates(Repository):
    async def lock(self, pace: Pace, now: datetime) -> Gate | None:
        """This workspace's gate, filled up and locked until the block's end; None while another replica has it."""
        asked = {"team": self.team}
        if await self.first(_GATE, asked) is None:
            full = {"tokens": float(pace.burst), "reads": float(pace.reads_burst), "filled": now}
            await self.insert_once(gates, full)
        row = await self.first(_LOCKED_GATE, asked)
        if row is None:
            return None
        return Gate(row.tokens, row.reads, row.filled, row.paused_until, row.reads_paused_until).refilled(pace, now)

    async def save(self, gate: Gate) -> None:
        values = {"tokens": gate.tokens, "reads": gate.reads, "filled": gate.filled}
        await self.connection.execute(_SAVE_GATE, {"in_team": self.team} | values)

    async def give_back(self) -> None:
        """A letter took its turn and did not call."""
        await self.run(gates.update().where(self.mine(gates)).values(tokens=gates.c.tokens + 1))

    async def pause(self, until: datetime) -> None:
        """Nothing goes out before this moment; an earlier, longer pause stands."""
        longer = (gates.c.paused_until.is_(None)) | (gates.c.paused_until < until)
        await self.run(gates.update().where(self.mine(gates), longer).values(paused_until=until))

    async def pause_reads(self, until: datetime) -> None:
        await self.run(gates.update().where(self.mine(gates)).values(reads_paused_until=until))

    async def hold_lane(self, lane: str, until: datetime) -> None:
        """Nothing more goes through this lane before this moment."""
        if not await self.insert_once(lanes, {"lane": lane, "free_at": until}):
            await self.run(lanes.update().where(self.mine(lanes, lanes.c.lane == lane)).values(free_at=until))


async def forget_idle_lanes(connection: AsyncConnection, before: datetime) -> None:
    await connection.execute(lanes.delete().where(lanes.c.free_at < before))
