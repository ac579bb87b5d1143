"""The chores tick: what must still be done in Slack that is not a message, and sweeping out what is old.

A paused workspace has no chores but one: to see whether it takes our token again.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import TeamId
from bot.feature import Chore, Deps, Feature
from bot.jobs.pacing import PacedGateway
from bot.jobs.people import Rounds
from bot.jobs.resume import Resumer
from bot.jobs.trying import tried
from bot.jobs.wanted import Watch
from bot.slack.failures import Meaning, SlackFailure
from bot.store.agenda import forget_letters
from bot.store.inbox import Inbox
from bot.store.leases import forget_idle_lanes

KEEP_EVENTS = timedelta(days=2)
"""Slack sends an event again for at most a day."""
KEEP_LETTERS = timedelta(days=90)
KEEP_LANES = timedelta(days=1)
SWEEP_EVERY = timedelta(hours=1)
AFTER_A_BUG = timedelta(minutes=5)

log = structlog.get_logger("chores")


class Chores:
    def __init__(self, deps: Deps, features: Sequence[Feature]) -> None:
        self._deps = replace(deps, slack=PacedGateway(deps.slack, deps.store, deps.now))
        self._rounds = Rounds()
        every = [chore for feature in features for chore in feature.chores]
        self._chores = [Chore("people", self._rounds.run), *every]
        self._watch = Watch(deps, self._chores)
        self._resumer = Resumer(deps)
        self._not_before: dict[tuple[str, TeamId], datetime] = {}
        self._swept: datetime | None = None
        self.looked = deps.now()
        """When the last pass began."""
        self.later: datetime | None = None
        """When the next one has something to do, as the last pass saw it; what finds out for itself is not in it."""

    async def run_once(self) -> int:
        """Run every chore for every workspace; how many ended well. One that fails is left alone for a while."""
        done, now = 0, self._deps.now()
        self.looked = now
        self._not_before = {which: until for which, until in self._not_before.items() if until > now}
        later = []
        found = await self._watch.look(without=self._not_before)
        for wanted in found:
            if wanted.is_paused and not await self._resumed(wanted.team):
                later.append(now)
                continue
            for chore in wanted.now:
                done += await self._run(chore, wanted.team)
        if any(chore.due for wanted in found for chore in wanted.now):
            # What ran has something to do at another time now.
            found = await self._watch.look(without=self._not_before)
        for wanted in found:
            later += [now] if any(chore.due for chore in wanted.now) else []
            later += [wanted.later] if wanted.later else []
        self.later = min([*later, *self._not_before.values()], default=None)
        await self._sweep()
        return done

    async def _resumed(self, team: TeamId) -> bool:
        """Whether a paused workspace takes our token again; then everybody in it is looked at afresh."""
        resumed = await self._resumer.look_at(team)
        if resumed:
            self._rounds.again(team)
        return resumed

    async def _run(self, chore: Chore, team: TeamId) -> bool:
        now = self._deps.now()
        problem = await tried(chore.run(self._deps, team))
        if not isinstance(problem, Exception):
            return True
        self._not_before[chore.name, team] = now + await self._wait_after(problem, chore, team)
        return False

    async def _wait_after(self, problem: Exception, chore: Chore, team: TeamId) -> timedelta:
        if not isinstance(problem, SlackFailure):
            reference = secrets.token_hex(3)
            log.error("a chore failed", chore=chore.name, team=team, reference=reference, exc_info=problem)
            return AFTER_A_BUG
        log.warning("slack refused a chore", chore=chore.name, team=team, code=problem.code, where=problem.where)
        if problem.meaning is Meaning.LOCKED_OUT:
            async with self._deps.store.open_work(team) as work:
                await work.installations.pause(problem.code)
        return timedelta(seconds=problem.wait) if problem.meaning is Meaning.LATER else AFTER_A_BUG

    async def _sweep(self) -> None:
        now = self._deps.now()
        if self._swept and now - self._swept < SWEEP_EVERY:
            return
        async with self._deps.store.transaction() as connection:
            events = await Inbox(connection).forget(now - KEEP_EVENTS)
            letters = await forget_letters(connection, now - KEEP_LETTERS)
            await forget_idle_lanes(connection, now - KEEP_LANES)
        self._swept = now
        if events or letters:
            log.info("swept", events=events, letters=letters)
