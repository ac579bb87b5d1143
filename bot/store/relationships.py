"""Relationships: who with whom, of what kind, and how they stand. What the two write is kept elsewhere, and sealed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, UniqueConstraint, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone
from bot.domain.ids import ChannelId, IntroId, MemberId, RelationshipId
from bot.domain.people import Kind
from bot.domain.relationships import Relationship, RelationshipState
from bot.store.base import Earliest, Repository, Truth, earliest, metadata, team_column
from bot.store.types import Moment, Sealed

relationships = Table(
    "relationships",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("intro", Integer),
    Column("kind", String(20), nullable=False),
    Column("mentee", String(20), nullable=False),
    Column("mentor", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("group", String(20)),
    Column("started", Moment, nullable=False),
    Column("every_weeks", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("next_at", Moment),
    Column("ends_on", Date),
    Column("quiet_from", Moment, nullable=False),
    Column("asked", Integer, nullable=False),
    # When it wants to be looked at for silence; NULL once it is closed.
    Column("look_at", Moment),
    Column("closed_at", Moment),
    # For the eyes of whoever ended it.
    Column("ended_by", String(20)),
    Column("reason", Sealed("relationships.reason")),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "intro"),
    Index("ix_relationships_mentee", "team", "mentee"),
    Index("ix_relationships_mentor", "team", "mentor"),
    Index("ix_relationships_look", "team", "look_at"),
)
IS_OPEN = relationships.c.state != RelationshipState.CLOSED.value


class Relationships(Repository):
    async def find(self, relationship: RelationshipId) -> Relationship | None:
        found = await self._load(relationships.c.id == relationship)
        return found[0] if found else None

    async def get(self, relationship: RelationshipId) -> Relationship:
        found = await self.find(relationship)
        if found is None:
            raise Gone("That isn't there any more. `/mentor relationships` shows yours.")
        return found

    async def of(self, member: MemberId) -> list[Relationship]:
        """All that this member is or was in, oldest first."""
        return await self._load(_has(member))

    async def open_of(self, members: Collection[MemberId]) -> list[Relationship]:
        """All that one of these is in now, oldest first; one query."""
        either = or_(relationships.c.mentee.in_(set(members)), relationships.c.mentor.in_(set(members)))
        return await self._load(either, IS_OPEN)

    async def of_intro(self, intro: IntroId) -> Relationship | None:
        found = await self._load(relationships.c.intro == intro)
        return found[0] if found else None

    async def add(self, every: Collection[Relationship]) -> None:
        """Store new ones (their `id` is not read); one that its coffee has already is left as it is."""
        if every:
            make = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
            added = make(relationships).values(team=self.team, version=1).on_conflict_do_nothing()
            await self.connection.execute(added, [_values(one) for one in every])
            self.changes += 1

    async def save(self, relationship: Relationship) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(relationships, relationship.id, relationship.version, _values(relationship))

    async def remember_group(self, intro: IntroId, group: ChannelId) -> None:
        """The conversation of the two was opened. Nothing that anybody else could have missed, so the version stays."""
        this = self.mine(relationships, relationships.c.intro == intro)
        await self.run(relationships.update().where(this).values(group=group))

    def has_open(self, member: MemberId) -> Truth:
        return exists().where(self.mine(relationships, _has(member), IS_OPEN))

    def earliest_look(self) -> Earliest:
        return earliest(relationships.c.look_at, self.mine(relationships))

    async def to_look_at(self, until: datetime) -> list[Relationship]:
        """Those that have been quiet, held until the block ends and not given to another replica."""
        numbers = await self.held(relationships, relationships.c.look_at <= until)
        return await self._load(relationships.c.id.in_(numbers)) if numbers else []

    async def named(self, numbers: Collection[RelationshipId]) -> dict[RelationshipId, Relationship]:
        found = await self._load(relationships.c.id.in_(set(numbers))) if numbers else []
        return {one.id: one for one in found}

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Relationship]:
        found = await self.rows(
            select(relationships).where(self.mine(relationships, *conditions)).order_by(relationships.c.id)
        )
        return [_relationship(row) for row in found]


def _has(member: MemberId) -> ColumnElement[bool]:
    return or_(relationships.c.mentee == member, relationships.c.mentor == member)


def _relationship(row: Row[Any]) -> Relationship:
    return Relationship(
        id=RelationshipId(row.id),
        kind=Kind(row.kind),
        mentee=MemberId(row.mentee),
        mentor=MemberId(row.mentor),
        started=row.started,
        every_weeks=row.every_weeks,
        minutes=row.minutes,
        quiet_from=row.quiet_from,
        state=RelationshipState(row.state),
        group=ChannelId(row.group) if row.group else None,
        intro=IntroId(row.intro) if row.intro else None,
        next_at=row.next_at,
        ends_on=row.ends_on,
        asked=row.asked,
        closed_at=row.closed_at,
        ended_by=MemberId(row.ended_by) if row.ended_by else None,
        reason=row.reason or "",
        version=row.version,
    )


def _values(one: Relationship) -> dict[str, Any]:
    return {
        "intro": one.intro,
        "kind": one.kind.value,
        "mentee": one.mentee,
        "mentor": one.mentor,
        "state": one.state.value,
        "group": one.group,
        "started": one.started,
        "every_weeks": one.every_weeks,
        "minutes": one.minutes,
        "next_at": one.next_at,
        "ends_on": one.ends_on,
        "quiet_from": one.quiet_from,
        "asked": one.asked,
        "look_at": one.look_at,
        "closed_at": one.closed_at,
        "ended_by": one.ended_by,
        "reason": one.reason or None,
    }
