"""The loop: settles until nothing is due, wakes at once, stops without cutting off what is under way."""

import asyncio
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, literal

from bot.domain.ids import ChannelId
from bot.domain.manners import Manner
from bot.feature import Chore, Deps, Feature, LetterKind, Nudge
from bot.jobs.inbox import store_event
from bot.jobs.loop import Loop
from bot.jobs.terms import Terms
from bot.slack.requests import Event
from bot.slack.routes import Routes
from bot.store.agenda import outlook
from bot.store.outbox import State
from bot.store.types import Moment
from bot.store.unit_of_work import Store
from tests.jobs.conftest import ANA, BO, KIND, OAK, Desk


class RunningClock:
    """Runs in real time, and jumps when told."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._begun)

    def forward(self, **step: float) -> None:
        self._start += timedelta(**step)


@pytest.fixture
def live(desk: Desk) -> Desk:
    """The same workspace, with a clock that runs."""
    clock = RunningClock(desk.clock.now())
    desk.slack.now = clock.now
    deps = Deps(store=desk.store, slack=desk.deps.slack, directory=desk.deps.directory, now=clock.now)
    return Desk(desk.team, deps, clock, desk.slack)


def a_feature(desk: Desk, **more) -> Feature:
    return Feature("test", letters=[LetterKind(KIND, desk.compose, Manner.ASKED)], **more)


async def until(condition, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def test_settling_plans_does_chores_and_delivers_until_nothing_is_due(live: Desk):
    made = []

    async def make(deps: Deps, team) -> None:
        if not made:
            made.append(ChannelId("C0NEW"))

    async def welcome(work, now) -> None:
        for channel in made:
            await work.outbox.add(KIND, "welcome", to=channel, due=now)

    feature = a_feature(live, nudges=[Nudge("welcome", welcome)], chores=[Chore("make", make)])
    loop = Loop(live.deps, [feature])
    assert await loop.settle() == 2, "one letter planned, one sent"
    assert live.slack.texts("C0NEW") == ["welcome"]
    assert await loop.settle() == 0


async def test_settling_waits_for_a_lane_that_is_free_in_a_second(live: Desk):
    await live.promise("one", "two", to=OAK)
    begun = time.monotonic()
    assert await Loop(live.deps, [a_feature(live)]).settle() == 2
    assert live.slack.texts() == ["one", "two"]
    assert time.monotonic() - begun >= 1.0


async def test_settling_does_not_wait_for_what_is_due_later(live: Desk):
    await live.promise("later", due=live.clock.now() + timedelta(minutes=5))
    begun = time.monotonic()
    assert await Loop(live.deps, [a_feature(live)]).settle() == 0
    assert time.monotonic() - begun < 1.0
    live.clock.forward(minutes=5)
    assert await Loop(live.deps, [a_feature(live)]).settle() == 1


async def test_settling_tells_until_when_nothing_is_due(live: Desk):
    later = live.clock.now() + timedelta(minutes=5)
    loop = Loop(live.deps, [a_feature(live)])
    await loop.settle()
    assert later < loop.calm_until
    await live.promise("later", due=later)
    await loop.settle()
    assert loop.calm_until == later


async def test_settling_with_a_clock_that_stands_still_ends(desk: Desk):
    await desk.promise("one", "two", to=OAK)
    loop = Loop(desk.deps, [a_feature(desk)])
    async with asyncio.timeout(5):
        assert await loop.settle() == 1
        desk.clock.forward(seconds=2)
        assert await loop.settle() == 1


async def test_settling_does_the_events_that_were_kept(live: Desk):
    routes, seen = Routes(), []

    async def left(seen_event: Event, deps: Deps) -> None:
        seen.append(seen_event.member)
        async with deps.store.open_work(seen_event.team) as work:
            await work.outbox.add(KIND, "somebody left", to=OAK, due=deps.now())

    routes.event("user_change")(left)
    came = Event(live.team, ANA, "user_change", {})
    await store_event(live.store, event_id="Ev1", event=came, now=live.deps.now())
    assert await Loop(live.deps, [a_feature(live, routes=routes)]).settle() == 2
    assert seen == [ANA]
    assert live.slack.texts(OAK) == ["somebody left"]


async def test_a_letter_that_was_added_goes_out_at_once(live: Desk):
    loop = Loop(live.deps, [a_feature(live)])
    live.store.wake = loop.wake
    await loop.start()
    try:
        await asyncio.sleep(0.1)
        await live.promise("hello")
        await until(lambda: live.slack.posts)
        await live.promise("in a moment", to=OAK, due=live.clock.now() + timedelta(seconds=0.4))
        await until(lambda: len(live.slack.posts) == 2, seconds=2)
        assert live.slack.posts[1].at >= (await live.standing("in a moment")).letter.due
    finally:
        await loop.stop()


async def test_stopping_lets_a_letter_on_its_way_arrive(live: Desk):
    loop = Loop(live.deps, [a_feature(live)])
    live.store.wake = loop.wake
    await loop.start()
    live.slack.faults["chat.postMessage"] = ["slow"]
    await live.promise("hello", to=OAK)
    await until(lambda: live.slack.posts)
    await live.promise("after it", to=BO)
    await loop.stop()
    assert await live.state("hello") is State.SENT
    assert tasks_of_the_bot() == []


def tasks_of_the_bot() -> list[asyncio.Task]:
    frames = {task: task.get_stack() for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    return [task for task, stack in frames.items() if any("/bot/" in frame.f_code.co_filename for frame in stack)]


async def test_stopping_cuts_off_what_takes_too_long(live: Desk):
    async def endless(deps: Deps, team) -> None:
        await asyncio.sleep(60)

    loop = Loop(live.deps, [a_feature(live, chores=[Chore("endless", endless)])])
    await loop.start()
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    await loop.stop(seconds=0.2)
    assert time.monotonic() - begun < 2


async def test_a_loop_that_was_never_started_stops_too(live: Desk):
    await Loop(live.deps, []).stop()


async def test_a_database_that_is_away_makes_the_ticks_late_and_is_survived(live: Desk):
    async def idle(work, now) -> None:
        pass

    loop = Loop(live.deps, [a_feature(live, nudges=[Nudge("idle", idle)])])
    await live.promise("hello")
    async with live.store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE installations RENAME TO away")
    for tick in loop.ticks:
        tick._ended_well -= 1000
        await tick.run()
    assert set(loop.late()) == {"nudge", "deliver", "chores"}
    async with live.store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO installations")
    await loop.settle()
    assert loop.late() == []
    assert live.slack.texts() == ["hello"]


async def test_a_tick_that_is_missing_is_run_by_the_watchdog(live: Desk):
    """As when the wall clock is set back, by which the scheduler sleeps."""
    ran = []

    async def note(work, now) -> None:
        ran.append(now)

    loop = Loop(live.deps, [a_feature(live, nudges=[Nudge("note", note)])], terms=Terms(watch_every=0.05))
    await loop.start()
    try:
        await until(lambda: ran and not loop._nudge.running)
        loop._nudge._ended_well -= 1000
        await until(lambda: len(ran) == 2)
        await asyncio.sleep(0.2)
        assert len(ran) == 2, "once it has run, it is not missing any more"
    finally:
        await loop.stop()


async def test_the_metrics_say_how_things_stand(live: Desk):
    await live.promise("hello")
    await live.promise("waits", to=BO, due=live.clock.now() + timedelta(days=1))
    live.slack.faults["chat.postMessage"] = ["429:0"]
    loop = Loop(live.deps, [a_feature(live)])
    await loop.settle()
    text = (await loop.metrics()).decode()
    assert 'mentor_outbox{state="pending"} 1.0' in text
    assert 'mentor_outbox{state="dead"} 0.0' in text
    assert f'mentor_letters_sent_total{{kind="{KIND}"}} 1.0' in text
    assert "mentor_slack_slowed_total 1.0" in text
    assert "mentor_outbox_oldest_due_seconds 0.0" in text
    assert 'mentor_tick_age_seconds{tick="deliver"}' in text


@pytest.mark.database("sqlite")
async def test_settling_with_nothing_due_asks_little_besides_the_nudges_own_questions(live: Desk, store: Store):
    async def idle(work, now) -> None:
        await work.messages.where_is(KIND, "none")

    loop = Loop(live.deps, [a_feature(live, nudges=[Nudge(f"idle {n}", idle) for n in range(20)])])
    await loop.settle()
    asked: list[str] = []
    event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    await loop.settle()
    assert len([statement for statement in asked if not statement.startswith("BEGIN")]) - 20 <= 5


async def test_settling_waits_for_chores_under_way(live: Desk):
    begun, ended = asyncio.Event(), []

    async def slow(_deps: Deps, _team) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        ended.append(True)

    loop = Loop(live.deps, [a_feature(live, chores=[Chore("slow", slow)])])
    first = asyncio.create_task(loop.settle())
    await begun.wait()
    await loop.settle()
    assert ended
    await first


async def test_settling_does_not_wait_for_the_lane_of_what_is_due_later(live: Desk):
    await live.promise("now", to=OAK)
    later = live.clock.now() + timedelta(hours=5)
    await live.promise("in the evening", to=OAK, due=later)
    assert await Loop(live.deps, [a_feature(live)]).settle() == 1
    async with live.store.transaction(read_only=True) as connection:
        ahead = await outlook(connection, live.clock.now(), Terms().pace)
    assert ahead.next == later


async def test_a_chore_runs_at_its_moment_and_not_only_with_the_next_tick(live: Desk):
    """A session's stage ends at a certain second. What is wanted still after it ran waits for the tick."""
    begun, ran = time.monotonic(), []
    at = live.deps.now() + timedelta(seconds=0.8)

    async def move_on(deps: Deps, team) -> None:
        ran.append(time.monotonic() - begun)

    chore = Chore("move on", move_on, due=lambda _work, _asked: literal(at, Moment))
    loop = Loop(live.deps, [a_feature(live, chores=[chore])])
    await loop.start()
    await until(lambda: ran)
    await asyncio.sleep(0.3)
    await loop.stop()
    assert len(ran) == 1 and 0.7 < ran[0] < 2.0
