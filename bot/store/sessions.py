"""Sessions and who was there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, UniqueConstraint, func, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.circles import Circle, CircleState
from bot.domain.errors import Gone
from bot.domain.ids import ChannelId, CircleId, MemberId, SessionId, Timestamp
from bot.domain.sessions import AHEAD, COUNTS, Form, Presence, Session, SessionState, first_look, left_out, missing
from bot.domain.when import NO_HOLIDAYS
from bot.store.base import Earliest, Given, at_once, earliest, metadata, team_column
from bot.store.circles import circles
from bot.store.messages import Place
from bot.store.remembering import Remembering
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
    Column("look_at", Moment),
    Column("version", Integer, nullable=False),
    Column("brief_look_at", Moment),
    Column("form", String(10), nullable=False, server_default=Form.TOGETHER.value),
    Column("quorum_look_at", Moment),
    Column("protocol", String(40)),
    UniqueConstraint("team", "circle", "planned_for"),
    Index("ix_sessions_starts", "team", "state", "starts"),
    Index("ix_sessions_look", "team", "look_at"),
    Index("ix_sessions_brief_look", "team", "brief_look_at"),
    Index("ix_sessions_quorum_look", "team", "quorum_look_at"),
)

attendance = Table(
    "attendance",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("presence", String(10), nullable=False),
)

IS_PLANNED = sessions.c.state == SessionState.PLANNED.value
LONGEST = timedelta(days=3)
"""No session lasts longer, the one in writing included."""
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""Long past, so that the next tick looks."""
UNFINISHED = [SessionState.PLANNED.value, SessionState.OPEN.value, SessionState.SKIPPED.value]


class Sessions(Remembering):
    async def find(self, session: SessionId) -> Session | None:
        found = await self._load(sessions.c.id == session)
        return found[0] if found else None

    async def get(self, session: SessionId) -> Session:
        found = await self.find(session)
        if found is None:
            raise Gone("That session isn't there any more. `/mentor circle schedule` shows what is planned.")
        return found

    async def named(self, numbers: Collection[SessionId]) -> dict[SessionId, Session]:
        if not numbers:
            return {}
        return {session.id: session for session in await self._load(sessions.c.id.in_(set(numbers)))}

    async def of_circle(self, circle: CircleId) -> list[Session]:
        """All of a circle's sessions, past and planned, by the day they start."""
        return await self._load(sessions.c.circle == circle)

    async def of_circles(self, circles: Collection[CircleId]) -> dict[CircleId, list[Session]]:
        """The same for several circles in one query, and in one a block; every circle asked for has an entry."""
        found: dict[CircleId, list[Session]] = {circle: [] for circle in circles}
        wanted = frozenset(circles)
        for session in await self.once(wanted, lambda: self._load(sessions.c.circle.in_(wanted))) if wanted else ():
            found[session.circle].append(session)
        return found

    def earliest_brief(self) -> Earliest:
        return earliest(sessions.c.brief_look_at, self.mine(sessions, IS_PLANNED))

    async def to_brief(self, now: datetime) -> list[Session]:
        """Planned sessions whose presenter may have to be asked for a brief by now."""
        return await self._load(sessions.c.brief_look_at <= now, IS_PLANNED)

    async def look_for_briefs(self, looks: Mapping[SessionId, datetime | None]) -> None:
        """When each of these is to be looked at for its presenter's brief again; None for never."""
        together: dict[datetime | None, list[SessionId]] = defaultdict(list)
        for session, at in looks.items():
            together[at].append(session)
        for at, numbers in together.items():
            mine = self.mine(sessions, sessions.c.id.in_(numbers))
            await self.connection.execute(sessions.update().where(mine).values(brief_look_at=at))

    def earliest_quorum(self) -> Earliest:
        return earliest(sessions.c.quorum_look_at, self.mine(sessions, IS_PLANNED))

    async def to_count(self, now: datetime) -> list[Session]:
        """Planned sessions of which it is to be looked at by now whether enough will come."""
        return await self._load(sessions.c.quorum_look_at <= now, IS_PLANNED)

    async def count_again(self, session: SessionId, at: datetime | None) -> None:
        mine = self.mine(sessions, sessions.c.id == session)
        await self.run(sessions.update().where(mine).values(quorum_look_at=at))

    async def seats_changed(self, circle: CircleId) -> None:
        """Who sits when, and who comes, may be others now: what follows from it is looked at again with the next tick."""
        planned = self.mine(sessions, sessions.c.circle == circle, sessions.c.state == SessionState.PLANNED.value)
        await self.run(sessions.update().where(planned).values(brief_look_at=AT_ONCE, quorum_look_at=AT_ONCE))

    async def ahead(self, circles: Collection[CircleId], now: datetime) -> list[Session]:
        """What these circles have before them or are in the middle of, left-out sessions too, the next first."""
        if not circles:
            return []
        recent = sessions.c.starts > now - LONGEST
        found = await self._load(sessions.c.circle.in_(set(circles)), recent, sessions.c.state.in_(UNFINISHED))
        return [session for session in found if session.ends > now or session.state is SessionState.OPEN]

    async def last_counted(self, circle: CircleId, before: datetime) -> Session | None:
        """The newest session of the circle that was held, at least in part."""
        newest = (
            select(sessions.c.id)
            .where(self.mine(sessions, sessions.c.circle == circle, sessions.c.starts < before))
            .where(sessions.c.state.in_(sorted(state.value for state in COUNTS)))
            .order_by(sessions.c.starts.desc())
            .limit(1)
        )
        found = await self._load(sessions.c.id.in_(newest))
        return found[0] if found else None

    def earliest_step(self) -> Earliest:
        return earliest(sessions.c.look_at, self.mine(sessions))

    async def due(self, now: datetime) -> list[Session]:
        """Those the bot has something to do for now; held until the block ends, and not given to another replica."""
        numbers = await self.held(sessions, sessions.c.look_at <= now)
        return await self._load(sessions.c.id.in_(numbers)) if numbers else []

    def earliest_gap(self, now: Given) -> Earliest:
        """At once where a circle is short of plans; else when the next session starts, which may leave one short."""
        own = (sessions.c.team == circles.c.team) & (sessions.c.circle == circles.c.id)
        ahead = IS_PLANNED & (sessions.c.starts > now)
        planned = select(func.count()).where(own, ahead).scalar_subquery()
        is_short = self.mine(circles, circles.c.state == CircleState.ACTIVE.value, planned < AHEAD)
        return at_once(is_short, otherwise=earliest(sessions.c.starts, self.mine(sessions, ahead)))

    async def short_of_plans(self, now: datetime) -> list[CircleId]:
        """Running circles with fewer sessions planned ahead than there should be."""
        planned = IS_PLANNED & (sessions.c.starts > now)
        joined = circles.outerjoin(
            sessions, (sessions.c.team == circles.c.team) & (sessions.c.circle == circles.c.id) & planned
        )
        found = await self.rows(
            select(circles.c.id)
            .select_from(joined)
            .where(self.mine(circles, circles.c.state == CircleState.ACTIVE.value))
            .group_by(circles.c.id)
            .having(func.count(sessions.c.id) < AHEAD)
            .order_by(circles.c.id)
        )
        return [CircleId(row.id) for row in found]

    async def plan_ahead(
        self, circle: Circle, now: datetime, weeks_off: frozenset[date] = NO_HOLIDAYS
    ) -> list[Session]:
        """Add what is missing for six sessions to lie ahead by the circle's rule; those in weeks off, which are added too,
        as left out."""
        new = []
        for slot in missing(circle, await self.since(circle.id, now - LONGEST), now, weeks_off):
            plain = unsaved(
                circle.id, planned_for=slot.planned_for, starts=slot.starts, minutes=circle.session_minutes
            )
            one = left_out(plain) if slot.is_off else replace(plain, look_at=first_look(slot.starts, circle, now))
            if await self.plan(one) and slot.is_off:
                new.append(slot.planned_for)
        return await self._load(sessions.c.circle == circle.id, sessions.c.planned_for.in_(new)) if new else []

    async def planned_between(self, first: datetime, last: datetime) -> list[Session]:
        """What all circles have planned between the two."""
        return await self._load(IS_PLANNED, sessions.c.starts >= first, sessions.c.starts < last)

    async def since(self, circle: CircleId, moment: datetime) -> list[Session]:
        """The circle's sessions that start, or were planned to start, after that moment."""
        recent = or_(sessions.c.starts > moment, sessions.c.planned_for > moment.date())
        return await self._load(sessions.c.circle == circle, recent)

    async def plan(self, session: Session) -> bool:
        """Add a session unless the circle has one for that planned day; whether it is new."""
        return await self.insert_once(
            sessions, _values(session) | {"version": 1, "brief_look_at": AT_ONCE, "quorum_look_at": AT_ONCE}
        )

    async def save(self, session: Session) -> None:
        """Everything but presence; `Stale` if somebody saved in between."""
        await self.save_version(sessions, session.id, session.version, _values(session))
        await self.seats_changed(session.circle)

    async def look_again(self, session: SessionId, at: datetime | None) -> None:
        """When the next step is due. Not a change that anybody else could have missed, so the version stays."""
        await self.run(sessions.update().where(self.mine(sessions, sessions.c.id == session)).values(look_at=at))

    async def remember_thread(self, session: SessionId, place: Place) -> None:
        """Where the session's thread stands."""
        values = {"channel": place.channel, "thread": place.ts}
        await self.run(sessions.update().where(self.mine(sessions, sessions.c.id == session)).values(**values))

    async def call_off(self, circle: CircleId, now: datetime) -> None:
        """Leave out all that a circle has before it, because it ends."""
        ahead = self.mine(sessions, sessions.c.circle == circle, sessions.c.starts > now)
        await self.run(
            sessions.update()
            .where(ahead, sessions.c.state == SessionState.PLANNED.value)
            .values(state=SessionState.SKIPPED.value, look_at=None, version=sessions.c.version + 1)
        )

    async def call_back(self, circle: Circle, now: datetime) -> None:
        """The opposite: a circle goes on after all. What somebody had left out by hand stays so."""
        called_off = (sessions.c.state == SessionState.SKIPPED.value, sessions.c.moved_by.is_(None))
        for one in await self._load(sessions.c.circle == circle.id, sessions.c.starts > now, *called_off):
            look = first_look(one.starts, circle, now)
            await self.save(replace(one, state=SessionState.PLANNED, look_at=look))

    async def forget_presence(self, numbers: Collection[SessionId]) -> None:
        """What was said about coming no longer holds, because the time is another one."""
        if numbers:
            await self.run(attendance.delete().where(self.mine(attendance, attendance.c.session.in_(set(numbers)))))

    async def mark(self, session: SessionId, member: MemberId, presence: Presence) -> None:
        values = {"session": session, "member": member, "presence": presence.value}
        if not await self.insert_once(attendance, values):
            mine = self.mine(attendance, attendance.c.session == session, attendance.c.member == member)
            await self.run(attendance.update().where(mine).values(presence=presence.value))
        found = await self.get(session)
        await self.seats_changed(found.circle)

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Session]:
        """Sessions with who said what about coming, in one question."""
        said = (attendance.c.team == sessions.c.team) & (attendance.c.session == sessions.c.id)
        found = await self.rows(
            select(sessions, attendance.c.member, attendance.c.presence)
            .select_from(sessions.outerjoin(attendance, said))
            .where(self.mine(sessions, *conditions))
            .order_by(sessions.c.starts, sessions.c.id, attendance.c.member)
        )
        return [_session(list(rows)) for _number, rows in groupby(found, lambda row: row.id)]


def unsaved(circle: CircleId, *, planned_for: date, starts: datetime, minutes: int) -> Session:
    """A session that has no number yet."""
    return Session(SessionId(0), circle, planned_for, starts, minutes)


def _session(rows: Sequence[Row[Any]]) -> Session:
    """One session of rows that differ in who said what; a single row without one where nobody did."""
    row = rows[0]
    return Session(
        id=SessionId(row.id),
        circle=CircleId(row.circle),
        planned_for=row.planned_for,
        starts=row.starts,
        minutes=row.minutes,
        state=SessionState(row.state),
        moved_by=MemberId(row.moved_by) if row.moved_by is not None else None,
        channel=ChannelId(row.channel) if row.channel else None,
        thread=Timestamp(row.thread) if row.thread else None,
        decisions=row.decisions or "",
        parked=row.parked or "",
        protocol=row.protocol or "",
        version=row.version,
        look_at=row.look_at,
        form=Form(row.form),
        presence={MemberId(mark.member): Presence(mark.presence) for mark in rows if mark.member},
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
        "protocol": session.protocol or None,
        "look_at": session.look_at,
        "form": session.form.value,
    }
