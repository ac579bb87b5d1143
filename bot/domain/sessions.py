"""Sessions: the dated meetings of a circle.

A session keeps the date it was planned for by the rule (`planned_for`), so that a moved one is not planned again.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.ids import ChannelId, CircleId, MemberId, SessionId, Timestamp

AHEAD = 6
"""How many sessions are kept planned ahead."""


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    """Its time has come and its thread is there."""
    HELD = "held"
    PARTLY = "partly"
    NOT_HELD = "not_held"
    SKIPPED = "skipped"
    """Left out on purpose beforehand."""


ENDED = frozenset({SessionState.HELD, SessionState.PARTLY, SessionState.NOT_HELD, SessionState.SKIPPED})
COUNTS = frozenset({SessionState.HELD, SessionState.PARTLY})
"""The ones that count: for turns, for who met whom, for figures."""


class Presence(StrEnum):
    COMING = "coming"
    AWAY = "away"
    PRESENT = "present"
    MISSED = "missed"


@dataclass(frozen=True)
class Session:
    id: SessionId
    circle: CircleId
    planned_for: date
    """The day the circle's rule gave it, in the circle's zone; unique within the circle."""
    starts: datetime
    minutes: int
    state: SessionState = SessionState.PLANNED
    moved_by: MemberId | None = None
    channel: ChannelId | None = None
    thread: Timestamp | None = None
    decisions: str = ""
    parked: str = ""
    version: int = 1
    presence: dict[MemberId, Presence] = field(default_factory=dict)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        return self.state is SessionState.PLANNED
