"""Rounds of circles, and what each member wants next: sealed, and opened all together."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, UniqueConstraint, select
from sqlalchemy.sql import ColumnElement

from bot.domain.circles import CircleState
from bot.domain.errors import Gone
from bot.domain.ids import CircleId, CircleRoundId, MemberId
from bot.domain.rounds import CircleRound, RoundState, Stays, Wish
from bot.store.base import Earliest, Repository, at_once, earliest, metadata, team_column
from bot.store.circles import circles
from bot.store.types import Moment, Sealed

rounds = Table(
    "circle_rounds",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("began", Moment, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("look_at", Moment),
    Column("closes", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "circle", "number"),
    Index("ix_circle_rounds_look", "team", "look_at"),
)

wishes = Table(
    "circle_round_wishes",
    metadata,
    team_column(primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("wish", Sealed("circle_round_wishes.wish"), nullable=False),
)


class Rounds(Repository):
    async def find(self, number: CircleRoundId) -> CircleRound | None:
        found = await self._load(rounds.c.id == number)
        return found[0] if found else None

    async def get(self, number: CircleRoundId) -> CircleRound:
        found = await self.find(number)
        if found is None:
            raise Gone("That round isn't there any more.")
        return found

    async def hold(self, number: CircleRoundId) -> CircleRound:
        """The same; nobody else answers or ends it until this block ends."""
        await self.run(select(rounds.c.id).where(self.mine(rounds, rounds.c.id == number)).with_for_update())
        return await self.get(number)

    async def of_circle(self, circle: CircleId) -> list[CircleRound]:
        return await self._load(rounds.c.circle == circle)

    async def newest(self, circles: Collection[CircleId]) -> dict[CircleId, CircleRound]:
        """What somebody asks about: the round that answers are asked for, else the one under way."""
        found: dict[CircleId, CircleRound] = {}
        for one in await self._load(rounds.c.circle.in_(set(circles))) if circles else ():
            found[one.circle] = one
        return found

    def earliest_missing(self) -> Earliest:
        return at_once(self._without())

    async def missing(self) -> list[CircleId]:
        """Running circles without a round."""
        found = await self.rows(select(circles.c.id).where(self._without()).order_by(circles.c.id))
        return [CircleId(row.id) for row in found]

    def _without(self) -> ColumnElement[bool]:
        there = select(rounds.c.circle).where(self.mine(rounds))
        return self.mine(circles, circles.c.state == CircleState.ACTIVE.value, circles.c.id.not_in(there))

    def earliest_look(self) -> Earliest:
        return earliest(rounds.c.look_at, self.mine(rounds))

    async def due(self, now: datetime) -> list[CircleRound]:
        return await self._load(rounds.c.look_at <= now)

    async def begin(self, this: CircleRound) -> bool:
        """A new round (its `id` is not read); False where there is one of that number."""
        return await self.insert_once(rounds, _values(this) | {"version": 1})

    async def save(self, this: CircleRound) -> None:
        """Everything but the wishes; `Stale` if somebody saved in between."""
        await self.save_version(rounds, this.id, this.version, _values(this))

    async def look_again(self, number: CircleRoundId, at: datetime | None) -> None:
        await self.run(rounds.update().where(self.mine(rounds, rounds.c.id == number)).values(look_at=at))

    async def wish(self, number: CircleRoundId, member: MemberId, wish: Wish) -> None:
        """A later answer takes the place of an earlier one."""
        sealed = {"stays": wish.stays.value, "size": wish.size_max, "every": wish.every, "protocol": wish.protocol}
        if not await self.insert_once(wishes, {"round": number, "member": member, "wish": sealed}):
            mine = self.mine(wishes, wishes.c.round == number, wishes.c.member == member)
            await self.run(wishes.update().where(mine).values(wish=sealed))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[CircleRound]:
        found = await self.rows(select(rounds).where(self.mine(rounds, *conditions)).order_by(rounds.c.id))
        given = await self._wishes([row.id for row in found])
        return [_round(row, given[row.id]) for row in found]

    async def _wishes(self, numbers: Sequence[int]) -> dict[int, dict[MemberId, Wish]]:
        given: dict[int, dict[MemberId, Wish]] = defaultdict(dict)
        mine = self.mine(wishes, wishes.c.round.in_(set(numbers)))
        for row in await self.rows(select(wishes).where(mine).order_by(wishes.c.member)) if numbers else ():
            given[row.round][MemberId(row.member)] = _wish(row.wish)
        return given


def _wish(stored: Mapping[str, Any]) -> Wish:
    return Wish(Stays(stored["stays"]), int(stored["size"]), int(stored["every"]), str(stored["protocol"]))


def _round(row: Row[Any], given: Mapping[MemberId, Wish]) -> CircleRound:
    return CircleRound(
        id=CircleRoundId(row.id),
        circle=CircleId(row.circle),
        number=row.number,
        began=row.began,
        sessions=row.sessions,
        state=RoundState(row.state),
        look_at=row.look_at,
        closes=row.closes,
        wishes=given,
        version=row.version,
    )


def _values(this: CircleRound) -> dict[str, Any]:
    return {
        "circle": this.circle,
        "number": this.number,
        "began": this.began,
        "sessions": this.sessions,
        "state": this.state.value,
        "look_at": this.look_at,
        "closes": this.closes,
    }
