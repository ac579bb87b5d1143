"""Presenters' briefs, sealed; and who asked whom to swap places."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select

from bot.domain.briefs import Boxes, Brief, BriefState
from bot.domain.errors import Gone, Stale
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

briefs = Table(
    "briefs",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("presenter", String(20), primary_key=True),
    Column("boxes", Sealed("briefs.boxes"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
)

swap_requests = Table(
    "swap_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("asker", String(20), nullable=False),
    Column("asked", String(20), nullable=False),
    Column("session", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
)


class SwapState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    MOOT = "moot"


@dataclass(frozen=True)
class SwapRequest:
    """The asker has the seat in `session` and asks the other to exchange places."""

    id: int
    circle: CircleId
    asker: MemberId
    asked: MemberId
    session: SessionId
    at: datetime
    state: SwapState = SwapState.ASKED
    version: int = 1


class Briefs(Repository):
    async def find(self, session: SessionId, presenter: MemberId) -> Brief | None:
        row = await self.first(
            select(briefs).where(self.mine(briefs, briefs.c.session == session, briefs.c.presenter == presenter))
        )
        return _brief(row) if row else None

    async def sent_for(self, sessions: Collection[SessionId]) -> dict[SessionId, list[Brief]]:
        """Those the presenters have sent to their circles, by session; one question."""
        found: dict[SessionId, list[Brief]] = {session: [] for session in sessions}
        if sessions:
            sent = self.mine(briefs, briefs.c.session.in_(set(sessions)), briefs.c.state == BriefState.SENT.value)
            for row in await self.rows(select(briefs).where(sent).order_by(briefs.c.presenter)):
                found[SessionId(row.session)].append(_brief(row))
        return found

    async def save(self, brief: Brief) -> None:
        """`Stale` if it was saved elsewhere since it was read."""
        values = {"boxes": asdict(brief.boxes), "state": brief.state.value}
        if brief.version == 0:
            key = {"session": brief.session, "presenter": brief.presenter}
            if not await self.insert_once(briefs, key | values | {"version": 1}):
                raise Stale
            return
        same = self.mine(
            briefs,
            briefs.c.session == brief.session,
            briefs.c.presenter == brief.presenter,
            briefs.c.version == brief.version,
        )
        done = await self.run(briefs.update().where(same).values(version=brief.version + 1, **values))
        if done.rowcount != 1:
            raise Stale

    async def ask_to_swap(self, request: SwapRequest) -> int:
        values = {"circle": request.circle, "asker": request.asker, "asked": request.asked}
        values |= {"session": request.session, "at": request.at, "state": request.state.value, "version": 1}
        return await self.insert(swap_requests, values)

    async def swap_request(self, number: int) -> SwapRequest:
        row = await self.first(select(swap_requests).where(self.mine(swap_requests, swap_requests.c.id == number)))
        if row is None:
            raise Gone("That request to swap isn't there any more. `/mentor hotseat` shows who sits when.")
        return _request(row)

    async def open_swaps(self, session: SessionId, asker: MemberId) -> list[SwapRequest]:
        mine = self.mine(
            swap_requests,
            swap_requests.c.session == session,
            swap_requests.c.asker == asker,
            swap_requests.c.state == SwapState.ASKED.value,
        )
        return [_request(row) for row in await self.rows(select(swap_requests).where(mine))]

    async def settle_swap(self, request: SwapRequest, state: SwapState) -> None:
        await self.save_version(swap_requests, request.id, request.version, {"state": state.value})


def _brief(row: Row[Any]) -> Brief:
    return Brief(
        SessionId(row.session), MemberId(row.presenter), Boxes(**row.boxes), BriefState(row.state), row.version
    )


def _request(row: Row[Any]) -> SwapRequest:
    return SwapRequest(
        id=row.id,
        circle=CircleId(row.circle),
        asker=MemberId(row.asker),
        asked=MemberId(row.asked),
        session=SessionId(row.session),
        at=row.at,
        state=SwapState(row.state),
        version=row.version,
    )
