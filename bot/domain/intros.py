"""Intro coffees: one member asks another for a first, short meeting.

Asking is cheap to refuse and easy to say yes to: nobody is asked twice at once, nobody's inbox fills up, and a request
that isn't answered within some working days lapses by itself, without blame on either side.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import kinds, when
from bot.domain.errors import Gone, NotYours, Refused
from bot.domain.ids import ChannelId, DraftId, IntroId, MemberId
from bot.domain.matching.results import Pair
from bot.domain.people import Kind, Member, Profile

MOST_OPEN = 3
"""How many requests one member may have open at once, asked or to answer."""
RECENT = timedelta(weeks=12)
"""So long an accepted intro holds a mentor's place, and so long nobody is shown a person again who said no."""
FIT_AFTER = 7
"""Working days from the yes to the question how it was: time to find a date, and to have met."""
SOON = timedelta(weeks=1)
LINE_LIMIT = 150
QUESTION_LIMIT = 300
"""For a question of its own: what one is asked back, and what a micro mentor is asked."""
LIGHT_KINDS = kinds.LIGHT


class Fit(StrEnum):
    """How it was, as one of the two says in confidence."""

    OK = "ok"
    MISMATCH = "mismatch"
    NEVER_MET = "never_met"


class IntroState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    """Accepted, but Slack could not bring the two together: somebody's account is gone."""


@dataclass(frozen=True)
class Lines:
    """What the asker wrote for the other; all of it optional."""

    why: str = ""
    hope: str = ""
    offer: str = ""
    question: str = ""
    """What the one who is asked wants to know before they decide."""
    answer: str = ""
    kind_line: str = ""
    """What they wrote along with a no."""
    instead: str = ""
    """Whom they named as somebody who may fit better: a member's id."""
    via: str = ""
    """Who knows both and introduced them: a member's id."""

    @property
    def any(self) -> bool:
        return bool(self.why or self.hope or self.offer)


NO_LINES = Lines()


@dataclass(frozen=True)
class Intro:
    id: IntroId
    asker: MemberId
    asked: MemberId
    kind: Kind
    asked_at: datetime
    answer_by: datetime
    state: IntroState = IntroState.ASKED
    because: str = ""
    """Why the asker was shown this person, as it was then."""
    lines: Lines = field(default_factory=Lines)
    answered_at: datetime | None = None
    group: ChannelId | None = None
    """The conversation of the two with the bot, once it was opened."""
    draft: DraftId | None = None
    """Where a program lead matched the two: the draft it came from."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is IntroState.ASKED

    def other(self, member: MemberId) -> MemberId:
        return self.asked if member == self.asker else self.asker


def answer_by(asked_at: datetime, zone: str, days: int) -> datetime:
    """The evening of the last of so many working days where the other lives, counted from when they can read it."""
    read = when.local(when.first_good_moment(asked_at, zone), zone).date()
    return when.to_utc(when.working_days_after(read, days), when.EVENING, zone)


def ask_fit_at(accepted: datetime, zone: str) -> datetime:
    """A morning where the one who is asked lives."""
    day = when.working_days_after(when.local(accepted, zone).date(), FIT_AFTER)
    return when.to_utc(day, when.MORNING, zone)


def matched(pair: Pair, draft: DraftId, now: datetime) -> Intro:
    """What a lead publishes: both said in their profiles that they want it, so nobody is asked once more."""
    return Intro(
        id=IntroId(0),
        asker=MemberId(pair.mentee),
        asked=MemberId(pair.mentor),
        kind=Kind(pair.type),
        asked_at=now,
        answer_by=now,
        state=IntroState.ACCEPTED,
        because=pair.because,
        answered_at=now,
        draft=draft,
    )


def first_moment_for_both(at_or_after: datetime, zones: Collection[str]) -> datetime:
    """The first moment that is in nobody's quiet hours; within a week, or else the first that suits one of them."""
    moment = at_or_after
    while moment < at_or_after + SOON:
        later = max(when.first_good_moment(moment, zone) for zone in zones)
        if later == moment:
            return moment
        moment = later
    return min(when.first_good_moment(at_or_after, zone) for zone in zones)


def outcome(said: Collection[Fit]) -> Fit:
    """What the two said, as one fact: no one is sent back to a mismatch, and who met knows better than who did not."""
    return next((fit for fit in (Fit.MISMATCH, Fit.OK, Fit.NEVER_MET) if fit in said), Fit.OK)


def is_recent(intro: Intro, now: datetime) -> bool:
    return now - (intro.answered_at or intro.asked_at) < RECENT


def people_to_skip(mine: Iterable[Intro], member: MemberId, now: datetime) -> frozenset[MemberId]:
    """Whom not to offer: those asked already, and those with whom it came to something or to nothing of late."""
    counted = (intro for intro in mine if intro.state is not IntroState.WITHDRAWN)
    return frozenset(intro.other(member) for intro in counted if intro.is_open or is_recent(intro, now))


def free_places(profile: Profile, held: int, kind: Kind) -> int:
    """How many more people somebody can take on; the light kinds take no place."""
    return 1 if kind in LIGHT_KINDS else max(0, profile.capacity - held)


def line_above(member: MemberId, profiles: Mapping[MemberId, Profile]) -> tuple[MemberId, ...]:
    """The managers above somebody, nearest first. Where the line runs in a ring it ends with `member`."""
    above: dict[MemberId, None] = {}
    at = profiles[member].manager if member in profiles else None
    while at is not None and at not in above:
        above[at] = None
        at = profiles[at].manager if at in profiles and at != member else None
    return tuple(above)


def check_apart(one: MemberId, other: MemberId, profiles: Mapping[MemberId, Profile]) -> None:
    if one in line_above(other, profiles) or other in line_above(one, profiles):
        raise Refused("One of you reports to the other, and mentoring stays outside the reporting line.")


def check_reachable(other: Member | None, now: datetime) -> Member:
    """Whom one may ask for something; kind sentences for those one can't."""
    if other is None:
        raise Gone("I don't know that person yet. They can join by typing `/mentor profile`.")
    if other.left:
        raise Refused("Their account here is closed, so I can't reach them. `/mentor match` shows who else fits.")
    if other.is_paused(now):
        raise Refused("They are taking a break from mentoring just now. `/mentor match` shows who else fits.")
    return other


def check_asking(asker: MemberId, asked: MemberId, theirs: Iterable[Intro]) -> None:
    """`theirs` are the requests of either of the two that are still open."""
    open_now = [intro for intro in theirs if intro.is_open]
    if asker == asked:
        raise Refused("That's you. Pick somebody else from `/mentor match`.")
    if any({intro.asker, intro.asked} == {asker, asked} for intro in open_now):
        raise Refused("There is an open request between the two of you already. Your Home tab shows it.")
    if sum(intro.asker == asker for intro in open_now) >= MOST_OPEN:
        raise Refused(
            f"You have {MOST_OPEN} requests open. Wait for an answer, or take one back on your Home tab, then ask again."
        )
    if sum(intro.asked == asked for intro in open_now) >= MOST_OPEN:
        raise Refused("They have several requests to answer just now. `/mentor match` shows who else fits.")


ENDED = {
    IntroState.ACCEPTED: "You said yes to this one already. Your conversation is among your direct messages.",
    IntroState.DECLINED: "You said not now to this one, and they know. To meet after all, just write to them.",
    IntroState.EXPIRED: "This request has lapsed, which is fine. If you'd like to meet after all, just write to them.",
    IntroState.WITHDRAWN: "They took this request back, so there is nothing to answer.",
    IntroState.FAILED: "I could not open a conversation for the two of you, so this one has ended.",
}


def check_answering(intro: Intro, member: MemberId) -> None:
    if member != intro.asked:
        raise NotYours("That request was for somebody else, so only they can answer it.")
    if not intro.is_open:
        raise Refused(ENDED[intro.state])


def check_asking_back(intro: Intro, member: MemberId) -> None:
    check_answering(intro, member)
    if intro.lines.question:
        raise Refused("You asked them one thing already. Say yes or not now; you can ask the rest over the coffee.")


def check_telling_more(intro: Intro, member: MemberId) -> None:
    if member != intro.asker:
        raise NotYours("That question was for somebody else, so only they can answer it.")
    if not intro.is_open:
        raise Refused("That request has been answered or has ended, so the question is off the table.")
    if not intro.lines.question or intro.lines.answer:
        raise Refused("There is nothing to answer any more. Your Home tab shows how your request stands.")


def check_kind_line(intro: Intro, member: MemberId) -> None:
    if member != intro.asked:
        raise NotYours("That request was for somebody else, so only they can add to it.")
    if intro.state is not IntroState.DECLINED or intro.lines.kind_line or intro.lines.instead:
        raise Refused("There is nothing to add to it any more. If you'd like to say more, just write to them.")


def check_withdrawing(intro: Intro, member: MemberId) -> None:
    if member != intro.asker:
        raise NotYours("That request is somebody else's, so only they can take it back.")
    if not intro.is_open:
        raise Refused("It has been answered or has ended already, so there is nothing to take back.")


def check_fit(intro: Intro, member: MemberId) -> None:
    """Who may say how it was."""
    if member not in (intro.asker, intro.asked):
        raise NotYours("That question is for the two who met, so only they can answer it.")
    if intro.state is not IntroState.ACCEPTED:
        raise Refused(
            "That coffee didn't come about, so there is nothing to say of it. `/mentor match` shows who fits."
        )
