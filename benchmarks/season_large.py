"""A season of twelve weeks for a thousand members in 180 circles, and what planning costs beside members who do nothing.

Played on the real store with all features, jobs and manners, and a clock that is moved from one moment at which something
is due to the next. Slack is a stand-in within the process that only counts: the sandbox's own pages, events and checks
would take most of the time for a thousand people. Who comes, answers and promises is drawn from a seed. Planning is
compared by the processor's time, as the machine may be busy.
"""

import asyncio
import contextlib
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import func, select

from benchmarks.report import Table, milliseconds
from bot import courtesy, planning
from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.commitments import Promise
from bot.domain.errors import Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId, RoundId, SessionId, TeamId
from bot.domain.manners import Manner
from bot.domain.people import Member
from bot.domain.programs import Program
from bot.domain.sessions import Presence, Session
from bot.domain.when import Rule
from bot.feature import Deps
from bot.features.checkins import flows as checkin_flows
from bot.features.commitments import flows as commitment_flows
from bot.features.commitments.form import Typed
from bot.jobs.loop import Loop
from bot.jobs.nudge import Nudges
from bot.jobs.terms import Terms
from bot.repertoire import FEATURES
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.requests import Request
from bot.store.checkins import rounds
from bot.store.engine import connect
from bot.store.installations import Installation
from bot.store.keyring import Keyring, new_key
from bot.store.leases import Pace
from bot.store.migrate import upgrade
from bot.store.outbox import State, outbox
from bot.store.sessions import sessions
from bot.store.unit_of_work import Store, inside_work

TEAM = TeamId("T0BENCH")
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""A Monday; most of Europe changes its clocks four weeks later, and Easter comes in the fifth week."""
MEMBERS, CIRCLES, WEEKS = 1000, 180, 12
IDLE = 9000
ZONES = ("Europe/Berlin", "Europe/Lisbon", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata")
AFTERNOON = clock_time(15, 0)
STEP = timedelta(seconds=20)
"""The clock goes at least this far, so that what is due at nine in the morning goes in handfuls."""
TERMS = Terms(pace=Pace(per_minute=240, burst=60))
COMES, PROMISES, ANSWERS = 0.85, 0.6, 0.7
TICKS = 30
KINDS = {kind.kind: kind for feature in FEATURES for kind in feature.letters}


@dataclass
class Town:
    """The workspace, and what Slack was asked to show to whom."""

    store: Store
    now: datetime = START
    posts: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Channel, marker, and when."""
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    lived: datetime = START
    rooms: dict[str, tuple[MemberId, ...]] = field(default_factory=dict)
    """Who is in which channel."""

    @property
    def deps(self) -> Deps:
        gateway = Gateway(lambda _team: self, inside_work)  # type: ignore[arg-type,return-value]
        return Deps(store=self.store, slack=gateway, directory=Directory(gateway), now=lambda: self.now)

    async def api_call(self, method: str, **body: dict[str, Any]) -> AsyncSlackResponse:
        [given] = body.values()
        answer: dict[str, Any] = {"ok": True, "permalink": "https://example.com/p1", "bookmark": {"id": "Bk1"}}
        match method:
            case "users.info":
                zone = ZONES[int(given["user"][1:]) % len(ZONES)]
                answer["user"] = {"id": given["user"], "name": given["user"], "tz": zone}
            case "conversations.members":
                answer["members"] = self.rooms[given["channel"]]
            case "conversations.open":
                answer["channel"] = {"id": "D" + given["users"].replace(",", "-")[1:]}
            case "chat.postMessage":
                key = given["metadata"]["event_payload"]["key"] if given.get("metadata") else ""
                self.posts.append((given["channel"], key, self.now))
                answer |= {"channel": given["channel"], "ts": f"{len(self.posts)}.000001"}
        return AsyncSlackResponse(
            client=None, http_verb="POST", api_url=method, req_args={}, data=answer, headers={}, status_code=200
        )


async def measure() -> Table:
    table = Table(f"A season of {WEEKS} weeks: {MEMBERS:,} members, {CIRCLES} circles", ("", "", "wanted"))
    with tempfile.TemporaryDirectory() as folder:
        async with _town(Path(folder) / "season.db") as town:
            begun = time.perf_counter(), time.process_time()
            await _play(town)
            took = time.perf_counter() - begun[0], time.process_time() - begun[1]
            table.rows += await _figures(town, took)
        table.rows += await _planning(Path(folder))
    return table


@contextlib.asynccontextmanager
async def _town(path: Path, *, idle: int = 0) -> AsyncIterator[Town]:
    url, keyring = f"sqlite:///{path}", Keyring.parse(new_key())
    await asyncio.to_thread(upgrade, url, keyring)
    store = Store(connect(url, keyring))
    rooms = await _fill(store, idle)
    yield Town(store, rooms=rooms)
    await store.close()


async def _fill(store: Store, idle: int) -> dict[str, tuple[MemberId, ...]]:
    rooms: dict[str, tuple[MemberId, ...]] = {}
    async with store.open_work(TEAM) as work:
        await work.installations.save(Installation(TEAM, "Bench", "U0BOT", "A1", "xoxb-1", (), START))
        program = await work.programs.add(Program(ProgramId(0), "Spring", "Europe/Berlin", START.date()))
        for number in range(MEMBERS + idle):
            zone = ZONES[number % len(ZONES)]
            await work.members.save(Member(_id(number), f"Member {number}", zone=zone))
        for number in range(CIRCLES):
            circle = await work.circles.add(_circle(number, program))
            await planning.plan_ahead(work, circle, START)
            rooms[str(circle.channel)] = circle.members
    return rooms


def _id(number: int) -> MemberId:
    return MemberId(f"U{number:05}")


def _circle(number: int, program: ProgramId) -> Circle:
    """People of every sixth number share a zone; so do a circle's."""
    first, step = number % len(ZONES), len(ZONES)
    places = range(number // step, MEMBERS // step + 1, CIRCLES // step)
    people = [one for place in places if (one := first + place * step) < MEMBERS]
    zone = ZONES[first]
    rule = Rule(zone, AFTERNOON, (1 + number % 4,), START.date(), every=2)
    seats = tuple(Seat(_id(one), START - timedelta(days=3, seconds=-place)) for place, one in enumerate(people))
    plain = Circle(CircleId(0), program, f"Circle {number}", "Finding my voice", CircleState.ACTIVE, rule)
    return replace(plain, channel=ChannelId(f"C{number:05}"), seats=seats, created=date(2026, 2, 27))


async def _play(town: Town) -> None:
    loop = Loop(town.deps, FEATURES, terms=TERMS)
    ends = START + timedelta(weeks=WEEKS)
    while town.now < ends:
        await loop.settle()
        if town.now - town.lived >= timedelta(hours=1):
            await _live(town)
            await loop.settle()
        town.now = min(max(loop.calm_until, town.now + STEP), ends, town.lived + timedelta(hours=1))


async def _live(town: Town) -> None:
    """What people did in the last hour: they came to sessions, made promises, answered check-ins."""
    since, town.lived = town.lived, town.now
    async with town.store.open_view(TEAM) as work:
        begun = (sessions.c.starts > since) & (sessions.c.starts <= town.now) & (sessions.c.state == "open")
        found = await work.connection.execute(select(sessions.c.id).where(begun))
        held = (await work.sessions.named([SessionId(row.id) for row in found])).values()
        opened = (rounds.c.opens > since) & (rounds.c.opens <= town.now)
        asked = await work.connection.execute(select(rounds.c.id, rounds.c.circle).where(opened))
        open_rounds = [(RoundId(row.id), CircleId(row.circle)) for row in asked]
        circles = await work.circles.named({*(one.circle for one in held), *(circle for _, circle in open_rounds)})
    for session in held:
        who = [member for member in circles[session.circle].members if town.dice.random() < COMES]
        async with town.store.open_work(TEAM) as work:
            for member in who:
                await work.sessions.mark(session.id, member, Presence.PRESENT)
        for member in who:
            if town.dice.random() < PROMISES:
                await _promise(town, member, session)
    for number, circle in open_rounds:
        for member in circles[circle].members:
            if town.dice.random() < ANSWERS:
                with contextlib.suppress(Refused):
                    await checkin_flows.save_answer(
                        TEAM, member, this=number, text="It moved.", wanted="", deps=town.deps
                    )


async def _promise(town: Town, member: MemberId, session: Session) -> None:
    by = Request(TEAM, member)
    for number in (1, 2):
        day = (town.now + timedelta(days=town.dice.randrange(4, 14))).date()
        typed = Typed(Promise(f"write page {number} of the plan", day), asked=True)
        with contextlib.suppress(Refused):
            await commitment_flows.make(by, session.id, typed, deps=town.deps)


async def _figures(town: Town, took: tuple[float, float]) -> list[tuple[str, str, str]]:
    async with town.store.open_view(TEAM) as work:
        counted = await work.connection.execute(
            select(outbox.c.kind, outbox.c.state, outbox.c.error, outbox.c.expires, func.count()).group_by(
                outbox.c.kind, outbox.c.state, outbox.c.error, outbox.c.expires < town.now
            )
        )
        states: Counter[str] = Counter()
        dropped: Counter[str] = Counter()
        for kind, state, error, expires, count in counted:
            states[state] += count
            late = state == State.PENDING and expires is not None and expires < town.now
            if state in (State.EXPIRED, State.DEAD) or late or (error or "").startswith("its time ends"):
                dropped[f"{kind}: {error or state}"] += count
        week = await work.connection.execute(
            select(outbox.c.recipient, outbox.c.week, func.count())
            .where(outbox.c.week.is_not(None), outbox.c.carrier.is_(None), outbox.c.state == "sent")
            .group_by(outbox.c.recipient, outbox.c.week)
        )
        most = Counter(count for _member, _week, count in week)
        hours = await courtesy.hours(work, [_id(number) for number in range(MEMBERS)])
        unasked = await _unasked(work)
    outside = sum(not hours[member].is_open(at) for member, at in unasked)
    twice = [key for key, count in Counter(key for _channel, key, _at in town.posts if key).items() if count > 1]
    sent = states["sent"] + states["carried"]
    return [
        ("letters sent, and those that went inside another", f"{states['sent']:,} and {states['carried']:,}", ""),
        ("messages in Slack", f"{len(town.posts):,}", ""),
        ("ended before they went, because things had changed", f"{states['moot']:,}", ""),
        ("with a deadline, and dropped", f"{sum(dropped.values())} {dict(dropped) or ''}".strip(), "0"),
        ("waiting for later, of no deadline that passed", f"{states['pending']:,}", ""),
        ("said twice", str(len(twice)), "0"),
        ("unasked messages", f"{sum(count * times for count, times in most.items()):,}", ""),
        ("of them outside the reader's hours", str(outside), "0"),
        ("most unasked messages a member had in a week", str(max(most, default=0)), "<= 3"),
        ("member-weeks with one, two, three of them", ", ".join(f"{most[one]:,}" for one in (1, 2, 3)), ""),
        ("seconds for the whole season, and of the processor", f"{took[0]:.0f} and {took[1]:.0f}", ""),
        ("letters a second of the processor", f"{sent / took[1]:.0f}", ""),
    ]


async def _unasked(work: Any) -> list[tuple[MemberId, datetime]]:
    """Who got an unasked message, and when its sending began."""
    nudges = [name for name, kind in KINDS.items() if kind.manner is Manner.NUDGE]
    mine = (outbox.c.kind.in_(nudges)) & (outbox.c.state == "sent") & outbox.c.recipient.startswith("U")
    found = await work.connection.execute(select(outbox.c.recipient, outbox.c.started).where(mine))
    return [(MemberId(row.recipient), row.started) for row in found]


# Planning beside members who do nothing


async def _planning(folder: Path) -> list[tuple[str, str, str]]:
    async with _town(folder / "few.db") as few, _town(folder / "many.db", idle=IDLE) as many:
        quiet = [await _ticks(town, START + timedelta(minutes=1)) for town in (few, many)]
        quiet = [await _ticks(town, START + timedelta(minutes=2)) for town in (few, many)]
        busy = [await _planned(town) for town in (few, many)]
    (few_busy, few_letters), (many_busy, many_letters) = busy
    return [
        (
            f"a tick with nothing due, {MEMBERS:,} members and {MEMBERS + IDLE:,}",
            f"{milliseconds(quiet[0])} and {milliseconds(quiet[1])}, ratio {quiet[1] / quiet[0]:.2f}",
            "<= 1.3",
        ),
        (
            f"the planning of two weeks' letters, {few_letters:,} and {many_letters:,} of them",
            f"{few_busy:.2f} s and {many_busy:.2f} s of the processor, ratio {many_busy / few_busy:.2f}",
            "<= 1.3",
        ),
    ]


async def _ticks(town: Town, now: datetime) -> float:
    """The median of many ticks that find nothing to do."""
    nudges = Nudges(town.deps, FEATURES)
    town.now = now
    await nudges.run_once()
    taken = []
    for _ in range(TICKS):
        begun = time.process_time()
        await nudges.run_once()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


async def _planned(town: Town) -> tuple[float, int]:
    """Two weeks of ticks, hour by hour, without a delivery: the seconds of those that planned something."""
    nudges, taken, letters = Nudges(town.deps, FEATURES), 0.0, 0
    for hour in range(14 * 24):
        town.now = START + timedelta(hours=hour)
        begun = time.process_time()
        added = await nudges.run_once()
        if added:
            taken += time.process_time() - begun
            letters += added
    return taken, letters
