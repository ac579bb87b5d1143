"""Meetings of the two in a relationship: when, in what form, and what the one who asked brings along.

The agenda is theirs alone until they send it by a tap; what was sent stays as it was sent.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.errors import Gone, Refused, RefusedFields
from bot.domain.ids import MeetingId, RelationshipId

FORMS = (60, 30, 15, 0)
"""Minutes; 0 is in writing."""
DRAFT_DAYS = 2
"""How many working days before a meeting its agenda is asked for."""
SAME = timedelta(hours=12)
"""Said again within this time by the other one, it was the same meeting."""
LATEST_ASK = timedelta(hours=2)
"""Closer to a meeting nobody is asked to prepare it any more."""


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True)
class Agenda:
    """What is brought along; the names of its fields are those of the form."""

    questions: tuple[str, ...] = ()
    """The most important first."""
    progress: str = ""
    """What became of what was advised last time."""
    news: str = ""
    """What the other should know before they meet."""

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.progress or self.news)


@dataclass(frozen=True)
class Meeting:
    id: MeetingId
    relationship: RelationshipId
    at: datetime
    minutes: int
    state: MeetingState = MeetingState.PLANNED
    agenda: Agenda = field(default_factory=Agenda)
    sent: Agenda | None = None
    """The agenda as the other one has it."""
    sent_at: datetime | None = None
    ask_at: datetime | None = None
    """When its agenda wants to be asked for; None where it was, or where it is too late."""
    version: int = 1

    @property
    def is_planned(self) -> bool:
        return self.state is MeetingState.PLANNED

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)


def ask_for_agenda_at(meeting: datetime, zone: str, now: datetime) -> datetime | None:
    """The morning two working days before, where the one who prepares it lives; at once where that has passed."""
    day = when.working_days_before(when.local(meeting, zone).date(), DRAFT_DAYS)
    at = max(when.to_utc(day, when.MORNING, zone), now)
    return at if at <= meeting - LATEST_ASK else None


QUESTIONS = 3
LIMITS = {"question": 200, "progress": 500, "news": 500, "written": 1500}


def check_bringing(agenda: Agenda) -> Agenda:
    if agenda.is_empty:
        raise RefusedFields({"question1": "Write one question; the others can wait."})
    return agenda


def send(meeting: Meeting, now: datetime) -> Meeting:
    """As it stands; sent again, the other one gets it as it is now."""
    check_bringing(meeting.agenda)
    if meeting.sent == meeting.agenda:
        raise Refused("They have it just like this already.")
    return replace(meeting, sent=meeting.agenda, sent_at=now)


def shorten(meeting: Meeting, minutes: int) -> Meeting:
    """A full week: less time, or in writing; never more than was planned."""
    if minutes not in FORMS or minutes >= meeting.minutes:
        raise Refused("Pick something shorter than what is planned.")
    return replace(meeting, minutes=minutes)


def shorter_than(minutes: int) -> tuple[int, ...]:
    return tuple(one for one in FORMS if one < minutes)


def planned(relationship: RelationshipId, at: datetime, *, minutes: int, ask_at: datetime | None) -> Meeting:
    return Meeting(MeetingId(0), relationship, at, minutes, ask_at=ask_at)


def moved(meeting: Meeting, at: datetime, *, minutes: int, ask_at: datetime | None) -> Meeting:
    return replace(meeting, at=at, minutes=minutes, ask_at=ask_at)


def check_planned(meeting: Meeting | None) -> Meeting:
    if meeting is None or not meeting.is_planned:
        raise Gone("No meeting is planned there. `/mentor relationships` has a button to plan one.")
    return meeting


def check_over(meeting: Meeting, now: datetime) -> None:
    if now < meeting.at:
        raise Refused("That meeting is still to come. Say how it was once it is over.")


def form_in_words(minutes: int) -> str:
    return f"{minutes} minutes" if minutes else "in writing"
