"""What is to be delivered, over all workspaces: who has something due, and when the next thing will be.

Every question goes workspace by workspace through an index on what is due, so it costs the same however many letters
wait for later.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import TeamId
from bot.store.base import Given, there_is
from bot.store.inbox import is_due, next_due
from bot.store.installations import installations
from bot.store.leases import Pace, gates, lanes
from bot.store.outbox import State, is_, outbox
from bot.store.types import Moment

NOT_PAUSED = installations.c.paused_why == ""
_MINE = outbox.c.team == installations.c.team


async def teams_with_work(connection: AsyncConnection, now: datetime) -> list[TeamId]:
    """Workspaces with a letter to send, a lease that ran out or an unknown letter to look for."""
    return [TeamId(row.team) for row in (await connection.execute(_TEAMS, {"now": now})).all()]


def _has_work(now: Given) -> ColumnElement[bool]:
    return or_(
        there_is(outbox, _MINE, is_(State.PENDING), outbox.c.due <= now),
        there_is(outbox, _MINE, is_(State.SENDING), outbox.c.lease_until <= now),
        there_is(outbox, _MINE, is_(State.UNKNOWN), outbox.c.check_at <= now),
    )


# Built once, as all here that is asked every time something may be due: it takes longer to build than to answer.
_NOW = bindparam("now", type_=Moment)
_TEAMS = select(installations.c.team).where(NOT_PAUSED, _has_work(_NOW)).order_by(installations.c.team)
_DUE = select(
    is_due(_NOW).label("events"),
    exists().where(NOT_PAUSED, _has_work(_NOW)).label("letters"),
    next_due(_NOW).label("event"),
)


@dataclass(frozen=True)
class Outlook:
    """Whether anything is due, and the next moment at which something will be."""

    due: bool
    next: datetime | None


async def outlook(connection: AsyncConnection, now: datetime, pace: Pace) -> Outlook:
    """Over events and letters of all workspaces."""
    row = (await connection.execute(_DUE, {"now": now})).one()
    moments = [row.event, await next_moment(connection, now, pace)]
    return Outlook(bool(row.events or row.letters), min((one for one in moments if one), default=None))


async def next_moment(connection: AsyncConnection, after: datetime, pace: Pace) -> datetime | None:
    """The earliest moment after this one at which something can be sent, or looked for."""
    moments: list[datetime | None] = []
    for row in (await connection.execute(_NEXT, {"now": after})).all():
        moments += [row.due, row.lease, row.check, row.lane]
        if row.backlog and row.filled:
            moments.append(row.paused_until)
            if row.tokens < 1:
                moments.append(row.filled + pace.until_token(row.tokens))
    return min((moment for moment in moments if moment and moment > after), default=None)


@dataclass(frozen=True)
class Figures:
    """How the outbox stands, for whoever watches."""

    pending: int
    sending: int
    unknown: int
    uncertain: int
    dead: int
    oldest_due: datetime | None


async def figures(connection: AsyncConnection, now: datetime) -> Figures:
    counted = (State.PENDING, State.SENDING, State.UNKNOWN, State.UNCERTAIN, State.DEAD)
    questions = [
        select(func.count()).select_from(outbox).where(is_(state)).scalar_subquery().label(state.value)
        for state in counted
    ]
    oldest = select(func.min(outbox.c.due)).where(is_(State.PENDING), outbox.c.due <= now).scalar_subquery()
    row = (await connection.execute(select(*questions, oldest.label("oldest_due")))).one()
    return Figures(**row._mapping)


async def forget_letters(connection: AsyncConnection, before: datetime) -> int:
    """Sweep out what was done before this moment; how many. Where a letter stands is kept in `messages`."""
    return (
        await connection.execute(outbox.delete().where(outbox.c.done.is_not(None), outbox.c.done < before))
    ).rowcount


def _earliest(
    column: ColumnElement[datetime | None] | ColumnElement[datetime], state: State, after: Given
) -> ScalarSelect[datetime]:
    in_state = outbox.c.state == literal_column(f"'{state.value}'")
    return select(func.min(column)).where(_MINE, in_state, column > after).scalar_subquery()


def _next(after: Given) -> Select[Any]:
    own = (outbox.c.team == lanes.c.team) & (outbox.c.lane == lanes.c.lane)
    # A letter that is due after its lane is free waits for its own time, not for the lane.
    waiting = exists().where(own, is_(State.PENDING), outbox.c.due <= lanes.c.free_at)
    free = select(func.min(lanes.c.free_at)).where(lanes.c.team == installations.c.team, lanes.c.free_at > after)
    backlog = exists().where(_MINE, is_(State.PENDING), outbox.c.due <= after)
    return (
        select(
            _earliest(outbox.c.due, State.PENDING, after).label("due"),
            _earliest(outbox.c.lease_until, State.SENDING, after).label("lease"),
            _earliest(outbox.c.check_at, State.UNKNOWN, after).label("check"),
            free.where(waiting).scalar_subquery().label("lane"),
            backlog.label("backlog"),
            gates.c.tokens,
            gates.c.filled,
            gates.c.paused_until,
        )
        .select_from(installations.outerjoin(gates, gates.c.team == installations.c.team))
        .where(NOT_PAUSED)
    )


_NEXT = _next(_NOW)
