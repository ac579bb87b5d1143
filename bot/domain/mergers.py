"""Two circles that could become one: proposed by a lead, asked of both circles, done by a lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.circles import Circle
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import CircleId, MemberId, MergerId

FEWEST = 5
"""Answers are counted for a lead only over so many people."""


class MergerState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Merger:
    id: MergerId
    small: CircleId
    into: CircleId
    slot: int | None
    """The half hour of the week, in UTC, where the larger circle has to meet at another one; None where it need not."""
    because: str
    asked_by: MemberId
    asked_at: datetime
    state: MergerState = MergerState.ASKED
    answers: Mapping[MemberId, bool] = field(default_factory=dict)
    """Who of the two circles is fine with it, and who would rather not."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is MergerState.ASKED


@dataclass(frozen=True)
class Tally:
    people: int
    fine: int
    against: int

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST


def tally(merger: Merger, small: Circle, into: Circle) -> Tally:
    """Of those who sit in one of the two now."""
    people = {*small.members, *into.members}
    given = [fine for member, fine in merger.answers.items() if member in people]
    return Tally(len(people), sum(given), len(given) - sum(given))


def have_answered(merger: Merger, small: Circle, into: Circle) -> bool:
    """In both circles more than half have said what they want: enough for a lead to decide."""
    return all(
        2 * sum(member in merger.answers for member in circle.members) > len(circle.members)
        for circle in (small, into)
    )


ENDED = {
    MergerState.DONE: "The two circles have become one already; nothing was done twice.",
    MergerState.DROPPED: "This proposal was put away, so the circles stay as they are.",
}


def check_open(merger: Merger) -> None:
    if not merger.is_open:
        raise Refused(ENDED[merger.state])


def check_voting(merger: Merger, member: MemberId, small: Circle, into: Circle) -> None:
    check_open(merger)
    if member not in (*small.members, *into.members):
        raise NotYours("That question is for the members of the two circles.")
