"""The letters of a check-in, composed as things stand when they are sent."""

from datetime import datetime, timedelta

from bot.domain import checkins
from bot.domain.checkins import Round, RoundState
from bot.domain.circles import Circle
from bot.domain.errors import Gone
from bot.domain.ids import CircleId, MemberId, PairId, RoundId
from bot.domain.manners import Manner, Topic
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.checkins import blocks, ways
from bot.features.checkins.pairs import ASKED, Ballot, pair_of
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

A_MOMENT = timedelta(minutes=1)


async def thread(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await _open(work, RoundId(letter.number), now)
    if found is None:
        return Moot("the round or its circle has closed")
    pairs = (await work.pairs.of_rounds([found[1].id])).get(found[1].id, [])
    return Send(blocks.thread(found[1], [pair.members for pair in pairs]))


async def pair(work: Work, letter: Letter, now: datetime) -> Outcome:
    """The same question, in the conversation of a pair; moot where somebody came or went and they are another pair now."""
    theirs = await work.pairs.find(PairId(letter.number))
    found = await _open(work, theirs.round, now) if theirs else None
    if theirs is None or found is None or theirs.channel != letter.to:
        return Moot("the round has closed, or they are another pair now")
    return Send(blocks.pair(found[1], theirs.members))


async def answer(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Below the question in the circle's channel, or in the conversation of a pair, where both see it.

    Where the question is not there yet, a minute later.
    """
    try:
        given = await work.checkins.answer(letter.number)
    except Gone:
        return Moot("the answer is gone")
    theirs = await pair_of(work, given.round, given.member)
    if theirs is not None and theirs.channel is not None:
        asked = await work.messages.where_is("checkins.pair", str(theirs.id))
        return Send(blocks.answer(given), channel=asked.channel) if asked else Wait(now + A_MOMENT)
    place = await work.messages.where_is("checkins.thread", str(given.round))
    if place is None:
        return Wait(now + A_MOMENT)
    return Send(blocks.answer(given), thread=place.ts)


async def asked_for_pairs(work: Work, letter: Letter, now: datetime) -> Outcome:
    circle = await work.circles.get(CircleId(letter.number))
    wishes = (await work.pairs.wishes_of([circle.id]))[circle.id]
    if not circle.is_open or circle.channel != letter.to or not any(wishes.values()):
        return Moot("nobody wishes for pairs any more")
    return Send(ways.asked(Ballot(circle, wishes)))


async def reminder(work: Work, letter: Letter, now: datetime) -> Outcome:
    who = MemberId(letter.to)
    found = await _open(work, RoundId(letter.number), now)
    if found is None:
        return Moot("the round or its circle has closed")
    circle, this = found
    member = await work.members.get(who)
    if member is None or who not in circle.members:
        return Moot("they have left")
    if await work.checkins.answer_by(this.id, who) is not None:
        return Moot("they have answered")
    if not checkins.leaves_time(this, now, member.tz):
        return Moot("it closes before they could answer without haste")
    return Send(blocks.reminder(circle, this))


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
    if await work.pairs.of_rounds([this.id]):
        return Send(blocks.summary_of_pairs(counted), thread=place.ts)
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
    LetterKind("checkins.thread", thread, Manner.ROOM, deadline="the check-in closes"),
    LetterKind("checkins.answer", answer, Manner.ROOM),
    LetterKind("checkins.reminder", reminder, Manner.NUDGE, Topic.CHECKINS, deadline="the check-in closes"),
    LetterKind("checkins.summary", summary, Manner.ROOM),
    LetterKind("checkins.pair", pair, Manner.ROOM, deadline="the check-in closes"),
    LetterKind(ASKED, asked_for_pairs, Manner.ROOM),
)
