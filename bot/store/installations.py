"""The workspaces the bot is installed in, each with its token, sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, String, Table, Text, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import TeamId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

installations = Table(
    "installations",
    metadata,
    team_column(primary_key=True),
    Column("name", Text, nullable=False),
    Column("bot_user", String(20), nullable=False),
    Column("app_id", String(20), nullable=False),
    Column("token", Sealed("installations.token"), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installed", Moment, nullable=False),
    Column("paused_why", Text, nullable=False),
)


@dataclass(frozen=True)
class Installation:
    team: TeamId
    name: str
    bot_user: str
    app_id: str
    token: str
    scopes: tuple[str, ...]
    installed: datetime
    paused_why: str = ""
    """Why nothing is sent here at the moment (a revoked token); empty when all is well."""

    def __repr__(self) -> str:
        return f"Installation({self.team}, {self.name!r})"


class Installations(Repository):
    async def get(self) -> Installation | None:
        row = await self.first(select(installations).where(self.mine(installations)))
        return _installation(row) if row else None

    async def save(self, installation: Installation) -> None:
        values = {
            "name": installation.name,
            "bot_user": installation.bot_user,
            "app_id": installation.app_id,
            "token": installation.token,
            "scopes": ",".join(installation.scopes),
            "installed": installation.installed,
            "paused_why": installation.paused_why,
        }
        if not await self.insert_once(installations, values):
            await self.run(installations.update().where(self.mine(installations)).values(**values))

    async def pause(self, why: str) -> None:
        await self.run(installations.update().where(self.mine(installations)).values(paused_why=why))

    async def resume(self) -> None:
        await self.pause("")


async def every_installation(connection: AsyncConnection) -> list[Installation]:
    """All workspaces, by team id: the one question that is asked across them."""
    found = (await connection.execute(select(installations).order_by(installations.c.team))).all()
    return [_installation(row) for row in found]


@dataclass(frozen=True)
class Paused:
    team: TeamId
    name: str
    why: str


async def one_paused(connection: AsyncConnection) -> Paused | None:
    """A workspace in which nothing is sent at the moment, if there is one; no token is opened for it."""
    columns = (installations.c.team, installations.c.name, installations.c.paused_why)
    question = select(*columns).where(installations.c.paused_why != "").order_by(installations.c.team).limit(1)
    row = (await connection.execute(question)).first()
    return Paused(TeamId(row.team), row.name, row.paused_why) if row else None


def _installation(row: Row[Any]) -> Installation:
    return Installation(
        team=TeamId(row.team),
        name=row.name,
        bot_user=row.bot_user,
        app_id=row.app_id,
        token=row.token,
        scopes=tuple(scope for scope in row.scopes.split(",") if scope),
        installed=row.installed,
        paused_why=row.paused_why,
    )
