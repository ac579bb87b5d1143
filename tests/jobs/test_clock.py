"""A clock that is set an hour forth or back under a running bot: nothing early, nothing twice, nothing that waits for it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.manners import Manner
from bot.feature import LetterKind
from bot.jobs.clock import TrustedClock
from bot.jobs.deliver import Deliverer
from tests.clock import START
from tests.jobs.conftest import BO, KIND, OAK, Desk

HOUR = timedelta(hours=1)
STEPS = [HOUR, -HOUR, timedelta(days=400), timedelta(seconds=5)]


class Machine:
    """Its two clocks, and Slack's."""

    def __init__(self) -> None:
        self.true = START
        self.set_by = timedelta()
        self.stood_still = timedelta()
        self.asked = 0
        self.clock = TrustedClock(self.wall, self.monotonic)
        self.clock.ask = self.slack

    def wall(self) -> datetime:
        return self.true + self.set_by

    def monotonic(self) -> float:
        return (self.true - START - self.stood_still).total_seconds()

    async def slack(self) -> datetime | None:
        self.asked += 1
        return self.true.replace(microsecond=0)

    def run(self, seconds: float) -> None:
        self.true += timedelta(seconds=seconds)
        self.clock.now()

    def stand_still(self, seconds: float) -> None:
        """As a laptop that is closed, or a machine that is moved."""
        self.stood_still += timedelta(seconds=seconds)
        self.true += timedelta(seconds=seconds)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def near(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= timedelta(seconds=2.5)


async def test_an_even_clock_is_followed_and_slack_is_asked_now_and_then(machine: Machine):
    for _ in range(90):
        machine.run(20)
        machine.set_by += timedelta(milliseconds=10)
        await machine.clock.check()
        assert machine.clock.now() == machine.wall()
    assert machine.clock.wrong == ""
    assert machine.asked == 3


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_that_is_set_wrong_is_not_believed(machine: Machine, step: timedelta):
    machine.run(60)
    machine.set_by = step
    assert machine.clock.now() == machine.true
    assert not machine.clock.steady
    assert "was set" in machine.clock.wrong
    await machine.clock.check()
    assert machine.clock.steady
    machine.run(3600)
    assert near(machine.clock.now(), machine.true)
    assert f"{abs(round(step.total_seconds()))} seconds" in machine.clock.wrong


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_that_is_put_right_again_is_believed_again(machine: Machine, step: timedelta):
    machine.set_by = step
    await machine.clock.check()
    machine.run(60)
    machine.set_by = timedelta()
    assert not machine.clock.steady
    assert near(machine.clock.now(), machine.true)
    await machine.clock.check()
    assert machine.clock.wrong == ""
    assert machine.clock.now() == machine.true


async def test_a_bot_that_starts_with_a_wrong_clock_goes_by_slacks(machine: Machine):
    machine.set_by = HOUR
    wrong = TrustedClock(machine.wall, machine.monotonic)
    assert wrong.now() == machine.true + HOUR
    wrong.ask = machine.slack
    await wrong.check()
    assert near(wrong.now(), machine.true)
    assert "3600 seconds ahead" in wrong.wrong


async def test_a_machine_that_stood_still_is_told_what_time_it_is(machine: Machine):
    machine.run(60)
    machine.stand_still(7200)
    assert not machine.clock.steady
    await machine.clock.check()
    assert machine.clock.now() == machine.true
    assert machine.clock.wrong == ""


async def test_without_slack_it_stays_uncertain(machine: Machine):
    async def away() -> datetime | None:
        return None

    machine.clock.ask = away
    machine.set_by = HOUR
    await machine.clock.check()
    assert not machine.clock.steady
    machine.set_by = timedelta()
    assert not machine.clock.steady, "it may have stood still by chance for as long"


def deliverer_on(desk: Desk, machine: Machine, **terms) -> Deliverer:
    deps = replace(desk.deps, now=machine.clock.now)
    desk.slack.now = lambda: machine.true
    kinds = {KIND: LetterKind(KIND, desk.compose, Manner.ASKED)}
    return Deliverer(deps, kinds, terms=replace(desk.terms, **terms), steady=lambda: machine.clock.steady)


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["forth", "back"])
async def test_what_is_due_goes_out_in_its_time_whatever_the_machine_says(
    desk: Desk, machine: Machine, step: timedelta
):
    due = START + timedelta(minutes=30)
    await desk.promise("at half past", due=due)
    await desk.promise("now", "and then", to=OAK, due=START)
    deliverer = deliverer_on(desk, machine)
    machine.run(1)
    await deliverer.deliver_once()
    machine.set_by = step
    await desk.promise("soon", to=BO, due=START + timedelta(seconds=2))
    machine.run(5)
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["now"], "not before it is known what time it is"
    for _ in range(60):
        await machine.clock.check()
        await deliverer.deliver_once()
        machine.run(60)
        machine.set_by = -machine.set_by
    assert sorted(desk.slack.texts()) == ["and then", "at half past", "now", "soon"]
    [half_past] = [post for post in desk.slack.posts if post.text == "at half past"]
    assert due <= half_past.at <= due + timedelta(minutes=2)


async def test_a_machine_that_stood_still_between_claim_and_sending_does_not_begin(desk: Desk, machine: Machine):
    """Another replica may have sent it meanwhile, and by its own watch no time has passed."""
    await desk.promise("hello", to=OAK)
    deliverer = deliverer_on(desk, machine)
    claim = deliverer._claimer.claim

    async def claim_and_sleep(*given):
        claims = await claim(*given)
        machine.stand_still(600)
        return claims

    deliverer._claimer.claim = claim_and_sleep
    await deliverer.deliver_once()
    assert desk.slack.posts == []
    deliverer._claimer.claim = claim
    await machine.clock.check()
    await deliverer.deliver_once()
    assert desk.slack.texts() == ["hello"]
