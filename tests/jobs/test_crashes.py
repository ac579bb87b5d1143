"""A worker that dies between any two steps loses nothing and sends nothing twice."""

from dataclasses import replace

import pytest

from bot.domain.manners import Manner
from bot.feature import LetterKind
from bot.jobs.deliver import Deliverer
from bot.store.outbox import State
from tests.jobs.conftest import ANA, BO, KIND, OAK, Desk
from tests.jobs.crashing import Crashed, CrashingStore, CrashPoint

STEPS = 15
"""Of one pass with two letters that may go: who has something due, two claims, two records."""


def mortal(desk: Desk, point: CrashPoint) -> Deliverer:
    deps = replace(desk.deps, store=CrashingStore(desk.store, point))
    return Deliverer(deps, {KIND: LetterKind(KIND, desk.compose, Manner.ASKED)}, terms=replace(desk.terms, at_once=2))


async def recover(desk: Desk) -> None:
    """Another worker comes along, and some time passes."""
    deliverer = desk.deliverer()
    for seconds in (1.1, 61, 61, 1.1, 1.1, 61, 61):
        desk.clock.forward(seconds=seconds)
        await deliverer.deliver_once()


async def promise_some(desk: Desk) -> None:
    await desk.promise("a1", "a2", to=ANA)
    await desk.promise("b1", to=BO)


@pytest.mark.parametrize("at", range(STEPS))
@pytest.mark.database("sqlite")
async def test_a_crash_at_any_step_of_the_database(desk: Desk, at: int):
    await promise_some(desk)
    point = CrashPoint(at)
    with pytest.raises(Crashed):
        await point.run(mortal(desk, point).deliver_once())
    await recover(desk)
    assert sorted(desk.slack.texts()) == ["a1", "a2", "b1"]
    assert desk.slack.texts("D0ANA") == ["a1", "a2"]
    assert {await desk.state(subject) for subject in ("a1", "a2", "b1")} == {State.SENT}


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize("nth", [0, 1])
async def test_a_crash_after_slack_did_it(desk: Desk, method: str, nth: int):
    await promise_some(desk)
    point = CrashPoint()

    def die(_given):
        point.dead = True
        point.worker.cancel()

    desk.slack.faults[method] = [None] * nth + [die]
    with pytest.raises(Crashed):
        await point.run(mortal(desk, point).deliver_once())
    await recover(desk)
    assert sorted(desk.slack.texts()) == ["a1", "a2", "b1"]


async def test_a_crash_after_slack_did_it_in_a_channel_is_never_said_twice(desk: Desk):
    await desk.promise("agenda", to=OAK)
    point = CrashPoint()

    def die(_given):
        point.dead = True
        point.worker.cancel()

    desk.slack.faults["chat.postMessage"] = [die]
    with pytest.raises(Crashed):
        await point.run(mortal(desk, point).deliver_once())
    await recover(desk)
    assert desk.slack.texts() == ["agenda"]
    assert await desk.state("agenda") is State.UNCERTAIN


async def test_the_steps_counted_here_are_all_there_are(desk: Desk):
    await promise_some(desk)
    point = CrashPoint()
    await point.run(mortal(desk, point).deliver_once())
    assert len(point.steps) == STEPS
