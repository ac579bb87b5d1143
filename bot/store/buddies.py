"""Buddies that members picked, one a circle; and who said that it doesn't suit them, so that nobody asks them twice."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Select, String, Table, Text, and_, cast, literal, select, union_all

from bot.domain.buddies import Ties
from bot.domain.ids import CircleId, MemberId
from bot.store.base import Repository, metadata, team_column
from bot.store.checkins import rounds
from bot.store.pairs import pairs

buddies = Table(
    "buddies",
    metadata,
    team_column(primary_key=True),
    Column("circle", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("buddy", String(20), primary_key=True),
    Column("declined", Boolean, nullable=False),
)

A_WEEK = timedelta(days=7)


class Buddies(Repository):
    async def ties(self, circles: Collection[CircleId], member: MemberId, now: datetime) -> Mapping[CircleId, Ties]:
        """Whom the member picked and with whom they check in this week, by circle; one question, each has an entry."""
        picked: dict[CircleId, MemberId] = {}
        partners: dict[CircleId, tuple[MemberId, ...]] = {}
        if circles:
            both = union_all(self._picked(circles, member), self._paired(circles, member, now))
            for row in await self.rows(both):
                here = CircleId(row.circle)
                if row.who:
                    picked[here] = MemberId(row.who)
                else:
                    team = (MemberId(one) for one in json.loads(row.team_of))
                    partners[here] = tuple(one for one in team if one != member)
        return {number: Ties(picked.get(number), partners.get(number, ())) for number in circles}

    def _picked(self, circles: Collection[CircleId], member: MemberId) -> Select[Any]:
        mine = self.mine(buddies, buddies.c.circle.in_(set(circles)), buddies.c.member == member, ~buddies.c.declined)
        return select(buddies.c.circle, buddies.c.buddy.label("who"), literal("").label("team_of")).where(mine)

    def _paired(self, circles: Collection[CircleId], member: MemberId, now: datetime) -> Select[Any]:
        lately = and_(rounds.c.team == pairs.c.team, rounds.c.id == pairs.c.round, rounds.c.opens > now - A_WEEK)
        team_of = cast(pairs.c.members, Text)
        with_them = team_of.contains(json.dumps(member), autoescape=True)
        mine = self.mine(pairs, pairs.c.circle.in_(set(circles)), ~pairs.c.ended, with_them, rounds.c.opens <= now)
        return select(pairs.c.circle, literal(""), team_of).select_from(pairs.join(rounds, lately)).where(mine)

    async def has_declined(self, circle: CircleId, member: MemberId, buddy: MemberId) -> bool:
        row = await self.first(select(buddies).where(self._this(circle, member, buddy), buddies.c.declined))
        return row is not None

    async def pick(self, circle: CircleId, member: MemberId, buddy: MemberId | None) -> None:
        """In place of whom they had picked before; None for nobody."""
        others = self.mine(buddies, buddies.c.circle == circle, buddies.c.member == member, ~buddies.c.declined)
        await self.run(buddies.delete().where(others))
        if buddy is not None:
            await self.insert_once(buddies, {"circle": circle, "member": member, "buddy": buddy, "declined": False})

    async def decline(self, circle: CircleId, member: MemberId, buddy: MemberId) -> bool:
        """Whether they were picked until now."""
        this = self._this(circle, member, buddy) & ~buddies.c.declined
        return (await self.run(buddies.update().where(this).values(declined=True))).rowcount == 1

    def _this(self, circle: CircleId, member: MemberId, buddy: MemberId) -> Any:
        return self.mine(buddies, buddies.c.circle == circle, buddies.c.member == member, buddies.c.buddy == buddy)
