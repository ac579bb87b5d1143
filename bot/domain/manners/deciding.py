"""The decision: goes a letter now, later, in one message with others, in a message that is there already, or never?

A reader hears at most `weekly` messages a week that they did not ask for. The last of them is the digest: it waits for
Thursday, or goes earlier where something in it could not wait, and takes with it whatever else there is. What comes after
it in the same week waits for the next; where it cannot wait that long it is added to the digest, which is then edited.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain import when
from bot.domain.ids import LetterId
from bot.domain.manners.classes import Manner, Topic
from bot.domain.manners.hours import SHORTEST, Hours, week_of

WEEKLY = 3
"""How many unasked messages a week, unless the program or the member wants fewer."""
TIMES = 2
"""How often the same thing is brought up; then there is silence."""
DIGEST_DAY = 3
"""Thursday: late enough to gather, early enough to act on."""
STILL_THERE = timedelta(minutes=60)
"""How long after it was due a receipt finds its reader still at it."""
A_WEEK = timedelta(weeks=1)
ONE_DAY = timedelta(days=1)
AFTER_THE_WELCOME = timedelta(minutes=10)


@dataclass(frozen=True)
class Reader:
    """Whom a letter goes to, as far as manners go by it."""

    hours: Hours = field(default_factory=Hours)
    paused_until: datetime | None = None
    quiet_until: datetime | None = None
    """The end of Slack's do-not-disturb, where it is on and we may know."""
    weekly: int = WEEKLY
    muted: frozenset[Topic] = frozenset()


@dataclass(frozen=True)
class Told:
    """What a reader has had: `weeks` counts messages by the Monday of their week, `joinable` are the last ones by week
    to which something can still be added, `times` is how often the thing in question was brought up."""

    weeks: dict[date, int] = field(default_factory=dict)
    joinable: dict[date, LetterId] = field(default_factory=dict)
    times: int = 0


@dataclass(frozen=True)
class Letter:
    """What is to be said: of which class, when it was meant to go, and when it is of no use any more."""

    manner: Manner
    due: datetime
    deadline: datetime | None = None
    topic: Topic | None = None


@dataclass(frozen=True)
class Go:
    """Now, as it is. `week` is the one it counts for, None where it doesn't count."""

    week: date | None = None


@dataclass(frozen=True)
class Merge:
    """Now, in one message with whatever else there is for the reader this week."""

    week: date


@dataclass(frozen=True)
class Join:
    """Now, as a part of this message, which stands there already."""

    message: LetterId


@dataclass(frozen=True)
class Wait:
    until: datetime
    why: str


@dataclass(frozen=True)
class Never:
    why: str


Verdict = Go | Merge | Join | Wait | Never


def placed(letter: Letter, reader: Reader, now: datetime) -> Wait | None:
    """Where a letter that was promised a moment ago stands best, if not where it was planned: at the end of quiet hours,
    or earlier where it would be too late by then. None where it stands well, or where only its moment can tell."""
    if letter.manner not in (Manner.NUDGE, Manner.REPLY) or _pause(reader, max(letter.due, now)):
        return None
    planned = max(letter.due, now)
    # Whoever comes back is welcomed first.
    at = max(planned, _back(reader)) if _pause(reader, now) else planned
    best = reader.hours.best(at, letter.deadline, now)
    if best is None or best == planned:
        return None
    if best < planned:
        return Wait(best, "earlier, to be in good time")
    on_a_break = f"their break, {_until(reader.hours, best)}"
    return Wait(best, on_a_break if at > planned else _because(reader.hours, planned, best))


def decide(letter: Letter, reader: Reader, told: Told, now: datetime) -> Verdict:
    """What becomes of a letter whose time has come."""
    match letter.manner:
        case Manner.ASKED | Manner.ROOM:
            return Go()
        case Manner.SESSION:
            return Never("they are on a break") if _pause(reader, now) else Go()
        case Manner.RECEIPT if now <= letter.due + STILL_THERE:
            return Go()
        case Manner.RECEIPT | Manner.REPLY:
            return _reply(letter, reader, now)
        case Manner.NUDGE:
            return _nudge(letter, reader, told, now)


def _pause(reader: Reader, at: datetime) -> bool:
    return reader.paused_until is not None and at < reader.paused_until


def _reply(letter: Letter, reader: Reader, now: datetime) -> Verdict:
    if _pause(reader, now):
        return Wait(_back(reader), f"their break, {_until(reader.hours, _back(reader))}")
    return _in_hours(letter, reader, now) or Go()


def _back(reader: Reader) -> datetime:
    """When there is something to hear again: a little after they were welcomed."""
    ends = reader.paused_until or when.EPOCH
    return (reader.hours.next_open(ends) or ends) + AFTER_THE_WELCOME


def _after_the_pause(letter: Letter, reader: Reader) -> Verdict:
    """Nothing that piled up; only what has a day of its own, and that day is still ahead when they are back."""
    back = _back(reader)
    if letter.deadline is not None and back + ONE_DAY <= letter.deadline:
        return Wait(back, f"their break, {_until(reader.hours, back)}")
    return Never("they are on a break")


def _in_hours(letter: Letter, reader: Reader, now: datetime) -> Wait | Never | None:
    """Whether it has to wait for their hours; None means that now is fine."""
    hours = reader.hours
    if hours.is_open(now) and not (reader.quiet_until and now < reader.quiet_until):
        return None
    after = max(now, reader.quiet_until or now)
    good = hours.next_open(after)
    if good is not None and (letter.deadline is None or good < letter.deadline):
        return Wait(good, _because(hours, now, good))
    if hours.is_open(now):
        # Slack keeps it quiet anyway; dropped would be worse.
        return None
    return Never("its time ends within their quiet hours")


def _nudge(letter: Letter, reader: Reader, told: Told, now: datetime) -> Verdict:
    if letter.topic in reader.muted:
        return Never("they turned these off")
    if told.times >= TIMES:
        return Never("it was said twice already")
    if _pause(reader, now):
        return _after_the_pause(letter, reader)
    return _in_hours(letter, reader, now) or _in_the_week(letter, reader, told, now)


def _in_the_week(letter: Letter, reader: Reader, told: Told, now: datetime) -> Verdict:
    week = week_of(now, reader.hours.zone)
    had = told.weeks.get(week, 0)
    if had < reader.weekly - 1:
        return Go(week)
    if had < reader.weekly:
        at = _digest_at(reader.hours, week, now)
        if at > now and (letter.deadline is None or at + SHORTEST <= letter.deadline):
            return Wait(at, f"in {_day(reader.hours, at)}'s digest")
        return Merge(week)
    return _beyond(letter, reader, told, now)


def _beyond(letter: Letter, reader: Reader, told: Told, now: datetime) -> Verdict:
    """They have heard enough this week."""
    hours, week = reader.hours, week_of(now, reader.hours.zone)
    next_week = hours.next_open(when.to_utc(week + A_WEEK, hours.opens, hours.zone))
    if next_week is not None and (letter.deadline is None or next_week + SHORTEST <= letter.deadline):
        why = f"{reader.weekly} this week is enough; {_until(hours, next_week)}"
        return Wait(next_week, why)
    if week in told.joinable:
        return Join(told.joinable[week])
    # Nothing to add it to yet, because what they had is still on its way: a moment later there is.
    return Wait(now + timedelta(minutes=1), "to be added to a message on its way")


def _digest_at(hours: Hours, week: date, now: datetime) -> datetime:
    """Thursday's first open moment, or the next working day's of that week; now where that is over."""
    thursday = when.to_utc(week + timedelta(days=DIGEST_DAY), hours.opens, hours.zone)
    at = hours.next_open(max(thursday, now))
    if at is None or week_of(at, hours.zone) != week:
        return now
    return at


def _because(hours: Hours, closed: datetime, good: datetime) -> str:
    why = hours.why_closed(closed) if not hours.is_open(closed) else "Slack's do-not-disturb"
    return f"{why} {_until(hours, good)}"


def _until(hours: Hours, at: datetime) -> str:
    return f"until {when.say_moment(at, hours.zone)}"


def _day(hours: Hours, at: datetime) -> str:
    return when.WEEKDAYS[when.local(at, hours.zone).weekday()]
