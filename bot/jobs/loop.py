"""The three ticks, and what runs at once when something was added.

APScheduler only ticks: what is due lives in our tables, so a tick that is late or runs twice does no harm. Between the
ticks `attend` sleeps until it is woken or until the next thing is due, so that letters do not wait for a tick. The
scheduler sleeps by the wall clock, which may be set back; a watchdog on the monotonic clock runs a tick that is missing.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.feature import Deps, Feature
from bot.jobs.chores import Chores
from bot.jobs.clock import TrustedClock
from bot.jobs.deliver import Deliverer
from bot.jobs.inbox import AnswerEvent, EventDesk
from bot.jobs.manners import Placing
from bot.jobs.metrics import Meter
from bot.jobs.nudge import Nudges
from bot.jobs.terms import Terms
from bot.jobs.trying import named, tried
from bot.slack.routes import gather
from bot.store.agenda import Outlook, figures, outlook
from bot.store.epoch import Epochs
from bot.store.inbox import Inbox

SOON = timedelta(seconds=2)
"""`settle` waits for what is due within this time: a lane that is free in a second, say."""
LATE_AFTER = 3
"""Intervals without a tick that ended well, and the bot is not ready."""
CHORES_AT_LEAST = timedelta(days=1)
"""How often `settle` lets the chores look although nothing was written."""
MOST_ROUNDS = 1000

log = structlog.get_logger("loop")


class Tick:
    """Something that is done again and again, and never twice at the same time."""

    def __init__(self, name: str, work: Callable[[], Awaitable[int]], every: float) -> None:
        self.name = name
        self.every = every
        self.done = 0
        """How much it has done since the start."""
        self._work = work
        self._lock = asyncio.Lock()
        self._ended_well = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since it last ended well."""
        return time.monotonic() - self._ended_well

    @property
    def running(self) -> bool:
        return self._lock.locked()

    async def run(self) -> None:
        async with self._lock:
            done = await tried(self._work())
            if isinstance(done, Exception):
                log.error("a tick failed", tick=self.name, problem=named(done), exc_info=done)
                return
            self.done += done
            self._ended_well = time.monotonic()


class Loop:
    """`answer` carries out what an event's handler answered; `clock` is the one that `deps.now` comes from, if it can be
    set wrong."""

    def __init__(
        self,
        deps: Deps,
        features: Sequence[Feature],
        *,
        answer: AnswerEvent | None = None,
        terms: Terms | None = None,
        clock: TrustedClock | None = None,
    ) -> None:
        self._deps = deps
        self.meter = Meter()
        kinds = {letter.kind: letter for feature in features for letter in feature.letters}
        deps.store.place = Placing(kinds, deps.now).place
        self._clock = clock
        steady = (lambda: clock.steady) if clock else (lambda: True)
        self.deliverer = Deliverer(deps, kinds, terms=terms, meter=self.meter, steady=steady)
        self._desk = EventDesk(deps, gather(feature.routes for feature in features).events, answer)
        self._inbox = Tick("inbox", self._desk.handle_events, every=5)
        self._nudges, self._chorus = Nudges(deps, features), Chores(deps, features)
        self._nudge = Tick("nudge", self._nudges.run_once, every=60)
        self._chores = Tick("chores", self._chorus.run_once, every=60)
        self._deliver = Tick("deliver", self.deliverer.deliver_once, every=5)
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._chores_saw = (-1, deps.now())
        self.calm_until = deps.now()
        """Before this moment nothing is due, as `settle` left it; only an event or a click can change that."""
        self._epochs = Epochs(deps.store.engine)
        self._woken = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """In the order they feed each other: an event leaves a chore, a channel made has something to say."""
        return (self._inbox, self._chores, self._nudge, self._deliver)

    async def start(self) -> None:
        if before := await self._beat():
            log.info("back", away_since=before.isoformat())
        for name, tick in (("nudge", self._nudge), ("deliver", self._deliver), ("chores", self._chores)):
            self._scheduler.add_job(self._scheduled, _interval(tick), args=[tick], id=name)
        self._scheduler.start()
        for work in (self._nudge.run(), self._chores.run(), self._attend()):
            self._spawn(work)
        self._watching = asyncio.create_task(self._watch())

    async def stop(self, seconds: float = 10.0) -> None:
        """No new work; wait for what is under way, then end it. What is cut off is taken up again after its lease."""
        self.deliverer.stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
        if self._watching:
            self._watching.cancel()
        self._woken.set()
        if self._running:
            _, left = await asyncio.wait(self._running, timeout=seconds)
            for task in left:
                log.warning("cut off", task=task.get_name())
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)

    def wake(self) -> None:
        """Something was added: look at once. Many calls are one."""
        self._woken.set()

    async def settle(self) -> int:
        """Run everything until nothing is due, nor will be in a moment; how much was done."""
        begun = self._done
        for _ in range(MOST_ROUNDS):
            before, asked = self._done, self._deps.now()
            await self._chores_if_wanted(asked)
            await self._nudge.run()
            ahead = await self._ahead(asked)
            # What `attend` has under way shows as nothing due, so it is waited for too.
            if ahead.due or self._inbox.running or self._deliver.running:
                await self._inbox.run()
                await self._deliver.run()
            if self._done > before:
                continue
            pause = (ahead.next - self._deps.now()) if ahead.next else SOON * 2
            if pause > SOON or self._deps.now() == asked:
                self._calm_until(ahead.next)
                return self._done - begun
            await asyncio.sleep(max(0.001, pause.total_seconds()))
        log.error("there is no end to what is due", done=self._done - begun)
        return self._done - begun

    def _calm_until(self, letter: datetime | None) -> None:
        _writes, chores_at = self._chores_saw
        moments = (letter, self._nudges.later, self._chorus.later, chores_at + CHORES_AT_LEAST)
        self.calm_until = min(moment for moment in moments if moment)

    async def _chores_if_wanted(self, now: datetime) -> None:
        """Chores follow from what was written; without that, they look at what they put off, and now and then."""
        writes, at = self._chores_saw
        later = self._chorus.later or at + CHORES_AT_LEAST
        wanted = self._deps.store.writes != writes or now >= min(later, at + CHORES_AT_LEAST)
        # Those under way have claimed what they do, so that nothing shows as wanted: they are waited for.
        if wanted or self._chores.running:
            self._chores_saw = self._deps.store.writes, now
            await self._chores.run()

    def ages(self) -> Mapping[str, float]:
        """Seconds since each tick last ended well."""
        return {tick.name: tick.age for tick in self.ticks}

    def late(self) -> list[str]:
        """The ticks that did not end well for three intervals."""
        return [tick.name for tick in self.ticks if tick is not self._inbox and tick.age > LATE_AFTER * tick.every]

    @property
    def clock_is_wrong(self) -> str:
        """What is wrong with the machine's clock, in a sentence; "" when nothing is."""
        return self._clock.wrong if self._clock else ""

    async def metrics(self) -> bytes:
        """How things stand, as Prometheus reads it."""
        now = self._deps.now()
        async with self._deps.store.transaction(read_only=True) as connection:
            self.meter.standing(await figures(connection, now), now)
            self.meter.inbox(await Inbox(connection).counts())
        for name, age in self.ages().items():
            self.meter.tick(name, age)
        return self.meter.text()

    @property
    def _done(self) -> int:
        return self._inbox.done + self._nudge.done + self._deliver.done

    async def _beat(self) -> datetime | None:
        now = self._deps.now()
        async with self._deps.store.transaction() as connection:
            return await self._epochs.beat(connection, now, now + self.deliverer.terms.shadow)

    async def _attend(self) -> None:
        """Do what is due as soon as it is; the ticks are only there in case this is missed."""
        while not self.deliverer.stopping:
            self._woken.clear()
            begun = self._deps.now()
            await self._inbox.run()
            await self._chores_if_wanted(begun)
            await self._deliver.run()
            pause = await self._until_next(begun)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)

    async def _until_next(self, after: datetime) -> float:
        """Seconds until something is due that a pass begun then did not see; a tick's interval at most."""
        ahead = await tried(self._ahead(after))
        letters = None if isinstance(ahead, Exception) else ahead.next
        # A chore that is wanted still, right after it ran, waits for the tick: else it would run without end.
        chores = self._chorus.later if self._chorus.later and self._chorus.later > self._chorus.looked else None
        moment = min((one for one in (letters, chores) if one), default=None)
        if moment is None:
            return self._deliver.every
        return min(max(0.001, (moment - self._deps.now()).total_seconds()), self._deliver.every)

    async def _ahead(self, after: datetime) -> Outlook:
        async with self._deps.store.transaction(read_only=True) as connection:
            return await outlook(connection, after, self.deliverer.terms.pace)

    async def _scheduled(self, tick: Tick) -> None:
        # A task of our own, so that stopping can wait for it: the scheduler cancels what it runs itself.
        if tick is self._nudge:
            await tried(self._beat())
        if not tick.running:
            await self._spawn(tick.run())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.deliverer.terms.watch_every)
            if self._clock:
                await self._check(self._clock)
            for tick in (self._nudge, self._deliver, self._chores):
                if tick.age > 2 * tick.every and not tick.running:
                    log.warning("a tick is missing", tick=tick.name, age=round(tick.age))
                    self._scheduler.reschedule_job(tick.name, trigger=_interval(tick))
                    self._spawn(tick.run())

    async def _check(self, clock: TrustedClock) -> None:
        """Where the clock was set, sending goes on as soon as the time is known."""
        was_steady = clock.steady
        problem = await tried(clock.check())
        if isinstance(problem, Exception):
            log.warning("Slack did not say what time it is", problem=named(problem))
        if clock.steady and not was_steady:
            self.wake()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def _interval(tick: Tick) -> IntervalTrigger:
    return IntervalTrigger(seconds=tick.every, timezone=UTC)
