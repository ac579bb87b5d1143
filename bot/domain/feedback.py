"""What a presenter gets back after a session, and what became of their question.

Feedback is one thing that was said or done and one experiment to try; it is for the presenter alone. What happened is
asked a week later, whether it is still live after a month; the circle hears of either only by the presenter's tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, SessionId
from bot.domain.sessions import Session, SessionState

LIMIT = 800
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
ASKED_FOR = timedelta(days=3)
"""How long each of the two questions may still go out; later it would be about another time."""
TOGETHER = timedelta(hours=1)
"""What comes within an hour comes in one message."""


class Life(StrEnum):
    """How it stands with a question after a month."""

    LIVE = "live"
    SETTLED = "settled"


@dataclass(frozen=True)
class Feedback:
    session: SessionId
    presenter: MemberId
    author: MemberId
    example: str
    experiment: str
    due: datetime
    """When the presenter gets it."""


@dataclass(frozen=True)
class FollowUp:
    """What a presenter has said since. Version 0 is not stored yet."""

    session: SessionId
    presenter: MemberId
    happened: str = ""
    told: str = ""
    """What the circle was told, last."""
    life: Life | None = None
    version: int = 0


def check_feedback(session: Session, sits: Sequence[MemberId], author: MemberId, now: datetime) -> list[MemberId]:
    """To whom this member can give some."""
    if session.state in (SessionState.NOT_HELD, SessionState.SKIPPED) or now < session.starts:
        raise Refused("That session did not take place, so there is nothing to give feedback on.")
    others = [who for who in sits if who != author]
    if not others:
        raise Refused("You had the seat yourself. What the others noticed comes to you in private.")
    return others


def check_presenter(session: Session, sits: Sequence[MemberId], member: MemberId) -> None:
    if member not in sits:
        raise Refused("Only who had the seat can tell what came of it.")
    if session.state in (SessionState.NOT_HELD, SessionState.SKIPPED):
        raise Refused("That session did not take place after all, so there is nothing to tell.")


def told_at(now: datetime, session: Session, zone: str) -> datetime:
    """In the presenter's own hours, after the session, with all that comes meanwhile."""
    soon = when.next_beat(max(now, session.ends) + TOGETHER, TOGETHER)
    return when.first_good_moment(soon, zone)
