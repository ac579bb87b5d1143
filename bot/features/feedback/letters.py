"""What comes to the presenter in private, and what the circle hears by the presenter's tap."""

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, SessionId
from bot.domain.manners import Manner, Topic
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.feedback import blocks
from bot.features.feedback.flows import Back, back_of
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

NOT_HELD = Moot("the session did not take place, or somebody else had the seat")


async def given(work: Work, letter: Letter, now: datetime) -> Outcome:
    """All that is due at the moment the key ends with."""
    session, presenter = SessionId(letter.number), MemberId(letter.to)
    back = await _back(work, letter)
    due = datetime.fromisoformat(letter.key.split(":", 3)[3] + "+00:00")
    every = await work.feedback.to(session, presenter, due)
    if back is None or not every:
        return NOT_HELD
    return await _away(work, presenter, now) or Send(blocks.given(every, back))


async def week(work: Work, letter: Letter, now: datetime) -> Outcome:
    back = await _back(work, letter)
    if back is None or not back.session.counts:
        return NOT_HELD
    if back.said.happened:
        return Moot("it is told already")
    return await _away(work, MemberId(letter.to), now) or Send(blocks.week(back))


async def month(work: Work, letter: Letter, now: datetime) -> Outcome:
    back = await _back(work, letter)
    if back is None or not back.session.counts:
        return NOT_HELD
    if back.said.life is not None:
        return Moot("it is told already")
    return await _away(work, MemberId(letter.to), now) or Send(blocks.month(back))


async def told(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The key ends with the presenter and the edition; only the last one is said."""
    _kind, _number, presenter, edition = letter.key.rsplit(":", 3)
    back = await back_of(work, SessionId(letter.number), MemberId(presenter))
    if back.said.version != int(edition) or not back.said.told:
        return Moot("it was told again since")
    return Send(blocks.told(MemberId(presenter), back))


async def _back(work: Work, letter: Letter) -> Back | None:
    try:
        return await back_of(work, SessionId(letter.number), MemberId(letter.to))
    except Refused:
        return None


async def _away(work: Work, member: MemberId, now: datetime) -> Moot | None:
    known = await work.members.get(member)
    return None if known and known.is_reachable(now) else Moot("the member is away or on a break")


LETTERS = (
    LetterKind("feedback.given", given, Manner.REPLY),
    LetterKind("feedback.week", week, Manner.NUDGE, Topic.HOTSEAT, deadline="it is no week ago any more"),
    LetterKind("feedback.month", month, Manner.NUDGE, Topic.HOTSEAT, deadline="it is no month ago any more"),
    LetterKind("feedback.told", told, Manner.ROOM),
)
