"""One block of work: read, decide and write in one transaction, for one workspace.

`async with store.open_work(team) as work:` commits at the block's end and rolls back when it raises; nothing else
commits. `open_view` is the same for reading only. Slack is never called inside a block (the gateway refuses it), and
blocks do not nest: on SQLite the inner one would wait for the outer one for ever.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ids import TeamId
from bot.store.agreements import Agreements
from bot.store.audit import Audit
from bot.store.ballots import Ballots
from bot.store.base import Repository, Truth
from bot.store.blocks import Blocks
from bot.store.briefs import Briefs
from bot.store.buddies import Buddies
from bot.store.calls import Calls
from bot.store.charters import Charters
from bot.store.checkins import Checkins
from bot.store.circles import Circles
from bot.store.commitments import Commitments
from bot.store.drafts import Drafts
from bot.store.engine import READ_ONLY
from bot.store.feedback import FeedbackGiven
from bot.store.feeds import Feeds
from bot.store.fits import Fits
from bot.store.goals import Goals
from bot.store.installations import Installation, Installations, Paused, every_installation, one_paused
from bot.store.introductions import Introductions
from bot.store.intros import Intros
from bot.store.ledger import Ledger
from bot.store.meetings import Meetings
from bot.store.members import Members
from bot.store.mergers import Mergers
from bot.store.messages import Messages
from bot.store.outbox import Outbox
from bot.store.pair_commitments import PairCommitments
from bot.store.pairs import Pairs
from bot.store.programs import Programs
from bot.store.prompts import Prompts
from bot.store.recognition import Recognition
from bot.store.relationships import Relationships
from bot.store.rounds import Rounds
from bot.store.runs import Runs
from bot.store.sessions import Sessions
from bot.store.settings import Settings
from bot.store.sponsoring import Sponsoring
from bot.store.stories import Stories
from bot.store.templates import Templates
from bot.store.told import ToldSoFar
from bot.store.trios import Trios
from bot.store.turns import Turns
from bot.store.vocabularies import Vocabularies
from bot.store.waiting import Waiting
from bot.store.written import Written

log = structlog.get_logger("outbox")

_inside: ContextVar[bool] = ContextVar("inside_a_work_block", default=False)


def inside_work() -> bool:
    """Whether the current task is inside a work block."""
    return _inside.get()


class Work:
    """The repositories of one workspace, bound to one transaction."""

    def __init__(self, connection: AsyncConnection, team: TeamId) -> None:
        self.connection = connection
        self.team = team
        self.agreements = Agreements(connection, team)
        self.audit = Audit(connection, team)
        self.ballots = Ballots(connection, team)
        self.blocks = Blocks(connection, team)
        self.briefs = Briefs(connection, team)
        self.charters = Charters(connection, team)
        self.buddies = Buddies(connection, team)
        self.calls = Calls(connection, team)
        self.checkins = Checkins(connection, team)
        self.circles = Circles(connection, team)
        self.commitments = Commitments(connection, team)
        self.drafts = Drafts(connection, team)
        self.feedback = FeedbackGiven(connection, team)
        self.feeds = Feeds(connection, team)
        self.fits = Fits(connection, team)
        self.goals = Goals(connection, team)
        self.installations = Installations(connection, team)
        self.introductions = Introductions(connection, team)
        self.intros = Intros(connection, team)
        self.ledger = Ledger(connection, team)
        self.meetings = Meetings(connection, team)
        self.members = Members(connection, team)
        self.mergers = Mergers(connection, team)
        self.messages = Messages(connection, team)
        self.outbox = Outbox(connection, team)
        self.pairs = Pairs(connection, team)
        self.pair_commitments = PairCommitments(connection, team)
        self.programs = Programs(connection, team)
        self.prompts = Prompts(connection, team)
        self.runs = Runs(connection, team)
        self.recognition = Recognition(connection, team)
        self.relationships = Relationships(connection, team)
        self.rounds = Rounds(connection, team)
        self.sessions = Sessions(connection, team)
        self.sponsoring = Sponsoring(connection, team)
        self.stories = Stories(connection, team)
        self.templates = Templates(connection, team)
        self.settings = Settings(connection, team)
        self.told = ToldSoFar(connection, team)
        self.trios = Trios(connection, team)
        self.turns = Turns(connection, team)
        self.vocabularies = Vocabularies(connection, team)
        self.written = Written(connection, team)
        self.waiting = Waiting(connection, team)

    async def truths(self, questions: Mapping[str, Truth]) -> dict[str, bool]:
        """The answers by name, found by a single statement."""
        if not questions:
            return {}
        asked = select(*(question.label(f"q{number}") for number, question in enumerate(questions.values())))
        answers = (await self.connection.execute(asked)).one()
        return {name: bool(answer) for name, answer in zip(questions, answers, strict=True)}

    @property
    def changed(self) -> bool:
        return any(part.changes for part in vars(self).values() if isinstance(part, Repository))


Place = Callable[[Work], Awaitable[None]]


async def _as_planned(_work: Work) -> None:
    """Letters stay where they were planned."""


class Store:
    """The database, opened a block at a time. `wake` is called after a block that added letters; `place` at the end of a
    block that promised some to members or changed a member's clock, to say when manners would have them go."""

    def __init__(self, engine: AsyncEngine, wake: Callable[[], None] = lambda: None) -> None:
        self.engine = engine
        self.wake = wake
        self.place: Place = _as_planned
        self.writes = 0
        """How many blocks of this process changed something."""

    @asynccontextmanager
    async def open_work(self, team: TeamId) -> AsyncIterator[Work]:
        async with self.transaction() as connection:
            work = Work(connection, team)
            yield work
            if work.outbox.promised or work.members.moved:
                await self.place(work)
        self.writes += work.changed
        for what, key in work.outbox.story:
            log.info(what, key=key, team=team)
        if work.outbox.added or work.members.moved:
            self.wake()

    @asynccontextmanager
    async def open_view(self, team: TeamId) -> AsyncIterator[Work]:
        async with self.transaction(read_only=True) as connection:
            yield Work(connection, team)

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        """A bare transaction, for what is not one workspace's: the outbox's claims, the inbox, installations."""
        if _inside.get():
            raise RuntimeError("work blocks do not nest: decide in one block, then open the next")
        token = _inside.set(True)
        try:
            async with self.engine.connect() as connection:
                if self.engine.dialect.name == "sqlite":
                    await connection.execution_options(**{READ_ONLY: read_only})
                async with connection.begin():
                    yield connection
        finally:
            _inside.reset(token)

    async def teams(self) -> list[Installation]:
        async with self.transaction(read_only=True) as connection:
            return await every_installation(connection)

    async def one_paused(self) -> Paused | None:
        async with self.transaction(read_only=True) as connection:
            return await one_paused(connection)

    async def close(self) -> None:
        await self.engine.dispose()
