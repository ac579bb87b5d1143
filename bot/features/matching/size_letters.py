"""What is said about a circle's size: to its members, to leads, to those a seat is offered to."""

from datetime import datetime

from bot.domain.ids import BallotId, CircleId, MemberId
from bot.domain.manners import Manner, Topic
from bot.domain.programs import Act, may
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.matching import size_blocks, size_votes
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def ask(work: Work, letter: Letter, _now: datetime) -> Outcome:
    asked = await size_votes.asked_of(work, await work.ballots.get(BallotId(letter.number)))
    if not asked.ballot.is_open or not asked.circle.is_open:
        return Moot("it is decided already")
    return Send(size_blocks.question(asked))


async def failed(work: Work, letter: Letter, _now: datetime) -> Outcome:
    payload = letter.payload or {}
    circle = await work.circles.get(CircleId(payload["circle"]))
    return Send(size_blocks.failed(str(payload["why"]))) if circle.is_open else Moot("the circle has ended")


async def told(work: Work, letter: Letter, _now: datetime) -> Outcome:
    if not may(Act.MATCH_EVERYONE, await work.programs.roles_of(MemberId(letter.to))):
        return Moot("they are no lead any more")
    payload = letter.payload or {}
    asked = await size_votes.asked_of(work, await work.ballots.get(BallotId(payload["ballot"])))
    return Send(size_blocks.told(asked, str(payload["why"])))


async def seat(work: Work, letter: Letter, _now: datetime) -> Outcome:
    member, circle = MemberId(letter.to), await work.circles.get(CircleId(letter.number))
    if not circle.has_room or member in circle.members:
        return Moot("the seat is taken, or they sit in it already")
    return Send(size_blocks.seat(circle))


LETTERS = (
    LetterKind("matching.size_ask", ask, Manner.ROOM),
    LetterKind("matching.size_failed", failed, Manner.ROOM),
    LetterKind("matching.size_told", told, Manner.NUDGE, Topic.LEADING),
    LetterKind("matching.seat", seat, Manner.NUDGE, Topic.CIRCLES),
)
