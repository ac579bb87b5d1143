"""Circles: four to eight members with one private channel, meeting by a rule of their own."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId
from bot.domain.people import Profile
from bot.domain.shipped import protocol_named
from bot.domain.when import Rule, occurrences, to_utc

NAME_LIMIT = 60
THEME_LIMIT = 80
GOODBYE_LIMIT = 500
FARTHEST_START = timedelta(days=183)
ENOUGH = 2
"""With so many a circle begins, small as it is."""
CLASH_LOOK, CLASH_MOST = 6, 40
"""How many meetings of a new rhythm are held against how many of another circle's."""
SLUG_LIMIT = 60
"""Slack allows 80 characters in a channel's name; the rest is for our prefix and a number."""


class CircleState(StrEnum):
    OPENING = "opening"
    """Decided; its channel is still being made."""
    ACTIVE = "active"
    CLOSED = "closed"


class Errand(StrEnum):
    """What is still to be done in Slack itself for a seat, or for a circle."""

    INVITE = "invite"
    REMOVE = "remove"
    ARCHIVE = "archive"


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
    """The circle's hour: when the bot speaks up in its channel of its own accord."""
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

    @property
    def is_small(self) -> bool:
        """Fewer members than it should have."""
        return len(self.members) < self.size_min

    @property
    def is_alone(self) -> bool:
        """Fewer than two: nobody to meet, so nothing is said to it until somebody joins."""
        return len(self.members) < ENOUGH

    @property
    def session_minutes(self) -> int:
        """How long one of its sessions is; one in writing takes its days, whatever the circle's meetings take."""
        protocol = protocol_named(self.protocol)
        return protocol.minutes if protocol.is_written else self.minutes

    @property
    def missing(self) -> int:
        """How many more it needs to meet at all."""
        return max(ENOUGH - len(self.members), 0)

    @property
    def was_more(self) -> bool:
        """Somebody has left it: it does not wait for its beginning, it pauses."""
        return any(seat.left is not None for seat in self.seats)

    def seat_of(self, member: MemberId) -> Seat | None:
        """The newest of that member's seats, be it taken or left."""
        return next((seat for seat in reversed(self.seats) if seat.member == member), None)


def here_or_all(circles: Sequence[Circle], channel: ChannelId | None) -> list[Circle]:
    """The one whose channel somebody speaks in, if it is among these: then nobody needs to be asked which."""
    here = [circle for circle in circles if channel and circle.channel == channel]
    return here or list(circles)


def meant(circles: Sequence[Circle], words: str, channel: ChannelId | None) -> list[Circle]:
    """Of somebody's circles those whose name begins like this; without a word the one they speak in, or all."""
    if not circles:
        raise Refused("You are in no circle yet. `/mentor circle join` lists the ones with room.")
    name = words.casefold().strip()
    found = [circle for circle in circles if circle.name.casefold().startswith(name)]
    if not found:
        raise Refused("You are in no circle of that name. `/mentor circle` lists those you are in.")
    return found if name else here_or_all(found, channel)


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


def check_open(circle: Circle) -> None:
    if not circle.is_open:
        raise Refused("That circle has ended, so there is nothing to change any more.")


def check_size(circle: Circle, more: int) -> None:
    """Whether so many more can sit down."""
    room = circle.size_max - len(circle.members)
    if more > room:
        raise Refused(
            f"A circle has {circle.size_max} members at most, so there is room for {max(room, 0)} more. "
            f"You picked {more}."
        )


def clash(rule: Rule, minutes: int, others: Sequence[Circle]) -> Circle | None:
    """One of these circles that meets while one by this rule would, in its first months."""
    first = next(iter(occurrences(rule, to_utc(rule.starts, time(), rule.zone), 1)))
    starts = occurrences(rule, first - timedelta(seconds=1), CLASH_LOOK)
    for circle in others:
        early = first - timedelta(minutes=circle.minutes)
        theirs = (
            at for at in occurrences(circle.rule, early, CLASH_MOST) if at < starts[-1] + timedelta(minutes=minutes)
        )
        for at in theirs:
            if any(
                at < mine + timedelta(minutes=minutes) and mine < at + timedelta(minutes=circle.minutes)
                for mine in starts
            ):
                return circle
    return None


# Reporting lines


def on_one_line(one: MemberId, other: MemberId, profiles: Mapping[MemberId, Profile], steps: int) -> bool:
    """Whether one of the two is above the other, at most so many steps up."""
    return other in _above(one, profiles, steps) or one in _above(other, profiles, steps)


def shares_a_line(circle: Circle, member: MemberId, profiles: Mapping[MemberId, Profile], steps: int) -> bool:
    return any(on_one_line(member, other, profiles, steps) for other in circle.members if other != member)


def _above(member: MemberId, profiles: Mapping[MemberId, Profile], steps: int) -> list[MemberId]:
    line: list[MemberId] = []
    for _step in range(steps):
        profile = profiles.get(line[-1] if line else member)
        if profile is None or profile.manager is None or profile.manager in line:
            break
        line.append(profile.manager)
    return line


# Rhythm and names


def first_day(on_or_after: date, weekday: int) -> date:
    """The first such day of the week from that date on: where a rhythm is counted from."""
    return on_or_after + timedelta(days=(weekday - on_or_after.weekday()) % 7)


def channel_name(circle: Circle, attempt: int) -> str:
    """What its channel is called at the n-th attempt: "circle-oak", then "circle-oak-2".

    The same circle and attempt give the same name, so that what was made before an answer got lost is found again.
    """
    folded = unicodedata.normalize("NFKD", circle.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:SLUG_LIMIT].strip("-") or str(circle.id)
    slug = slug.removeprefix("circle-") or slug
    return f"circle-{slug}" if attempt <= 1 else f"circle-{slug}-{attempt}"


def check_first(first: date, today: date) -> None:
    """A rhythm begins today or later, and not in the far future."""
    if first < today:
        raise Refused("That day is over. Choose today or a later one.")
    if first > today + FARTHEST_START:
        raise Refused("That is more than six months away. Choose an earlier day.")
