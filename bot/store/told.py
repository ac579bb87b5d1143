"""What members have heard lately that they did not ask for, and what goes together in one message.

A message counts for the week of its reader in which it was taken to be sent; what goes as a part of it counts for nothing
by itself. What was certainly not sent is pending again, and counts no more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from bot.domain.ids import ChannelId, LetterId, MemberId, Timestamp
from bot.store.base import Repository
from bot.store.messages import Place, messages
from bot.store.outbox import Letter, State, is_, letter_of, outbox

_BUT_PAYLOAD = [column for column in outbox.c if column.name != "payload"]
_OUT = [state.value for state in (State.SENDING, State.UNKNOWN, State.UNCERTAIN, State.SENT, State.CARRIED)]


@dataclass(frozen=True)
class Counted:
    """A letter that went out, or is on its way, to somebody who did not ask for it."""

    id: LetterId
    to: MemberId
    kind: str
    subject: str
    week: date
    is_part: bool
    is_there: bool
    """Whether it is known where it stands."""


class ToldSoFar(Repository):
    async def heard(self, who: Collection[MemberId], since: date, subjects: Collection[str]) -> list[Counted]:
        """What these members had in the weeks since then, and whatever they had about these subjects."""
        lately = or_(outbox.c.week >= since.isoformat(), outbox.c.subject.in_(set(subjects)))
        out = self.mine(
            outbox, outbox.c.recipient.in_(set(who)), outbox.c.week.is_not(None), outbox.c.state.in_(_OUT), lately
        )
        columns = ("id", "recipient", "kind", "subject", "week", "state", "carrier", "ts")
        found = await self.rows(select(*(outbox.c[name] for name in columns)).where(out).order_by(outbox.c.id))
        return [
            Counted(
                id=LetterId(row.id),
                to=MemberId(row.recipient),
                kind=row.kind,
                subject=row.subject,
                week=date.fromisoformat(row.week),
                is_part=row.carrier is not None,
                is_there=row.state == State.SENT.value and row.ts is not None,
            )
            for row in found
        ]

    async def waiting(
        self, letter: Letter, *, now: datetime, before: datetime, kinds: Collection[str], most: int
    ) -> list[Letter]:
        """What else of these kinds waits for the same reader and would go before that moment, the first due first."""
        others = self.mine(
            outbox,
            is_(State.PENDING),
            outbox.c.lane == letter.to,
            outbox.c.id != letter.id,
            outbox.c.kind.in_(set(kinds)),
            outbox.c.due < before,
            or_(outbox.c.expires.is_(None), outbox.c.expires > now),
        )
        ordered = select(*_BUT_PAYLOAD).where(others).order_by(outbox.c.due, outbox.c.id).limit(most)
        return [letter_of(row) for row in await self.rows(ordered)]

    async def parts_of(self, carrier: LetterId) -> list[Letter]:
        there = or_(is_(State.CARRIED), is_(State.SENT))
        parts = self.mine(outbox, outbox.c.carrier == carrier, there)
        return [letter_of(row) for row in await self.rows(select(*_BUT_PAYLOAD).where(parts).order_by(outbox.c.id))]

    async def standing(self, message: LetterId) -> tuple[Letter, Place] | None:
        """A letter that was sent, and where it stands."""
        row = await self.first(
            select(*_BUT_PAYLOAD).where(self.mine(outbox, outbox.c.id == message, is_(State.SENT)))
        )
        if row is None or not row.ts:
            return None
        return letter_of(row), Place(ChannelId(row.channel), Timestamp(row.ts))

    async def carry(self, parts: Sequence[Letter], carrier: Letter, *, week: date, now: datetime) -> None:
        """These go in its message, and do no more by themselves."""
        if not parts:
            return
        numbers = [part.id for part in parts]
        values: dict[str, Any] = {"state": State.CARRIED.value, "carrier": carrier.id, "week": week.isoformat()}
        mine = self.mine(outbox, outbox.c.id.in_(numbers))
        await self.run(outbox.update().where(mine).values(done=now, why=None, **values))
        await self.run(outbox.update().where(self.mine(outbox, outbox.c.id == carrier.id)).values(carries=True))

    async def share(self, letter: Letter) -> None:
        """Its message holds others too from now on, so it is not to be written anew on its account alone."""
        await self.run(outbox.update().where(self.mine(outbox, outbox.c.id == letter.id)).values(carries=True))
        there = self.mine(messages, messages.c.kind == letter.kind, messages.c.subject == letter.subject)
        await self.run(messages.delete().where(there))
