"""Looking for a letter whose outcome is unknown: did Slack take it before the answer got lost?

Every letter carries a marker in its metadata that says nothing to anyone else. In a member's conversation with the bot,
where only the bot writes, the marker is looked for; so is it in a channel, if the workspace granted a history scope.
Elsewhere nobody can tell, and the letter stays uncertain: it is shown to the operator and never sent twice.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.feature import Deps
from bot.jobs.pacing import SLOW_DOWN, CannotOpen, PacedGateway
from bot.jobs.terms import Terms
from bot.jobs.trying import named, tried
from bot.slack.failures import Meaning, SlackFailure
from bot.store.delivery import Claimed, Delivery
from bot.store.doubts import Doubts
from bot.store.epoch import doubt_of
from bot.store.leases import Gates
from bot.store.messages import Place
from bot.store.unit_of_work import Work

PAGE = 200
CHANNEL_SCOPES = {"groups:history", "channels:history"}

log = structlog.get_logger("deliver")


class Unreadable(Exception):
    """The bot may not read in this conversation, and should not be able to."""


@dataclass(frozen=True)
class Seen:
    """The markers in a conversation, and whether all of it was read."""

    places: Mapping[str, Place]
    whole: bool


def marker(team: TeamId, key: str) -> str:
    """What a letter carries to be found again: the same at each attempt, and nothing can be read out of it."""
    return hashlib.sha256(f"{team}:{key}".encode()).hexdigest()[:32]


def metadata(team: TeamId, key: str, *also: str) -> dict[str, Any]:
    """With the keys of the other letters that are in the same message."""
    marks: dict[str, Any] = {"key": marker(team, key)}
    if also:
        marks["also"] = [marker(team, other) for other in also]
    return {"event_type": "mentor_letter", "event_payload": marks}


class Lookback:
    def __init__(self, deps: Deps, terms: Terms) -> None:
        self._deps = deps
        self._terms = terms
        self._paced = PacedGateway(deps.slack, deps.store, deps.now)

    async def look(self, claimed: Claimed) -> None:
        """Look for one letter and write down what came of it."""
        seen = await tried(self._find(claimed))
        found = seen if isinstance(seen, Exception) else seen.places.get(marker(claimed.team, claimed.letter.key))
        now = self._deps.now()
        async with self._deps.store.open_work(claimed.team) as work:
            delivery = Delivery(work.connection, claimed.team)
            match found:
                case Place():
                    await delivery.sent(claimed, found, now=now, messages=work.messages)
                case None:
                    await delivery.absent(claimed, again=self._terms.again(claimed.failures, now), now=now)
                case Unreadable():
                    await delivery.cannot_tell(claimed)
                case _:
                    await self._failed(work, claimed, problem=found, now=now)
            if isinstance(seen, Seen) and seen.whole and not claimed.thread:
                await self._settle_the_lane(work, claimed, seen=seen, now=now)
        log.info("looked for", key=claimed.letter.key, attempt=claimed.attempt, found=_word(found))

    async def _settle_the_lane(self, work: Work, claimed: Claimed, *, seen: "Seen", now: datetime) -> None:
        """What else of this conversation is in doubt, after a restore, is seen at the same time."""
        doubt = await doubt_of(work.connection)
        if doubt is None or claimed.started > doubt.since:
            return
        doubts = Doubts(work.connection, claimed.team)
        for letter in await doubts.others(claimed, doubt):
            if place := seen.places.get(marker(claimed.team, letter.key)):
                await doubts.there(letter, place, now=now, messages=work.messages)
            else:
                await doubts.not_there(letter, now)

    async def _find(self, claimed: Claimed) -> "Seen":
        channel = await self._readable(claimed)
        since = (claimed.started - self._terms.look_back).timestamp()
        question: dict[str, Any] = {"channel": channel, "oldest": f"{since:.6f}", "include_all_metadata": True}
        method = "conversations.history"
        if claimed.thread:
            method, question = "conversations.replies", question | {"ts": claimed.thread}
        wanted, cursor = marker(claimed.team, claimed.letter.key), ""
        places: dict[str, Place] = {}
        while True:
            page = question | {"limit": PAGE, "cursor": cursor or None}
            answer = await self._deps.slack.call(claimed.team, method, page)
            for message in answer.get("messages", []):
                places |= dict.fromkeys(_keys_of(message), Place(channel, Timestamp(message["ts"])))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or wanted in places:
                return Seen(places, whole=not cursor)

    async def _readable(self, claimed: Claimed) -> ChannelId:
        """The conversation it went to, if the bot may read there."""
        member = claimed.letter.member
        if member and claimed.lane == member:
            return claimed.channel or await self._opened(claimed.team, member)
        async with self._deps.store.open_view(claimed.team) as work:
            installation = await work.installations.get()
        if claimed.channel is None or installation is None or not CHANNEL_SCOPES & set(installation.scopes):
            raise Unreadable
        return claimed.channel

    async def _opened(self, team: TeamId, member: MemberId) -> ChannelId:
        try:
            return await self._paced.open_dm(team, [member])
        except SlackFailure as failure:
            # What is to be read elsewhere need not wait for it.
            raise (CannotOpen(failure) if failure.code in SLOW_DOWN else failure) from failure

    async def _failed(self, work: Work, claimed: Claimed, *, problem: Exception, now: datetime) -> None:
        delivery = Delivery(work.connection, claimed.team)
        meaning = problem.meaning if isinstance(problem, SlackFailure) else None
        if meaning is Meaning.SCOPE:
            await delivery.cannot_tell(claimed)
        elif meaning is Meaning.GONE:
            await delivery.unreachable(claimed, named(problem), now)
        else:
            if meaning is Meaning.LOCKED_OUT:
                await work.installations.pause(named(problem))
            wait = problem.wait if isinstance(problem, SlackFailure) else 0.0
            later = now + max(self._terms.quarantine, timedelta(seconds=wait))
            if meaning is Meaning.LATER:
                await Gates(work.connection, claimed.team).pause_reads(later)
            await delivery.look_again(claimed, later)


def _keys_of(message: Mapping[str, Any]) -> list[str]:
    carried = (message.get("metadata") or {}).get("event_payload") or {}
    return [str(carried.get("key", "")), *(str(other) for other in carried.get("also") or ())]


def _word(found: Place | Exception | None) -> str:
    match found:
        case Place():
            return "there"
        case None:
            return "not there"
        case _:
            return named(found)
