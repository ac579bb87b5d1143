"""The letters about the end of a round, as things stand when they are sent."""

from datetime import datetime

from bot.domain.ids import CircleId, CircleRoundId, MemberId
from bot.domain.manners import Manner, Topic
from bot.domain.rounds import RoundState
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.rounds import blocks
from bot.features.rounds.reading import About, about, figures_of
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

OVER = Moot("the round was opened, or its circle has ended")


async def end(work: Work, letter: Letter, now: datetime) -> Outcome:
    shown = await about(work, CircleRoundId(letter.number))
    if shown.round.state is not RoundState.ASKING or not shown.circle.is_open:
        return OVER
    return Send(blocks.celebration(shown, await figures_of(work, shown, now)))


async def remind(work: Work, letter: Letter, _now: datetime) -> Outcome:
    shown = await about(work, CircleRoundId(letter.number))
    if shown.round.state is not RoundState.ASKING or MemberId(letter.to) not in shown.silent:
        return OVER
    return Send(blocks.reminder(shown))


async def opened(work: Work, letter: Letter, _now: datetime) -> Outcome:
    shown = await about(work, CircleRoundId(letter.number))
    if not shown.circle.is_open:
        return OVER
    return Send(blocks.opened(shown, blocks.read_result(letter.payload or {})))


async def goodbye(work: Work, letter: Letter, _now: datetime) -> Outcome:
    shown = await about(work, CircleRoundId(letter.number))
    if shown.round.state is not RoundState.PARTING or MemberId(letter.to) not in shown.circle.members:
        return Moot("they have left already")
    return Send(blocks.goodbye(shown))


async def ended(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await work.circles.get(CircleId(letter.number))
    shown = About(await work.rounds.get(CircleRoundId((letter.payload or {})["round"])), circle)
    if circle.is_open or shown.round.look_at is None:
        return Moot("the circle goes on after all")
    return Send(blocks.ended(shown, await figures_of(work, shown, now)))


async def back(work: Work, letter: Letter, _now: datetime) -> Outcome:
    shown = await about(work, CircleRoundId(letter.number))
    by = MemberId((letter.payload or {})["by"])
    return Send(blocks.back(shown, by)) if shown.circle.is_open else OVER


LETTERS = (
    LetterKind("rounds.end", end, Manner.ROOM),
    LetterKind("rounds.remind", remind, Manner.NUDGE, Topic.CIRCLES),
    LetterKind("rounds.opened", opened, Manner.ROOM),
    LetterKind("rounds.goodbye", goodbye, Manner.NUDGE, Topic.CIRCLES),
    LetterKind("rounds.ended", ended, Manner.ROOM),
    LetterKind("rounds.back", back, Manner.ROOM),
)
