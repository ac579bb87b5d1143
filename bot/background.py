"""What goes on behind an answer: work that takes longer than anybody should wait, by name, in this process.

Nothing here outlives the process. Whoever starts something keeps in the database what is to be taken up again.
"""

import asyncio
from collections.abc import Coroutine, Hashable
from typing import Any

import structlog

log = structlog.get_logger("background")


class Background:
    """One of a name at a time. Ending a name, or everything, waits until the work has cleaned up after itself."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[None]] = {}

    def start(self, name: Hashable, work: Coroutine[Any, Any, None]) -> None:
        """What is under way by that name already goes on, and this is dropped."""
        if name in self._under_way:
            work.close()
            return
        task = asyncio.create_task(work)
        self._under_way[name] = task
        task.add_done_callback(lambda done: self._ended(name, done))

    def is_running(self, name: Hashable) -> bool:
        return name in self._under_way

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    async def end(self, name: Hashable) -> bool:
        """Whether there was anything of that name."""
        task = self._under_way.get(name)
        if task is None:
            return False
        task.cancel()
        await asyncio.wait([task])
        return True

    async def quiet(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())
            await asyncio.sleep(0)  # so that those who ended are taken off the list

    async def close(self) -> None:
        """End everything."""
        for task in self._under_way.values():
            task.cancel()
        await self.quiet()

    def _ended(self, name: Hashable, task: asyncio.Task[None]) -> None:
        del self._under_way[name]
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            log.error("a bug in the background", name=str(name), exc_info=problem)
