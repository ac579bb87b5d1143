"""A session in writing: what each may write, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, SessionId
from bot.domain.runs import Run

LIMIT = 1500
MOST_PICKS = 5
"""A short list says more than a long one."""


class Kind(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"
    EXPERIENCE = "experience"
    PLAYBACK = "playback"


@dataclass(frozen=True)
class Reply:
    """What somebody wrote. `picks` are the replies that a playback names."""

    session: SessionId
    author: MemberId
    kind: Kind
    text: str
    at: datetime
    picks: tuple[int, ...] = ()
    id: int = 0


def kind_for(run: Run, member: MemberId, sits: Sequence[MemberId]) -> Kind:
    """What this member writes now: first questions and answers, then experience; at last the seat says what stays."""
    if not run.is_live:
        raise Refused("That session is over. Write to each other in the channel, if there is more to say.")
    if member in sits:
        return Kind.ANSWER if run.coming else Kind.PLAYBACK
    return Kind.EXPERIENCE if run.place else Kind.QUESTION


def check_playback(run: Run, member: MemberId, sits: Sequence[MemberId]) -> None:
    if member not in sits:
        raise Refused("Only who has the seat says what stays. You can make your two commitments now.")
    if kind_for(run, member, sits) is not Kind.PLAYBACK:
        raise Refused("The others are still writing. You can answer them; what stays comes at the end.")
