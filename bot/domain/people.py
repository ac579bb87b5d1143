"""Members, and what they say about themselves.

A `Member` is who Slack says somebody is (name, zone, still here?); a `Profile` is what they told the bot.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ChannelId, MemberId

SKILLS_LIMIT = 10
"""How many skills a member may offer, and how many they may look for."""


class Kind(StrEnum):
    """What somebody can be to another; a matching fact, and one member may hold several."""

    SKILL = "skill"
    SPONSOR = "sponsor"
    PERSPECTIVE = "perspective"
    COACH = "coach"
    PEER = "peer"
    REVERSE = "reverse"
    MICRO = "micro"


@dataclass(frozen=True)
class Member:
    id: MemberId
    name: str
    """The display name, or the real name where that is empty; raw, so escape it before it goes into mrkdwn."""
    zone: str = "UTC"
    title: str = ""
    left: bool = False
    """Deactivated in Slack."""
    guest: bool = False
    dm: ChannelId | None = None
    """The conversation with the bot, once it was opened."""
    home_opened: datetime | None = None
    paused_until: datetime | None = None
    pause_note: str = ""
    own_zone: str = ""
    """A zone the member set themselves; it goes before Slack's."""

    @property
    def tz(self) -> str:
        return self.own_zone or self.zone

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until

    def is_reachable(self, now: datetime) -> bool:
        """May be written to unasked: still here and not on a pause."""
        return not self.left and not self.is_paused(now)


@dataclass(frozen=True)
class Wish:
    """A skill somebody offers or wants. Level 1 (starting) to 3 (could teach it)."""

    skill: str
    level: int = 2


@dataclass(frozen=True)
class Availability:
    """Working days (0 = Monday) and hours in the member's own wall time, "HH:MM"."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: str = "09:00"
    end: str = "17:00"


@dataclass(frozen=True)
class Profile:
    """What a member told us. `offers` and `wants` are in order of priority."""

    member: MemberId
    offers: tuple[Wish, ...] = ()
    wants: tuple[Wish, ...] = ()
    goals: str = ""
    seniority: int = 2
    """1 starting out, 2 established, 3 senior, 4 leading others, 5 executive."""
    department: str = ""
    location: str = ""
    languages: tuple[str, ...] = ("en",)
    availability: Availability = field(default_factory=Availability)
    capacity: int = 2
    """How many people they can mentor at the same time; 0 to 10."""
    interests: tuple[str, ...] = ()
    seeks: tuple[Kind, ...] = ()
    offers_kinds: tuple[Kind, ...] = ()
    boundaries: str = ""
    manager: MemberId | None = None
    themes: tuple[str, ...] = ()
    """What they would like to talk about in a circle, in order."""
    version: int = 1
