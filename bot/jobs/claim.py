"""The claim: under one workspace's gate, the letters that go out now, composed from the facts of now.

Whether a letter is still wanted is asked in the transaction that takes it, so whoever changed the facts before is heard.
A compose that raises is a bug of one kind of letter: its work is rolled back to a savepoint, and the others go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import ChannelId, MemberId, TeamId
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.jobs.terms import Terms
from bot.jobs.trying import named, tried
from bot.store.delivery import Claimed, Delivery, Head, Lease
from bot.store.leases import Gates
from bot.store.unit_of_work import Store, Work

MOST_EXAMINED = 50
"""Letters looked at in one claim, so that it stays short however many are moot."""
SHORTEST_WAIT = timedelta(seconds=1)

log = structlog.get_logger("deliver")


@dataclass(frozen=True)
class Parcel:
    """A claimed letter and how it reads."""

    claimed: Claimed
    send: Send


@dataclass(frozen=True)
class Claims:
    parcels: tuple[Parcel, ...] = ()
    looks: tuple[Claimed, ...] = ()
    """Letters of unknown outcome that are to be looked for."""
    others: int = 0
    """Letters that moved on without being sent: moot, expired, put off."""

    @property
    def count(self) -> int:
        return len(self.parcels) + len(self.looks) + self.others


class Claimer:
    def __init__(self, store: Store, kinds: Mapping[str, LetterKind], *, owner: str, terms: Terms) -> None:
        self._store = store
        self._kinds = kinds
        self._owner = owner
        self._terms = terms

    async def claim(self, team: TeamId, now: datetime, room: int) -> Claims:
        """What may be sent of one workspace right now; nothing while another replica has its gate."""
        async with self._store.open_work(team) as work:
            gates, delivery = Gates(work.connection, team), Delivery(work.connection, team)
            gate = await gates.lock(self._terms.pace, now)
            if gate is None:
                return Claims()
            lost = await delivery.lose_leases(now, now + self._terms.quarantine)
            expired = await delivery.expire(now)
            looks = await delivery.to_look_for(now, gate.reading_room(now), again=now + self._terms.lease)
            parcels, examined = await self._fill(work, delivery, now=now, room=min(room, gate.room(now)))
            await gates.save(replace(gate, tokens=gate.tokens - len(parcels), reads=gate.reads - len(looks)))
        return Claims(tuple(parcels), tuple(looks), lost + expired + examined - len(parcels))

    async def _fill(self, work: Work, delivery: Delivery, *, now: datetime, room: int) -> tuple[list[Parcel], int]:
        parcels: list[Parcel] = []
        examined = 0
        while len(parcels) < room and examined < MOST_EXAMINED:
            heads = await delivery.heads(now, room - len(parcels))
            if not heads:
                break
            examined += len(heads)
            dms = await _conversations(work, heads)
            for head in heads:
                outcome = await self._compose(work, delivery, head=head, now=now)
                parcel = await self._act(delivery, head, outcome=outcome, known=dms, now=now)
                if parcel:
                    parcels.append(parcel)
        return parcels, examined

    async def _compose(self, work: Work, delivery: Delivery, *, head: Head, now: datetime) -> Outcome | Exception:
        kind = self._kinds.get(head.letter.kind)
        if kind is None:
            return LookupError(f"no feature has letters of the kind {head.letter.kind!r}")
        savepoint = await work.connection.begin_nested()
        outcome = await tried(self._read(work, delivery, kind=kind, head=head, now=now))
        if isinstance(outcome, Exception):
            await savepoint.rollback()
            log.error("a letter could not be composed", key=head.letter.key, team=work.team, exc_info=outcome)
        else:
            await savepoint.commit()
        return outcome

    async def _read(self, work: Work, delivery: Delivery, *, kind: LetterKind, head: Head, now: datetime) -> Outcome:
        return await kind.compose(work, await delivery.opened(head.letter), now)

    async def _act(
        self,
        delivery: Delivery,
        head: Head,
        *,
        outcome: Outcome | Exception,
        known: Mapping[MemberId, ChannelId],
        now: datetime,
    ) -> Parcel | None:
        match outcome:
            case Send():
                return await self._take(delivery, head, send=outcome, known=known, now=now)
            case Moot(why):
                await delivery.moot(head.letter, why, now)
                log.info("moot", key=head.letter.key, why=why)
            case Wait(until):
                await delivery.postpone(head.letter, max(until, now + SHORTEST_WAIT))
            case Exception():
                again = self._terms.again(head.failures, now)
                await delivery.fail(head, named(outcome), again=again, now=now)
        return None

    async def _take(
        self, delivery: Delivery, head: Head, *, send: Send, known: Mapping[MemberId, ChannelId], now: datetime
    ) -> Parcel | None:
        target = send.channel or head.letter.to
        if target != head.lane:
            # One conversation, one lane: it queues again where it goes.
            await delivery.reroute(head.letter, ChannelId(target))
            return None
        member = None if send.channel else head.letter.member
        channel = known.get(member) if member else ChannelId(target)
        lease = Lease(self._owner, now, now + self._terms.lease)
        claimed = await delivery.claim(head, lease, channel=channel, thread=send.thread)
        return Parcel(claimed, send) if claimed else None


async def _conversations(work: Work, heads: list[Head]) -> dict[MemberId, ChannelId]:
    """The DMs with the bot that are known, of those to whom these letters go."""
    people = [head.letter.member for head in heads if head.letter.member]
    return {member.id: member.dm for member in (await work.members.named(people)).values() if member.dm}
