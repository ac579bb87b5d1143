"""What the two of a relationship agreed on, every proposal a row of its own; their words are sealed."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, UniqueConstraint, select

from bot.domain.agreements import Agreement, Help, Standing, Terms, standing
from bot.domain.errors import Gone, Stale
from bot.domain.ids import AgreementId, MemberId, RelationshipId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

agreements = Table(
    "agreements",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("relationship", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("terms", Sealed("agreements.terms"), nullable=False),
    Column("proposed_by", String(20), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("signed_by", String(20)),
    Column("signed_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "relationship", "number"),
)


class Agreements(Repository):
    async def find(self, agreement: AgreementId) -> Agreement | None:
        row = await self.first(select(agreements).where(self.mine(agreements, agreements.c.id == agreement)))
        return _agreement(row) if row else None

    async def get(self, agreement: AgreementId) -> Agreement:
        found = await self.find(agreement)
        if found is None:
            raise Gone("That agreement isn't there any more. `/mentor relationships` shows how things stand.")
        return found

    async def of(self, relationship: RelationshipId) -> Standing:
        """What holds, and what is proposed."""
        theirs = self.mine(agreements, agreements.c.relationship == relationship)
        return standing(_agreement(row) for row in await self.rows(select(agreements).where(theirs)))

    async def terms_of(self, numbers: Collection[RelationshipId]) -> dict[RelationshipId, Terms]:
        """What holds, by relationship; those without an agreement are left out. One query."""
        these = self.mine(
            agreements, agreements.c.relationship.in_(set(numbers)), agreements.c.signed_at.is_not(None)
        )
        rows = await self.rows(select(agreements).where(these).order_by(agreements.c.number))
        return {RelationshipId(row.relationship): _terms(row.terms) for row in rows}

    async def propose(self, one: Agreement) -> Agreement:
        """A new proposal; `Stale` if another was made a moment ago."""
        if not await self.insert_once(agreements, _values(one) | {"version": 1}):
            raise Stale
        this = self.mine(agreements, agreements.c.relationship == one.relationship, agreements.c.number == one.number)
        return _agreement((await self.rows(select(agreements).where(this)))[0])

    async def save(self, one: Agreement) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(agreements, one.id, one.version, _values(one))


def _agreement(row: Row[Any]) -> Agreement:
    return Agreement(
        AgreementId(row.id),
        RelationshipId(row.relationship),
        row.number,
        _terms(row.terms),
        MemberId(row.proposed_by),
        row.proposed_at,
        MemberId(row.signed_by) if row.signed_by else None,
        row.signed_at,
        row.version,
    )


def _terms(kept: dict[str, Any]) -> Terms:
    lists = {
        "days": tuple(kept["days"]),
        "off_limits": tuple(kept["off_limits"]),
        "help": tuple(Help(one) for one in kept["help"]),
    }
    return Terms(**(kept | lists))


def _values(one: Agreement) -> dict[str, Any]:
    return {
        "relationship": one.relationship,
        "number": one.number,
        "terms": asdict(one.terms),
        "proposed_by": one.proposed_by,
        "proposed_at": one.proposed_at,
        "signed_by": one.signed_by,
        "signed_at": one.signed_at,
    }
