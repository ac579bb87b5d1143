"""What is due later on the sandbox's clock: scheduled messages and the retries of events."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.sandbox.clock import Clock

Act = Callable[[], Awaitable[None]]


class Timers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count(1)
        self._cancelled: set[int] = set()

    def after(self, seconds: float, act: Act) -> int:
        return self.at(self._clock.now() + timedelta(seconds=seconds), act)

    def at(self, moment: datetime, act: Act) -> int:
        number = next(self._numbers)
        heapq.heappush(self._due, (moment, number, act))
        return number

    def cancel(self, number: int) -> None:
        self._cancelled.add(number)

    @property
    def next_due(self) -> datetime | None:
        return self._due[0][0] if self._due else None

    async def run_due(self) -> int:
        """Runs what is due by now, in order; answers how much that was."""
        done = 0
        while self._due and self._due[0][0] <= self._clock.now():
            _, number, act = heapq.heappop(self._due)
            if number in self._cancelled:
                self._cancelled.discard(number)
                continue
            await act()
            done += 1
        return done
