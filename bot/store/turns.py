"""The seat ledger's facts: who sat and who held which role, the swaps and the passes. What will be is worked out.

`ledgers` asks a constant number of questions, however many circles it is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    cast,
    literal,
    null,
    select,
    union_all,
)

from bot.domain.circles import Circle
from bot.domain.duties import Duty
from bot.domain.hotseat import Jump, Ledger, Meeting, Pass, Reserve, Swap, Turn, as_meeting, look_ahead, turn_in
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.domain.sessions import Session, protocol_of
from bot.domain.shipped import protocol_named
from bot.store.base import metadata, team_column
from bot.store.remembering import Remembering
from bot.store.types import Moment

turns = Table(
    "turns",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("duty", String(12), primary_key=True),
    Column("member", String(20), primary_key=True),
)

swaps = Table(
    "swaps",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("one", String(20), nullable=False),
    Column("other", String(20), nullable=False),
    Index("ix_swaps_circle", "team", "circle"),
)

passes = Table(
    "passes",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    Column("member", String(20), nullable=False),
    UniqueConstraint("team", "session", "member"),
    Index("ix_passes_circle", "team", "circle"),
)

jumps = Table(
    "jumps",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    Column("member", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("team", "session", "member"),
    Index("ix_jumps_circle", "team", "circle"),
)

reserves = Table(
    "reserves",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    Column("member", String(20), nullable=False),
    Column("ready", Boolean, nullable=False),
    UniqueConstraint("team", "session", "member"),
    Index("ix_reserves_circle", "team", "circle"),
)


class Turns(Remembering):
    async def ledger(self, circle: Circle, sessions: Sequence[Session]) -> Ledger:
        """What is known of one circle; `sessions` are all of its."""
        found = await self.ledgers([circle], {circle.id: sessions})
        return found[circle.id]

    async def ledgers(
        self, circles: Collection[Circle], sessions: Mapping[CircleId, Sequence[Session]]
    ) -> dict[CircleId, Ledger]:
        """The same for several circles, in three questions; asked again in one block, in none."""
        if not circles:
            return {}
        about = tuple((one.id, one.seats, one.protocol, *map(_known_of, sessions.get(one.id, ()))) for one in circles)
        return await self.once(("ledgers", about), lambda: self._ledgers(circles, sessions))

    async def _ledgers(
        self, circles: Collection[Circle], sessions: Mapping[CircleId, Sequence[Session]]
    ) -> dict[CircleId, Ledger]:
        numbers = [circle.id for circle in circles]
        sat = await self._sat([session.id for number in numbers for session in sessions.get(number, ())])
        asked = await self._asked(numbers)
        return {
            circle.id: Ledger(
                seats=circle.seats,
                meetings=tuple(_meeting(circle, one, sat[one.id]) for one in sessions.get(circle.id, ())),
                swaps=tuple(Swap(row.at, MemberId(row.one), MemberId(row.other)) for row in asked["swap", circle.id]),
                passes=tuple(Pass(MemberId(row.one), SessionId(row.session)) for row in asked["pass", circle.id]),
                jumps=tuple(
                    Jump(row.at, MemberId(row.one), SessionId(row.session)) for row in asked["jump", circle.id]
                ),
                reserves=tuple(
                    Reserve(MemberId(row.one), SessionId(row.session), bool(row.ready))
                    for row in asked["reserve", circle.id]
                ),
                chairs=protocol_named(circle.protocol).chairs,
            )
            for circle in circles
        }

    async def _asked(self, circles: Sequence[CircleId]) -> dict[tuple[str, CircleId], list[Row[Any]]]:
        """What was asked for between the sessions, of all four kinds, in one question."""
        other, session = cast(null(), String), cast(null(), Integer)
        at, ready = cast(null(), Moment), cast(null(), Boolean)
        parts = [
            select(literal("swap").label("kind"), swaps.c.id, swaps.c.circle, swaps.c.one, swaps.c.other,
                   session.label("session"), swaps.c.at, ready.label("ready")
            ).where(self.mine(swaps, swaps.c.circle.in_(circles))),
            select(literal("pass"), passes.c.id, passes.c.circle, passes.c.member, other, passes.c.session, at, ready
            ).where(self.mine(passes, passes.c.circle.in_(circles))),
            select(literal("jump"), jumps.c.id, jumps.c.circle, jumps.c.member, other, jumps.c.session, jumps.c.at, ready
            ).where(self.mine(jumps, jumps.c.circle.in_(circles))),
            select(literal("reserve"), reserves.c.id, reserves.c.circle, reserves.c.member, other, reserves.c.session,
                   at, reserves.c.ready
            ).where(self.mine(reserves, reserves.c.circle.in_(circles))),
        ]  # fmt: skip
        found: dict[tuple[str, CircleId], list[Row[Any]]] = defaultdict(list)
        for row in await self.rows(union_all(*parts).order_by("kind", "id")):
            found[row.kind, CircleId(row.circle)].append(row)
        return found

    async def record(self, session: SessionId, turn: Turn) -> None:
        """Keep who sits and who does what, in place of what was kept before."""
        await self.run(turns.delete().where(self.mine(turns, turns.c.session == session)))
        kept = [(Duty.SEAT, who) for who in turn.sits] + list(turn.roles.items())
        for duty, who in kept:
            await self.insert_once(turns, {"session": session, "duty": duty.value, "member": who})

    async def planned(self, circle: Circle, sessions: Sequence[Session], session: SessionId) -> Turn | None:
        """Who is to sit and to hold the roles, as things stand; `sessions` are all of the circle's."""
        return turn_in(session, look_ahead(await self.ledger(circle, sessions)))

    async def recorded(self, session: SessionId) -> tuple[tuple[MemberId, ...], dict[Duty, MemberId]]:
        """Who sits and who has which role, of a session that has begun."""
        kept = (await self._sat([session]))[session]
        sits = tuple(who for duty, who in kept if duty is Duty.SEAT)
        return sits, {duty: who for duty, who in kept if duty is not Duty.SEAT}

    async def seat(self, session: SessionId, sits: Sequence[MemberId]) -> None:
        """Somebody else sat than was planned; the roles stay."""
        mine = self.mine(turns, turns.c.session == session, turns.c.duty == Duty.SEAT.value)
        await self.run(turns.delete().where(mine))
        for who in sits:
            await self.insert_once(turns, {"session": session, "duty": Duty.SEAT.value, "member": who})

    async def add_swap(self, circle: CircleId, swap: Swap) -> None:
        await self.insert(swaps, {"circle": circle, "at": swap.at, "one": swap.one, "other": swap.other})

    async def add_pass(self, circle: CircleId, given: Pass) -> bool:
        """Whether it is new: a second click passes no second time."""
        values = {"circle": circle, "session": given.session, "member": given.member}
        return await self.insert_once(passes, values)

    async def add_jump(self, circle: CircleId, jump: Jump) -> bool:
        values = {"circle": circle, "session": jump.session, "member": jump.member, "at": jump.at}
        return await self.insert_once(jumps, values)

    async def take_back_jump(self, session: SessionId, member: MemberId) -> bool:
        """Whether there was one."""
        mine = self.mine(jumps, jumps.c.session == session, jumps.c.member == member)
        return bool((await self.run(jumps.delete().where(mine))).rowcount)

    async def stand_by(self, circle: CircleId, reserve: Reserve) -> None:
        """The last word counts."""
        values = {"circle": circle, "session": reserve.session, "member": reserve.member, "ready": reserve.ready}
        if not await self.insert_once(reserves, values):
            mine = self.mine(reserves, reserves.c.session == reserve.session, reserves.c.member == reserve.member)
            await self.run(reserves.update().where(mine).values(ready=reserve.ready))

    async def _sat(self, sessions: Collection[SessionId]) -> dict[SessionId, list[tuple[Duty, MemberId]]]:
        found: dict[SessionId, list[tuple[Duty, MemberId]]] = defaultdict(list)
        if sessions:
            question = select(turns).where(self.mine(turns, turns.c.session.in_(set(sessions))))
            for row in await self.rows(question.order_by(turns.c.session, turns.c.duty, turns.c.member)):
                found[SessionId(row.session)].append((Duty(row.duty), MemberId(row.member)))
        return found


def _known_of(session: Session) -> Hashable:
    """What the ledger depends on, of a session."""
    return (
        session.id,
        session.starts,
        session.state,
        session.protocol,
        session.form,
        tuple(sorted(session.presence.items())),
    )


def _meeting(circle: Circle, session: Session, kept: Sequence[tuple[Duty, MemberId]]) -> Meeting:
    sat = [who for duty, who in kept if duty is Duty.SEAT]
    roles: dict[Duty, MemberId] = {duty: who for duty, who in kept if duty is not Duty.SEAT}
    return as_meeting(session, sat, roles, protocol_named(protocol_of(session, circle)).chairs)
