"""Circles: four to eight members with one private channel, meeting by a rule of their own."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId
from bot.domain.when import Rule

NAME_LIMIT = 60


class CircleState(StrEnum):
    OPENING = "opening"
    """Decided; its channel is still being made."""
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True)
class Seat:
    """A member of a circle: since when, and until when if they left."""

    member: MemberId
    joined: datetime
    left: datetime | None = None


@dataclass(frozen=True)
class Circle:
    id: CircleId
    program: ProgramId
    name: str
    theme: str
    state: CircleState
    rule: Rule
    """When it meets, in the circle's own zone."""
    minutes: int = 60
    protocol: str = "hot-seat-60"
    checkin_weekday: int = 0
    checkin_time: time = time(10, 0)
    channel: ChannelId | None = None
    size_min: int = 4
    size_max: int = 8
    made_by: MemberId | None = None
    because: str = ""
    """Why these people, in a sentence or two; shown to all of them."""
    created: date | None = None
    version: int = 1
    seats: tuple[Seat, ...] = field(default=())
    """Everybody who ever had a place, by the time they joined, then by id."""

    @property
    def zone(self) -> str:
        return self.rule.zone

    @property
    def members(self) -> tuple[MemberId, ...]:
        """Those who are in it now, longest first."""
        return tuple(seat.member for seat in self.seats if seat.left is None)

    @property
    def is_open(self) -> bool:
        return self.state is not CircleState.CLOSED

    @property
    def has_room(self) -> bool:
        return self.is_open and len(self.members) < self.size_max


def check_joining(circle: Circle, member: MemberId) -> None:
    if not circle.is_open:
        raise Refused("That circle has ended. `/mentor circle join` lists the ones with room.")
    if member in circle.members:
        raise Refused("You are in this circle already. `/mentor circle show` tells you when it meets.")
    if not circle.has_room:
        raise Refused(
            f"This circle is full with {len(circle.members)} members. `/mentor circle join` lists the ones with room."
        )


def check_membership(circle: Circle, member: MemberId) -> None:
    if member not in circle.members:
        raise Refused(
            "You are not a member of that circle, so there is nothing to do. `/mentor circle show` lists yours."
        )
