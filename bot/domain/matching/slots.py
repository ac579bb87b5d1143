"""Local hours as the 336 UTC half hours of the reference week, kept as the bits of one whole number.

Slot 0 is Monday 00:00 UTC. A slot counts only if the whole half hour is working time and no busy window touches it. Hours
are converted on their own dates of the reference week, so summer time is honoured; what falls outside wraps around, since
the week stands for every week.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.matching.document import Busy, Person, Work

SLOT = 30
SLOTS = 7 * 24 * 60 // SLOT
WEEK = SLOTS * SLOT
EVERY = (1 << SLOTS) - 1
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MIDDAY = 13 * 60
HALF_PAST = 45
"""How many minutes farther from midday a full hour may be and still be preferred to a half."""


def available(person: Person, week_of: date) -> int:
    return _available(person.tz, person.work, person.busy, week_of)


@functools.lru_cache(maxsize=4096)
def _available(zone: str, work: Work, busy: tuple[Busy, ...], week_of: date) -> int:
    tz = ZoneInfo(zone)
    working = [_window(tz, week_of, Busy(day, work.start, work.end)) for day in work.days]
    taken = [_window(tz, week_of, window) for window in busy]
    return _whole_slots(working) & ~_touched_slots(taken)


def _window(tz: ZoneInfo, week_of: date, window: Busy) -> tuple[int, int]:
    start = _utc_minute(tz, week_of, window.day * 1440 + window.start)
    overnight = 1440 if window.end < window.start else 0
    return start, _utc_minute(tz, week_of, window.day * 1440 + window.end + overnight)


def _utc_minute(tz: ZoneInfo, week_of: date, minutes: int) -> int:
    """Minutes from Monday 00:00 UTC to a wall time given in minutes from the local Monday 00:00."""
    monday = datetime.combine(week_of, time())
    local = (monday + timedelta(minutes=minutes)).replace(tzinfo=tz)
    return int((local.astimezone(UTC).replace(tzinfo=None) - monday).total_seconds()) // 60


def _whole_slots(windows: Iterable[tuple[int, int]]) -> int:
    """Windows that touch are joined first: a half hour across two of them is working time all the same."""
    mask = 0
    for start, end in _joined(windows):
        mask |= _run(-(-start // SLOT), end // SLOT)
    return mask


def _touched_slots(windows: Iterable[tuple[int, int]]) -> int:
    mask = 0
    for start, end in windows:
        mask |= _run(start // SLOT, -(-end // SLOT))
    return mask


def _run(first: int, past: int) -> int:
    mask = 0
    for slot in range(first, past):
        mask |= 1 << (slot % SLOTS)
    return mask


def _joined(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for start, end in windows:
        shift = start // WEEK * WEEK
        pieces += [(start - shift, min(end - shift, WEEK)), (0, end - shift - WEEK)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def shared_minutes(one: int, other: int) -> int:
    return (one & other).bit_count() * SLOT


def length(minutes: int) -> int:
    """How many slots a meeting takes."""
    return -(-minutes // SLOT)


def starts(mask: int, slots: int) -> int:
    """The slots at which a free run of that many begins; Sunday night runs into Monday."""
    found = mask
    for ahead in range(1, slots):
        found &= ((mask >> ahead) | (mask << (SLOTS - ahead))) & EVERY
    return found


def listed(mask: int) -> list[int]:
    return [slot for slot in range(SLOTS) if mask >> slot & 1]


def best_start(common: int, people: Sequence[Person], week_of: date) -> int:
    """Of the common starts the one nearest to everybody's midday: the farthest person decides, full hours count more."""
    zones = sorted({person.tz for person in people})

    def strain(slot: int) -> tuple[int, int]:
        away = max(abs(local_minute(slot, zone, week_of) % 1440 - MIDDAY) for zone in zones)
        return away + HALF_PAST * (slot % 2), slot

    return min(listed(common), key=strain)


@functools.lru_cache(maxsize=65536)
def local_minute(slot: int, zone: str, week_of: date) -> int:
    """Minutes since the local Monday 00:00, within the week."""
    at = datetime.combine(week_of, time(), UTC) + timedelta(minutes=slot * SLOT)
    local = at.astimezone(ZoneInfo(zone))
    return (local.weekday() * 1440 + local.hour * 60 + local.minute) % WEEK


def spoken(minute: int) -> str:
    """A minute of the week, such as "Tue 14:00"."""
    return f"{DAYS[minute // 1440]} {minute % 1440 // 60:02}:{minute % 60:02}"


def local_times(slot: int, zones: Iterable[str], week_of: date) -> Mapping[str, str]:
    return {zone: spoken(local_minute(slot, zone, week_of)) for zone in sorted(set(zones))}
