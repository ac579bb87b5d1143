"""A Slack on loopback, letters to send through it, and a deliverer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog

from bot.domain.ids import ChannelId, LetterId, MemberId, TeamId
from bot.domain.manners import Manner
from bot.feature import Deps, LetterKind, Outcome, Send
from bot.jobs.deliver import Deliverer
from bot.jobs.terms import Terms
from bot.slack.blocks import Message
from bot.slack.directory import Directory
from bot.store.outbox import Letter, Standing, State
from bot.store.unit_of_work import Store, Work
from tests.builders import a_member, an_installation
from tests.clock import StillClock
from tests.jobs.loopback import LoopbackSlack, gateway_to, serving

ANA = MemberId("U0ANA")
BO = MemberId("U0BO")
OAK = ChannelId("C0OAK")
KIND = "test.word"


@dataclass
class Desk:
    """What a test works with: a workspace, its letters, what they read, and who sends them."""

    team: TeamId
    deps: Deps
    clock: StillClock
    slack: LoopbackSlack
    outcomes: dict[str, Any] = field(default_factory=dict)
    """By subject: what compose answers; an exception is raised; a function is asked."""
    terms: Terms = field(default_factory=lambda: Terms(send_limit=timedelta(seconds=2)))

    @property
    def store(self) -> Store:
        return self.deps.store

    async def compose(self, work: Work, letter: Letter, now: datetime) -> Outcome:
        outcome = self.outcomes.get(letter.subject, Send(Message(letter.subject)))
        if callable(outcome):
            outcome = await outcome(work, letter, now)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def deliverer(self, **terms: Any) -> Deliverer:
        return Deliverer(
            self.deps, {KIND: LetterKind(KIND, self.compose, Manner.ASKED)}, terms=replace(self.terms, **terms)
        )

    async def promise(self, *subjects: str, to: str = ANA, team: TeamId | None = None, **more: Any) -> None:
        async with self.store.open_work(team or self.team) as work:
            for subject in subjects:
                await work.outbox.add(KIND, subject, to=to, **{"due": self.clock.now(), **more})

    async def standing(self, subject: str) -> Standing:
        async with self.store.open_view(self.team) as work:
            every = await work.outbox.standing(limit=1000)
        return next(one for one in every if one.letter.subject == subject)

    async def state(self, subject: str) -> State:
        return (await self.standing(subject)).state

    async def id_of(self, subject: str) -> LetterId:
        return (await self.standing(subject)).letter.id


async def install(store: Store, team: TeamId, *people: str, **overrides: Any) -> None:
    async with store.open_work(team) as work:
        await work.installations.save(an_installation(team, **overrides))
        for name in people:
            await work.members.save(a_member(name))


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Failures are logged here on purpose; the library's drawing of a traceback takes a second each."""
    render = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, render])


@pytest.fixture
async def loopback(clock: StillClock) -> AsyncIterator[LoopbackSlack]:
    async with serving(LoopbackSlack(clock.now)) as slack:
        yield slack


@pytest.fixture
def jobs_deps(store: Store, clock: StillClock, loopback: LoopbackSlack) -> Deps:
    gateway = gateway_to(loopback)
    return Deps(store=store, slack=gateway, directory=Directory(gateway), now=clock.now)


@pytest.fixture
async def desk(jobs_deps: Deps, clock: StillClock, loopback: LoopbackSlack, team: TeamId) -> Desk:
    await install(jobs_deps.store, team, "Ana", "Bo")
    return Desk(team, jobs_deps, clock, loopback)
