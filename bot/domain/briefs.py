"""The presenter's brief: six boxes about the question they bring. Theirs alone until they send it to the circle."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, SessionId

ASK_DAYS = 5
"""How many working days before the session the presenter is asked for it."""
BOX_LIMIT = 600


class BriefState(StrEnum):
    DRAFT = "draft"
    KEPT = "kept"
    """Nobody is to have it before the day."""
    SENT = "sent"
    """The circle has it."""


@dataclass(frozen=True)
class Boxes:
    question: str = ""
    """In one sentence; the only box that is needed."""
    why_now: str = ""
    tried: str = ""
    options: str = ""
    wanted: str = ""
    unwanted: str = ""


LABELS: dict[str, str] = {
    "question": "The question, in one sentence",
    "why_now": "Why now",
    "tried": "What I have tried",
    "options": "Options I see",
    "wanted": "What I want from you",
    "unwanted": "What I don't want",
}


@dataclass(frozen=True)
class Brief:
    session: SessionId
    presenter: MemberId
    boxes: Boxes
    state: BriefState = BriefState.DRAFT
    version: int = 0
    """0 before it was saved for the first time."""

    @property
    def is_sent(self) -> bool:
        return self.state is BriefState.SENT


def sent(brief: Brief) -> Brief:
    if not brief.boxes.question:
        raise Refused("Write your question first; the circle prepares better for one sentence than for none.")
    return replace(brief, state=BriefState.SENT)


def kept(brief: Brief) -> Brief:
    if brief.is_sent:
        raise Refused("Your circle has it already. You can still change it, and they see it as it stands.")
    if not brief.boxes.question:
        raise Refused("There is nothing to keep yet. Write your question first, one sentence is enough.")
    return replace(brief, state=BriefState.KEPT)


def ask_at(starts: datetime, circle_zone: str, presenter_zone: str) -> datetime:
    """The presenter's own morning, five working days before."""
    day: date = when.working_days_before(when.local(starts, circle_zone).date(), ASK_DAYS)
    return when.first_good_moment(when.to_utc(day, time(9, 0), presenter_zone), presenter_zone)
