"""Commitments: what a member will do by when, two a session, and what became of it.

People, not compilers: a doubtful wording gets one friendly question and is then taken as it is. An outcome is a fact to
learn from; none is a failure, and none is held against the next.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain import when
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import CircleId, CommitmentId, MeetingId, MemberId, RelationshipId, SessionId
from bot.domain.links import clean_link
from bot.domain.words import clean_line, clean_text

SLOTS = (1, 2)
SURE_ENOUGH = 7
"""Below this confidence, half as much is more likely to happen."""
FARTHEST = timedelta(days=92)
"""How far ahead a day may be where no next session is planned."""
LIMITS = {"will": 200, "cue": 200, "evidence": 200}
LEARNED_LIMIT = 600
SECOND_THOUGHTS = timedelta(minutes=10)
"""So long a new wording is a correction; later it is another commitment."""


class CommitmentState(StrEnum):
    OPEN = "open"
    ON_IT = "on_it"
    STUCK = "stuck"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    DROPPED = "dropped"
    """On purpose."""
    REPLACED = "replaced"
    """By another, which has its slot now."""


UNDER_WAY = frozenset({CommitmentState.OPEN, CommitmentState.ON_IT, CommitmentState.STUCK})
OUTCOMES = (
    CommitmentState.KEPT,
    CommitmentState.PARTLY,
    CommitmentState.NOT_YET,
    CommitmentState.DROPPED,
    CommitmentState.REPLACED,
)
"""Replaced is the one that cannot be corrected: its slot belongs to another."""


class Evidence(StrEnum):
    """How it will show."""

    ARTEFACT = "artefact"
    NUMBER = "number"
    WITNESS = "witness"
    REFLECTION = "reflection"


class Audience(StrEnum):
    ME = "me"
    BUDDY = "buddy"
    CIRCLE = "circle"


class Cause(StrEnum):
    """Why something is not there yet."""

    TIME = "time"
    UNCLEAR = "unclear"
    BLOCKED = "blocked"
    CHANGED_MIND = "changed_mind"
    TOO_BIG = "too_big"


@dataclass(frozen=True)
class Promise:
    """What the owner fills in; the names of its fields are those of the form."""

    will: str
    by: date
    cue: str = ""
    """If it is Tuesday at nine, then I …"""
    evidence_kind: Evidence = Evidence.REFLECTION
    evidence: str = ""
    confidence: int = 8
    audience: Audience = Audience.ME
    witness: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class Undertaking(Promise):
    """A promise somebody made, wherever they made it, and what became of it."""

    id: CommitmentId
    owner: MemberId
    slot: int
    made_at: datetime
    state: CommitmentState = CommitmentState.OPEN
    learned: str = ""
    cause: Cause | None = None
    """What was in the way; asked for what is not there yet."""
    link: str = ""
    settled_at: datetime | None = None
    buddy: MemberId | None = None
    """Whom the owner was told of as their buddy when they chose who sees it."""
    confirmed_at: datetime | None = None
    """When the witness, or the buddy, said that they saw it."""
    update: str = ""
    """A line on how it went, for the circle, from before it met again."""
    shared_at: datetime | None = None
    midpoint_on: date | None = None
    last_on: date | None = None
    """The mornings for which its mid-point and its last reminder were promised; neither comes a second time."""
    version: int = 1

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True, kw_only=True)
class Commitment(Undertaking):
    """One that was made in a circle's session."""

    circle: CircleId
    session: SessionId


@dataclass(frozen=True, kw_only=True)
class PairCommitment(Undertaking):
    """One that was made at the close of a meeting of two; the other one stands where a buddy does."""

    relationship: RelationshipId
    meeting: MeetingId


Made = TypeVar("Made", bound=Undertaking)


@dataclass(frozen=True)
class Outcome:
    """What the owner says became of it."""

    state: CommitmentState
    learned: str = ""
    cause: Cause | None = None
    link: str = ""


@dataclass(frozen=True)
class Setting:
    """Where a promise is made: by whom, among whom, and until when it can be due."""

    owner: MemberId
    members: Collection[MemberId]
    today: date
    next_session: date | None

    @property
    def latest(self) -> date:
        """The next session; tomorrow at least, so that there is always a day to pick."""
        if self.next_session is None:
            return self.today + FARTHEST
        return max(self.next_session, self.today + timedelta(days=1))


# Making one


def free_slot(taken: Collection[Undertaking]) -> int:
    """The slot for one more, among what the member has in that session already."""
    used = {commitment.slot for commitment in taken if commitment.state is not CommitmentState.REPLACED}
    for slot in SLOTS:
        if slot not in used:
            return slot
    raise Refused(
        "You have your two for this session, and two is plenty: more of them tend to get done that way. "
        "To put this one in instead, open one of yours and choose Change it."
    )


def check(promise: Promise, setting: Setting) -> Promise:
    """The promise made tidy, or every field that is wrong with a sentence each."""
    wrong: dict[str, str] = {}
    tidy = replace(
        promise,
        will=re.sub(r"^I([’']ll| will)\b\s*", "", _line(promise.will, "What you will do", "will", wrong=wrong)),
        cue=_line(promise.cue, "The moment", "cue", wrong=wrong),
        evidence=_line(promise.evidence, "How you will know", "evidence", wrong=wrong),
    )
    if not tidy.will and "will" not in wrong:
        wrong["will"] = "Write what you will do, in a few words."
    if not setting.today < promise.by <= setting.latest:
        wrong["by"] = f"Pick a day after today, up to {when.say_day(setting.latest)}."
    if not 1 <= promise.confidence <= 10:
        wrong["confidence"] = "Pick a number from 1 to 10."
    if promise.witness is not None and (promise.witness == setting.owner or promise.witness not in setting.members):
        wrong["witness"] = "Pick somebody else from your circle."
    if wrong:
        raise RefusedFields(wrong)
    return tidy


def _line(text: str, what: str, field: str, *, wrong: dict[str, str]) -> str:
    try:
        return clean_line(text, LIMITS[field], what)
    except Refused as refusal:
        wrong[field] = refusal.sentence
        return ""


NO_DEED = re.compile(
    r"(?:the|a|an|my|our|some|more|less|fewer|better|no|not|be|being|maybe|perhaps|hopefully|try|think about)\b",
    re.IGNORECASE,
)
"""How a wish begins, or a thing; a deed begins with a verb. Only English is known here, so other languages pass."""


@dataclass(frozen=True)
class Question:
    """One friendly question about a field, asked once; then the promise is taken as it is."""

    field: str
    text: str


def doubt(promise: Promise) -> Question | None:
    """The question most worth asking about a promise, if any."""
    if NO_DEED.match(promise.will) or " " not in promise.will:
        return Question("will", 'What will you do, exactly? A verb first helps: "call Sam", "draft page one".')
    if promise.evidence_kind is Evidence.WITNESS and promise.witness is None and not promise.evidence:
        return Question("witness", "Who will see it? Name somebody, or say below how you will know.")
    if promise.evidence_kind in (Evidence.ARTEFACT, Evidence.NUMBER) and not promise.evidence:
        return Question("evidence", "How will you know it is done? A few words are enough.")
    if promise.confidence < SURE_ENOUGH:
        return Question("confidence", "What would make it an 8? Would half as big do?")
    return None


# What becomes of it


def check_change(commitment: Commitment, by: MemberId) -> None:
    _check_owner(commitment, by)
    if not commitment.is_under_way:
        raise Refused("That one is settled, so it stays as it was. Your next session has room for a new one.")


def change(commitment: Commitment, promise: Promise, by: MemberId) -> Commitment:
    """Put a checked promise in place of the wording of one that is still under way."""
    check_change(commitment, by)
    return replace(
        commitment,
        will=promise.will,
        by=promise.by,
        cue=promise.cue,
        evidence_kind=promise.evidence_kind,
        evidence=promise.evidence,
        confidence=promise.confidence,
        audience=promise.audience,
        witness=promise.witness,
    )


def revise(
    commitment: Commitment, promise: Promise, *, by: MemberId, now: datetime
) -> tuple[Commitment, Commitment | None]:
    """A checked promise in place of one under way: the one as it is now, and the new one where the wording is new.

    A new wording is a new commitment in the same slot, save in the first minutes, when it is a slip of the pen. The new
    one takes over which reminders were promised, so that nobody hears more often for changing their mind.
    """
    changed = change(commitment, promise, by)
    if promise.will == commitment.will or now < commitment.made_at + SECOND_THOUGHTS:
        return changed, None
    replaced = replace(commitment, state=CommitmentState.REPLACED, settled_at=now)
    return replaced, replace(changed, state=CommitmentState.OPEN, made_at=now, confirmed_at=None)


AMOUNT = re.compile(r"(?<![\w.,:/-])([4-9]|[1-9]\d{1,3})(?![\w.,:/-])")
"""How many, as people write it; not the hour, the version or the price."""


def smaller(will: str) -> str:
    """About half as much of it: half as many where there is one number, else the first half hour."""
    amounts = AMOUNT.findall(will)
    if len(amounts) == 1:
        return AMOUNT.sub(lambda amount: str(int(amount[1]) // 2), will)
    return f"spend half an hour on this: {will}"[: LIMITS["will"]]


def report(commitment: Commitment, state: CommitmentState, by: MemberId) -> Commitment:
    """On it, or stuck. Saying the same again changes nothing."""
    _check_owner(commitment, by)
    if state not in UNDER_WAY:
        raise Refused("To say how it ended, choose Done.")
    if not commitment.is_under_way:
        raise Refused("You have said how that one ended already. Open the Home tab to see it, or to correct it.")
    return replace(commitment, state=state)


def check_settling(commitment: Undertaking, by: MemberId) -> None:
    _check_owner(commitment, by)
    if commitment.state is CommitmentState.REPLACED:
        raise Refused("Another has taken the place of that one. Open the Home tab to see your two as they are now.")


def settle(commitment: Made, outcome: Outcome, *, by: MemberId, now: datetime) -> Made:
    """Say how it ended; an outcome may be corrected later, save that a replaced one stays so."""
    check_settling(commitment, by)
    if outcome.state not in OUTCOMES:
        raise Refused("Pick how it ended.")
    not_yet = outcome.state is CommitmentState.NOT_YET
    if not_yet and outcome.cause is None:
        raise RefusedFields({"cause": "Pick what comes closest; it helps to choose what to try next."})
    return replace(
        commitment,
        state=outcome.state,
        learned=clean_text(outcome.learned, LEARNED_LIMIT, "What you learned"),
        cause=outcome.cause if not_yet else None,
        link=clean_link(outcome.link),
        settled_at=now,
        confirmed_at=commitment.confirmed_at if outcome.state is commitment.state else None,
    )


def _check_owner(commitment: Undertaking, by: MemberId) -> None:
    if by != commitment.owner:
        raise NotYours("That commitment is somebody else's, so only they can say how it goes.")


EXPERIMENTS = {
    Cause.TIME: "Pick ten minutes that are yours this week and do only its first step.",
    Cause.UNCLEAR: "Write down in one sentence what done would look like, and ask one person whether they agree.",
    Cause.BLOCKED: "Ask the one person it hangs on for one thing, by one day.",
    Cause.CHANGED_MIND: "Then let it go, with thanks. What matters more now, and what is its first small step?",
    Cause.TOO_BIG: "Halve it, then halve it again, and do that quarter.",
}
"""One smaller thing to try, by what was in the way."""

CAUSES = {
    Cause.TIME: "No time for it",
    Cause.UNCLEAR: "Not clear what to do",
    Cause.BLOCKED: "Something was in the way",
    Cause.CHANGED_MIND: "Something else matters more now",
    Cause.TOO_BIG: "It was too big",
}
