"""Proposals to make one circle of two, and what the members of both say."""

from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, Text, UniqueConstraint, select

from bot.domain.errors import Gone, Refused
from bot.domain.ids import CircleId, MemberId, MergerId
from bot.domain.mergers import Merger, MergerState
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Json, Moment

mergers = Table(
    "mergers",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("small", Integer, nullable=False),
    Column("into", Integer, nullable=False),
    # The two while they are asked, so that each circle is asked about one merger at a time; then NULL.
    Column("open_small", Integer),
    Column("open_into", Integer),
    Column("slot", Integer),
    Column("because", Text, nullable=False),
    Column("asked_by", String(20), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("answers", Json, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "open_small"),
    UniqueConstraint("team", "open_into"),
)


class Mergers(Repository):
    async def get(self, merger: MergerId) -> Merger:
        found = await self.find(merger)
        if found is None:
            raise Gone("That proposal isn't there any more.")
        return found

    async def find(self, merger: MergerId) -> Merger | None:
        row = await self.first(select(mergers).where(self.mine(mergers, mergers.c.id == merger)))
        return _merger(row) if row else None

    async def hold(self, merger: MergerId) -> Merger:
        """The same as `get`; nobody else answers or ends it until this block ends."""
        await self.run(select(mergers.c.id).where(self.mine(mergers, mergers.c.id == merger)).with_for_update())
        return await self.get(merger)

    async def asked(self) -> list[Merger]:
        """Those that are open, oldest first."""
        is_open = self.mine(mergers, mergers.c.state == MergerState.ASKED.value)
        return [_merger(row) for row in await self.rows(select(mergers).where(is_open).order_by(mergers.c.id))]

    async def add(self, merger: Merger) -> Merger:
        """Store a proposal (its `id` is not read); `Refused` where one of the two is asked already."""
        if not await self.insert_once(mergers, _values(merger) | {"version": 1}):
            raise Refused("One of these circles is being asked about a merger already.")
        return (await self.asked())[-1]

    async def save(self, merger: Merger) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(mergers, merger.id, merger.version, _values(merger))


def _merger(row: Row[Any]) -> Merger:
    return Merger(
        id=MergerId(row.id),
        small=CircleId(row.small),
        into=CircleId(row.into),
        slot=row.slot,
        because=row.because,
        asked_by=MemberId(row.asked_by),
        asked_at=row.asked_at,
        state=MergerState(row.state),
        answers={MemberId(member): bool(fine) for member, fine in row.answers.items()},
        version=row.version,
    )


def _values(merger: Merger) -> dict[str, Any]:
    return {
        "small": merger.small,
        "into": merger.into,
        "open_small": merger.small if merger.is_open else None,
        "open_into": merger.into if merger.is_open else None,
        "slot": merger.slot,
        "because": merger.because,
        "asked_by": merger.asked_by,
        "asked_at": merger.asked_at,
        "state": merger.state.value,
        "answers": dict(merger.answers),
    }
