"""The letters of a check-in, composed as things stand when they are sent."""

from datetime import datetime, timedelta

from bot.domain import checkins, when
from bot.domain.checkins import Round, RoundState
from bot.domain.circles import Circle
from bot.domain.errors import Gone
from bot.domain.ids import MemberId, RoundId
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.checkins import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

A_MOMENT = timedelta(minutes=1)


async def thread(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await _open(work, RoundId(letter.number), now)
    if found is None:
        return Moot("the round or its circle has closed")
    return Send(blocks.thread(found[1]))


async def answer(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Below the thread's first message; where that is not there yet, a minute later."""
    try:
        given = await work.checkins.answer(letter.number)
    except Gone:
        return Moot("the answer is gone")
    place = await work.messages.where_is("checkins.thread", str(given.round))
    if place is None:
        return Wait(now + A_MOMENT)
    return Send(blocks.answer(given), thread=place.ts)


async def reminder(work: Work, letter: Letter, now: datetime) -> Outcome:
    who = MemberId(letter.to)
    found = await _open(work, RoundId(letter.number), now)
    if found is None:
        return Moot("the round or its circle has closed")
    circle, this = found
    member = await work.members.get(who)
    if member is None or not member.is_reachable(now) or who not in circle.members:
        return Moot("they have left or are on a pause")
    if await work.checkins.answer_by(this.id, who) is not None:
        return Moot("they have answered")
    good = when.first_good_moment(now, member.tz)
    if not checkins.leaves_time(this, good, member.tz):
        return Moot("it closes before they could answer without haste")
    return Send(blocks.reminder(circle, this)) if good == now else Wait(good)


async def summary(work: Work, letter: Letter, now: datetime) -> Outcome:
    try:
        this = await work.checkins.get(RoundId(letter.number))
        circle = await work.circles.get(this.circle)
    except Gone:
        return Moot("the round or its circle is gone")
    place = await work.messages.where_is("checkins.thread", letter.subject)
    if place is None or not circle.is_open:
        return Moot("there is no thread to close")
    answers = (await work.checkins.answers_of([this.id]))[this.id]
    counted = checkins.summarise(circle.members, [given for _number, given in answers])
    wanted = [(number, given) for number, given in answers if given in counted.help_wanted]
    return Send(blocks.summary(counted, wanted), thread=place.ts)


async def _open(work: Work, number: RoundId, now: datetime) -> tuple[Circle, Round] | None:
    try:
        this = await work.checkins.get(number)
        circle = await work.circles.get(this.circle)
    except Gone:
        return None
    over = this.state is RoundState.CLOSED or now >= this.closes_at or not circle.is_open
    return None if over else (circle, this)


LETTERS = (
    LetterKind("checkins.thread", thread),
    LetterKind("checkins.answer", answer),
    LetterKind("checkins.reminder", reminder),
    LetterKind("checkins.summary", summary),
)
