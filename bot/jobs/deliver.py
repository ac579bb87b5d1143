"""Delivery: claim, send, record, for all workspaces in turn.

Letters of different lanes are on their way at the same time, as many as the terms allow. A worker that dies in between
leaves a row in `sending`; its lease runs out and it becomes unknown, which `lookback` settles. Nothing here is kept in
memory that would be missed after a crash.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import ChannelId, TeamId
from bot.feature import Deps, LetterKind
from bot.jobs.claim import Claimer, Claims, Parcel
from bot.jobs.lookback import Lookback, metadata
from bot.jobs.metrics import Meter
from bot.jobs.pacing import OPEN, SLOW_DOWN, CannotOpen
from bot.jobs.terms import Terms
from bot.jobs.trying import named, tried
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.gateway import Posted
from bot.store.agenda import teams_with_work
from bot.store.away import is_away
from bot.store.delivery import Claimed, Delivery
from bot.store.leases import Gates
from bot.store.messages import Place
from bot.store.tiers import Tiers
from bot.store.unit_of_work import Work

RECORD_PAUSES = (0.2, 1.0, 3.0)
"""Seconds between attempts to write down what came of a sending."""
WHILE_AWAY = 2.0
LONGEST_AWAY = 900.0
"""While the database is away it is kept in memory: Slack's word that it was sent counts whenever it comes."""

log = structlog.get_logger("deliver")


class NotStarted(Exception):
    """Nothing was sent, for the worker was held up too long between the claim and the sending."""


class Deliverer:
    def __init__(
        self,
        deps: Deps,
        kinds: Mapping[str, LetterKind],
        *,
        terms: Terms | None = None,
        meter: Meter | None = None,
        steady: Callable[[], bool] = lambda: True,
    ) -> None:
        """`steady` says whether it is certain what time it is; where it is not, nothing begins."""
        self.terms = terms or Terms()
        self.meter = meter or Meter()
        self.stopping = False
        """No new claim; what is on its way is still sent and recorded."""
        self._deps = deps
        self._steady = steady
        self._lookback = Lookback(deps, self.terms)
        owner = f"worker-{secrets.token_hex(8)}"
        self._claimer = Claimer(deps.store, kinds, owner=owner, terms=self.terms)

    async def deliver_once(self) -> int:
        """Send what is due and may go now; how many letters moved on. Ends when nothing more may go at this moment."""
        handled = 0
        teams = await self._teams()
        flying: set[asyncio.Task[TeamId | None]] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                room = self.terms.at_once - len(flying)
                if teams and room > 0 and not self.stopping and self._steady():
                    claims = await self._claim(teams, room)
                    handled += claims.count
                    flying |= {group.create_task(self._guarded(work)) for work in self._work(claims)}
                elif flying:
                    landed, flying = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
                    freed = {team for team in (task.result() for task in landed) if team}
                    teams.extend(sorted(freed - set(teams)))
                else:
                    return handled

    async def _teams(self) -> deque[TeamId]:
        async with self._deps.store.transaction(read_only=True) as connection:
            return deque(await teams_with_work(connection, self._deps.now()))

    async def _claim(self, teams: deque[TeamId], room: int) -> Claims:
        """Claim for the next workspace in turn, at most its share; one with nothing left leaves the round."""
        team = teams.popleft()
        share = max(1, room // (len(teams) + 1))
        claims = await tried(self._claimer.claim(team, self._deps.now(), share))
        if isinstance(claims, Exception):
            log.error("the claim failed", team=team, exc_info=claims)
            return Claims()
        if claims.count:
            teams.append(team)
        return claims

    def _work(self, claims: Claims) -> Iterator[Awaitable[TeamId | None]]:
        yield from (self._deliver(parcel) for parcel in claims.parcels)
        yield from (self._look(claimed) for claimed in claims.looks)

    async def _guarded(self, work: Awaitable[TeamId | None]) -> TeamId | None:
        freed = await tried(work)
        if isinstance(freed, Exception):
            log.error("a delivery failed; its lease will run out", exc_info=freed)
            return None
        return freed

    async def _look(self, claimed: Claimed) -> TeamId:
        """Look for one letter; its workspace may have more to send then."""
        await self._lookback.look(claimed)
        return claimed.team

    async def _deliver(self, parcel: Parcel) -> TeamId | None:
        """Send one letter and write down what came of it; its workspace, if the letter can go again at once."""
        outcome = await tried(self._post(parcel))
        pauses, until = iter(RECORD_PAUSES), time.monotonic() + LONGEST_AWAY
        while True:
            problem = await tried(self._record(parcel.claimed, outcome))
            if not isinstance(problem, Exception):
                return parcel.claimed.team if isinstance(outcome, NotStarted) else None
            away = is_away(problem) and time.monotonic() < until
            pause = next(pauses, WHILE_AWAY if away else None)
            if pause is None or (self.stopping and pause == WHILE_AWAY):
                log.error("not recorded; its lease will run out", key=parcel.claimed.letter.key)
                return None
            log.warning("not recorded yet", key=parcel.claimed.letter.key, problem=named(problem))
            await asyncio.sleep(pause)

    async def _post(self, parcel: Parcel) -> Posted:
        claimed, send = parcel.claimed, parcel.send
        if not self._steady() or self._deps.now() > claimed.started + self.terms.last_start:
            # Too late to end inside the lease: somebody may look for it, not find it, and send it.
            raise NotStarted
        channel = claimed.channel or await self._open_dm(claimed)
        async with asyncio.timeout(self.terms.send_limit.total_seconds()):
            marks = metadata(claimed.team, claimed.letter.key, *send.also)
            if send.edits:
                place = send.edits
                await self._deps.slack.edit(claimed.team, place.channel, place.ts, send.message, metadata=marks)
                return Posted(place.channel, place.ts)
            return await self._deps.slack.post(
                claimed.team, channel, send.message, thread=send.thread, metadata=marks
            )

    async def _open_dm(self, claimed: Claimed) -> ChannelId:
        member = claimed.letter.member
        if member is None:
            raise SlackFailure("channel_not_found", Meaning.GONE)
        try:
            return await self._deps.slack.open_dm(claimed.team, [member])
        except SlackFailure as failure:
            if failure.code in SLOW_DOWN:
                raise CannotOpen(failure) from failure
            if failure.meaning is not Meaning.UNCERTAIN:
                raise
            # Opening is the same each time, and nothing was posted yet: certain enough to try again.
            raise SlackFailure(failure.code, Meaning.LATER) from failure

    async def _record(self, claimed: Claimed, outcome: Posted | Exception) -> None:
        """Write down what came of it. An exception that is no answer of Slack's says nothing: it may be there."""
        now = self._deps.now()
        async with self._deps.store.open_work(claimed.team) as work:
            match outcome:
                case Posted(channel, ts):
                    counted = await self._sent(work, claimed, place=Place(channel, ts), now=now)
                case NotStarted():
                    counted = await Delivery(work.connection, claimed.team).back(claimed)
                case CannotOpen(wait=wait):
                    counted = await self._hold(work, claimed, until=now + wait)
                case SlackFailure():
                    counted = await self._refused(work, claimed, failure=outcome, now=now)
                case _:
                    delivery = Delivery(work.connection, claimed.team)
                    counted = await delivery.unknown(claimed, named(outcome), now + self.terms.quarantine)
        self._tell(claimed, outcome, counted=counted, now=now)

    async def _sent(self, work: Work, claimed: Claimed, *, place: Place, now: datetime) -> bool:
        member = claimed.letter.member
        if member and claimed.channel is None:
            await work.members.remember_dm(member, place.channel)
        # Through the block's own `messages`, so that it counts as written: some chores wait for a letter to stand there.
        delivery = Delivery(work.connection, claimed.team)
        return await delivery.sent(claimed, place, now=now, messages=work.messages)

    async def _hold(self, work: Work, claimed: Claimed, *, until: datetime) -> bool:
        """It waits until conversations may be opened again; the turn it had is somebody else's."""
        await Tiers(work.connection, claimed.team).pause(OPEN, until)
        gates = Gates(work.connection, claimed.team)
        await gates.hold_lane(claimed.lane, until)
        await gates.give_back()
        return await Delivery(work.connection, claimed.team).back(claimed)

    async def _refused(self, work: Work, claimed: Claimed, *, failure: SlackFailure, now: datetime) -> bool:
        gates, delivery = Gates(work.connection, claimed.team), Delivery(work.connection, claimed.team)
        wait = timedelta(seconds=failure.wait)
        match failure.meaning:
            case Meaning.LATER if failure.code in SLOW_DOWN:
                await gates.pause(now + wait)
                return await delivery.back(claimed)
            case Meaning.LATER:
                again = self.terms.again(claimed.failures, now)
                later = max(again, now + wait) if again else None
                return await delivery.refused(claimed, str(failure), again=later, now=now)
            case Meaning.LOCKED_OUT:
                await work.installations.pause(failure.code)
                return await delivery.back(claimed)
            case Meaning.GONE:
                return await delivery.unreachable(claimed, failure.code, now)
            case Meaning.UNCERTAIN:
                return await delivery.unknown(claimed, failure.code, now + self.terms.quarantine)
            case _:
                return await delivery.refused(claimed, str(failure), again=None, now=now)

    def _tell(self, claimed: Claimed, outcome: Posted | Exception, *, counted: bool, now: datetime) -> None:
        letter = claimed.letter
        said = {"key": letter.key, "team": claimed.team, "attempt": claimed.attempt, "counted": counted}
        if isinstance(outcome, Posted):
            self.meter.sent(letter.kind, letter.due, now)
            log.info("sent", ts=outcome.ts, **said)
            return
        failure = outcome if isinstance(outcome, SlackFailure) else outcome.__cause__
        code = failure.code if isinstance(failure, SlackFailure) else ""
        meaning = failure.meaning if isinstance(failure, SlackFailure) else Meaning.UNCERTAIN
        self.meter.failed(meaning.value, slowed=code in SLOW_DOWN)
        log.warning("not sent", meaning=meaning.value, problem=named(outcome), **said)
