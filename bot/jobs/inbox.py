"""Events: kept before they are acknowledged, done once.

Each handler of an event is noted when it is through, so a failure or a crash repeats only what was not done. Events
about one member are done in the order they came; those about different members side by side.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import Refused
from bot.feature import Deps
from bot.jobs.trying import named, tried
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.replies import Answers
from bot.slack.requests import Event
from bot.slack.routes import Handler
from bot.store.inbox import Inbox, Kept
from bot.store.unit_of_work import Store

LEASE = timedelta(seconds=60)
TIME_LIMIT = 30.0
BATCH = 20
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600))
"""Between attempts; after the last one the event is given up."""
WORTH_ANOTHER_TRY = (Meaning.LATER, Meaning.UNCERTAIN, Meaning.LOCKED_OUT)

AnswerEvent = Callable[[Event, Answers], Awaitable[None]]
"""Carries out what a handler answered; given by app."""

log = structlog.get_logger("inbox")


async def store_event(store: Store, *, event_id: str, event: Event, now: datetime) -> bool:
    """Keep an event; False when it came before. When it raises, the event must not be acknowledged."""
    about = (event.name, event.member, event.facts)
    async with store.transaction() as connection:
        return await Inbox(connection).keep(event.team, event_id, about=about, now=now)


@dataclass
class EventDesk:
    """Does the events that were kept. `handlers` by event name, as routes hold them."""

    deps: Deps
    handlers: Mapping[str, Sequence[Handler]]
    answer: AnswerEvent | None = None
    owner: str = field(default_factory=lambda: f"desk-{secrets.token_hex(8)}")

    async def handle_events(self) -> int:
        """Do what is due; how many events were worked on."""
        handled = 0
        while events := await self._claim():
            handled += len(events)
            by_member = defaultdict(list)
            for event in events:
                by_member[event.team, event.member].append(event)
            await asyncio.gather(*(self._in_order(group) for group in by_member.values()))
        return handled

    async def _claim(self) -> list[Kept]:
        now = self.deps.now()
        async with self.deps.store.transaction(read_only=True) as connection:
            if not await Inbox(connection).any_due(now):
                return []
        async with self.deps.store.transaction() as connection:
            return await Inbox(connection).claim(self.owner, now=now, lease=LEASE, count=BATCH)

    async def _in_order(self, events: Sequence[Kept]) -> None:
        for event in events:
            problem = await tried(self._do(event))
            if isinstance(problem, Exception):
                log.error("an event was not written down; its lease will run out", number=event.id, exc_info=problem)

    async def _do(self, kept: Kept) -> None:
        async with self.deps.store.transaction(read_only=True) as connection:
            facts = await tried(Inbox(connection).facts(kept))
        if isinstance(facts, Exception):
            await self._put_off(kept, facts)
            return
        event = Event(kept.team, kept.member, kept.name, facts)
        through, failed = list(kept.through), None
        for name, handler in self._named_handlers(kept):
            problem = await tried(self._ask(handler, event))
            if isinstance(problem, Exception) and self._worth_another_try(problem, name, event):
                failed = problem
                continue
            through.append(name)
            async with self.deps.store.transaction() as connection:
                await Inbox(connection).through(kept, through)
        await self._close(kept, failed)

    def _named_handlers(self, kept: Kept) -> list[tuple[str, Handler]]:
        """The handlers that are not through with it yet."""
        every = self.handlers.get(kept.name, ())
        named_ones = [(f"{handler.__module__}.{handler.__qualname__}", handler) for handler in every]
        return [(name, handler) for name, handler in named_ones if name not in kept.through]

    async def _close(self, kept: Kept, failed: Exception | None) -> None:
        if failed:
            await self._put_off(kept, failed)
            return
        async with self.deps.store.transaction() as connection:
            await Inbox(connection).done(kept)

    async def _ask(self, handler: Handler, event: Event) -> None:
        async with asyncio.timeout(TIME_LIMIT):
            answers = await handler(event, self.deps)
            if answers is not None and self.answer is not None:
                await self.answer(event, answers)

    def _worth_another_try(self, problem: Exception, handler: str, event: Event) -> bool:
        if isinstance(problem, Refused):
            log.info("an event was refused", handler=handler, why=problem.sentence)
            return False
        if isinstance(problem, SlackFailure):
            log.warning("slack refused", handler=handler, code=problem.code, where=problem.where, team=event.team)
            return problem.meaning in WORTH_ANOTHER_TRY
        log.error("an event failed", handler=handler, name=event.name, team=event.team, exc_info=problem)
        return True

    async def _put_off(self, kept: Kept, problem: Exception) -> None:
        wait = timedelta(seconds=problem.wait) if isinstance(problem, SlackFailure) else timedelta()
        async with self.deps.store.transaction() as connection:
            if kept.attempt > len(PAUSES) and not _is_locked_out(problem):
                await Inbox(connection).dead(kept, named(problem))
                log.error("an event was given up", name=kept.name, id=kept.id, problem=named(problem))
            else:
                at = self.deps.now() + max(wait, PAUSES[min(kept.attempt, len(PAUSES)) - 1])
                await Inbox(connection).again(kept, at, named(problem))


def _is_locked_out(problem: Exception) -> bool:
    """Such an event waits for the token to be good again, as letters do."""
    return isinstance(problem, SlackFailure) and problem.meaning is Meaning.LOCKED_OUT
