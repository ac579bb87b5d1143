"""Circles and who sits in them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, Text, Time, func, select
from sqlalchemy.sql import ColumnElement

from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.errors import Gone
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId
from bot.domain.when import Rule
from bot.store.base import Repository, metadata, team_column
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
    Column("version", Integer, nullable=False),
    Index("ix_circles_channel", "team", "channel"),
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
    Index("ix_circle_seats_circle", "team", "circle"),
    Index("ix_circle_seats_member", "team", "member"),
)


class Circles(Repository):
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
        """The open circles a member sits in, oldest first; two queries however many."""
        sits = select(seats.c.circle).where(self.mine(seats, seats.c.member == member, seats.c.left.is_(None)))
        return await self._load(circles.c.id.in_(sits), circles.c.state != CircleState.CLOSED.value)

    async def active(self) -> list[Circle]:
        return await self._load(circles.c.state == CircleState.ACTIVE.value)

    async def open(self) -> list[Circle]:
        return await self._load(circles.c.state != CircleState.CLOSED.value)

    async def count_open(self) -> int:
        row = await self.first(select(func.count()).where(self.mine(circles, circles.c.state != CircleState.CLOSED.value)))
        return int(row[0]) if row else 0

    async def opening(self) -> list[Circle]:
        """Those whose channel is still to be made or filled."""
        return await self._load(circles.c.state == CircleState.OPENING.value)

    async def named(self, numbers: Collection[CircleId]) -> dict[CircleId, Circle]:
        if not numbers:
            return {}
        return {circle.id: circle for circle in await self._load(circles.c.id.in_(set(numbers)))}

    async def add(self, circle: Circle) -> Circle:
        """Store a new circle with its seats; the same with its number."""
        number = CircleId(await self.insert(circles, _values(circle) | {"version": 1}))
        for seat in circle.seats:
            await self.seat(number, seat.member, seat.joined)
        return await self.get(number)

    async def save(self, circle: Circle) -> None:
        """Everything but the seats; `Stale` if somebody saved in between."""
        await self.save_version(circles, circle.id, circle.version, _values(circle))

    async def remember_channel(self, circle: CircleId, channel: ChannelId) -> None:
        """Kept at once when Slack has made it, whatever else happens to the circle meanwhile."""
        await self.run(circles.update().where(self.mine(circles, circles.c.id == circle)).values(channel=channel))

    async def seat(self, circle: CircleId, member: MemberId, joined: datetime) -> None:
        await self.insert(seats, {"circle": circle, "member": member, "joined": joined, "left": None})

    async def unseat(self, circle: CircleId, member: MemberId, left: datetime) -> None:
        await self.run(
            seats.update()
            .where(self.mine(seats, seats.c.circle == circle, seats.c.member == member, seats.c.left.is_(None)))
            .values(left=left)
        )

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Circle]:
        found = await self.rows(select(circles).where(self.mine(circles, *conditions)).order_by(circles.c.id))
        if not found:
            return []
        numbers = [row.id for row in found]
        sitting = await self.rows(
            select(seats)
            .where(self.mine(seats, seats.c.circle.in_(numbers)))
            .order_by(seats.c.joined, seats.c.member)
        )
        return [_circle(row, [seat for seat in sitting if seat.circle == row.id]) for row in found]


def _circle(row: Row[Any], sitting: Sequence[Row[Any]]) -> Circle:
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
        seats=tuple(Seat(MemberId(seat.member), seat.joined, seat.left) for seat in sitting),
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
