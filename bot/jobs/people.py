"""What changed about people while nobody was listening.

Slack sends no event to a bot that is away for longer than some minutes. So everybody who is known is looked up once after
a start, and after a pause; whoever has changed is news, and is treated as if Slack had just told it.
"""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, TeamId
from bot.domain.people import Member
from bot.feature import Deps
from bot.jobs.inbox import store_event
from bot.slack.directory import as_member, refreshed
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Event

AT_A_TIME = 20
PAUSE = timedelta(seconds=20)
"""Between goes. Slack takes a hundred such questions a minute, and new members are looked up too."""

log = structlog.get_logger("people")


class Rounds:
    """Goes round everybody once; `again` begins a new round."""

    def __init__(self) -> None:
        self._left: dict[TeamId, deque[MemberId]] = {}
        self._not_before: dict[TeamId, datetime] = {}

    def again(self, team: TeamId) -> None:
        self._left.pop(team, None)

    async def run(self, deps: Deps, team: TeamId) -> None:
        """Look the next ones up; a failure leaves the one it happened at for the next time."""
        now = deps.now()
        if now < self._not_before.get(team, now):
            return
        if team not in self._left:
            async with deps.store.open_view(team) as work:
                self._left[team] = deque(member.id for member in await work.members.everyone())
        left = self._left[team]
        if not left:
            return
        self._not_before[team] = now + PAUSE
        async with deps.store.open_view(team) as work:
            known = await work.members.named(list(left)[:AT_A_TIME])
        for _turn in range(min(AT_A_TIME, len(left))):
            member = known.get(left[0])
            if member is not None:
                await _compare(deps, team, member)
            left.popleft()


async def _compare(deps: Deps, team: TeamId, known: Member) -> None:
    person = await _person(deps, team, known)
    try:
        changed = refreshed(known, as_member(person)) != known
    except Refused:
        return
    if not changed:
        return
    now = deps.now()
    event = Event(team, known.id, "user_change", {"type": "user_change", "user": person})
    marker = f"found:{team}:{known.id}:{now:%y%m%d%H%M}"
    if await store_event(deps.store, event_id=marker, event=event, now=now):
        log.info("somebody has changed", member=known.id, team=team)


async def _person(deps: Deps, team: TeamId, known: Member) -> Mapping[str, Any]:
    try:
        return await deps.slack.person(team, known.id)
    except SlackFailure as failure:
        if failure.meaning is not Meaning.GONE:
            raise
    profile = {"display_name": known.name, "title": known.title}
    return {"id": known.id, "deleted": True, "tz": known.zone, "profile": profile}
