"""Who is told that something they see has changed: the page's streams, and the driver's question "what is new?"."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox.model import Json

KEPT_NEWS = 5000


@dataclass(frozen=True)
class News:
    number: int
    people: frozenset[str] | None  # None: everybody
    what: str  # "message", "message_changed", "modal", "home", "toast"
    of: Json


@dataclass
class Hub:
    _streams: dict[str, list[asyncio.Queue[Json]]] = field(default_factory=dict)
    _news: deque[News] = field(default_factory=lambda: deque(maxlen=KEPT_NEWS))
    _number: int = 0
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def number(self) -> int:
        return self._number

    def open_stream(self, person: str) -> asyncio.Queue[Json]:
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._streams.setdefault(person, []).append(queue)
        return queue

    def close_stream(self, person: str, queue: asyncio.Queue[Json]) -> None:
        self._streams.get(person, []).remove(queue)

    def end_streams(self) -> None:
        """Lets every open page go, as the sandbox is about to end."""
        for queues in self._streams.values():
            for queue in queues:
                queue.put_nowait({"changed": [], "end": True})

    def changed(self, people: Iterable[str] | None, *keys: str, toast: str = "") -> None:
        """Tells the open pages of these people (None: of all) which parts to fetch anew."""
        told = self._streams if people is None else {p: self._streams.get(p, []) for p in people}
        line: Json = {"changed": list(keys)} | ({"toast": toast} if toast else {})
        for queues in told.values():
            for queue in queues:
                queue.put_nowait(line)

    def tell(self, people: Iterable[str] | None, what: str, **of: str) -> None:
        """Notes something new to see for these people."""
        self._number += 1
        seen_by = None if people is None else frozenset(people)
        self._news.append(News(self._number, seen_by, what, of))
        self._arrived.set()
        self._arrived = asyncio.Event()

    def since(self, person: str, number: int) -> list[News]:
        return [n for n in self._news if n.number > number and (n.people is None or person in n.people)]

    async def news_for(self, person: str, number: int, seconds: float) -> list[News]:
        """What is new for the person since the number; waits so long for something to come."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        found = self.since(person, number)
        while not found and loop.time() < end:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), end - loop.time())
            found = self.since(person, number)
        return found
