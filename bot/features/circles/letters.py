"""The letters of circles: whether each is still wanted at the moment of sending, and how it reads then."""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.ids import CircleId, MemberId
from bot.domain.manners import Manner, Topic
from bot.domain.sessions import AHEAD, Session
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.circles import said
from bot.slack.blocks import Message
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

ENDED = Moot("the circle has ended")


async def welcome(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    return Send(await _welcome(work, circle, now)) if circle.is_open else ENDED


async def _welcome(work: Work, circle: Circle, now: datetime) -> Message:
    return said.not_started(circle) if circle.is_alone else said.welcome(circle, await _coming(work, circle, now))


async def waits(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    if not circle.is_open or not circle.is_alone or letter.member not in circle.members:
        return Moot("the circle has begun, or its maker has left it")
    return Send(said.waits(circle))


async def joined(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle, payload = await _circle(work, letter), letter.payload or {}
    here = [member for member in payload["members"] if member in circle.members]
    if not here or not circle.is_open:
        return Moot("who joined is not there any more")
    if payload.get("begins"):
        return Send(await _welcome(work, circle, now))
    return Send(said.joined(circle, here, payload.get("by")))


async def left(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle, payload = await _circle(work, letter), letter.payload or {}
    return Send(said.left(payload["member"], payload["line"], circle)) if circle.is_open else ENDED


async def rhythm(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle, payload = await _circle(work, letter), letter.payload or {}
    coming = await _coming(work, circle, now)
    return Send(said.rhythm_changed(circle, payload["by"], coming)) if circle.is_open else ENDED


async def closing(work: Work, letter: Letter, now: datetime) -> Outcome:
    payload = letter.payload or {}
    return Send(said.closing(await _circle(work, letter), payload["by"], payload["archive"]))


async def closed(work: Work, letter: Letter, now: datetime) -> Outcome:
    why = str((letter.payload or {}).get("why", ""))
    return Send(said.closed(await _circle(work, letter), why))


async def ended(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    if circle.is_open:
        return Moot("the circle goes on")
    return Send(said.ended(circle, str((letter.payload or {}).get("why", ""))))


async def shut_out(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    return Send(said.shut_out(circle)) if circle.is_open else ENDED


async def small(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    if not circle.is_open or not circle.is_small:
        return Moot("the circle has enough members again, or has ended")
    return Send(said.small(circle))


async def alone(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    if not circle.is_open or not circle.is_alone or letter.member not in circle.members:
        return Moot("they are not alone any more")
    return Send(said.alone(circle))


async def not_in(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle, payload = await _circle(work, letter), letter.payload or {}
    member = MemberId(payload["member"])
    return Send(said.not_in(circle, member, payload["code"], reader=MemberId(letter.to)))


async def no_channel(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    return Moot("the channel was made after all") if circle.channel else Send(said.no_channel(circle))


async def full(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await _circle(work, letter)
    if letter.member in circle.members:
        return Moot("there was room after all")
    return Send(said.full(circle))


async def _circle(work: Work, letter: Letter) -> Circle:
    return await work.circles.get(CircleId(letter.number))


async def _coming(work: Work, circle: Circle, now: datetime) -> list[Session]:
    ahead = await work.sessions.ahead([circle.id], now)
    return [session for session in ahead if session.is_ahead and session.starts > now][:AHEAD]


LETTERS = (
    LetterKind("circles.welcome", welcome, Manner.ROOM),
    LetterKind("circles.waits", waits, Manner.REPLY),
    LetterKind("circles.joined", joined, Manner.ROOM),
    LetterKind("circles.left", left, Manner.ROOM),
    LetterKind("circles.rhythm", rhythm, Manner.ROOM),
    LetterKind("circles.closing", closing, Manner.ROOM),
    LetterKind("circles.closed", closed, Manner.NUDGE, Topic.LEADING),
    LetterKind("circles.ended", ended, Manner.NUDGE, Topic.CIRCLES),
    LetterKind("circles.shut_out", shut_out, Manner.NUDGE, Topic.LEADING),
    LetterKind("circles.small", small, Manner.NUDGE, Topic.LEADING),
    LetterKind("circles.alone", alone, Manner.NUDGE, Topic.CIRCLES),
    LetterKind("circles.not_in", not_in, Manner.REPLY),
    LetterKind("circles.no_channel", no_channel, Manner.REPLY),
    LetterKind("circles.full", full, Manner.REPLY),
)
