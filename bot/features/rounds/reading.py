"""What is read of rounds: one with its circle, and the figures of what was done in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import when
from bot.domain.circles import Circle, meant
from bot.domain.ids import CircleRoundId, MemberId
from bot.domain.rounds import CircleRound, Figures, figures, of_round
from bot.feature import Deps
from bot.slack.requests import Command
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class About:
    """A round and its circle."""

    round: CircleRound
    circle: Circle

    @property
    def answered(self) -> tuple[MemberId, ...]:
        return tuple(member for member in self.circle.members if member in self.round.wishes)

    @property
    def silent(self) -> tuple[MemberId, ...]:
        return tuple(member for member in self.circle.members if member not in self.round.wishes)


async def about(work: Work, number: CircleRoundId) -> About:
    found = await work.rounds.get(number)
    return About(found, await work.circles.get(found.circle))


async def figures_of(work: Work, shown: About, now: datetime) -> Figures:
    every = await work.sessions.of_circle(shown.circle.id)
    numbers = [one.id for one in of_round(shown.round, every)]
    made = [one for some in (await work.commitments.of_sessions(numbers)).values() for one in some]
    today = when.local(now, shown.circle.zone).date()
    ledger = await work.turns.ledger(shown.circle, every)
    return figures(shown.round, every, ledger, made, today)


@dataclass(frozen=True)
class Standing:
    """How the rounds of somebody's circles stand."""

    reader: MemberId
    rounds: Sequence[tuple[About, int]]
    """Each with how many of its sessions are over."""


async def standing_for(by: Command, deps: Deps) -> Standing:
    async with deps.store.open_view(by.team) as work:
        circles = meant(await work.circles.of(by.member), by.words, by.channel)
        every = await work.sessions.of_circles([circle.id for circle in circles])
        newest = await work.rounds.newest([circle.id for circle in circles])
    told = [About(newest[circle.id], circle) for circle in circles if circle.id in newest]
    return Standing(by.member, [(one, len(of_round(one.round, every[one.circle.id]))) for one in told])
