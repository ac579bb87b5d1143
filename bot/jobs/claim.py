"""The claim: under one workspace's gate, the letters that go out now, composed from the facts of now.

Whether a letter is still wanted is asked in the transaction that takes it, so whoever changed the facts before is heard.
A compose that raises is a bug of one kind of letter: its work is rolled back to a savepoint, and the others go on.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog

from bot.domain import manners
from bot.domain.ids import ChannelId, LetterId, MemberId, TeamId, Timestamp
from bot.domain.manners import Verdict
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.jobs.manners import Courtesy
from bot.jobs.pacing import OPEN, RATES
from bot.jobs.terms import Terms
from bot.jobs.trying import named, tried
from bot.store.delivery import Claimed, Delivery, Head, Lease
from bot.store.doubts import Doubts
from bot.store.epoch import Doubt, Epoch, Epochs
from bot.store.leases import Gates
from bot.store.outbox import Letter
from bot.store.tiers import Tiers
from bot.store.unit_of_work import Store, Work

MOST_EXAMINED = 50
"""Letters looked at in one claim, so that it stays short however many are moot."""
SHORTEST_WAIT = timedelta(seconds=1)
A_MINUTE = timedelta(minutes=1)

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
        self._epochs = Epochs(store.engine)

    async def claim(
        self, team: TeamId, now: datetime, room: int, quiet: Mapping[MemberId, datetime] | None = None
    ) -> Claims:
        """What may be sent of one workspace right now; nothing while another replica has its gate."""
        terms = self._terms
        async with self._store.open_work(team) as work:
            gates, delivery = Gates(work.connection, team), Delivery(work.connection, team)
            gate = await gates.lock(terms.pace, now)
            if gate is None:
                return Claims()
            epoch = await self._verified(work, now)
            lost = await delivery.lose_leases(now, now + terms.quarantine)
            expired = await delivery.expire(now)
            for words, keys in (("a lease ran out", lost), ("expired", expired)):
                for key in keys:
                    log.info(words, key=key, team=team)
            looks = await delivery.to_look_for(now, gate.reading_room(now), again=now + terms.lease)
            lease = Lease(self._owner, now, now + terms.lease)
            filling = _Filling(work, self._kinds, lease=lease, terms=terms, epoch=epoch)
            await filling.fill(min(room, gate.room(now)), quiet or {})
            parcels = filling.parcels
            await gates.save(replace(gate, tokens=gate.tokens - len(parcels), reads=gate.reads - len(looks)))
            if parcels:
                epoch = await self._epochs.advance(work.connection, epoch)
        if parcels:
            await asyncio.to_thread(self._epochs.witness, epoch)
        for one in (parcel.claimed for parcel in parcels):
            log.info("claimed", key=one.letter.key, team=team, attempt=one.attempt, late=str(now - one.letter.due))
        return Claims(tuple(parcels), tuple(looks), len(lost) + len(expired) + filling.examined - len(parcels))

    async def _verified(self, work: Work, now: datetime) -> Epoch:
        """Asked after the gate was taken: whatever another replica sent before, it sent from this epoch too."""
        epoch = await self._epochs.verify(work.connection, now, now + self._terms.shadow)
        if epoch.new:
            log.warning("the database is another one", doubt=str(epoch.doubt), identity=epoch.identity)
        return epoch


class _Filling:
    """One claim under way, inside its transaction."""

    def __init__(
        self, work: Work, kinds: Mapping[str, LetterKind], *, lease: Lease, terms: Terms, epoch: Epoch
    ) -> None:
        self.parcels: list[Parcel] = []
        self.examined = 0
        self._waiting = 0
        self._work = work
        self._delivery = Delivery(work.connection, work.team)
        self._kinds = kinds
        self._lease = lease
        self._terms = terms
        self._now = lease.started
        self._doubt = epoch.doubt
        self._courtesy = Courtesy(work, kinds, self._now)
        self._verdict: Verdict = manners.Go()

    async def fill(self, room: int, quiet: Mapping[MemberId, datetime]) -> None:
        """`quiet` is whom Slack keeps undisturbed, until when."""
        while len(self.parcels) < room and self.examined < MOST_EXAMINED:
            heads = await self._delivery.heads(self._now, room - len(self.parcels))
            if not heads:
                return
            self.examined += len(heads)
            known = await self._conversations(heads)
            await self._courtesy.learn(heads, quiet)
            for head in heads:
                if head.carries:
                    await self._delivery.set_free(head.letter.id)
                self._verdict = self._courtesy.verdict(head.letter)
                await self._act(head, await self._outcome(head, self._verdict), known)

    async def _outcome(self, head: Head, verdict: Verdict) -> Outcome | Exception:
        """What manners say; and how the letter reads now, by itself or together with others."""
        letter = head.letter
        match verdict:
            case manners.Wait(until, why):
                return Wait(until, why)
            case manners.Never(why):
                return Moot(why)
        outcome = await self._compose(letter)
        if not isinstance(outcome, Send) or not self._courtesy.is_nudge(letter):
            return outcome
        match verdict:
            case manners.Merge(week) if not self._doubts(head, None):
                return await self._courtesy.merge(letter, outcome, week, self._compose)
            case manners.Join(message):
                joined = await self._courtesy.join(letter, outcome, message, self._compose)
                return joined or Wait(self._now + A_MINUTE)
            case _:
                return self._courtesy.with_way_out(letter, outcome)

    async def _conversations(self, heads: Sequence[Head]) -> dict[MemberId, ChannelId]:
        """The DMs with the bot that are known, of those to whom these letters go."""
        people = [head.letter.member for head in heads if head.letter.member]
        found = await self._work.members.named(people)
        return {member.id: member.dm for member in found.values() if member.dm}

    async def _compose(self, letter: Letter) -> Outcome | Exception:
        kind = self._kinds.get(letter.kind)
        if kind is None:
            return LookupError(f"no feature has letters of the kind {letter.kind!r}")
        savepoint = await self._work.connection.begin_nested()
        outcome = await tried(self._read(kind, letter))
        if isinstance(outcome, Exception):
            await savepoint.rollback()
            log.error("a letter could not be composed", key=letter.key, team=self._work.team, exc_info=outcome)
        else:
            await savepoint.commit()
        return outcome

    async def _read(self, kind: LetterKind, letter: Letter) -> Outcome:
        return await kind.compose(self._work, await self._delivery.opened(letter), self._now)

    async def _act(self, head: Head, outcome: Outcome | Exception, known: Mapping[MemberId, ChannelId]) -> None:
        match outcome:
            case Send() if self._doubts(head, outcome.thread) and not self._goes_elsewhere(head, outcome):
                await self._look_first(head, known, thread=outcome.thread)
            case Wait() if self._doubts(head, None):
                # It might have been sent before it was to wait.
                await self._look_first(head, known, thread=None)
            case Send():
                await self._take(head, outcome, known)
            case Moot(why):
                await self._delivery.moot(head.letter, why, self._now)
                log.info("moot", key=head.letter.key, team=self._work.team, why=why)
            case Wait(until, why):
                await self._delivery.postpone(head.letter, max(until, self._now + SHORTEST_WAIT), why)
                if why:
                    log.info("waits", key=head.letter.key, team=self._work.team, why=why)
            case Exception():
                again = self._terms.again(head.failures, self._now)
                await self._delivery.fail(head, named(outcome), again=again, now=self._now)

    async def _take(self, head: Head, send: Send, known: Mapping[MemberId, ChannelId]) -> None:
        if self._goes_elsewhere(head, send):
            # One conversation, one lane: it queues again where it goes.
            await self._delivery.reroute(head.letter, ChannelId(send.channel or head.letter.to))
            return
        channel = _conversation(head, known)
        if channel is None and (until := await self._cannot_open()):
            await Gates(self._work.connection, self._work.team).hold_lane(head.lane, until)
            return
        week, joins = counting(self._verdict, self._courtesy.week_for(head.letter))
        claimed = await self._delivery.claim(
            head, self._lease, channel=channel, thread=send.thread, week=week, joins=joins
        )
        if claimed:
            self.parcels.append(Parcel(claimed, send))
        elif send.also:
            await self._delivery.set_free(head.letter.id)

    async def _cannot_open(self) -> datetime | None:
        """Until when a conversation cannot be opened; those that wait get a place each, so that not all come at once."""
        until = await Tiers(self._work.connection, self._work.team).take(OPEN, RATES[OPEN], self._now)
        if until is None:
            return None
        self._waiting += 1
        return until + (self._waiting - 1) * RATES[OPEN].after(0)

    def _goes_elsewhere(self, head: Head, send: Send) -> bool:
        return (send.channel or head.letter.to) != head.lane

    def _doubts(self, head: Head, thread: Timestamp | None) -> bool:
        return head.is_in(self._doubt, thread)

    async def _look_first(self, head: Head, known: Mapping[MemberId, ChannelId], *, thread: Timestamp | None) -> None:
        doubt = self._doubt or Doubt(self._now, self._now)
        settled = max(self._now, doubt.until + self._terms.quarantine)
        lease = replace(self._lease, started=min(head.letter.due, doubt.since), until=settled)
        doubts = Doubts(self._work.connection, self._work.team)
        await doubts.look_for(head, lease, channel=_conversation(head, known), thread=thread)
        log.info("in doubt", key=head.letter.key, team=self._work.team, look_at=lease.until.isoformat())


def _conversation(head: Head, known: Mapping[MemberId, ChannelId]) -> ChannelId | None:
    """Where a letter of this lane goes: into the channel, or the DM of the member, if that is known."""
    member = head.letter.member
    return known.get(member) if member == head.lane else ChannelId(head.lane)


def counting(verdict: Verdict, week: date) -> tuple[date | None, LetterId | None]:
    """The week a letter counts for, and the letter it becomes a part of."""
    match verdict:
        case manners.Go(counted):
            return counted, None
        case manners.Merge(counted):
            return counted, None
        case manners.Join(message):
            return week, message
        case _:
            return None, None
