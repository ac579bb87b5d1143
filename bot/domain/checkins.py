"""Check-in rounds: one thread a week for each circle, about one question.

What is asked belongs to one of ten families or more (`prompts`), and none comes back within six weeks. A round opens at
the circle's hour and stays open for 48 hours of working days; who is silent after the first day hears once, then it is
quiet.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zlib import crc32

from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import ChannelId, CircleId, MemberId, RoundId, Timestamp
from bot.domain.prompts import FAMILIES, NONE, Family, Form, Own, families
from bot.domain.words import clean_line, clean_text

ANSWER_LIMIT = 1500
HELP_LIMIT = 150
OPEN_DAYS = 2
"""Working days a round stays open: 48 hours unless a weekend or a holiday lies between."""
SILENT_AFTER = timedelta(hours=24)
TIME_TO_ANSWER = timedelta(hours=4, minutes=30)
"""Half a working day: what a reminder leaves at least."""
NOT_WITHIN = 6
"""How many rounds have to pass before a family may come back; there is at most one a week."""


class RoundState(StrEnum):
    PLANNED = "planned"
    """Decided; its thread is not there yet."""
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Round:
    """One week's check-in of a circle; there is one a week, known by its Monday."""

    id: RoundId
    circle: CircleId
    week: date
    opens_at: datetime
    closes_at: datetime
    family: str
    prompt: str
    state: RoundState = RoundState.PLANNED
    channel: ChannelId | None = None
    thread: Timestamp | None = None
    version: int = 1

    @property
    def form(self) -> Form:
        return next((family.form for family in FAMILIES if family.key == self.family), Form.WORDS)


@dataclass(frozen=True)
class Answer:
    """What a member said in a round; `help` is what they would like help with, `helper` who picked it up."""

    round: RoundId
    member: MemberId
    text: str
    help: str = ""
    helper: MemberId | None = None


@dataclass(frozen=True)
class Summary:
    answered: int
    of: int
    help_wanted: tuple[Answer, ...]


# Planning one


def plan(
    circle: Circle,
    week: date,
    past: Sequence[str],
    *,
    own: Own = NONE,
    holidays: frozenset[date] = when.NO_HOLIDAYS,
    working: Sequence[Collection[int]] = (),
) -> Round | None:
    """The round of that week; None where it has no working day. `past` are the circle's families, oldest first."""
    day = opening_day(circle, week, holidays, working)
    if day is None:
        return None
    family = next_family(circle.id, past, families(own))
    closes = when.working_days_after(day, OPEN_DAYS, holidays)
    return Round(
        id=RoundId(0),
        circle=circle.id,
        week=when.week_of(week),
        opens_at=when.to_utc(day, circle.checkin_time, circle.zone),
        closes_at=when.to_utc(closes, circle.checkin_time, circle.zone),
        family=family.key,
        prompt=family.prompts[past.count(family.key) % len(family.prompts)],
    )


def rehoured(this: Round, circle: Circle, before: str, now: datetime) -> Round:
    """On the same days by the clock that the circle has now, where it went by that of `before`; it opens at once where
    that hour is over."""
    opens, closes = (
        when.to_utc(when.local(moment, before).date(), circle.checkin_time, circle.zone)
        for moment in (this.opens_at, this.closes_at)
    )
    return replace(this, opens_at=max(opens, now), closes_at=closes)


def opening_day(
    circle: Circle, week: date, holidays: frozenset[date] = when.NO_HOLIDAYS, working: Sequence[Collection[int]] = ()
) -> date | None:
    """The circle's day of that week, or the next working day in it, or the last one before, that suits most.

    `working` has the weekdays on which each member works, as far as that is known. Where no day suits half of them, it is the
    first of those that suit the most.
    """
    monday = when.week_of(week)
    wanted = min(circle.checkin_weekday, 4)
    order = [*range(wanted, 5), *range(wanted - 1, -1, -1)]
    days = [monday + timedelta(days=weekday) for weekday in order]
    days = [day for day in days if when.is_working_day(day, holidays)]

    def suits(day: date) -> int:
        return sum(day.weekday() in theirs for theirs in working)

    good = next((day for day in days if 2 * suits(day) >= len(working)), None)
    return good or max(days, key=suits, default=None)


def next_family(circle: CircleId, past: Sequence[str], among: Sequence[Family] = FAMILIES) -> Family:
    """The family asked least so far, among those not asked lately; which of several differs from circle to circle."""
    lately = set(past[-NOT_WITHIN:])
    asked = Counter(past)
    choice = [family for family in among if family.key not in lately]
    if not past:
        # A first round without words would leave everybody wondering what this is.
        choice = [family for family in choice if family.form is Form.WORDS]
    return min(choice, key=lambda family: (asked[family.key], crc32(f"{circle}/{len(past)}/{family.key}".encode())))


def nudge_at(this: Round, zone: str, holidays: frozenset[date] = when.NO_HOLIDAYS) -> datetime | None:
    """When somebody there hears that they were not heard: a day later in their morning, or where that leaves them less
    than half a working day, at a good moment before. None where there is none."""
    a_day_later = this.opens_at + SILENT_AFTER
    moments = (
        when.first_morning(a_day_later, zone, holidays),
        when.first_good_moment(a_day_later, zone, holidays),
        when.next_working_morning(this.opens_at, zone, holidays),
    )
    return next((moment for moment in moments if leaves_time(this, moment, zone, holidays)), None)


def leaves_time(this: Round, at: datetime, zone: str, holidays: frozenset[date] = when.NO_HOLIDAYS) -> bool:
    """Whether somebody there who hears of the round at that moment can still answer it without haste."""
    return when.working_time(at, this.closes_at, zone, holidays) >= TIME_TO_ANSWER


# Answering


def check_open(this: Round, now: datetime) -> None:
    if this.state is RoundState.CLOSED or now >= this.closes_at:
        raise Refused("This check-in has closed. The next one comes to your circle's channel next week.")
    if this.state is RoundState.PLANNED or now < this.opens_at:
        raise Refused("This check-in is not open yet. You will find it in your circle's channel.")


def answer(this: Round, member: MemberId, text: str, wanted: str = "") -> Answer:
    """An answer made tidy; `wanted` is what the member would like help with, if anything."""
    said = clean_text(text, ANSWER_LIMIT, "Your answer")
    if not said:
        raise RefusedFields({"text": "Write a word or two, or leave this round out; that is fine as well."})
    if this.form is Form.EMOJI and not is_emoji(said):
        raise RefusedFields({"text": "No words this week: emoji only, please."})
    return Answer(this.id, member, said, help=clean_line(wanted, HELP_LIMIT, "What you would like help with"))


NAMED_EMOJI = re.compile(r":[\w+'-]+:")
"""As Slack writes them: :tada:, :+1::skin-tone-2:."""


def is_emoji(text: str) -> bool:
    """Whether there are no words in it; Slack's own names of emoji do not count as words."""
    rest, named = NAMED_EMOJI.subn("", text)
    return not any(one.isalnum() for one in rest) and (named > 0 or any(ord(one) > 0x2000 for one in rest))


def pick_up(answered: Answer, helper: MemberId) -> Answer:
    """Somebody helps. Saying so twice changes nothing; the first who says so has it."""
    if not answered.help:
        raise Refused("Nobody asked for help there any more. Thank you for looking.")
    if helper == answered.member:
        raise Refused("That is your own question. Somebody else from your circle can pick it up.")
    if answered.helper not in (None, helper):
        raise Refused("Somebody is on it already. Thank you for offering.")
    return replace(answered, helper=helper)


def silent(members: Sequence[MemberId], answers: Collection[Answer]) -> tuple[MemberId, ...]:
    heard = {one.member for one in answers}
    return tuple(member for member in members if member not in heard)


def summarise(members: Collection[MemberId], answers: Sequence[Answer]) -> Summary:
    """How many are in and who would like help; who left the circle since is in neither figure."""
    counted = [one for one in answers if one.member in members]
    return Summary(
        answered=len({one.member for one in counted}),
        of=len(set(members)),
        help_wanted=tuple(one for one in counted if one.help),
    )
