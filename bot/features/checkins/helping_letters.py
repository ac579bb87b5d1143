"""The letters about help: to whoever is asked, to both once it is found, and a week later."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.checkins import Answer
from bot.domain.errors import Gone
from bot.domain.helping import Call, CallState
from bot.domain.ids import CallId, MemberId
from bot.domain.manners import Manner, Topic
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.checkins import helping, helping_blocks
from bot.slack.blocks import Message
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

GONE = Moot("the call for help is gone or settled")


async def help_asked(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To one peer, while they are the one who is asked."""
    found = await _found(work, letter)
    if found is None or found[0].state is not CallState.ASKING or found[0].asked != letter.to:
        return GONE
    call, _answer = found
    circle = await work.circles.get(call.circle)
    reader = await work.members.get(MemberId(letter.to))
    if not circle.is_open or not {call.asker, letter.to} <= set(circle.members) or reader is None:
        return Moot("one of them has left the circle")
    answer, reason = await helping.why(work, call, reader.id, now)
    return Send(helping_blocks.asked(call, answer, reason, reader.tz))


async def help_found(work: Work, letter: Letter, now: datetime) -> Outcome:
    try:
        picked = await work.checkins.answer(letter.number)
    except Gone:
        return Moot("the answer is gone")
    reader = await work.members.get(MemberId(letter.to))
    call = (await work.calls.of_answers([letter.number])).get(letter.number)
    if reader is None or call is None or picked.helper is None:
        return Moot("they are not known")
    answer, reason = await helping.why(work, call, picked.helper, now)
    return Send(helping_blocks.found(answer, reader.id, reason, reader.tz))


async def help_none(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _to(
        work, letter, now, state=CallState.OPEN, read=lambda _call, answer: helping_blocks.nobody(answer)
    )


async def help_went(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _to(work, letter, now, state=CallState.TAKEN, read=helping_blocks.went)


async def help_thanked(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _to(work, letter, now, state=CallState.DONE, read=helping_blocks.thanked)


Read = Callable[[Call, Answer], Message]


async def _to(work: Work, letter: Letter, now: datetime, *, state: CallState, read: Read) -> Outcome:
    """To one of the two, while the call stands so."""
    found = await _found(work, letter)
    reader = await work.members.get(MemberId(letter.to))
    if found is None or found[0].state is not state or reader is None:
        return GONE
    return Send(read(*found))


async def _found(work: Work, letter: Letter) -> tuple[Call, Answer] | None:
    try:
        call = await work.calls.get(CallId(letter.number))
        return call, await work.checkins.answer(call.answer)
    except Gone:
        return None


LETTERS = (
    LetterKind("checkins.helping", help_found, Manner.RECEIPT),
    LetterKind("checkins.help-asked", help_asked, Manner.NUDGE, Topic.PEOPLE, deadline="somebody else is asked"),
    LetterKind("checkins.help-found", help_found, Manner.REPLY),
    LetterKind("checkins.help-none", help_none, Manner.REPLY),
    LetterKind("checkins.help-went", help_went, Manner.NUDGE, Topic.PEOPLE, deadline="it is long over"),
    LetterKind("checkins.help-thanked", help_thanked, Manner.REPLY),
)
