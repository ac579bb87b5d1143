"""Pairs of the week: who was with whom in which round, where they talk, and who in a circle wishes for pairs."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, select

from bot.domain.ids import ChannelId, CircleId, MemberId, PairId, RoundId
from bot.domain.pairing import Pair, Team
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.types import Json, Moment

pairs = Table(
    "checkin_pairs",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("round", Integer, nullable=False),
    Column("circle", Integer, nullable=False),
    Column("members", Json, nullable=False),
    Column("channel", String(20)),
    Column("open_at", Moment),
    Column("ended", Boolean, nullable=False),
    Index("ix_checkin_pairs_round", "team", "round"),
    Index("ix_checkin_pairs_circle", "team", "circle"),
    Index("ix_checkin_pairs_open", "team", "open_at"),
)

wishes = Table(
    "checkin_wishes",
    metadata,
    team_column(primary_key=True),
    Column("circle", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("pairs", Boolean, nullable=False),
)


class Pairs(Repository):
    """`open_at` is when the conversation of a pair is to be opened; it is null once it is, or can't be.

    A pair that somebody left keeps its row and its number, which letters go by; it is another pair that goes on.
    """

    async def of_rounds(self, numbers: Collection[RoundId]) -> dict[RoundId, list[Pair]]:
        found: dict[RoundId, list[Pair]] = defaultdict(list)
        if numbers:
            mine = self.mine(pairs, pairs.c.round.in_(set(numbers)), ~pairs.c.ended)
            for row in await self.rows(select(pairs).where(mine).order_by(pairs.c.id)):
                found[RoundId(row.round)].append(_pair(row))
        return dict(found)

    async def past_of(self, circles: Collection[CircleId]) -> dict[CircleId, list[Team]]:
        """All there ever were in these circles, oldest first."""
        found: dict[CircleId, list[Team]] = defaultdict(list)
        if circles:
            mine = self.mine(pairs, pairs.c.circle.in_(set(circles)), ~pairs.c.ended)
            question = select(pairs.c.circle, pairs.c.members).where(mine).order_by(pairs.c.round, pairs.c.id)
            for row in await self.rows(question):
                found[CircleId(row.circle)].append(tuple(MemberId(one) for one in row.members))
        return dict(found)

    async def find(self, pair: PairId) -> Pair | None:
        row = await self.first(select(pairs).where(self.mine(pairs, pairs.c.id == pair, ~pairs.c.ended)))
        return _pair(row) if row else None

    async def put(self, round: RoundId, circle: CircleId, teams: Sequence[Team], open_at: datetime) -> None:
        """These pairs and no others; those that stay as they were keep their conversation."""
        known = {pair.members: pair for pair in (await self.of_rounds([round])).get(round, [])}
        gone = [pair.id for members, pair in known.items() if members not in teams]
        if gone:
            these = self.mine(pairs, pairs.c.id.in_(gone))
            await self.run(pairs.update().where(these).values(ended=True, open_at=None))
        for team in teams:
            if team not in known:
                values = {"round": round, "circle": circle, "members": list(team), "open_at": open_at, "ended": False}
                await self.insert(pairs, values)

    async def open_later(self, round: RoundId, at: datetime) -> None:
        """Another moment for the conversations of a round that are not open yet."""
        mine = self.mine(pairs, pairs.c.round == round, pairs.c.open_at.is_not(None))
        await self.run(pairs.update().where(mine).values(open_at=at))

    def earliest_to_open(self) -> Earliest:
        return earliest(pairs.c.open_at, self.mine(pairs))

    async def to_open(self, now: datetime) -> list[Pair]:
        mine = self.mine(pairs, pairs.c.open_at <= now)
        return [_pair(row) for row in await self.rows(select(pairs).where(mine).order_by(pairs.c.id))]

    async def opened(self, pair: PairId, channel: ChannelId | None) -> bool:
        """Whether this is the first to say so; without a channel they talk in the circle's thread."""
        mine = self.mine(pairs, pairs.c.id == pair, pairs.c.open_at.is_not(None))
        return (await self.run(pairs.update().where(mine).values(channel=channel, open_at=None))).rowcount == 1

    # Who wishes for pairs

    async def wishes_of(self, circles: Collection[CircleId]) -> dict[CircleId, dict[MemberId, bool]]:
        found: dict[CircleId, dict[MemberId, bool]] = {number: {} for number in circles}
        if circles:
            mine = self.mine(wishes, wishes.c.circle.in_(set(circles)))
            for row in await self.rows(select(wishes).where(mine)):
                found[CircleId(row.circle)][MemberId(row.member)] = row.pairs
        return found

    async def wish(self, circle: CircleId, member: MemberId, *, pairs: bool) -> bool:
        """Whether it is another wish than before."""
        this = self.mine(wishes, wishes.c.circle == circle, wishes.c.member == member)
        row = await self.first(select(wishes).where(this))
        if row is None:
            return await self.insert_once(wishes, {"circle": circle, "member": member, "pairs": pairs})
        if row.pairs == pairs:
            return False
        return (await self.run(wishes.update().where(this).values(pairs=pairs))).rowcount == 1


def _pair(row: Row[Any]) -> Pair:
    return Pair(
        id=PairId(row.id),
        round=RoundId(row.round),
        circle=CircleId(row.circle),
        members=tuple(MemberId(one) for one in row.members),
        channel=ChannelId(row.channel) if row.channel else None,
    )
