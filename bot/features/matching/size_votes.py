"""What members tap about the size of their circle, and what is done once they have decided: by a chore, as a merger or a
new seat is held against every rule once more."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import sizes
from bot.domain.ballots import Ballot, Option, Tally, Topic, check_vote, result, tally
from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.errors import Refused
from bot.domain.ids import BallotId, CircleId, MemberId, MergerId, TeamId
from bot.domain.mergers import Merger
from bot.domain.sessions import BY_TAP
from bot.domain.sizes import Choice
from bot.feature import Deps
from bot.features.matching import merging, sizing
from bot.seats import end, tell_leads
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class SizeAsked:
    """A question about a circle's size, and the circles it speaks of."""

    ballot: Ballot
    circle: Circle
    others: Mapping[CircleId, Circle] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        return tally(self.ballot, self.circle.members)

    @property
    def chosen(self) -> Option | None:
        return self.ballot.option(self.ballot.outcome)


async def asked_of(work: Work, ballot: Ballot) -> SizeAsked:
    named: set[CircleId] = set()
    for option in ballot.options:
        named |= {CircleId(int(option.details[key])) for key in ("into", "small") if key in option.details}
        if option.key == Choice.SPREAD.value:
            named |= set(sizes.rooms_of(option).values())
    return SizeAsked(ballot, await work.circles.get(ballot.circle), await work.circles.named(named))


async def vote(by: Request, number: BallotId, choice: str, deps: Deps) -> SizeAsked:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        ballot = await work.ballots.hold(number)
        circle = await work.circles.get(ballot.circle)
        check_vote(ballot, by.member, circle.members, choice, now)
        await work.ballots.vote(number, by.member, choice)
        await settle(work, await work.ballots.get(number), now)
        after = await asked_of(work, await work.ballots.get(number))
    deps.store.wake()
    return after


async def settle(work: Work, ballot: Ballot, now: datetime) -> None:
    """Keep what is decided; a chore does it. A circle that fits again, or has ended, has nothing to decide."""
    if not ballot.is_open:
        return
    circle = await work.circles.get(ballot.circle)
    is_host = ballot.option(Choice.HOST.value) is not None
    if not circle.is_open or not (is_host or sizes.is_wrong(circle)):
        await work.ballots.close(ballot.id, "")
    elif outcome := result(ballot, circle.members, now):
        await work.ballots.close(ballot.id, outcome)


async def close_due(work: Work, now: datetime) -> None:
    for ballot in await work.ballots.closing(Topic.SIZE, now):
        await settle(work, await work.ballots.hold(ballot.id), now)


# What comes of it


async def carry_out(deps: Deps, team: TeamId, asked: SizeAsked) -> None:
    """Once, as the ballot is crossed off in the same block; what breaks a rule by now is told and left."""
    option, circle = asked.chosen, asked.circle
    why = ""
    try:
        if option is not None and option.key == Choice.HOST.value:
            await merging.merge_as_voted(team, _merger(asked, option, deps.now()), deps)
    except Refused as refused:
        why = refused.sentence
    now = deps.now()
    async with deps.store.open_work(team) as work:
        ballot = await work.ballots.hold(asked.ballot.id)
        if ballot.id not in [one.id for one in await work.ballots.to_draw(Topic.SIZE)]:
            return
        await work.ballots.drawn(ballot.id)
        if option is not None and not why:
            await _do(work, replace(asked, circle=await work.circles.hold(circle.id)), option, now)
        details = {"outcome": ballot.outcome or "void", "refused": bool(why)}
        await work.audit.add(Entry(now, BY_TAP, "circle.size", f"circle:{circle.id}", details))
        if ballot.outcome:
            payload = {"ballot": ballot.id, "why": why}
            await tell_leads(work, "matching.size_told", circle, now=now, key=str(ballot.id), payload=payload)
        await _tell_of_failure(work, asked, why, now)
    deps.store.wake()


async def _tell_of_failure(work: Work, asked: SizeAsked, why: str, now: datetime) -> None:
    """To the circle that decided, and to the one that wanted to join it."""
    concerned = [asked.circle] if why else []
    wanted = asked.ballot.option(Choice.HOST.value)
    if wanted is not None and (why or asked.chosen is not wanted):
        why = why or f"{asked.circle.name} stays as it is."
        concerned.append(asked.others[CircleId(int(wanted.details["small"]))])
    for circle in concerned:
        if circle.channel and circle.is_open:
            payload, key = {"why": why, "circle": circle.id}, str(circle.id)
            await work.outbox.add(
                "matching.size_failed", asked.ballot.id, to=circle.channel, due=now, key=key, payload=payload
            )


async def _do(work: Work, asked: SizeAsked, option: Option, now: datetime) -> None:
    circle = asked.circle
    match option.key:
        case Choice.MERGE.value:
            into = asked.others[CircleId(int(option.details["into"]))]
            await sizing.put(
                work, into, sizes.host(circle, asked.ballot), occasion=f"host:{asked.ballot.id}", now=now
            )
        case Choice.TOP_UP.value:
            await _offer(work, dict.fromkeys(sizes.people_of(option), circle.id), now)
        case Choice.SPREAD.value:
            await end(work, circle, by=BY_TAP, now=now, why="spread")
            await _offer(work, sizes.rooms_of(option), now)
        case Choice.SPLIT.value:
            await _split(work, circle, option, now)


async def _offer(work: Work, rooms: Mapping[MemberId, CircleId], now: datetime) -> None:
    """Each joins by their own tap, or not."""
    for member, circle in rooms.items():
        await work.outbox.add("matching.seat", circle, to=member, due=now, key=f"{member}:{now:%Y-%m-%d}")


async def _split(work: Work, circle: Circle, option: Option, now: datetime) -> None:
    going = [member for member in sizes.people_of(option) if member in circle.members]
    taken = frozenset(one.name.casefold() for one in await work.circles.open())
    seats = tuple(Seat(member, now) for member in going)
    second = replace(
        circle,
        id=CircleId(0),
        name=sizes.second_name(circle.name, taken),
        state=CircleState.OPENING,
        channel=None,
        made_by=going[0],
        version=1,
        seats=seats,
    )
    await work.circles.add(second)
    for member in going:
        await work.circles.unseat(circle.id, member, now)


def _merger(asked: SizeAsked, option: Option, now: datetime) -> Merger:
    slot = option.details.get("slot")
    return Merger(
        MergerId(0),
        small=CircleId(int(option.details["small"])),
        into=asked.circle.id,
        slot=int(slot) if slot is not None else None,
        because=str(option.details.get("because", "")),
        asked_by=BY_TAP,
        asked_at=now,
    )
