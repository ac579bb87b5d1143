"""The sponsor's ledger: what a sponsor takes on for somebody, what is done, and what the other has seen of it.

A sponsor speaks up where the other is not in the room, so much of it stays unseen; here it stands for both to see. What a
sponsor would rather not raise hopes with stays theirs until it is done.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import when
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import MemberId, OutcomeId, RelationshipId
from bot.domain.people import Kind
from bot.domain.relationships import Relationship
from bot.domain.reminders import Place
from bot.domain.words import clean_text

LIMIT = 300
NEWS_LIMIT = 600
MOST_OPEN = 8
"""How much a sponsor may have open for one person; more than that is a wish list."""
FARTHEST = timedelta(days=2 * 366)
AHEAD_DAYS = 5
"""How many working days before its day the sponsor is reminded, once."""
SEASON_DAYS = 10
"""How many working days before a review season begins sponsors hear what is still open, once."""


class Act(StrEnum):
    """What a sponsor does for somebody."""

    RECOMMENDATION = "recommendation"
    PROJECT = "project"
    VISIBILITY = "visibility"
    ROOM = "room"


ACTS = {
    Act.RECOMMENDATION: "A recommendation: I put their name forward",
    Act.PROJECT: "A project: I get them onto it",
    Act.VISIBILITY: "Visibility: I have their work seen",
    Act.ROOM: "A room: I take them along, or get them in",
}


class OutcomeState(StrEnum):
    OPEN = "open"
    DONE = "done"
    SEEN = "seen"
    """Done, and whom it is for has said that they saw it."""
    LET_GO = "let_go"


@dataclass(frozen=True)
class Words:
    """What the sponsor fills in."""

    act: Act
    what: str
    by: date | None = None
    quiet: bool = False
    """The other hears of it only when it is done."""


@dataclass(frozen=True, kw_only=True)
class Outcome(Words):
    id: OutcomeId
    relationship: RelationshipId
    sponsor: MemberId
    protege: MemberId
    made_at: datetime
    state: OutcomeState = OutcomeState.OPEN
    came: str = ""
    """What came of it, as the sponsor says."""
    settled_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is OutcomeState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state in (OutcomeState.DONE, OutcomeState.SEEN)

    def shown_to(self, member: MemberId) -> bool:
        """The sponsor sees all; the other what is done, and what was not kept quiet."""
        if member == self.sponsor:
            return True
        return member == self.protege and (self.is_done or not self.quiet)


def check_sponsorship(relationship: Relationship, by: MemberId) -> None:
    """That there is something to promise in it, and that it is this member's to promise."""
    if relationship.kind is not Kind.SPONSOR or relationship.mentor != by:
        raise NotYours("Only the sponsor of the two keeps this list.")
    if not relationship.is_open:
        raise Refused("That sponsorship has ended. `/mentor relationships` has a button to open it again.")


def check(words: Words, today: date) -> Words:
    """Made tidy, or every field that is wrong with a sentence each."""
    wrong: dict[str, str] = {}
    what = ""
    try:
        what = clean_text(words.what, LIMIT, "What you take on")
    except Refused as refusal:
        wrong["what"] = refusal.sentence
    if not what and "what" not in wrong:
        wrong["what"] = "Write what you will do for them, in a few words."
    if words.by is not None and not today < words.by <= today + FARTHEST:
        wrong["by"] = "Pick a day after today, within two years; or none."
    if wrong:
        raise RefusedFields(wrong)
    return replace(words, what=what)


def check_room(open_now: Collection[Outcome]) -> None:
    if sum(one.is_open for one in open_now) >= MOST_OPEN:
        raise Refused(f"You have {MOST_OPEN} things open for them already. Do one first, or let one go.")


def check_sponsor(outcome: Outcome, by: MemberId) -> None:
    if outcome.sponsor != by:
        raise NotYours("Only the sponsor of the two keeps this list.")


def done(outcome: Outcome, came: str, *, by: MemberId, now: datetime) -> Outcome:
    """Also corrects what was said of one that is done already."""
    check_sponsor(outcome, by)
    if outcome.state is OutcomeState.LET_GO:
        raise Refused("You let that one go. Put it on the list anew.")
    words = clean_text(came, LIMIT, "What came of it")
    state = outcome.state if outcome.is_done else OutcomeState.DONE
    return replace(outcome, state=state, came=words, settled_at=outcome.settled_at or now)


def let_go(outcome: Outcome, *, by: MemberId, now: datetime) -> Outcome:
    check_sponsor(outcome, by)
    if outcome.is_done:
        raise Refused("That one is done already.")
    return replace(outcome, state=OutcomeState.LET_GO, settled_at=now)


def seen(outcome: Outcome, by: MemberId) -> Outcome:
    """Whom it is for says that they saw it. Saying so again changes nothing."""
    if outcome.protege != by or not outcome.shown_to(by):
        raise NotYours("Only whom it is for can say that they saw it.")
    if not outcome.is_done:
        raise Refused("Your sponsor has not said yet that it is done.")
    return replace(outcome, state=OutcomeState.SEEN)


def remind_at(outcome: Outcome, place: Place) -> datetime | None:
    """The morning of the one reminder, where the sponsor is; None where there is no day, or no time for one."""
    if not outcome.is_open or outcome.by is None:
        return None
    on = when.working_days_before(outcome.by, AHEAD_DAYS, place.holidays)
    made = when.local(outcome.made_at, place.zone).date()
    return when.to_utc(on, when.MORNING, place.zone) if on > made else None


def season_at(begins: date, place: Place) -> datetime:
    """The morning on which sponsors hear what is still open before that season of reviews."""
    return when.to_utc(when.working_days_before(begins, SEASON_DAYS, place.holidays), when.MORNING, place.zone)


def check_season(begins: date, today: date) -> date:
    if not today < begins <= today + FARTHEST:
        raise RefusedFields({"begins": "Pick a day after today, within two years."})
    return begins


def news(text: str) -> str:
    """What somebody wants their sponsor to know."""
    clean = clean_text(text, NEWS_LIMIT, "Your news")
    if not clean:
        raise RefusedFields({"news": "Write a line or two: what went well, or what is in the way."})
    return clean
