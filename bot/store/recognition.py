"""Thanks, statements and their releases; every word of them sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone, Stale
from bot.domain.ids import MemberId, ReleaseId, ThanksId
from bot.domain.recognition import Release, Statement, Thanks
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

thanks = Table(
    "thanks",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("giver", String(20), nullable=False),
    Column("receiver", String(20), nullable=False),
    Column("text", Sealed("thanks.text"), nullable=False),
    Column("quotable", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_thanks_giver", "team", "giver"),
    Index("ix_thanks_receiver", "team", "receiver"),
)
statements = Table(
    "statements",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("text", Sealed("statements.text"), nullable=False),
    Column("changed_at", Moment),
    Column("version", Integer, nullable=False),
    Index("uq_statements_owner", "team", "owner", unique=True),
)
releases = Table(
    "statement_releases",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("given_to", String(20), nullable=False),
    Column("text", Sealed("statement_releases.text"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("taken_back", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_statement_releases_owner", "team", "owner"),
)


class Recognition(Repository):
    async def find(self, number: ThanksId) -> Thanks | None:
        found = await self._thanks(thanks.c.id == number)
        return found[0] if found else None

    async def get(self, number: ThanksId) -> Thanks:
        found = await self.find(number)
        if found is None:
            raise Gone("That isn't there any more: it was taken back.")
        return found

    async def received_by(self, member: MemberId) -> list[Thanks]:
        return await self._thanks(thanks.c.receiver == member)

    async def given_by(self, member: MemberId, since: datetime) -> list[Thanks]:
        return await self._thanks(thanks.c.giver == member, thanks.c.at > since)

    async def say(self, new: Thanks) -> Thanks:
        """Store new thanks (their `id` is not read)."""
        values = {
            "giver": new.giver,
            "receiver": new.receiver,
            "text": new.text,
            "quotable": new.quotable,
            "at": new.at,
        }
        return await self.get(ThanksId(await self.insert(thanks, values)))

    async def unsay(self, number: ThanksId) -> None:
        await self.run(thanks.delete().where(self.mine(thanks, thanks.c.id == number)))

    async def _thanks(self, *conditions: ColumnElement[bool]) -> list[Thanks]:
        found = await self.rows(select(thanks).where(self.mine(thanks, *conditions)).order_by(thanks.c.id))
        return [
            Thanks(
                id=ThanksId(row.id),
                giver=MemberId(row.giver),
                receiver=MemberId(row.receiver),
                text=row.text,
                at=row.at,
                quotable=row.quotable,
            )
            for row in found
        ]

    async def statement_of(self, member: MemberId) -> Statement:
        """Empty where none was written."""
        row = await self.first(select(statements).where(self.mine(statements, statements.c.owner == member)))
        if row is None:
            return Statement(member)
        return Statement(member, row.text, row.changed_at, row.version)

    async def write(self, statement: Statement) -> None:
        """`Stale` if somebody saved in between: the same member, in another window."""
        values = {"owner": statement.owner, "text": statement.text, "changed_at": statement.changed_at}
        if statement.version == 0:
            if not await self.insert_once(statements, values | {"version": 1}):
                raise Stale
            return
        this = self.mine(statements, statements.c.owner == statement.owner, statements.c.version == statement.version)
        done = await self.run(statements.update().where(this).values(version=statement.version + 1, **values))
        if done.rowcount != 1:
            raise Stale

    async def release(self, new: Release) -> Release:
        """Store a new one (its `id` is not read)."""
        number = ReleaseId(await self.insert(releases, _release_values(new) | {"version": 1}))
        return await self.get_release(number)

    async def get_release(self, number: ReleaseId) -> Release:
        found = await self.find_release(number)
        if found is None:
            raise Gone("That statement isn't there any more.")
        return found

    async def find_release(self, number: ReleaseId) -> Release | None:
        row = await self.first(select(releases).where(self.mine(releases, releases.c.id == number)))
        return _release(row) if row else None

    async def releases_of(self, member: MemberId) -> list[Release]:
        mine = self.mine(releases, releases.c.owner == member)
        return [_release(row) for row in await self.rows(select(releases).where(mine).order_by(releases.c.id))]

    async def save_release(self, release: Release) -> None:
        await self.save_version(releases, release.id, release.version, _release_values(release))


def _release(row: Row[Any]) -> Release:
    return Release(
        id=ReleaseId(row.id),
        owner=MemberId(row.owner),
        to=MemberId(row.given_to),
        text=row.text,
        at=row.at,
        taken_back=row.taken_back,
        version=row.version,
    )


def _release_values(release: Release) -> dict[str, Any]:
    return {
        "owner": release.owner,
        "given_to": release.to,
        "text": release.text,
        "at": release.at,
        "taken_back": release.taken_back,
    }
