"""Check-ins in pairs: chosen by the circle, drawn each week, repaired when somebody comes or goes, in a conversation each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain import circles, pairing
from bot.domain.checkins import Round, RoundState
from bot.domain.circles import Circle
from bot.domain.errors import Gone, Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, RoundId, TeamId
from bot.domain.pairing import Pair
from bot.feature import Deps, standing
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Request
from bot.store.base import Earliest
from bot.store.messages import Place
from bot.store.unit_of_work import Work

log = structlog.get_logger("checkins")
FOR_GOOD = (Meaning.GONE, Meaning.FORBIDDEN)
ASKED = "checkins.ways"


# Drawing, and repairing


async def draw_pairs(work: Work, rounds: Sequence[Round], known: Mapping[CircleId, Circle], now: datetime) -> None:
    """For the rounds that open soon in circles that chose pairs, and for those under way whose circle has changed.

    A constant number of questions. A round that began without pairs stays so.
    """
    there = {this.id: circle for this in rounds if (circle := known.get(this.circle)) and circle.is_open}
    drawn = await work.pairs.of_rounds(there)
    fresh = [this for this in rounds if this.id in there and this.id not in drawn and now < this.opens_at]
    wishes = await work.pairs.wishes_of({this.circle for this in fresh})
    wanted = [this for this in fresh if pairing.in_pairs(there[this.id].members, wishes[this.circle])]
    past = await work.pairs.past_of({this.circle for this in wanted})
    for this in wanted:
        teams = pairing.draw(there[this.id].members, past.get(this.circle, []))
        await work.pairs.put(this.id, this.circle, teams, max(now, this.opens_at - pairing.A_LITTLE))
    for this in rounds:
        if this.id in drawn and now < this.closes_at:
            await _repair(work, this, there[this.id], drawn[this.id], now)


async def _repair(work: Work, this: Round, circle: Circle, drawn: Sequence[Pair], now: datetime) -> None:
    before = [pair.members for pair in drawn]
    if {one for team in before for one in team} == set(circle.members):
        return
    await work.pairs.put(this.id, circle.id, pairing.repaired(before, circle.members), now)


# Their conversations


@standing
def next_to_open(work: Work) -> Earliest:
    return work.pairs.earliest_to_open()


async def open_conversations(deps: Deps, team: TeamId) -> None:
    """What doesn't work at the first try is tried again; where Slack won't have it, they talk in the circle's thread."""
    now = deps.now()
    async with deps.store.open_view(team) as work:
        waiting = await work.pairs.to_open(now)
    for pair in waiting:
        try:
            channel: ChannelId | None = await deps.slack.open_dm(team, list(pair.members))
        except SlackFailure as failure:
            log.warning("no conversation for a pair", pair=pair.id, code=failure.code, team=team)
            if failure.meaning not in FOR_GOOD:
                continue
            channel = None
        async with deps.store.open_work(team) as work:
            if await work.pairs.opened(pair.id, channel) and channel is not None:
                await _ask(work, pair, channel, now)


async def _ask(work: Work, pair: Pair, channel: ChannelId, now: datetime) -> None:
    try:
        this = await work.checkins.get(pair.round)
    except Gone:
        return
    if this.state is not RoundState.CLOSED:
        due = max(this.opens_at, now)
        await work.outbox.add("checkins.pair", pair.id, to=channel, due=due, expires=this.closes_at)


async def pair_of(work: Work, round: RoundId, member: MemberId) -> Pair | None:
    every = (await work.pairs.of_rounds([round])).get(round, [])
    return next((pair for pair in every if member in pair.members), None)


async def partners_in(work: Work, rounds: Sequence[RoundId], member: MemberId) -> dict[RoundId, tuple[MemberId, ...]]:
    """Who is with them in each of these rounds; a round without pairs is not in it."""
    found = await work.pairs.of_rounds(rounds)
    return {number: pairing.partners(member, [pair.members for pair in every]) for number, every in found.items()}


# Choosing


@dataclass(frozen=True)
class Ballot:
    """How a circle checks in, and how many wish for pairs."""

    circle: Circle
    wishes: Mapping[MemberId, bool]
    mine: bool | None = None
    place: Place | None = None
    """Where the circle was asked, to be said anew."""

    @property
    def in_pairs(self) -> bool:
        return pairing.in_pairs(self.circle.members, self.wishes)

    @property
    def in_favour(self) -> tuple[MemberId, ...]:
        return tuple(member for member in self.circle.members if self.wishes.get(member))

    @property
    def needed(self) -> int:
        return len(self.circle.members) // 2 + 1


async def ballots(by: Request, deps: Deps) -> list[Ballot]:
    async with deps.store.open_view(by.team) as work:
        mine = [circle for circle in await work.circles.of(by.member) if not circle.is_alone]
        wishes = await work.pairs.wishes_of([circle.id for circle in mine])
        return [Ballot(circle, wishes[circle.id], wishes[circle.id].get(by.member)) for circle in mine]


async def wish(by: Request, number: CircleId, *, pairs: bool, deps: Deps) -> Ballot:
    """The first who wishes for pairs has the bot ask the others in the channel; each tap is seen there."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        circle = await work.circles.get(number)
        circles.check_membership(circle, by.member)
        circles.check_open(circle)
        if pairs and len(circle.members) < pairing.LEAST:
            raise Refused(
                f"Pairs need {pairing.LEAST} of you at least; with {len(circle.members)} the circle is small enough."
            )
        await work.pairs.wish(number, by.member, pairs=pairs)
        wishes = (await work.pairs.wishes_of([number]))[number]
        place = await work.messages.where_is(ASKED, str(number))
        if pairs and place is None and circle.channel is not None:
            await work.outbox.add(ASKED, number, to=circle.channel, due=now, expires=now + timedelta(days=7))
        return Ballot(circle, wishes, pairs, place)
