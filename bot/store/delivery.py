"""How a letter goes from pending to sent, one transaction a step.

A worker claims heads of free lanes under the workspace's gate, sends after the commit, and records what came of it.
Recording is fenced: it counts only while the row carries the worker's own attempt and name, so whoever was slow and
lost the lease writes nothing over what happened since. A receipt from Slack ("it stands here") is the one thing that
is still taken after the lease ran out, because it is certain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    bindparam,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.ids import ChannelId, LetterId, TeamId, Timestamp
from bot.store.base import Repository, there_is
from bot.store.epoch import Doubt
from bot.store.leases import LANE_PAUSE, Gates, lanes
from bot.store.messages import Messages, Place
from bot.store.outbox import Letter, State, is_, letter_of, outbox
from bot.store.types import Moment

_BUT_PAYLOAD = [column for column in outbox.c if column.name != "payload"]
_EARLIER, _FLYING = outbox.alias("earlier"), outbox.alias("flying")
_BUSY = _FLYING.c.state.in_([literal_column("'sending'"), literal_column("'unknown'")])
_IN_FLIGHT = there_is(_FLYING, _FLYING.c.team == outbox.c.team, _FLYING.c.lane == outbox.c.lane, _BUSY)
"""Whether another letter of the same lane is on its way, or nobody knows whether it arrived."""
_OPEN = (State.SENDING, State.UNKNOWN, State.UNCERTAIN)


# Built once: each claim asks these, and they take longer to build than to answer where there is nothing.
_TEAM, _NOW, _COUNT = (
    bindparam("team", type_=String),
    bindparam("now", type_=Moment),
    bindparam("count", type_=Integer),
)


def _heads(in_flight: ColumnElement[bool]) -> Select[Any]:
    held = there_is(lanes, lanes.c.team == outbox.c.team, lanes.c.lane == outbox.c.lane, lanes.c.free_at > _NOW)
    # Not "there is no earlier one": asked in the order of the index on lanes, PostgreSQL takes that one, whatever its
    # statistics are of.
    first = (
        select(_EARLIER.c.id)
        .where(_EARLIER.c.team == outbox.c.team, _EARLIER.c.lane == outbox.c.lane)
        .where(_EARLIER.c.state == literal_column("'pending'"))
        .order_by(_EARLIER.c.due, _EARLIER.c.id)
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    return (
        select(*_BUT_PAYLOAD)
        .where(outbox.c.team == _TEAM, is_(State.PENDING), outbox.c.due <= _NOW)
        # Asked here too: on PostgreSQL a letter may have come back to pending since `expire`.
        .where(or_(outbox.c.expires.is_(None), outbox.c.expires > _NOW))
        .where(~held, ~in_flight, outbox.c.id == first)
        .order_by(outbox.c.due, outbox.c.id)
        .limit(_COUNT)
    )


def _end(state: State, *conditions: ColumnElement[bool]) -> ReturningUpdate[Any]:
    """An UPDATE has a column named team of its own."""
    mine = outbox.c.team == bindparam("in_team", type_=String)
    return outbox.update().where(mine, is_(state), *conditions).returning(outbox.c.id, outbox.c.key, outbox.c.carries)


_HEADS = _heads(_IN_FLIGHT)
# The indexes have the order that is wanted. Right after a backlog was written, PostgreSQL's statistics are of before it,
# and it may rather sort thousands of letters again for each letter.
_BY_INDEX, _AS_USUAL = text("SET LOCAL enable_sort = off"), text("SET LOCAL enable_sort TO DEFAULT")
_EXPIRE = _end(State.PENDING, outbox.c.due <= _NOW, outbox.c.expires <= _NOW).values(
    state=State.EXPIRED.value, done=_NOW
)
_LOSE = _end(State.SENDING, outbox.c.lease_until <= _NOW).values(
    state=State.UNKNOWN.value, check_at=bindparam("look_at", type_=Moment), error="the lease ran out"
)
_LOOK = (
    select(*_BUT_PAYLOAD)
    .where(outbox.c.team == _TEAM, is_(State.UNKNOWN), outbox.c.check_at <= _NOW)
    .order_by(outbox.c.check_at)
    .limit(_COUNT)
)


@dataclass(frozen=True)
class Head:
    """The first letter of a free lane. `letter` has no payload yet."""

    letter: Letter
    lane: str
    failures: int
    looked: datetime | None = None
    """When it was last looked for, if it was."""
    thread: Timestamp | None = None
    """Where it was looked for."""
    carries: bool = False
    """Whether other letters were to go in its message."""

    def is_in(self, doubt: Doubt | None, thread: Timestamp | None) -> bool:
        """Whether it may have gone out, to this thread, in a past that the database lost."""
        if doubt is None or self.letter.due > doubt.until:
            return False
        return self.looked is None or self.looked <= doubt.until or self.thread != thread


@dataclass(frozen=True)
class Lease:
    owner: str
    started: datetime
    until: datetime


@dataclass(frozen=True)
class Claimed:
    """A letter that this worker alone may send (or, when its outcome is unknown, look for)."""

    team: TeamId
    letter: Letter
    lane: str
    attempt: int
    failures: int
    owner: str
    started: datetime
    channel: ChannelId | None
    """Where it goes, if that is known already."""
    thread: Timestamp | None = None
    is_shared: bool = False
    """Whether its message holds other letters too."""


class Delivery(Repository):
    """The steps of one workspace's letters. Whoever calls the first part holds the workspace's gate."""

    # Under the gate: claiming.

    async def heads(self, now: datetime, count: int) -> list[Head]:
        """Due letters of free lanes, at most one a lane, the longest due first."""
        asked = {"team": self.team, "now": now, "count": count}
        if self.connection.dialect.name != "postgresql":
            return [_head(row) for row in await self.rows(_HEADS, asked)]
        await self.connection.execute(_BY_INDEX)
        found = await self.rows(_HEADS, asked)
        await self.connection.execute(_AS_USUAL)
        return [_head(row) for row in found]

    async def opened(self, letter: Letter) -> Letter:
        """The letter with its payload; asked one by one, so that a payload that does not open stops no other letter."""
        row = await self.first(select(outbox.c.payload).where(self._id(letter)))
        return replace(letter, payload=row.payload if row else None)

    async def expire(self, now: datetime) -> list[str]:
        """End the due letters whose time is over; their keys."""
        rows = await self.rows(_EXPIRE, {"in_team": self.team, "now": now})
        for row in rows:
            if row.carries:
                await self.set_free(LetterId(row.id))
        return [row.key for row in rows]

    async def set_free(self, carrier: LetterId) -> None:
        """What was to go in its message waits for its own turn again."""
        parts = self.mine(outbox, outbox.c.carrier == carrier, is_(State.CARRIED))
        values = {"state": State.PENDING.value, "carrier": None, "week": None, "done": None}
        await self.run(outbox.update().where(parts).values(**values))
        await self.run(outbox.update().where(self.mine(outbox, outbox.c.id == carrier)).values(carries=False))

    async def lose_leases(self, now: datetime, check_at: datetime) -> list[str]:
        """Whoever held these is gone or stuck: they may have been sent. Their keys."""
        asked = {"in_team": self.team, "now": now, "look_at": check_at}
        return [row.key for row in await self.rows(_LOSE, asked)]

    async def moot(self, letter: Letter, why: str, now: datetime) -> None:
        await self._pending(letter, {"state": State.MOOT.value, "error": why, "done": now})

    async def postpone(self, letter: Letter, until: datetime, why: str = "") -> None:
        await self._pending(letter, {"due": until} | ({"why": why} if why else {}))

    async def reroute(self, letter: Letter, channel: ChannelId) -> None:
        """It goes to another conversation than was promised, so it queues there."""
        await self._pending(letter, {"lane": channel})

    async def fail(self, head: Head, error: str, *, again: datetime | None, now: datetime) -> None:
        """It could not be composed: try `again` then, or give it up."""
        await self._pending(head.letter, _failed(head.failures, error, again=again, now=now))

    async def claim(
        self,
        head: Head,
        lease: Lease,
        *,
        channel: ChannelId | None,
        thread: Timestamp | None,
        week: date | None = None,
        joins: LetterId | None = None,
    ) -> Claimed | None:
        """Take it, until the lease runs out; None when somebody dropped it a moment ago.

        `week` is what it counts for; with `joins` it becomes a part of that letter's message."""
        values = {
            "state": State.SENDING.value,
            "attempt": outbox.c.attempt + 1,
            "lease_owner": lease.owner,
            "lease_until": lease.until,
            "started": lease.started,
            "channel": channel,
            "thread": thread,
            "week": week.isoformat() if week else None,
            "carrier": joins,
        }
        mine = self._id(head.letter) & is_(State.PENDING)
        row = await self.first(outbox.update().where(mine).values(**values).returning(*_BUT_PAYLOAD))
        return self._claimed(row) if row else None

    # After sending: recording.

    async def sent(self, claimed: Claimed, place: Place, *, now: datetime, messages: Messages) -> bool:
        """Slack said where it stands. Counts even after the lease ran out, unless somebody else has sent it since."""
        open_ = (State.SENDING, State.UNKNOWN, State.UNCERTAIN, State.PENDING)
        values = {"state": State.SENT.value, "channel": place.channel, "ts": place.ts, "done": now, "error": None}
        if not await self._record(claimed, open_, values):
            return False
        if not claimed.is_shared:
            await messages.remember(claimed.letter.kind, claimed.letter.subject, place)
        await Gates(self.connection, self.team).hold_lane(claimed.lane, now + LANE_PAUSE)
        return True

    async def back(self, claimed: Claimed) -> bool:
        """Certainly not sent, and no fault of its own: it keeps its place."""
        return await self._record(claimed, _OPEN, {"state": State.PENDING.value})

    async def refused(self, claimed: Claimed, error: str, *, again: datetime | None, now: datetime) -> bool:
        """Certainly not sent: try `again` then, or give it up."""
        return await self._record(claimed, _OPEN, _failed(claimed.failures, error, again=again, now=now))

    async def unreachable(self, claimed: Claimed, error: str, now: datetime) -> bool:
        values = {"state": State.MOOT.value, "error": f"unreachable: {error}", "done": now}
        return await self._record(claimed, _OPEN, values)

    async def unknown(self, claimed: Claimed, error: str, check_at: datetime) -> bool:
        """It may have been sent; nothing more goes through its lane until somebody has looked."""
        values = {"state": State.UNKNOWN.value, "error": error, "check_at": check_at}
        return await self._record(claimed, (State.SENDING,), values)

    # Looking for what is unknown.

    async def to_look_for(self, now: datetime, count: int, *, again: datetime) -> list[Claimed]:
        """Unknown letters out of quarantine, not to be looked for by another until `again`. Under the gate."""
        rows = await self.rows(_LOOK, {"team": self.team, "now": now, "count": count})
        if rows:
            taken = self.mine(outbox, outbox.c.id.in_([row.id for row in rows]), is_(State.UNKNOWN))
            await self.run(outbox.update().where(taken).values(check_at=again))
        return [self._claimed(row) for row in rows]

    async def look_again(self, claimed: Claimed, at: datetime) -> None:
        await self._record(claimed, (State.UNKNOWN,), {"check_at": at})

    async def absent(self, claimed: Claimed, *, again: datetime | None, now: datetime) -> bool:
        """Looked for, and not there: it was not sent."""
        values = _failed(claimed.failures, "Slack did not take it", again=again, now=now)
        values = {name: value for name, value in values.items() if name != "due"}
        return await self._record(claimed, (State.UNKNOWN,), values)

    async def cannot_tell(self, claimed: Claimed) -> bool:
        """Nobody may read there: never sent twice, shown to the operator, and its lane opens again."""
        return await self._record(claimed, (State.UNKNOWN,), {"state": State.UNCERTAIN.value})

    async def _pending(self, letter: Letter, values: Mapping[str, Any]) -> None:
        await self.run(outbox.update().where(self._id(letter) & is_(State.PENDING)).values(**values))

    async def _record(self, claimed: Claimed, among: tuple[State, ...], values: Mapping[str, Any]) -> bool:
        fence = self.mine(
            outbox,
            outbox.c.id == claimed.letter.id,
            outbox.c.attempt == claimed.attempt,
            outbox.c.lease_owner == claimed.owner,
            outbox.c.state.in_([state.value for state in among]),
        )
        return (await self.run(outbox.update().where(fence).values(**values))).rowcount == 1

    def _id(self, letter: Letter) -> ColumnElement[bool]:
        return self.mine(outbox, outbox.c.id == letter.id)

    def _claimed(self, row: Row[Any]) -> Claimed:
        return Claimed(
            team=self.team,
            letter=letter_of(row),
            lane=row.lane,
            attempt=row.attempt,
            failures=row.failures,
            owner=row.lease_owner,
            started=row.started,
            channel=ChannelId(row.channel) if row.channel else None,
            thread=Timestamp(row.thread) if row.thread else None,
            is_shared=bool(row.carries) or row.carrier is not None,
        )


def _head(row: Row[Any]) -> Head:
    return Head(
        letter_of(row),
        row.lane,
        row.failures,
        looked=row.check_at,
        thread=Timestamp(row.thread) if row.thread else None,
        carries=bool(row.carries),
    )


def _failed(failures: int, error: str, *, again: datetime | None, now: datetime) -> dict[str, Any]:
    counted = {"failures": failures + 1, "error": error}
    if again is None:
        return counted | {"state": State.DEAD.value, "done": now}
    return counted | {"state": State.PENDING.value, "due": again}
