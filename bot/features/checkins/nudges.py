"""Plans each circle's round once a week, opens it, reminds the silent once, and closes it with a summary.

A round knows when it wants to be looked at next, so a tick costs what is due and not what is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import checkins, when
from bot.domain.checkins import Answer, Round, RoundState
from bot.domain.circles import Circle
from bot.domain.ids import CircleId, MemberId, RoundId
from bot.domain.people import Member
from bot.feature import standing
from bot.features.checkins.helping import open_calls
from bot.features.checkins.pairs import draw_pairs
from bot.store.base import Asked, Earliest
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)
REMIND_AHEAD = timedelta(hours=6)
"""A round that is open is looked at this often, so each reminder is promised before it is due."""
NOT_READY = timedelta(minutes=5)
"""When to look again for a circle whose channel is still being made."""


def next_plan(work: Work, asked: Asked) -> Earliest:
    """At once for a circle without a round of the coming week; else when the week after that is the coming one."""
    return work.checkins.earliest_without(asked.day(_coming_week), asked.moment(_next_week_comes))


@standing
def next_look(work: Work) -> Earliest:
    return work.checkins.earliest_look()


def _coming_week(now: datetime) -> date:
    return when.week_of((now + PLAN_AHEAD).date())


def _next_week_comes(now: datetime) -> datetime:
    return datetime.combine(_coming_week(now) + timedelta(weeks=1), time(), UTC) - PLAN_AHEAD


async def plan_rounds(work: Work, now: datetime) -> None:
    """The row of the coming week, a day before it begins. A circle that is younger than its day waits for the next."""
    week = _coming_week(now)
    waiting = await work.checkins.circles_without(week)
    if not waiting:
        return
    circles = await work.circles.named(waiting)
    past = await work.checkins.families_of(waiting)
    own = await work.prompts.of({circle.program for circle in circles.values()})
    profiles = await work.members.profiles_of({one for circle in circles.values() for one in circle.members})
    for number in waiting:
        circle = circles[number]
        working = [profiles[one].availability.days for one in circle.members if one in profiles]
        mine = own.get(circle.program, {})
        this = checkins.plan(circle, week, past.get(number, []), own=mine, working=working)
        if this is not None:
            await work.checkins.plan(_as_planned(this, now), this.opens_at - PLAN_AHEAD)


async def look_after_rounds(work: Work, now: datetime) -> None:
    rounds = await work.checkins.due(now)
    if not rounds:
        return
    circles = await work.circles.named({this.circle for this in rounds})
    await draw_pairs(work, rounds, circles, now)
    await _open(work, rounds, circles)
    running = [this for this in rounds if this.opens_at <= now]
    answers = await work.checkins.answers_of([this.id for this in running])
    await _remind(work, [this for this in running if now < this.closes_at], circles, answers=answers, now=now)
    for this in rounds:
        if this.closes_at <= now:
            await _close(work, this, circles.get(this.circle), answers=answers.get(this.id, []), now=now)
        else:
            await work.checkins.look_again(this.id, _next_look(this, circles.get(this.circle), now))


def _next_look(this: Round, circle: Circle | None, now: datetime) -> datetime:
    if circle is not None and circle.is_open and circle.channel is None:
        return now + NOT_READY
    steps = [this.opens_at - PLAN_AHEAD, this.opens_at, this.closes_at]
    if this.opens_at <= now:
        steps.append(when.next_beat(now, REMIND_AHEAD))
    return min(moment for moment in steps if moment > now)


def _as_planned(this: Round, now: datetime) -> Round:
    """Too late for this week: the row says so, so that nobody looks again before the next."""
    if this.opens_at <= now:
        return replace(this, state=RoundState.CLOSED, family="", prompt="")
    return replace(this, state=RoundState.OPEN)


async def _open(work: Work, rounds: Sequence[Round], circles: Mapping[CircleId, Circle]) -> None:
    for this in rounds:
        circle = circles.get(this.circle)
        if circle is not None and circle.is_open and not circle.is_alone and circle.channel is not None:
            await work.outbox.add(
                "checkins.thread", this.id, to=circle.channel, due=this.opens_at, expires=this.closes_at
            )


async def _remind(
    work: Work,
    rounds: Sequence[Round],
    circles: Mapping[CircleId, Circle],
    *,
    answers: Mapping[RoundId, Sequence[tuple[int, Answer]]],
    now: datetime,
) -> None:
    silent = {
        this.id: checkins.silent(circles[this.circle].members, [given for _number, given in answers[this.id]])
        for this in rounds
        if this.circle in circles and not circles[this.circle].is_alone
    }
    people = await work.members.named({who for them in silent.values() for who in them})
    for this in rounds:
        for who in silent.get(this.id, ()):
            if who in people:
                await _remind_one(work, this, people[who], now)


async def _remind_one(work: Work, this: Round, member: Member, now: datetime) -> None:
    at = checkins.nudge_at(this, member.tz)
    if at is None or at > now + REMIND_AHEAD:
        return
    due = max(at, now)
    if checkins.leaves_time(this, due, member.tz):
        await work.outbox.add(
            "checkins.reminder", this.id, to=MemberId(member.id), due=due, expires=this.closes_at, key=member.id
        )


async def _close(
    work: Work, this: Round, circle: Circle | None, *, answers: Sequence[tuple[int, Answer]], now: datetime
) -> None:
    closed = await work.checkins.close(this.id)
    if closed and circle is not None and circle.channel is not None:
        await work.outbox.add("checkins.summary", this.id, to=circle.channel, due=now)
        await open_calls(work, this, circle, answers=answers, now=now)
