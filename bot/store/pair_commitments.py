"""Commitments made at the close of a meeting of two: two slots a member and meeting, their words sealed."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, UniqueConstraint, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.commitments import UNDER_WAY, Audience, Cause, CommitmentState, PairCommitment
from bot.domain.errors import Gone, Stale
from bot.domain.ids import CommitmentId, MeetingId, MemberId, RelationshipId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

pair_commitments = Table(
    "pair_commitments",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("relationship", Integer, nullable=False),
    Column("meeting", Integer, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("words", Sealed("pair_commitments.words"), nullable=False),
    Column("due", Date, nullable=False),
    Column("confidence", Integer, nullable=False),
    Column("audience", String(10), nullable=False),
    Column("buddy", String(20)),
    Column("state", String(10), nullable=False),
    Column("learned", Sealed("pair_commitments.learned")),
    Column("cause", String(20)),
    Column("settled_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "owner", "meeting", "slot"),
    Index("ix_pair_commitments_relationship", "team", "relationship"),
)
IS_UNDER_WAY = pair_commitments.c.state.in_(sorted(state.value for state in UNDER_WAY))


class PairCommitments(Repository):
    async def get(self, commitment: CommitmentId) -> PairCommitment:
        found = await self._load(pair_commitments.c.id == commitment)
        if not found:
            raise Gone("That commitment isn't there any more. `/mentor relationships` shows how things stand.")
        return found[0]

    async def of_owner(self, owner: MemberId, meeting: MeetingId) -> list[PairCommitment]:
        return await self._load(pair_commitments.c.owner == owner, pair_commitments.c.meeting == meeting)

    async def open_or_of(self, relationship: RelationshipId, meetings: Collection[MeetingId]) -> list[PairCommitment]:
        """What either of the two has under way there, and all they made in these meetings."""
        there = or_(IS_UNDER_WAY, pair_commitments.c.meeting.in_(set(meetings)))
        return await self._load(pair_commitments.c.relationship == relationship, there)

    async def add(self, one: PairCommitment) -> PairCommitment:
        """A new one, with its number; `Stale` if its slot was taken a moment ago."""
        if not await self.insert_once(pair_commitments, _values(one) | {"version": 1}):
            raise Stale("You made one for this meeting a moment ago. Have a look at your two, then try again.")
        return next(each for each in await self.of_owner(one.owner, one.meeting) if each.slot == one.slot)

    async def save(self, one: PairCommitment) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(pair_commitments, one.id, one.version, _values(one))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[PairCommitment]:
        chosen = self.mine(pair_commitments, *conditions)
        rows = await self.rows(select(pair_commitments).where(chosen).order_by(pair_commitments.c.id))
        return [_commitment(row) for row in rows]


def _commitment(row: Row[Any]) -> PairCommitment:
    return PairCommitment(
        **row.words,
        by=row.due,
        confidence=row.confidence,
        audience=Audience(row.audience),
        id=CommitmentId(row.id),
        owner=MemberId(row.owner),
        slot=row.slot,
        made_at=row.made_at,
        state=CommitmentState(row.state),
        learned=row.learned or "",
        cause=Cause(row.cause) if row.cause else None,
        settled_at=row.settled_at,
        buddy=MemberId(row.buddy) if row.buddy else None,
        version=row.version,
        relationship=RelationshipId(row.relationship),
        meeting=MeetingId(row.meeting),
    )


def _values(one: PairCommitment) -> dict[str, Any]:
    return {
        "owner": one.owner,
        "relationship": one.relationship,
        "meeting": one.meeting,
        "slot": one.slot,
        "made_at": one.made_at,
        "words": {"will": one.will, "cue": one.cue, "evidence": one.evidence},
        "due": one.by,
        "confidence": one.confidence,
        "audience": one.audience.value,
        "buddy": one.buddy,
        "state": one.state.value,
        "learned": one.learned or None,
        "cause": one.cause.value if one.cause else None,
        "settled_at": one.settled_at,
    }
