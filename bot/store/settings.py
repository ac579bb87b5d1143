"""What members set for themselves about being written to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select

from bot.domain.ids import MemberId
from bot.domain.manners import Own, Topic
from bot.domain.people import Member
from bot.store.base import Repository, metadata, team_column
from bot.store.members import member_of, members, profiles
from bot.store.types import Json

settings = Table(
    "settings",
    metadata,
    team_column(primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("opens", String(5)),
    Column("closes", String(5)),
    Column("country", String(3), nullable=False, server_default=""),
    Column("weekly", Integer),
    Column("muted", Json, nullable=False),
)


@dataclass(frozen=True)
class Known:
    """A member, with all that manners go by."""

    member: Member
    location: str
    own: Own


class Settings(Repository):
    async def of(self, member: MemberId) -> Own:
        row = await self.first(select(settings).where(self.mine(settings, settings.c.member == member)))
        return _own(row) if row else Own()

    async def save(self, member: MemberId, own: Own) -> None:
        values = {
            "opens": own.opens.isoformat("minutes") if own.opens else None,
            "closes": own.closes.isoformat("minutes") if own.closes else None,
            "country": own.country,
            "weekly": own.weekly,
            "muted": sorted(own.muted),
        }
        if not await self.insert_once(settings, values | {"member": member}):
            await self.run(settings.update().where(self.mine(settings, settings.c.member == member)).values(**values))

    async def known(self, ids: Collection[MemberId]) -> dict[MemberId, Known]:
        """Those of `ids` that are known, with what they set and where they are; one question."""
        if not ids:
            return {}
        location = (profiles.c.team == members.c.team) & (profiles.c.member == members.c.id)
        own = (settings.c.team == members.c.team) & (settings.c.member == members.c.id)
        chosen = [column for column in settings.c if column.name not in ("team", "member")]
        found = await self.rows(
            select(members, profiles.c.location, *chosen)
            .select_from(members.outerjoin(profiles, location).outerjoin(settings, own))
            .where(self.mine(members, members.c.id.in_(set(ids))))
        )
        return {MemberId(row.id): Known(member_of(row), row.location or "", _own(row)) for row in found}


def _own(row: Row[Any]) -> Own:
    return Own(
        opens=time.fromisoformat(row.opens) if row.opens else None,
        closes=time.fromisoformat(row.closes) if row.closes else None,
        country=row.country or "",
        weekly=row.weekly,
        muted=frozenset(Topic(topic) for topic in row.muted or ()),
    )
