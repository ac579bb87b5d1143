"""A circle that has become too small or too large, and what its members can choose to do about it.

They are asked at the circle's hour on the working day after somebody left, and have three working days. Who says nothing
is for staying as they are. A circle that would take others in is asked too: nothing happens to it without its own majority.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.ballots import Ballot, Option
from bot.domain.circles import Circle, CircleState
from bot.domain.ids import CircleId, MemberId

VOTE_DAYS = 3
REST = timedelta(days=28)
"""Before the same circle is asked again, unless somebody comes or goes."""


class Choice(StrEnum):
    STAY = "stay"
    MERGE = "merge"
    TOP_UP = "top_up"
    SPREAD = "spread"
    """The circle ends, and each of its members is offered a seat elsewhere."""
    SPLIT = "split"
    """One circle becomes two."""
    HOST = "host"
    """Another circle wants to join this one."""


def is_wrong(circle: Circle) -> bool:
    """Too small because somebody left, or too large; a circle that began small chose so itself."""
    if circle.state is not CircleState.ACTIVE or circle.is_alone:
        return False
    return (circle.is_small and circle.was_more) or len(circle.members) > circle.size_max


def asked_at(circle: Circle) -> datetime:
    """The day after the last one left or joined, so that goodbyes come first."""
    last = max([seat.left or seat.joined for seat in circle.seats])
    day = when.working_days_after(when.local(last, circle.zone).date(), 1)
    return when.to_utc(day, _hour(circle), circle.zone)


def closes_at(circle: Circle, opened: datetime) -> datetime:
    day = when.working_days_after(when.local(opened, circle.zone).date(), VOTE_DAYS)
    return when.to_utc(day, max(_hour(circle), when.NOON), circle.zone)


def _hour(circle: Circle) -> time:
    return min(max(circle.checkin_time, when.MORNING), when.NOON)


def merge(into: Circle, *, slot: int | None, because: str) -> Option:
    details: dict[str, str | int] = {"into": into.id, "because": because}
    return Option(Choice.MERGE.value, details | ({"slot": slot} if slot is not None else {}))


def host(small: Circle, asked: Ballot) -> tuple[Option, ...]:
    """What the circle is asked that another one would like to join."""
    wanted = asked.option(Choice.MERGE.value)
    details = dict(wanted.details) if wanted else {}
    return Option(Choice.STAY.value), Option(Choice.HOST.value, details | {"small": small.id, "ballot": asked.id})


def top_up(people: Sequence[MemberId]) -> Option:
    return Option(Choice.TOP_UP.value, {"people": ",".join(people)})


def spread(rooms: Mapping[MemberId, CircleId]) -> Option:
    return Option(Choice.SPREAD.value, dict(rooms.items()))


def split(circle: Circle) -> Option:
    """By turns, from who is in it longest, so that both halves have old and new members."""
    return Option(Choice.SPLIT.value, {"people": ",".join(circle.members[1::2])})


def people_of(option: Option) -> tuple[MemberId, ...]:
    return tuple(MemberId(one) for one in str(option.details.get("people", "")).split(",") if one)


def rooms_of(option: Option) -> dict[MemberId, CircleId]:
    return {MemberId(member): CircleId(int(circle)) for member, circle in option.details.items()}


def second_name(name: str, taken: frozenset[str]) -> str:
    """What the second half is called."""
    return next(
        candidate for number in range(2, 100) if (candidate := f"{name[:54]} {number}").casefold() not in taken
    )
