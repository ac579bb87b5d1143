"""A store that can die between any two steps, as a process does under kill -9.

The steps of a worker are its transactions (before one, inside it before the commit, after it) and its calls to Slack.
A crash cancels the worker's task and everything of it that comes to a step after that, so that nothing it had in memory
goes on; an open transaction is rolled back, as the database does when a connection is gone.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.unit_of_work import Store


class Crashed(Exception):
    """The worker died at this step."""


class CrashPoint:
    """Counts a worker's steps and kills it at the chosen one; with none chosen it only counts."""

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.steps: list[str] = []
        self.worker: asyncio.Task[object] | None = None
        self.dead = False

    def step(self, name: str) -> None:
        self.steps.append(name)
        if self.at is not None and len(self.steps) == self.at + 1:
            self.dead = True
            assert self.worker is not None
            self.worker.cancel()
        if self.dead:
            raise asyncio.CancelledError

    async def arrive(self) -> None:
        """The worker is about to open a transaction."""

    async def run(self, work) -> object:
        """Run the worker; `Crashed` when it was killed."""
        self.worker = asyncio.ensure_future(work)
        try:
            return await self.worker
        except asyncio.CancelledError:
            if not self.dead:
                raise
            raise Crashed(self.steps[-1]) from None


class StallPoint(CrashPoint):
    """Holds a worker up before one of its transactions until it is released, as a slow machine does."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.release = asyncio.Event()
        self._left = at

    async def arrive(self) -> None:
        self._left -= 1
        if self._left == 0:
            await self.release.wait()


class CrashingStore(Store):
    """`turns`, where given, lets one transaction run at a time: the one thread of `inline` would wait for itself."""

    def __init__(self, store: Store, point: CrashPoint, turns: asyncio.Lock | None = None) -> None:
        super().__init__(store.engine)
        self.point = point
        self.turns = turns or contextlib.nullcontext()

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        await self.point.arrive()
        self.point.step("before a transaction")
        async with self.turns, super().transaction(read_only=read_only) as connection:
            yield connection
            self.point.step("before a commit")
        self.point.step("after a commit")
