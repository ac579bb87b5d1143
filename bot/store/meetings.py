"""Who meets: the two of a relationship, with what they prepare, sealed; and who has met whom in a circle's session,
which is asked of the sessions and kept nowhere else."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Stale
from bot.domain.ids import MeetingId, MemberId, RelationshipId
from bot.domain.meetings import Agenda, Meeting, MeetingState
from bot.domain.sessions import COUNTS, Presence
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.sessions import attendance, sessions
from bot.store.types import Moment, Sealed

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("relationship", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("agenda", Sealed("meetings.agenda")),
    Column("sent", Sealed("meetings.sent")),
    Column("sent_at", Moment),
    Column("ask_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_meetings_relationship", "team", "relationship", "at"),
    Index("ix_meetings_ask", "team", "ask_at"),
)
IS_PLANNED = meetings.c.state == MeetingState.PLANNED.value
Index(
    "uq_meetings_planned",
    meetings.c.team,
    meetings.c.relationship,
    unique=True,
    sqlite_where=IS_PLANNED,
    postgresql_where=IS_PLANNED,
)


class Meetings(Repository):
    async def find(self, meeting: MeetingId) -> Meeting | None:
        found = await self._load(meetings.c.id == meeting)
        return found[0] if found else None

    async def next_of(self, numbers: Collection[RelationshipId]) -> dict[RelationshipId, Meeting]:
        """The one that is planned, by relationship."""
        found = await self._load(meetings.c.relationship.in_(set(numbers)), IS_PLANNED) if numbers else []
        return {one.relationship: one for one in found}

    async def held_of(self, relationship: RelationshipId) -> list[Meeting]:
        """Those that took place, oldest first."""
        return await self._load(meetings.c.relationship == relationship, meetings.c.state == MeetingState.HELD.value)

    async def add(self, meeting: Meeting) -> Meeting:
        """A new one; `Stale` if another was planned a moment ago, as there is one at a time."""
        if not await self.insert_once(meetings, _values(meeting) | {"version": 1}):
            raise Stale
        return (await self.next_of([meeting.relationship]))[meeting.relationship]

    async def save(self, meeting: Meeting) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(meetings, meeting.id, meeting.version, _values(meeting))

    def earliest_ask(self) -> Earliest:
        return earliest(meetings.c.ask_at, self.mine(meetings))

    async def to_ask(self, until: datetime) -> list[Meeting]:
        """Those whose agenda is to be asked for by then, held until the block ends and not given to another replica."""
        numbers = await self.held(meetings, meetings.c.ask_at <= until)
        return await self._load(meetings.c.id.in_(numbers)) if numbers else []

    async def asked(self, numbers: Collection[MeetingId]) -> None:
        """Their agenda was asked for. Not a change that anybody could have missed, so the versions stay."""
        these = self.mine(meetings, meetings.c.id.in_(set(numbers)))
        await self.run(meetings.update().where(these).values(ask_at=None))

    async def met_since(self, since: datetime) -> set[tuple[MemberId, MemberId]]:
        """Pairs who were both there in a session that counts; the smaller id first."""
        one, other = attendance.alias("one"), attendance.alias("other")
        present = Presence.PRESENT.value
        joined = one.join(
            other, (one.c.team == other.c.team) & (one.c.session == other.c.session) & (one.c.member < other.c.member)
        ).join(sessions, (sessions.c.team == one.c.team) & (sessions.c.id == one.c.session))
        found = await self.rows(
            select(one.c.member.label("one"), other.c.member.label("other"))
            .distinct()
            .select_from(joined)
            .where(
                self.mine(
                    sessions, sessions.c.starts > since, sessions.c.state.in_(sorted(state.value for state in COUNTS))
                ),
                one.c.presence == present,
                other.c.presence == present,
            )
        )
        return {(MemberId(row.one), MemberId(row.other)) for row in found}

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Meeting]:
        found = await self.rows(
            select(meetings).where(self.mine(meetings, *conditions)).order_by(meetings.c.at, meetings.c.id)
        )
        return [_meeting(row) for row in found]


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        id=MeetingId(row.id),
        relationship=RelationshipId(row.relationship),
        at=row.at,
        minutes=row.minutes,
        state=MeetingState(row.state),
        agenda=_agenda(row.agenda) or Agenda(),
        sent=_agenda(row.sent),
        sent_at=row.sent_at,
        ask_at=row.ask_at,
        version=row.version,
    )


def _agenda(kept: Any) -> Agenda | None:
    return Agenda(tuple(kept["questions"]), kept["progress"], kept["news"]) if kept else None


def _values(one: Meeting) -> dict[str, Any]:
    return {
        "relationship": one.relationship,
        "at": one.at,
        "minutes": one.minutes,
        "state": one.state.value,
        "agenda": _plain(one.agenda),
        "sent": _plain(one.sent),
        "sent_at": one.sent_at,
        "ask_at": one.ask_at,
    }


def _plain(agenda: Agenda | None) -> dict[str, Any] | None:
    if agenda is None or agenda.is_empty:
        return None
    return {"questions": list(agenda.questions), "progress": agenda.progress, "news": agenda.news}
