"""Relationships: two members, a kind, and how far along they are.

One is born when somebody says yes to a coffee, or when a lead publishes a pair. It lives as long as there are signs of
life; after four quiet weeks it is closed, without blame and with the door open. Why it ended stays with whoever ended it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import kinds
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import ChannelId, IntroId, MemberId, RelationshipId
from bot.domain.intros import Intro
from bot.domain.kinds import KindFacts
from bot.domain.people import Kind

STEP = timedelta(days=7)
"""After so much quiet it is asked after, and again after as much more."""
ASKS = 3
"""How often it is asked after; one step later it is closed."""
MONTH = timedelta(days=30)
FARTHEST = timedelta(days=183)
"""How far ahead a meeting may be planned."""


class RelationshipState(StrEnum):
    STARTING = "starting"
    """They said yes; they have not met yet, and have agreed on nothing."""
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True)
class Relationship:
    """`mentee` is whoever asked, `mentor` whoever was asked; between peers that makes no difference."""

    id: RelationshipId
    kind: Kind
    mentee: MemberId
    mentor: MemberId
    started: datetime
    every_weeks: int
    minutes: int
    quiet_from: datetime
    """From when on silence counts: the last sign of life, or the end of what is planned."""
    state: RelationshipState = RelationshipState.STARTING
    group: ChannelId | None = None
    """The conversation of the two with the bot, once it was opened."""
    intro: IntroId | None = None
    next_at: datetime | None = None
    ends_on: date | None = None
    asked: int = 0
    """How often it was asked after since the last sign of life."""
    closed_at: datetime | None = None
    ended_by: MemberId | None = None
    """Who ended it; None where it fell asleep."""
    reason: str = ""
    """In their own words, for nobody's eyes but theirs."""
    version: int = 1

    @property
    def facts(self) -> KindFacts:
        return kinds.FACTS[self.kind]

    @property
    def members(self) -> tuple[MemberId, MemberId]:
        return self.mentee, self.mentor

    @property
    def is_open(self) -> bool:
        return self.state is not RelationshipState.CLOSED

    @property
    def look_at(self) -> datetime | None:
        """When it wants to be looked at for silence; None where it is over."""
        return self.quiet_from + STEP * (self.asked + 1) if self.is_open else None

    def other(self, member: MemberId) -> MemberId:
        return self.mentor if member == self.mentee else self.mentee

    def owns_agenda(self, member: MemberId) -> bool:
        """The one who asked brings the questions; among peers either may."""
        return member == self.mentee or (self.facts.is_equal and member == self.mentor)

    def side(self, member: MemberId) -> str:
        """What this member is called in it."""
        return self.facts.sides[0 if member == self.mentee else 1]


def born(intro: Intro, now: datetime) -> Relationship:
    """From a coffee that both said yes to."""
    facts = kinds.FACTS[intro.kind]
    return Relationship(
        id=RelationshipId(0),
        kind=intro.kind,
        mentee=intro.asker,
        mentor=intro.asked,
        started=now,
        every_weeks=facts.every_weeks,
        minutes=facts.minutes,
        quiet_from=now,
        group=intro.group,
        intro=intro.id if intro.id else None,
        ends_on=(now + MONTH * facts.months).date() if facts.months else None,
    )


def between(every: Iterable[Relationship], one: MemberId, other: MemberId) -> list[Relationship]:
    return [each for each in every if {one, other} == set(each.members)]


def check_part(relationship: Relationship, member: MemberId) -> None:
    """Before anything of it is shown: the sentence says neither who the two are nor that there are two."""
    if member not in relationship.members:
        raise NotYours("That belongs to two other people, so only they can see it or change it.")


def check_open(relationship: Relationship, member: MemberId) -> None:
    check_part(relationship, member)
    if not relationship.is_open:
        raise Refused("That one has ended. `/mentor relationships` has a button to open it again.")


def sign_of_life(relationship: Relationship, now: datetime) -> Relationship:
    """Somebody did something in it: silence counts from here on, or from the end of what is planned."""
    return replace(relationship, quiet_from=max(relationship.quiet_from, now), asked=0)


def check_date(at: datetime, now: datetime) -> None:
    if not now < at <= now + FARTHEST:
        raise Refused("Pick a time from now on, within the next half year.")


def plan(relationship: Relationship, at: datetime, *, now: datetime) -> Relationship:
    """A next meeting; the one that was planned is moved."""
    check_date(at, now)
    return replace(relationship, next_at=at, quiet_from=at, asked=0)


def met(relationship: Relationship, at: datetime) -> Relationship:
    """They met: it is alive, and silence counts once another meeting is due by its rhythm."""
    state = RelationshipState.ACTIVE if relationship.state is RelationshipState.STARTING else relationship.state
    return replace(
        relationship, state=state, next_at=None, quiet_from=at + timedelta(weeks=relationship.every_weeks), asked=0
    )


def not_met(relationship: Relationship, now: datetime) -> Relationship:
    return replace(relationship, next_at=None, quiet_from=now, asked=0)


def close(relationship: Relationship, now: datetime, *, by: MemberId | None = None, reason: str = "") -> Relationship:
    return replace(
        relationship, state=RelationshipState.CLOSED, closed_at=now, next_at=None, ended_by=by, reason=reason
    )


def reopen(relationship: Relationship, now: datetime) -> Relationship:
    """The door that was left open. Open already changes nothing."""
    if relationship.is_open:
        return relationship
    return replace(
        relationship,
        state=RelationshipState.ACTIVE,
        closed_at=None,
        quiet_from=now,
        asked=0,
        ended_by=None,
        reason="",
    )


def rhythm_in_words(relationship: Relationship) -> str:
    if relationship.facts.is_once:
        return "one meeting"
    length = f"{relationship.minutes} minutes"
    if relationship.every_weeks == 1:
        return f"{length} every week"
    return f"{length} every {relationship.every_weeks} weeks"


def is_quiet_too_long(relationship: Relationship, now: datetime) -> bool:
    """Whether the next step of the ladder is the last one: closed, with the door open."""
    return relationship.asked >= ASKS and relationship.look_at is not None and relationship.look_at <= now


def closes_at(relationship: Relationship) -> datetime:
    """When it is closed if nothing is heard."""
    return relationship.quiet_from + STEP * (ASKS + 1)


def ask_after(relationship: Relationship) -> Relationship:
    return replace(relationship, asked=relationship.asked + 1)


def whom_to_ask(relationship: Relationship) -> tuple[MemberId, ...]:
    """First the one who asked for it; then both."""
    return (relationship.mentee,) if relationship.asked <= 1 else relationship.members


def rest_until(relationship: Relationship, moment: datetime) -> Relationship:
    """While one of them is on a break, silence does not count."""
    return replace(relationship, quiet_from=max(relationship.quiet_from, moment), asked=0)
