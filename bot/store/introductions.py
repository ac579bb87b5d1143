"""Who asked to be introduced to whom, through whom."""

from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, select

from bot.domain.errors import Gone
from bot.domain.ids import IntroductionId, MemberId
from bot.domain.introductions import Introduction, IntroductionState
from bot.domain.people import Kind
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

introductions = Table(
    "introductions",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("asker", String(20), nullable=False),
    Column("via", String(20), nullable=False),
    Column("to", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("line", Sealed("introductions.line")),
    Column("asked_at", Moment, nullable=False),
    Column("answer_by", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_introductions_asker", "team", "asker"),
)


class Introductions(Repository):
    async def find(self, introduction: IntroductionId) -> Introduction | None:
        this = self.mine(introductions, introductions.c.id == introduction)
        row = await self.first(select(introductions).where(this))
        return _introduction(row) if row else None

    async def get(self, introduction: IntroductionId) -> Introduction:
        found = await self.find(introduction)
        if found is None:
            raise Gone("That request isn't there any more. There is nothing to do.")
        return found

    async def of_asker(self, asker: MemberId) -> list[Introduction]:
        mine = self.mine(introductions, introductions.c.asker == asker)
        rows = await self.rows(select(introductions).where(mine).order_by(introductions.c.id))
        return [_introduction(row) for row in rows]

    async def add(self, one: Introduction) -> IntroductionId:
        return IntroductionId(await self.insert(introductions, _values(one) | {"version": 1}))

    async def save(self, one: Introduction) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(introductions, one.id, one.version, _values(one))


def _introduction(row: Row[Any]) -> Introduction:
    return Introduction(
        IntroductionId(row.id),
        MemberId(row.asker),
        MemberId(row.via),
        MemberId(row.to),
        Kind(row.kind),
        row.asked_at,
        row.answer_by,
        row.line or "",
        IntroductionState(row.state),
        row.version,
    )


def _values(one: Introduction) -> dict[str, Any]:
    return {
        "asker": one.asker,
        "via": one.via,
        "to": one.to,
        "kind": one.kind.value,
        "line": one.line or None,
        "asked_at": one.asked_at,
        "answer_by": one.answer_by,
        "state": one.state.value,
    }
