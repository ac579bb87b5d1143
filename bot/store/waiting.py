"""Letters that wait and whose moment has changed: their reader lives by another clock now, or what they speak of does."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from bot.domain.ids import MemberId
from bot.store.base import Repository
from bot.store.outbox import Letter, State, is_, letter_of, outbox

_BUT_PAYLOAD = [column for column in outbox.c if column.name != "payload"]


class Waiting(Repository):
    async def of(self, who: Collection[MemberId], now: datetime) -> list[Letter]:
        """What waits for its moment in the conversations with these members; what is due is asked about when it goes."""
        mine = self.mine(outbox, outbox.c.lane.in_(set(who)), is_(State.PENDING), outbox.c.due > now)
        return [letter_of(row) for row in await self.rows(select(*_BUT_PAYLOAD).where(mine).order_by(outbox.c.id))]

    async def move(self, key: str, *, due: datetime, expires: datetime | None, why: str = "") -> None:
        """The letter goes at another moment than was promised, if it has not gone yet."""
        mine = self.mine(outbox, outbox.c.key == key, is_(State.PENDING))
        values = {"due": due, "expires": expires} | ({"why": why} if why else {})
        await self.run(outbox.update().where(mine).values(**values))

    async def keep_up(self, key: str, *, due: datetime, expires: datetime) -> None:
        """The same for a letter about something that has been moved, which shows by when the letter is of no use any
        more; one about something that stands where it did keeps whatever moment it waits for."""
        mine = self.mine(outbox, outbox.c.key == key, is_(State.PENDING))
        moved = or_(outbox.c.expires.is_(None), outbox.c.expires != expires)
        await self.run(outbox.update().where(mine, moved).values(due=due, expires=expires))
