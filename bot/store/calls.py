"""Calls for help out of check-ins: who is asked now, who was, and who helps. What help is wanted stands with the answer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, UniqueConstraint, select

from bot.domain.errors import Gone
from bot.domain.helping import Call, CallState
from bot.domain.ids import CallId, CircleId, MemberId, RoundId
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.types import Json, Moment

calls = Table(
    "checkin_calls",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("answer", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("circle", Integer, nullable=False),
    Column("asker", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked", String(20)),
    Column("tried", Json, nullable=False),
    Column("helper", String(20)),
    Column("made_at", Moment, nullable=False),
    Column("look_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "answer"),
    Index("ix_checkin_calls_look", "team", "look_at"),
    Index("ix_checkin_calls_circle", "team", "circle", "made_at"),
)


class Calls(Repository):
    async def get(self, call: CallId) -> Call:
        row = await self.first(select(calls).where(self.mine(calls, calls.c.id == call)))
        if row is None:
            raise Gone("That call for help isn't there any more. Thank you for looking.")
        return _call(row)

    async def of_answers(self, numbers: Collection[int]) -> dict[int, Call]:
        """By answer."""
        if not numbers:
            return {}
        mine = self.mine(calls, calls.c.answer.in_(set(numbers)))
        return {row.answer: _call(row) for row in await self.rows(select(calls).where(mine))}

    async def open(self, call: Call, now: datetime) -> bool:
        """One an answer, however many replicas close the round; whether it is new."""
        return await self.insert_once(calls, _values(call) | {"made_at": now, "version": 1})

    async def save(self, call: Call) -> None:
        await self.save_version(calls, call.id, call.version, _values(call))

    def earliest_look(self) -> Earliest:
        return earliest(calls.c.look_at, self.mine(calls))

    async def due(self, now: datetime) -> list[Call]:
        """Those for which somebody is to be asked now, held until the block ends and not given to another replica."""
        waiting = self.mine(calls, calls.c.look_at <= now)
        claimed = select(calls).where(waiting).order_by(calls.c.id).with_for_update(skip_locked=True)
        return [_call(row) for row in await self.rows(claimed)]

    async def lately(self, circles: Collection[CircleId], since: datetime) -> list[Call]:
        """What was called for in these circles since then."""
        if not circles:
            return []
        mine = self.mine(calls, calls.c.circle.in_(set(circles)), calls.c.made_at >= since)
        return [_call(row) for row in await self.rows(select(calls).where(mine).order_by(calls.c.id))]


def _call(row: Row[Any]) -> Call:
    return Call(
        id=CallId(row.id),
        answer=row.answer,
        round=RoundId(row.round),
        circle=CircleId(row.circle),
        asker=MemberId(row.asker),
        state=CallState(row.state),
        asked=MemberId(row.asked) if row.asked else None,
        tried=tuple(MemberId(one) for one in row.tried),
        helper=MemberId(row.helper) if row.helper else None,
        look_at=row.look_at,
        version=row.version,
    )


def _values(call: Call) -> dict[str, Any]:
    return {
        "answer": call.answer,
        "round": call.round,
        "circle": call.circle,
        "asker": call.asker,
        "state": call.state.value,
        "asked": call.asked,
        "tried": list(call.tried),
        "helper": call.helper,
        "look_at": call.look_at,
    }
