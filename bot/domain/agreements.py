"""What the two of a relationship agree on: what it is for, how it goes, and its boundaries.

One proposes, and signs by it; it holds once the other has signed too. A change is a proposal like the first: until it is
signed, what was signed before goes on. The bot keeps to it, and never uses it against anybody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import AgreementId, MemberId, RelationshipId
from bot.domain.matching.skills import fold
from bot.domain.meetings import Meeting

REVISIT = timedelta(days=365)
"""After so long it is asked whether it still holds."""
LIMITS = {"purpose": 300, "outcomes": 600, "feedback": 200, "measure": 200, "channels": 150}
MOST_OFF_LIMITS, OFF_LIMIT = 8, 60
RHYTHMS = (1, 2, 3, 4, 6, 8, 12)
MINUTES = (15, 600)
"""A month, at least and at most."""
SEARCH = timedelta(days=14)


class Help(StrEnum):
    """What kind of help it is."""

    ADVICE = "advice"
    INTRODUCTIONS = "introductions"
    WORK_REVIEW = "work_review"
    ADVOCACY = "advocacy"


HELP_NAMES: Mapping[Help, str] = {
    Help.ADVICE: "Advice",
    Help.INTRODUCTIONS: "Introductions",
    Help.WORK_REVIEW: "A look at work",
    Help.ADVOCACY: "Speaking up for somebody",
}


@dataclass(frozen=True)
class Terms:
    """The names of its fields are those of the form. Hours are wall time in `zone`."""

    purpose: str
    outcomes: str
    every_weeks: int = 4
    minutes: int = 60
    feedback: str = ""
    measure: str = ""
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: str = "09:00"
    until: str = "18:00"
    zone: str = "UTC"
    channels: str = ""
    off_limits: tuple[str, ...] = ()
    most_minutes: int = 120
    help: tuple[Help, ...] = (Help.ADVICE,)


@dataclass(frozen=True)
class Agreement:
    id: AgreementId
    relationship: RelationshipId
    number: int
    """1 for the first, and one more with every proposal."""
    terms: Terms
    proposed_by: MemberId
    proposed_at: datetime
    signed_by: MemberId | None = None
    signed_at: datetime | None = None
    """When the other one signed, and it began to hold."""
    version: int = 1

    @property
    def holds(self) -> bool:
        return self.signed_at is not None


@dataclass(frozen=True)
class Standing:
    """What holds, and what is proposed in its place."""

    current: Agreement | None = None
    proposal: Agreement | None = None

    @property
    def newest(self) -> Agreement | None:
        return self.proposal or self.current

    @property
    def number(self) -> int:
        return self.newest.number if self.newest else 0


def standing(every: Iterable[Agreement]) -> Standing:
    """Of all that were ever proposed: a proposal that another one followed is off the table."""
    ordered = sorted(every, key=lambda one: one.number)
    current = next((one for one in reversed(ordered) if one.holds), None)
    newest = ordered[-1] if ordered else None
    return Standing(current, newest if newest is not None and not newest.holds else None)


def check(terms: Terms) -> Terms:
    """Every field that is wrong, with a sentence each."""
    wrong: dict[str, str] = {}
    if not terms.purpose:
        wrong["purpose"] = "Say in a sentence what it is for."
    if not terms.outcomes:
        wrong["outcomes"] = "Name one thing that would be different."
    if not terms.days:
        wrong["days"] = "Pick at least one day."
    if not time.fromisoformat(terms.start) < time.fromisoformat(terms.until):
        wrong["until"] = "Pick a time after the first one."
    if not MINUTES[0] <= terms.most_minutes <= MINUTES[1]:
        wrong["most_minutes"] = f"Pick between {MINUTES[0]} and {MINUTES[1]} minutes."
    if not terms.help:
        wrong["help"] = "Pick at least one."
    if wrong:
        raise RefusedFields(wrong)
    return terms


def sign(agreement: Agreement, by: MemberId, members: Collection[MemberId], now: datetime) -> Agreement:
    """The other one's tap. Signed already changes nothing."""
    if by not in members:
        raise NotYours("That agreement is between two other people.")
    if agreement.holds:
        return agreement
    if by == agreement.proposed_by:
        raise Refused("You signed it when you proposed it. Now it is the other one's turn.")
    return replace(agreement, signed_by=by, signed_at=now)


# In words


def lines(terms: Terms) -> dict[str, str]:
    """Label → what stands there, in the order of the form; raw."""
    weekdays = when.and_join([when.WEEKDAYS[day] for day in terms.days])
    everything = terms.days == (0, 1, 2, 3, 4)
    helps = when.and_join([HELP_NAMES[one].lower() for one in terms.help])
    rhythm = "every week" if terms.every_weeks == 1 else f"every {terms.every_weeks} weeks"
    return {
        "What it is for": terms.purpose,
        "What will be different": terms.outcomes,
        "Rhythm": f"{terms.minutes} minutes {rhythm}",
        "How we give feedback": terms.feedback or "not said yet",
        "How we will know that it helped": terms.measure or "not said yet",
        "Kind of help": helps[:1].upper() + helps[1:],
        "When we may be reached": (
            f"{'Monday to Friday' if everything else weekdays}, {terms.start} to {terms.until}, {when.place(terms.zone)}"
        ),
        "Where we talk": terms.channels or "not said yet",
        "What we leave out": ", ".join(terms.off_limits) or "nothing",
        "Minutes a month at most": str(terms.most_minutes),
    }


def changes(before: Terms | None, after: Terms) -> dict[str, str]:
    """Label → what stood there before, of the lines that differ; none for a first agreement."""
    if before is None:
        return {}
    old, new = lines(before), lines(after)
    return {label: old[label] for label in new if old[label] != new[label]}


# Kept to


def is_reachable(terms: Terms, at: datetime) -> bool:
    here = when.local(at, terms.zone)
    within = time.fromisoformat(terms.start) <= here.time() < time.fromisoformat(terms.until)
    return here.weekday() in terms.days and within


def next_reachable(terms: Terms, at: datetime) -> datetime:
    """That very moment, or the next in which the two agreed to be reached."""
    if is_reachable(terms, at):
        return at
    today = when.local(at, terms.zone).date()
    begins = time.fromisoformat(terms.start)
    every = (when.to_utc(today + timedelta(days=ahead), begins, terms.zone) for ahead in range(9))
    return next(moment for moment in every if moment > at and when.local(moment, terms.zone).weekday() in terms.days)


def good_moment(terms: Terms | None, at: datetime, zone: str) -> datetime:
    """The first moment that is in nobody's quiet hours and in the agreed ones; where these never meet, the agreed ones
    go first, as the two asked for them."""
    if terms is None:
        return when.first_good_moment(at, zone)
    moment = at
    while moment < at + SEARCH:
        later = next_reachable(terms, when.first_good_moment(moment, zone))
        if later == moment or when.first_good_moment(later, zone) == later:
            return later
        moment = later
    return next_reachable(terms, at)


def hold_until(terms: Terms | None, now: datetime, zone: str) -> datetime | None:
    """Until when a letter waits for the agreed hours; None where it need not, or where they never meet the reader's own."""
    if terms is None:
        return None
    good = good_moment(terms, now, zone)
    return good if good > now and not when.is_quiet(good, zone) else None


def touched(terms: Terms | None, text: str) -> str:
    """The topic that the two left out and that this speaks of; "" for none. By whole words, as they are written."""
    words = f" {_words(text)} "
    return next((topic for topic in (terms.off_limits if terms else ()) if f" {_words(topic)} " in words), "")


def _words(text: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in fold(text)).split())


def minutes_used(held: Collection[Meeting], at: datetime, zone: str) -> int:
    """How many minutes they met in the month of that moment, as it is there."""
    month = when.local(at, zone)
    these = [(one.minutes, when.local(one.at, zone)) for one in held]
    return sum(minutes for minutes, there in these if (there.year, there.month) == (month.year, month.month))


def left_this_month(terms: Terms | None, held: Collection[Meeting], at: datetime) -> int | None:
    """Minutes; below 0 where more was given than agreed. None where nothing was agreed."""
    return None if terms is None else terms.most_minutes - minutes_used(held, at, terms.zone)
