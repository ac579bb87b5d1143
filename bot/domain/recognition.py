"""Recognition: thanks from one member to another, and what a mentor says of their own contribution.

Thanks belong to whoever gets them. A statement is written by the mentor, about the mentor; it goes to the one person they
release it to, as it read then, and to nobody else. No figure of anybody's is shown to anybody but themselves.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import MemberId, ReleaseId, ThanksId
from bot.domain.kinds import FACTS
from bot.domain.people import Kind
from bot.domain.relationships import Relationship
from bot.domain.words import clean_text

THANKS_LIMIT = 400
STATEMENT_LIMIT = 2000
MOST_A_WEEK = 10
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Words:
    """What somebody fills in."""

    receiver: MemberId
    text: str
    quotable: bool = False
    """Whether the receiver may pass it on with the giver's name."""


@dataclass(frozen=True, kw_only=True)
class Thanks(Words):
    id: ThanksId
    giver: MemberId
    at: datetime


@dataclass(frozen=True)
class Statement:
    """What somebody has written about their own contribution."""

    owner: MemberId
    text: str = ""
    changed_at: datetime | None = None
    version: int = 0
    """0 is not stored yet."""


@dataclass(frozen=True)
class Release:
    """A statement as it read when it was given to one person."""

    id: ReleaseId
    owner: MemberId
    to: MemberId
    text: str
    at: datetime
    taken_back: bool = False
    version: int = 1


@dataclass(frozen=True)
class Contribution:
    """What the bot knows of what a mentor has given; told to nobody but them."""

    by_kind: Sequence[tuple[Kind, int]] = ()
    """In how many relationships of each kind they were the one who was asked; the most first."""
    people: int = 0
    since: date | None = None
    thanks: Sequence[Thanks] = ()
    """Those that may be quoted, the newest first."""


def check_thanks(words: Words, giver: MemberId, given: Collection[Thanks]) -> Words:
    """Made tidy; `given` is what the giver has said within the last week."""
    wrong: dict[str, str] = {}
    if words.receiver == giver:
        wrong["to"] = "Pick somebody else; well deserved all the same."
    text = ""
    try:
        text = clean_text(words.text, THANKS_LIMIT, "Your thanks")
    except Refused as refusal:
        wrong["text"] = refusal.sentence
    if not text and "text" not in wrong:
        wrong["text"] = "Write what they did, and what it changed for you."
    if wrong:
        raise RefusedFields(wrong)
    if len(given) >= MOST_A_WEEK:
        raise Refused(
            f"You have thanked {MOST_A_WEEK} people within a week. Let these settle; say the next one in a while."
        )
    return replace(words, text=text)


def check_giver(thanks: Thanks, by: MemberId) -> None:
    if thanks.giver != by:
        raise NotYours("Only whoever said it can take it back.")


def contribution(
    member: MemberId, relationships: Collection[Relationship], thanks: Collection[Thanks]
) -> Contribution:
    """Of all relationships the member was ever asked into; peers give as much as they get, so they don't count."""
    given = [one for one in relationships if one.mentor == member and not one.facts.is_equal]
    counted = Counter(one.kind for one in given)
    return Contribution(
        by_kind=sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].value)),
        people=len({one.mentee for one in given}),
        since=min((one.started.date() for one in given), default=None),
        thanks=sorted((one for one in thanks if one.quotable), key=lambda one: one.at, reverse=True),
    )


def draft(known: Contribution) -> str:
    """A beginning, in plain words, for the mentor to make their own; nobody who was mentored is named in it."""
    lines = []
    if known.by_kind:
        kinds = ", ".join(f"{FACTS[kind].name} {count}x" for kind, count in known.by_kind)
        lines.append(f"Since {known.since:%B %Y} I have been there for {known.people} people ({kinds}).")
    lines.append("What I gave: ")
    lines.append("What came of it: ")
    lines.append("What I learned: ")
    return "\n".join(lines)


def written(statement: Statement, text: str, now: datetime) -> Statement:
    clean = clean_text(text, STATEMENT_LIMIT, "Your statement")
    if not clean:
        raise RefusedFields({"text": "Write a few sentences, or cancel."})
    return replace(statement, text=clean, changed_at=now)


def released(statement: Statement, to: MemberId, now: datetime) -> Release:
    if not statement.text:
        raise Refused("Write your statement first. `/mentor contribution` has the form.")
    if to == statement.owner:
        raise RefusedFields({"to": "Pick somebody else; you have it already."})
    return Release(ReleaseId(0), statement.owner, to, statement.text, now)


def taken_back(release: Release, by: MemberId) -> Release:
    if release.owner != by:
        raise NotYours("Only whoever wrote it can take it back.")
    return replace(release, taken_back=True)
