"""Ballots: a question put to the members of a circle, answered by tap and closed at a time that was said beforehand.

One choice stands for leaving things as they are; whoever says nothing counts for it. Another choice wins only with more
than half of those asked, so nothing changes without a majority, and one that has it is settled at once.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotYours, Refused
from bot.domain.ids import BallotId, CircleId, MemberId


class Topic(StrEnum):
    """What is asked."""

    QUORUM = "quorum"
    """Too few can come to a session."""
    SIZE = "size"
    """The circle has fewer members than it should have, or more."""


@dataclass(frozen=True)
class Option:
    """Something one can choose. `details` is what is needed to carry it out: a moment, a circle."""

    key: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ballot:
    """`subject` is the row it is about (a session, a circle) and `occasion` tells apart two about the same."""

    id: BallotId
    circle: CircleId
    topic: Topic
    subject: int
    occasion: str
    options: tuple[Option, ...]
    """The first is what silence counts for."""
    opened: datetime
    closes: datetime
    votes: Mapping[MemberId, str] = field(default_factory=dict)
    outcome: str = ""
    """The key of the option that was chosen; "" while it is open."""
    is_void: bool = False
    """What it asked about has changed meanwhile, so it decides nothing."""

    @property
    def is_open(self) -> bool:
        return not self.outcome and not self.is_void

    @property
    def silence(self) -> str:
        return self.options[0].key

    def option(self, key: str) -> Option | None:
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True)
class Tally:
    """Who chose what, of those who are asked now."""

    asked: tuple[MemberId, ...]
    by_option: Mapping[str, tuple[MemberId, ...]]
    silent: tuple[MemberId, ...]

    @property
    def majority(self) -> int:
        """How many are more than half."""
        return len(self.asked) // 2 + 1

    def count(self, key: str) -> int:
        return len(self.by_option.get(key, ()))

    @property
    def is_complete(self) -> bool:
        return not self.silent


def tally(ballot: Ballot, asked: Collection[MemberId]) -> Tally:
    """A vote of somebody who is not in the circle any more does not count."""
    here = tuple(asked)
    chosen = {
        option.key: tuple(member for member in here if ballot.votes.get(member) == option.key)
        for option in ballot.options
    }
    given = {member for members in chosen.values() for member in members}
    return Tally(here, chosen, tuple(member for member in here if member not in given))


def result(ballot: Ballot, asked: Collection[MemberId], now: datetime) -> str:
    """The key of what is decided; "" while it is still open."""
    counted = tally(ballot, asked)
    votes = Counter({key: len(members) for key, members in counted.by_option.items()})
    ahead, most = max(votes.items(), key=lambda one: one[1])
    if most >= counted.majority and counted.asked:
        return ahead
    return ballot.silence if counted.is_complete or now >= ballot.closes else ""


def check_vote(ballot: Ballot, member: MemberId, asked: Collection[MemberId], key: str, now: datetime) -> None:
    if member not in asked:
        raise NotYours("That question is for the members of the circle.")
    if ballot.is_void:
        raise Refused("What this was about has changed meanwhile, so there is nothing to decide here any more.")
    if not ballot.is_open or now >= ballot.closes:
        raise Refused("That is decided already. The message shows how.")
    if ballot.option(key) is None:
        raise Refused("That choice isn't there any more. Have a look at the message as it is now.")
