"""Introductions through somebody who knows both: asked lightly, and declined without a word.

Whoever is asked owes nothing: after some days the one who asked hears that nothing came of it, and never why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotYours, Refused
from bot.domain.ids import IntroductionId, MemberId
from bot.domain.people import Kind

MOST_NAMED = 3
"""How many of those who know both are named."""
MOST_OPEN = 2
"""How many introductions one member may ask for at once."""


class IntroductionState(StrEnum):
    ASKED = "asked"
    MADE = "made"
    REFUSED = "refused"
    """Known to whoever refused, and to nobody else."""


@dataclass(frozen=True)
class Introduction:
    id: IntroductionId
    asker: MemberId
    via: MemberId
    to: MemberId
    kind: Kind
    asked_at: datetime
    answer_by: datetime
    line: str = ""
    state: IntroductionState = IntroductionState.ASKED
    version: int = 1

    def is_open(self, now: datetime) -> bool:
        return self.state is IntroductionState.ASKED and now < self.answer_by


def know_both(
    one: Mapping[MemberId, int], other: Mapping[MemberId, int], *, but: Collection[MemberId]
) -> list[MemberId]:
    """Those whom both share something with, the closest first: how many circles and relationships each shares."""
    both = [member for member in one if member in other and member not in but]
    return sorted(both, key=lambda member: (-one[member] - other[member], member))[:MOST_NAMED]


def check_answering(introduction: Introduction, member: MemberId, now: datetime) -> None:
    if member != introduction.via:
        raise NotYours("That was asked of somebody else, so only they can answer it.")
    if not introduction.is_open(now):
        raise Refused("That one is settled or has lapsed, which is fine. There is nothing to do.")
