"""Minutes of deliveries in virtual time, from a seed: workers that die or are held up, a Slack that fails, databases that
are restored or failed over, machines whose clocks are set.

Whatever happens, nothing is lost, nothing is said twice, nothing early, nothing that is moot.
"""

import asyncio
import contextlib
import itertools
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.manners import Manner
from bot.feature import Deps, LetterKind, Moot, Send, Wait
from bot.jobs.clock import TrustedClock
from bot.jobs.deliver import Deliverer
from bot.jobs.lookback import marker
from bot.jobs.metrics import Meter
from bot.slack.blocks import Message
from bot.slack.gateway import Gateway
from bot.store.epoch import Epochs, beats
from bot.store.leases import gates, lanes
from bot.store.messages import messages
from bot.store.outbox import State, outbox
from bot.store.tiers import tiers
from bot.store.unit_of_work import inside_work
from tests.clock import START
from tests.jobs.conftest import KIND, Desk
from tests.jobs.crashing import Crashed, CrashingStore, CrashPoint, StallPoint
from tests.jobs.loopback import DirectSlack

PLACES = ("U0ANA", "U0BO", "C0OAK", "C0ELM")
FAULTS = ("429:3", "500", "cut", "cut-after", "cut-after", "late:20", "late:45", "fatal_error", "never_heard_of_it")
LETTERS = 8
MINUTES = 5
TABLES = (outbox, lanes, gates, tiers, messages, beats)
NAMES = tuple(table.name for table in TABLES)
Dump = dict[str, list[tuple[Any, ...]]]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Promise:
    """A letter, and what is to be held of it."""

    subject: str
    to: str
    planned: datetime
    due: datetime
    expires: datetime | None
    moot_from: datetime | None
    not_before: datetime | None

    def outcome(self, now: datetime):
        if self.moot_from and now >= self.moot_from:
            return Moot("done")
        if self.not_before and now < self.not_before:
            return Wait(self.not_before)
        return Send(Message(self.subject))

    def may_be_sent_at(self, moment: datetime) -> bool:
        return moment >= max(self.due, self.not_before or self.due) and not any(
            over and moment >= over for over in (self.moot_from, self.expires)
        )


class Machine:
    """A replica's clock, which may be set wrong; Slack knows the time, if it can be asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.set_by = timedelta()
        self.clock = TrustedClock(self._wall, self._monotonic)
        self.clock.ask = self._slacks

    def is_steady(self) -> bool:
        return self.clock.steady

    def _wall(self) -> datetime:
        return self._desk.clock.now() + self.set_by

    def _monotonic(self) -> float:
        return (self._desk.clock.now() - START).total_seconds()

    async def _slacks(self) -> datetime:
        return self._desk.clock.now().replace(microsecond=0)


async def all_quiet() -> None:
    """Until nobody can go on: time passes for those that are held up, not between any two steps of the others."""
    loop = asyncio.get_running_loop()
    while loop._ready:  # type: ignore[attr-defined]  # what runs next is no secret to a simulation
        await asyncio.sleep(0)


class Season:
    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.dice = random.Random(seed)
        self.promises = [self.a_promise(number) for number in range(LETTERS)]
        self.by_subject = {promise.subject: promise for promise in self.promises}
        self.terms = replace(desk.terms, most_failures=1000)
        self.stalled: list[tuple[datetime, StallPoint, asyncio.Task[None]]] = []
        self.machines = [Machine(desk), Machine(desk)]
        self.turns = asyncio.Lock()
        self.dumps: list[Dump] = []
        self.restored: datetime | None = None
        self.meter = Meter()
        self.planned: set[str] = set()

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability

    def a_promise(self, number: int) -> Promise:
        due = START + timedelta(seconds=self.dice.randrange(MINUTES * 50))
        chance = self.dice.random()
        return Promise(
            subject=f"n{number}",
            to=self.dice.choice(PLACES),
            planned=due - timedelta(seconds=self.dice.choice((0, 60, 600))),
            due=due,
            expires=due + timedelta(minutes=5) if chance < 0.15 else None,
            moot_from=due + timedelta(seconds=self.dice.randrange(-60, 200)) if 0.15 <= chance < 0.35 else None,
            not_before=due + timedelta(minutes=2) if 0.35 <= chance < 0.45 else None,
        )

    async def compose(self, work, letter, now):
        return self.by_subject[letter.subject].outcome(now)

    async def plan(self) -> None:
        """As nudges do: what is due soon, and all of it again where the database was restored."""
        now = self.desk.clock.now()
        wanted = [one for one in self.promises if one.planned <= now and one.subject not in self.planned]
        if not wanted:
            return
        async with self.turns, self.desk.store.open_work(self.desk.team) as work:
            for promise in wanted:
                more = {"due": promise.due, "expires": promise.expires}
                await work.outbox.add(KIND, promise.subject, to=promise.to, **more)
        self.planned |= {promise.subject for promise in wanted}

    async def worker(self, point: CrashPoint, machine: Machine) -> None:
        deps = Deps(
            store=CrashingStore(self.desk.store, point, self.turns),
            slack=Gateway(lambda _team: DirectSlack(self.desk.slack), inside_work),
            directory=self.desk.deps.directory,
            now=machine.clock.now,
        )
        kinds = {KIND: LetterKind(KIND, self.compose, Manner.ASKED)}
        deliverer = Deliverer(deps, kinds, terms=self.terms, meter=self.meter, steady=machine.is_steady)
        with contextlib.suppress(Crashed):
            await point.run(deliverer.deliver_once())

    async def step(self) -> None:
        faults = self.desk.slack.faults
        for method in ("chat.postMessage", "conversations.open", "conversations.history"):
            kinds = FAULTS if method.startswith("chat") else FAULTS[:4]
            faults[method] = [self.dice.choice(kinds)] if self.chance(0.2) else []
        await self.release_the_slow()
        await self.plan()
        await self.trouble()
        if self.chance(0.2):
            point, machine = StallPoint(self.dice.randrange(2, 5)), self.dice.choice(self.machines)
            until = self.desk.clock.now() + timedelta(seconds=self.dice.randrange(20, 400))
            self.stalled.append((until, point, asyncio.create_task(self.worker(point, machine))))
        deaths = [self.dice.randrange(12) if self.chance(0.15) else None for _ in self.machines]
        work = zip(deaths, self.machines, strict=True)
        await asyncio.gather(*(self.worker(CrashPoint(at), machine) for at, machine in work))
        await all_quiet()
        self.desk.clock.forward(seconds=self.dice.choice((0.4, 1.1, 2, 5, 15, 40)))
        self.desk.slack.arrive()

    async def trouble(self) -> None:
        """The clocks and the database."""
        machine = self.dice.choice(self.machines)
        if self.chance(0.06):
            machine.set_by = self.dice.choice((timedelta(), HOUR, -HOUR))
        for one in self.machines:
            if self.chance(0.7):
                await one.clock.check()
        if self.chance(0.5) or not self.dumps:
            self.dumps.append(await self.dump())
        if self.chance(0.03):
            # A standby that lags a little, or last night's dump.
            oldest = min(len(self.dumps), self.dice.choice((2, 30)))
            await self.restore(self.dumps[-1 - self.dice.randrange(oldest)])

    async def dump(self) -> Dump:
        """The rows as the file has them: nobody reads them but `restore`."""
        async with self.turns, self.desk.store.transaction(read_only=True) as connection:
            return {name: await connection.raw(f"SELECT * FROM {name}") for name in NAMES}

    async def restore(self, dump: Dump) -> None:
        async with self.turns, self.desk.store.transaction() as connection:
            for name in NAMES:
                await connection.raw(f"DELETE FROM {name}")
                for row in dump[name]:
                    await connection.raw(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)
        self.restored = self.desk.clock.now()
        self.planned.clear()

    async def release_the_slow(self, *, all_of_them: bool = False) -> None:
        """Let those go on that have been held up long enough."""
        now = self.desk.clock.now()
        ready = [one for one in self.stalled if all_of_them or one[0] <= now]
        self.stalled = [one for one in self.stalled if one not in ready]
        for _until, point, worker in ready:
            point.release.set()
            await worker

    async def run(self) -> None:
        async with self.desk.store.transaction() as connection:
            await Epochs(self.desk.store.engine).beat(connection, START, START)
        while self.desk.clock.now() < START + timedelta(minutes=MINUTES):
            await self.step()
        self.desk.slack.faults.clear()
        await self.release_the_slow(all_of_them=True)
        await self.plan()
        for seconds in (*[61] * 7, *[3600] * 2, *[2] * 5):
            self.desk.clock.forward(seconds=seconds)
            self.desk.slack.arrive()
            await self.machines[0].clock.check()
            await self.worker(CrashPoint(), self.machines[0])

    async def verify(self, exact: bool) -> None:
        async with self.desk.store.open_view(self.desk.team) as work:
            states = {one.letter.subject: one.state for one in await work.outbox.standing(limit=1000)}
        posts = defaultdict(list)
        for post in self.desk.slack.posts:
            posts[post.text].append(post)
        for promise in self.promises:
            self.verify_one(promise, states[promise.subject], posts[promise.subject], exact=exact)
        self.verify_pace()

    def verify_one(self, promise: Promise, state: State, posts: Sequence[Any], *, exact: bool) -> None:
        assert len(posts) <= 1, f"{promise} was said twice"
        assert state in (State.SENT, State.MOOT, State.EXPIRED, State.UNCERTAIN), f"{promise} is {state}"
        assert state is not State.UNCERTAIN or (promise.to[0] == "C" and not exact)
        assert state is not State.EXPIRED or promise.expires
        assert state is not State.MOOT or promise.moot_from
        assert state is not State.SENT or posts, f"{promise} was lost"
        # A database that was restored may not know of it any more, and it does no harm.
        known = not posts or not self.restored or posts[0].asked > self.restored
        assert state not in (State.MOOT, State.EXPIRED) or not posts or not known
        for post in posts:
            assert promise.may_be_sent_at(post.asked), f"{promise} was sent at {post.asked}"
            assert post.key == marker(self.desk.team, f"{KIND}:{promise.subject}")

    def verify_pace(self) -> None:
        by_channel = defaultdict(list)
        for post in self.desk.slack.posts:
            if post.at == post.asked:
                by_channel[post.channel].append(post.at)
        for channel, moments in by_channel.items():
            pauses = [after - before for before, after in itertools.pairwise(sorted(moments))]
            assert min(pauses, default=HOUR) >= timedelta(seconds=1), f"{channel} was too quick"
