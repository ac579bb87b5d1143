"""Circles and who sits in them.

To found a circle from anywhere, `add` one in the state OPENING: its channel is made, its members are brought in and the
welcome is posted by the chores of `features/circles`, whatever happens to the process meanwhile. What is still to be
done in Slack for a seat stands in `errand`, written in the same block as the seat itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.sql import ColumnElement

from bot.domain.circles import Circle, CircleState, Errand, Seat
from bot.domain.errors import Gone
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId
from bot.domain.when import Rule
from bot.store.base import LONG_AGO, Earliest, at_once, earliest, metadata, or_at_once, team_column
from bot.store.members import members, profiles
from bot.store.programs import programs
from bot.store.remembering import Remembering
from bot.store.types import Json, Moment

circles = Table(
    "circles",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("program", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rule", Json, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("protocol", String(40), nullable=False),
    Column("checkin_weekday", Integer, nullable=False),
    Column("checkin_time", Time, nullable=False),
    Column("channel", String(20)),
    Column("size_min", Integer, nullable=False),
    Column("size_max", Integer, nullable=False),
    Column("made_by", String(20)),
    Column("because", Text, nullable=False),
    Column("created", Date),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("errand", String(8)),
    Column("not_before", Moment),
    Column("version", Integer, nullable=False),
    Column("size_look_at", Moment),
    UniqueConstraint("team", "channel"),
    Index("ix_circles_state", "team", "state"),
    Index("ix_circles_size_look", "team", "size_look_at"),
)

seats = Table(
    "circle_seats",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("member", String(20), nullable=False),
    Column("joined", Moment, nullable=False),
    Column("left", Moment),
    Column("errand", String(8)),
    Column("asked_by", String(20)),
    Column("not_before", Moment),
    Index("ix_circle_seats_circle", "team", "circle"),
    Index("ix_circle_seats_member", "team", "member"),
    Index("ix_circle_seats_errand", "team", "errand"),
)
IS_TO_DO = and_(
    seats.c.errand.in_([Errand.INVITE.value, Errand.REMOVE.value]),
    circles.c.team == seats.c.team,
    circles.c.id == seats.c.circle,
    circles.c.channel.is_not(None),
    circles.c.state != CircleState.CLOSED.value,
)
"""A seat with something to be done in the channel of its circle."""
IS_OPENING = circles.c.state == CircleState.OPENING.value
IS_TO_ARCHIVE = and_(circles.c.errand == Errand.ARCHIVE.value, circles.c.channel.is_not(None))
IS_TAKEN = seats.c.left.is_(None)
Index(
    "uq_circle_seats_taken",
    seats.c.team,
    seats.c.circle,
    seats.c.member,
    unique=True,
    sqlite_where=IS_TAKEN,
    postgresql_where=IS_TAKEN,
)


@dataclass(frozen=True)
class ToDo:
    """An errand in Slack that a seat waits for."""

    seat: int
    circle: CircleId
    channel: ChannelId
    member: MemberId
    errand: Errand
    asked_by: MemberId | None


class Circles(Remembering):
    async def find(self, circle: CircleId) -> Circle | None:
        found = await self._load(circles.c.id == circle)
        return found[0] if found else None

    async def get(self, circle: CircleId) -> Circle:
        found = await self.find(circle)
        if found is None:
            raise Gone("That circle isn't there any more. `/mentor circle join` lists the ones that are.")
        return found

    async def in_channel(self, channel: ChannelId) -> Circle | None:
        found = await self._load(circles.c.channel == channel)
        return found[0] if found else None

    async def of(self, member: MemberId) -> list[Circle]:
        """The open circles a member sits in, oldest first; one query however many, and one a block."""
        sits = select(seats.c.circle).where(self.mine(seats, seats.c.member == member, IS_TAKEN))
        is_open = circles.c.state != CircleState.CLOSED.value
        return list(await self.once(("of", member), lambda: self._load(circles.c.id.in_(sits), is_open)))

    async def active(self) -> list[Circle]:
        return await self._load(circles.c.state == CircleState.ACTIVE.value)

    async def open(self) -> list[Circle]:
        return await self._load(circles.c.state != CircleState.CLOSED.value)

    async def count_unplaced(self) -> int:
        """Members who are still here, have a profile and sit in no open circle."""
        sits = seats.join(circles, (circles.c.team == seats.c.team) & (circles.c.id == seats.c.circle))
        placed = (
            select(seats.c.member)
            .select_from(sits)
            .where(self.mine(seats, IS_TAKEN, circles.c.state != CircleState.CLOSED.value))
        )
        joined = profiles.join(members, (members.c.team == profiles.c.team) & (members.c.id == profiles.c.member))
        free = self.mine(profiles, members.c.left.is_(False), profiles.c.member.not_in(placed))
        row = await self.first(select(func.count()).select_from(joined).where(free))
        return int(row[0]) if row else 0

    def earliest_opening(self) -> Earliest:
        return earliest(or_at_once(circles.c.not_before), self.mine(circles, IS_OPENING))

    async def opening(self, now: datetime) -> list[Circle]:
        """Those whose channel is still to be made or filled, and that may be tried now."""
        return await self._load(IS_OPENING, or_at_once(circles.c.not_before) <= now)

    async def with_room(self) -> list[Circle]:
        """Open circles that could take one more."""
        return [circle for circle in await self.open() if circle.has_room]

    async def named(self, numbers: Collection[CircleId]) -> dict[CircleId, Circle]:
        if not numbers:
            return {}
        return {circle.id: circle for circle in await self._load(circles.c.id.in_(set(numbers)))}

    async def add(self, circle: Circle, *, asked_by: MemberId | None = None) -> Circle:
        """Store a new circle with its seats; the same with its number. One that is OPENING is opened by a chore."""
        number = CircleId(await self.insert(circles, _values(circle) | {"version": 1, "size_look_at": LONG_AGO}))
        errand = Errand.INVITE if circle.state is CircleState.OPENING else None
        for seat in circle.seats:
            asked = asked_by or circle.made_by
            await self._sit(number, seat, {"errand": errand and errand.value, "asked_by": asked})
        return await self.get(number)

    async def save(self, circle: Circle) -> None:
        """Everything but the seats; `Stale` if somebody saved in between."""
        await self.save_version(circles, circle.id, circle.version, _values(circle) | {"size_look_at": LONG_AGO})

    async def hold(self, circle: CircleId) -> Circle:
        """The same as `get`; nobody else changes the circle or its seats until this block ends."""
        await self.run(select(circles.c.id).where(self.mine(circles, circles.c.id == circle)).with_for_update())
        return await self.get(circle)

    async def remember_channel(self, circle: CircleId, channel: ChannelId) -> None:
        """Kept at once when Slack has made it, whatever else happens to the circle meanwhile."""
        await self._set(circle, channel=channel)

    async def forget_channel(self, circle: CircleId) -> None:
        """Its channel was lost before the circle was ready: make another one, and bring everybody into that."""
        await self._set(circle, channel=None, attempt=circles.c.attempt + 1, not_before=None)
        taken = self.mine(seats, seats.c.circle == circle, IS_TAKEN)
        await self.run(seats.update().where(taken).values(errand=Errand.INVITE.value, not_before=None))

    async def attempt(self, circle: CircleId) -> int:
        """How many names were tried for its channel so far; the last of them may be there without our knowing."""
        row = await self.first(select(circles.c.attempt).where(self.mine(circles, circles.c.id == circle)))
        return int(row.attempt) if row else 0

    async def remember_attempt(self, circle: CircleId, attempt: int) -> None:
        await self._set(circle, attempt=attempt)

    async def claim_opening(self, circle: CircleId, now: datetime, until: datetime) -> bool:
        """Whether this replica is the one to open the circle; nobody else is given it before `until`."""
        free = or_at_once(circles.c.not_before) <= now
        claimed = circles.update().where(self.mine(circles, circles.c.id == circle, IS_OPENING, free))
        return (await self.run(claimed.values(not_before=until))).rowcount == 1

    async def postpone(self, circle: CircleId, until: datetime) -> None:
        """Slack does not let us open it now: no further attempt before that moment."""
        await self._set(circle, not_before=until)

    async def name_is_taken(self, program: ProgramId, name: str) -> bool:
        """Whether an open circle has this name; held until the block ends, so that two cannot take it at once."""
        await self.run(select(programs.c.id).where(self.mine(programs, programs.c.id == program)).with_for_update())
        is_open = circles.c.state != CircleState.CLOSED.value
        found = await self.rows(select(circles.c.name).where(self.mine(circles, is_open)))
        return name.casefold() in {row.name.casefold() for row in found}

    def earliest_to_archive(self) -> Earliest:
        return at_once(self.mine(circles, IS_TO_ARCHIVE))

    async def to_archive(self) -> list[Circle]:
        """Ended circles whose channel is to be archived."""
        return await self._load(IS_TO_ARCHIVE)

    async def want_archive(self, circle: CircleId, wanted: bool) -> None:
        await self._set(circle, errand=Errand.ARCHIVE.value if wanted else None)

    async def seat(
        self, circle: CircleId, member: MemberId, joined: datetime, *, asked_by: MemberId | None = None
    ) -> None:
        """A new member, to be brought into the channel; whoever comes back in time is not taken out first."""
        earlier = self.mine(seats, seats.c.circle == circle, seats.c.member == member)
        await self.run(seats.update().where(earlier).values(errand=None))
        await self._sit(circle, Seat(member, joined), {"errand": Errand.INVITE.value, "asked_by": asked_by or member})
        await self.size_again(circle, LONG_AGO)

    async def seat_there(self, circle: CircleId, member: MemberId, joined: datetime) -> None:
        """A new member who is in the channel already."""
        await self._sit(circle, Seat(member, joined), {"errand": None, "asked_by": None})
        await self.size_again(circle, LONG_AGO)

    async def unseat(self, circle: CircleId, member: MemberId, left: datetime, *, there: bool = True) -> None:
        """The end of a seat. While the member is still `there` in the channel, they are to be taken out of it."""
        values = {"left": left, "errand": Errand.REMOVE.value if there else None, "not_before": None}
        taken = self.mine(seats, seats.c.circle == circle, seats.c.member == member, IS_TAKEN)
        await self.run(seats.update().where(taken).values(**values))
        await self.size_again(circle, LONG_AGO)

    def earliest_size(self) -> Earliest:
        return earliest(circles.c.size_look_at, self.mine(circles))

    async def to_size(self, now: datetime) -> list[Circle]:
        """Those of which it is to be looked at by now whether they are too small or too large."""
        return await self._load(circles.c.size_look_at <= now)

    async def size_again(self, circle: CircleId, at: datetime | None) -> None:
        await self._set(circle, size_look_at=at)

    def earliest_to_do(self) -> Earliest:
        return earliest(or_at_once(seats.c.not_before), self.mine(seats, IS_TO_DO))

    async def to_do(self, now: datetime, circle: CircleId | None = None) -> list[ToDo]:
        """What open circles with a channel (or this one) wait for in Slack, the oldest first."""
        wanted = [seats.c.circle == circle] if circle is not None else []
        free = or_at_once(seats.c.not_before) <= now
        waiting = select(seats, circles.c.channel).where(self.mine(seats, IS_TO_DO, free, *wanted))
        found = await self.rows(waiting.order_by(seats.c.id))
        return [_to_do(row) for row in found]

    async def errand_done(self, done: ToDo) -> None:
        """Cross it off, unless something else is wanted of the seat by now."""
        same = self.mine(seats, seats.c.id == done.seat, seats.c.errand == done.errand.value)
        await self.run(seats.update().where(same).values(errand=None))

    async def errand_later(self, seat: int, until: datetime) -> None:
        await self.run(seats.update().where(self.mine(seats, seats.c.id == seat)).values(not_before=until))

    async def _sit(self, circle: CircleId, seat: Seat, more: dict[str, Any]) -> None:
        values = {"circle": circle, "member": seat.member, "joined": seat.joined, "left": seat.left}
        await self.insert(seats, values | more)

    async def _set(self, circle: CircleId, **values: Any) -> None:
        await self.run(circles.update().where(self.mine(circles, circles.c.id == circle)).values(**values))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Circle]:
        """Circles with their seats, in one question."""
        joined = circles.outerjoin(seats, (seats.c.team == circles.c.team) & (seats.c.circle == circles.c.id))
        sitting = (seats.c.member, seats.c.joined, seats.c.left)
        found = await self.rows(
            select(circles, *sitting)
            .select_from(joined)
            .where(self.mine(circles, *conditions))
            .order_by(circles.c.id, seats.c.joined, seats.c.id)
        )
        return [_circle(list(rows)) for _number, rows in groupby(found, lambda row: row.id)]


def _to_do(row: Row[Any]) -> ToDo:
    return ToDo(
        seat=row.id,
        circle=CircleId(row.circle),
        channel=ChannelId(row.channel),
        member=MemberId(row.member),
        errand=Errand(row.errand),
        asked_by=MemberId(row.asked_by) if row.asked_by else None,
    )


def _circle(rows: Sequence[Row[Any]]) -> Circle:
    """One circle of rows that differ in their seat; a single row without one where nobody ever sat."""
    row = rows[0]
    return Circle(
        id=CircleId(row.id),
        program=ProgramId(row.program),
        name=row.name,
        theme=row.theme,
        state=CircleState(row.state),
        rule=Rule.from_dict(row.rule),
        minutes=row.minutes,
        protocol=row.protocol,
        checkin_weekday=row.checkin_weekday,
        checkin_time=row.checkin_time,
        channel=ChannelId(row.channel) if row.channel else None,
        size_min=row.size_min,
        size_max=row.size_max,
        made_by=MemberId(row.made_by) if row.made_by else None,
        because=row.because,
        created=row.created,
        version=row.version,
        seats=tuple(Seat(MemberId(one.member), one.joined, one.left) for one in rows if one.member),
    )


def _values(circle: Circle) -> dict[str, Any]:
    return {
        "program": circle.program,
        "name": circle.name,
        "theme": circle.theme,
        "state": circle.state.value,
        "rule": circle.rule.as_dict(),
        "minutes": circle.minutes,
        "protocol": circle.protocol,
        "checkin_weekday": circle.checkin_weekday,
        "checkin_time": circle.checkin_time,
        "channel": circle.channel,
        "size_min": circle.size_min,
        "size_max": circle.size_max,
        "made_by": circle.made_by,
        "because": circle.because,
        "created": circle.created,
    }
