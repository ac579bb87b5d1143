"""Letters that wait, but may have gone out in a past that the database lost (see `epoch`).

The first of a lane becomes unknown, and is looked for like any other. A look through the whole conversation tells of the
other ones in it too, so that a long backlog costs one look a conversation.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bot.domain.ids import ChannelId, Timestamp
from bot.store.base import Repository
from bot.store.delivery import Claimed, Head, Lease
from bot.store.epoch import Doubt
from bot.store.messages import Messages, Place
from bot.store.outbox import Letter, State, is_, letter_of, outbox

_COLUMNS = [column for column in outbox.c if column.name != "payload"]


class Doubts(Repository):
    async def look_for(
        self, head: Head, lease: Lease, *, channel: ChannelId | None, thread: Timestamp | None
    ) -> None:
        """It may have gone out at any time since the lease began: to be looked for when it ends. Under the gate."""
        values = {
            "state": State.UNKNOWN.value,
            "attempt": outbox.c.attempt + 1,
            "lease_owner": lease.owner,
            "started": lease.started,
            "check_at": lease.until,
            "channel": channel,
            "thread": thread,
            "error": "it may have gone out before the database was restored",
        }
        await self._settle(head.letter, values)

    async def others(self, claimed: Claimed, doubt: Doubt) -> list[Letter]:
        """The other letters of its lane that are in doubt, without their payload."""
        not_yet = or_(outbox.c.check_at.is_(None), outbox.c.check_at <= doubt.until)
        doubted = self.mine(
            outbox,
            is_(State.PENDING),
            outbox.c.lane == claimed.lane,
            outbox.c.due <= doubt.until,
            not_yet,
        )
        return [letter_of(row) for row in await self.rows(select(*_COLUMNS).where(doubted))]

    async def there(self, letter: Letter, place: Place, *, now: datetime, messages: Messages) -> None:
        values = {"state": State.SENT.value, "channel": place.channel, "ts": place.ts, "done": now}
        if await self._settle(letter, values):
            await messages.remember(letter.kind, letter.subject, place)

    async def not_there(self, letter: Letter, now: datetime) -> None:
        """It is not in the conversation itself; one that goes to a thread is still looked for there."""
        await self._settle(letter, {"check_at": now, "thread": None})

    async def _settle(self, letter: Letter, values: Mapping[str, Any]) -> bool:
        waiting = self.mine(outbox, outbox.c.id == letter.id, is_(State.PENDING))
        return (await self.run(outbox.update().where(waiting).values(**values))).rowcount == 1
