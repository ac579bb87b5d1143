"""An event is done once, whatever is sent again, fails or dies."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.errors import Refused
from bot.jobs.inbox import EventDesk, store_event
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.replies import ShowHome
from bot.slack.requests import Event
from bot.store.inbox import Inbox
from tests.jobs.conftest import ANA, BO, Desk
from tests.jobs.crashing import Crashed, CrashingStore, CrashPoint


class Handlers:
    """Two handlers of one event, which do as they are told."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.problems: list[Exception | None] = []

    async def first(self, event: Event, deps) -> None:
        self.did.append(f"first {event.facts['n']}")

    async def second(self, event: Event, deps) -> None:
        problem = self.problems.pop(0) if self.problems else None
        if problem:
            raise problem
        self.did.append(f"second {event.facts['n']}")

    def at(self, desk: Desk) -> EventDesk:
        return EventDesk(desk.deps, {"user_change": [self.first, self.second]})


@pytest.fixture
def handlers() -> Handlers:
    return Handlers()


async def keep(desk: Desk, number: int = 1, *, member=ANA, name: str = "user_change", event_id: str = "") -> bool:
    event = Event(desk.team, member, name, {"n": number, "text": "private"})
    return await store_event(desk.store, event_id=event_id or f"Ev{number}", event=event, now=desk.clock.now())


async def counts(desk: Desk) -> dict[str, int]:
    async with desk.store.transaction(read_only=True) as connection:
        return await Inbox(connection).counts()


async def test_an_event_is_done_once_by_each_handler(desk: Desk, handlers: Handlers):
    assert await keep(desk)
    assert await handlers.at(desk).handle_events() == 1
    assert await handlers.at(desk).handle_events() == 0
    assert handlers.did == ["first 1", "second 1"]
    assert await counts(desk) == {}


async def test_slack_sending_it_again_does_nothing(desk: Desk, handlers: Handlers):
    assert await keep(desk)
    assert not await keep(desk)
    await handlers.at(desk).handle_events()
    assert not await keep(desk)
    assert await handlers.at(desk).handle_events() == 0
    assert handlers.did == ["first 1", "second 1"]


async def test_an_event_nobody_waits_for_is_done(desk: Desk, handlers: Handlers):
    await keep(desk, name="channel_rename")
    assert await handlers.at(desk).handle_events() == 1
    assert await counts(desk) == {}


async def test_what_came_with_it_is_sealed(desk: Desk):
    await keep(desk)
    async with desk.store.transaction() as connection:
        [(facts,)] = (await connection.exec_driver_sql("SELECT facts FROM inbox")).all()
    assert "private" not in facts


async def test_only_the_handler_that_failed_runs_again(desk: Desk, handlers: Handlers):
    await keep(desk)
    handlers.problems = [KeyError("a bug")]
    await handlers.at(desk).handle_events()
    assert handlers.did == ["first 1"]
    desk.clock.forward(seconds=4)
    assert await handlers.at(desk).handle_events() == 0
    desk.clock.forward(seconds=1)
    await handlers.at(desk).handle_events()
    assert handlers.did == ["first 1", "second 1"]


async def test_slack_is_given_the_time_it_asks_for(desk: Desk, handlers: Handlers):
    await keep(desk)
    handlers.problems = [SlackFailure("ratelimited", Meaning.LATER, wait=40)]
    await handlers.at(desk).handle_events()
    desk.clock.forward(seconds=39)
    assert await handlers.at(desk).handle_events() == 0
    desk.clock.forward(seconds=1)
    assert await handlers.at(desk).handle_events() == 1
    assert handlers.did == ["first 1", "second 1"]


@pytest.mark.parametrize("problem", [Refused("not here"), SlackFailure("user_not_found", Meaning.GONE)])
async def test_an_answer_that_will_not_change_is_not_asked_for_again(desk: Desk, handlers: Handlers, problem):
    await keep(desk)
    handlers.problems = [problem]
    await handlers.at(desk).handle_events()
    assert await counts(desk) == {}


async def test_an_event_that_always_fails_is_given_up_in_the_open(desk: Desk, handlers: Handlers):
    await keep(desk)
    handlers.problems = [KeyError("a bug")] * 9
    for _ in range(9):
        await handlers.at(desk).handle_events()
        desk.clock.forward(hours=1)
    assert len(handlers.problems) == 4
    assert await counts(desk) == {"dead": 1}


async def test_an_event_outlasts_a_token_that_is_refused_for_a_day(desk: Desk, handlers: Handlers):
    await keep(desk)
    handlers.problems = [SlackFailure("token_revoked", Meaning.LOCKED_OUT)] * 9
    for _ in range(10):
        await handlers.at(desk).handle_events()
        desk.clock.forward(hours=1)
    assert handlers.did == ["first 1", "second 1"]


async def test_an_event_that_fails_stops_no_other(desk: Desk, handlers: Handlers):
    await keep(desk, 1)
    await keep(desk, 2, member=BO)
    await keep(desk, 3)
    handlers.problems = [KeyError("a bug")]
    await handlers.at(desk).handle_events()
    assert len([word for word in handlers.did if word.startswith("first")]) == 3
    assert len([word for word in handlers.did if word.startswith("second")]) == 2


async def test_facts_that_do_not_open_stop_no_other(desk: Desk, handlers: Handlers):
    await keep(desk, 1)
    await keep(desk, 2)
    async with desk.store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE inbox SET facts = 'k1.AAAA' WHERE event_id = 'Ev1'")
    await handlers.at(desk).handle_events()
    assert handlers.did == ["first 2", "second 2"]


async def test_one_members_events_are_done_in_the_order_they_came(desk: Desk, handlers: Handlers):
    for number in range(6):
        await keep(desk, number)
        desk.clock.forward(seconds=0.001)
    await handlers.at(desk).handle_events()
    assert [word for word in handlers.did if word.startswith("second")] == [f"second {n}" for n in range(6)]


async def test_two_workers_at_once_do_each_event_once(desk: Desk, handlers: Handlers):
    for number in range(30):
        await keep(desk, number, member=f"U0{number}")
    await asyncio.gather(*(handlers.at(desk).handle_events() for _ in range(3)))
    assert sorted(handlers.did) == sorted(f"{word} {n}" for word in ("first", "second") for n in range(30))


@pytest.mark.parametrize("at", range(15))
@pytest.mark.database("sqlite")
async def test_a_crash_at_any_step_repeats_at_most_what_was_under_way(desk: Desk, handlers: Handlers, at: int):
    await keep(desk)
    point = CrashPoint(at)
    mortal = replace(handlers.at(desk), deps=replace(desk.deps, store=CrashingStore(desk.store, point)))
    try:
        await point.run(mortal.handle_events())
    except Crashed:
        before = list(handlers.did)
        desk.clock.forward(seconds=59)
        assert await handlers.at(desk).handle_events() == (before == [] and at < 5), "the lease still stands"
        desk.clock.forward(seconds=1)
        await handlers.at(desk).handle_events()
    assert set(handlers.did) == {"first 1", "second 1"}
    assert len(handlers.did) <= 3
    assert await counts(desk) == {}


async def test_an_answer_is_carried_out(desk: Desk):
    carried = []

    async def opened(event: Event, deps):
        return ShowHome()

    async def answer(event: Event, answers):
        carried.append((event.member, answers))

    await keep(desk, name="app_home_opened")
    await EventDesk(desk.deps, {"app_home_opened": [opened]}, answer).handle_events()
    assert carried == [(ANA, ShowHome())]
