"""Sessions and who was there."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, UniqueConstraint, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone
from bot.domain.ids import ChannelId, CircleId, MemberId, SessionId, Timestamp
from bot.domain.sessions import Presence, Session, SessionState
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("planned_for", Date, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("moved_by", String(20)),
    Column("channel", String(20)),
    Column("thread", String(20)),
    Column("decisions", Sealed("sessions.decisions")),
    Column("parked", Sealed("sessions.parked")),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "circle", "planned_for"),
    Index("ix_sessions_starts", "team", "state", "starts"),
)

attendance = Table(
    "attendance",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("presence", String(10), nullable=False),
)


class Sessions(Repository):
    async def find(self, session: SessionId) -> Session | None:
        found = await self._load(sessions.c.id == session)
        return found[0] if found else None

    async def get(self, session: SessionId) -> Session:
        found = await self.find(session)
        if found is None:
            raise Gone("That session isn't there any more. `/mentor circle schedule` shows what is planned.")
        return found

    async def of_circle(self, circle: CircleId) -> list[Session]:
        """All of a circle's sessions, past and planned, by the day they start."""
        return await self._load(sessions.c.circle == circle)

    async def of_circles(self, circles: Collection[CircleId]) -> dict[CircleId, list[Session]]:
        """The same for several circles in two queries; every circle asked for has an entry."""
        found: dict[CircleId, list[Session]] = {circle: [] for circle in circles}
        if circles:
            for session in await self._load(sessions.c.circle.in_(set(circles))):
                found[session.circle].append(session)
        return found

    async def starting(self, after: datetime, until: datetime) -> list[Session]:
        """Planned or open sessions of the workspace that start in this stretch (`until` included)."""
        return await self._load(
            sessions.c.state.in_([SessionState.PLANNED.value, SessionState.OPEN.value]),
            sessions.c.starts > after,
            sessions.c.starts <= until,
        )

    async def plan(self, session: Session) -> bool:
        """Add a session unless the circle has one for that planned day; whether it is new."""
        return await self.insert_once(sessions, _values(session) | {"version": 1})

    async def save(self, session: Session) -> None:
        """Everything but presence; `Stale` if somebody saved in between."""
        await self.save_version(sessions, session.id, session.version, _values(session))

    async def forget_planned(self, circle: CircleId, after: datetime) -> None:
        """Drop what was planned and not touched, before a new rule plans again."""
        untouched = sessions.c.moved_by.is_(None) & (sessions.c.state == SessionState.PLANNED.value)
        await self.run(
            sessions.delete().where(
                self.mine(sessions, sessions.c.circle == circle, sessions.c.starts > after, untouched)
            )
        )

    async def mark(self, session: SessionId, member: MemberId, presence: Presence) -> None:
        values = {"session": session, "member": member, "presence": presence.value}
        if not await self.insert_once(attendance, values):
            mine = self.mine(attendance, attendance.c.session == session, attendance.c.member == member)
            await self.run(attendance.update().where(mine).values(presence=presence.value))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Session]:
        found = await self.rows(
            select(sessions).where(self.mine(sessions, *conditions)).order_by(sessions.c.starts, sessions.c.id)
        )
        if not found:
            return []
        marks = await self.rows(
            select(attendance).where(self.mine(attendance, attendance.c.session.in_([row.id for row in found])))
        )
        return [_session(row, [mark for mark in marks if mark.session == row.id]) for row in found]


def unsaved(circle: CircleId, *, planned_for: date, starts: datetime, minutes: int) -> Session:
    """A session that has no number yet."""
    return Session(SessionId(0), circle, planned_for, starts, minutes)


def _session(row: Row[Any], marks: Sequence[Row[Any]]) -> Session:
    return Session(
        id=SessionId(row.id),
        circle=CircleId(row.circle),
        planned_for=row.planned_for,
        starts=row.starts,
        minutes=row.minutes,
        state=SessionState(row.state),
        moved_by=MemberId(row.moved_by) if row.moved_by else None,
        channel=ChannelId(row.channel) if row.channel else None,
        thread=Timestamp(row.thread) if row.thread else None,
        decisions=row.decisions or "",
        parked=row.parked or "",
        version=row.version,
        presence={MemberId(mark.member): Presence(mark.presence) for mark in marks},
    )


def _values(session: Session) -> dict[str, Any]:
    return {
        "circle": session.circle,
        "planned_for": session.planned_for,
        "starts": session.starts,
        "minutes": session.minutes,
        "state": session.state.value,
        "moved_by": session.moved_by,
        "channel": session.channel,
        "thread": session.thread,
        "decisions": session.decisions,
        "parked": session.parked,
    }
