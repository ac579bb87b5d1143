"""Plans each circle's round once a week, opens it, reminds the silent once, and closes it with a summary."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import checkins, when
from bot.domain.checkins import Answer, Round, RoundState
from bot.domain.circles import Circle
from bot.domain.ids import CircleId, MemberId, RoundId
from bot.domain.people import Member
from bot.store.unit_of_work import Work

PLAN_AHEAD = timedelta(days=1)
REMIND_AHEAD = timedelta(hours=6)


async def plan_rounds(work: Work, now: datetime) -> None:
    """The row of the coming week, a day before it begins. A circle that is younger than its day waits for the next."""
    week = when.week_of((now + PLAN_AHEAD).date())
    waiting = await work.checkins.circles_without(week)
    if not waiting:
        return
    circles = await work.circles.named(waiting)
    past = await work.checkins.families_of(waiting)
    for number in waiting:
        this = checkins.plan(circles[number], week, past.get(number, []))
        if this is not None:
            await work.checkins.plan(_as_planned(this, now))


async def look_after_rounds(work: Work, now: datetime) -> None:
    rounds = await work.checkins.under_way(now + PLAN_AHEAD)
    if not rounds:
        return
    circles = await work.circles.named({this.circle for this in rounds})
    await _open(work, rounds, circles)
    running = [this for this in rounds if this.opens_at <= now]
    answers = await work.checkins.answers_of([this.id for this in running])
    await _remind(work, [this for this in running if now < this.closes_at], circles, answers=answers, now=now)
    for this in running:
        if this.closes_at <= now:
            await _close(work, this, circles.get(this.circle), now)


def _as_planned(this: Round, now: datetime) -> Round:
    """Too late for this week: the row says so, so that nobody looks again before the next."""
    if this.opens_at <= now:
        return replace(this, state=RoundState.CLOSED, family="", prompt="")
    return replace(this, state=RoundState.OPEN)


async def _open(work: Work, rounds: Sequence[Round], circles: Mapping[CircleId, Circle]) -> None:
    for this in rounds:
        circle = circles.get(this.circle)
        if circle is not None and circle.is_open and circle.channel is not None:
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
        if this.circle in circles
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
    due = when.first_good_moment(max(at, now), member.tz)
    if due < this.closes_at:
        await work.outbox.add(
            "checkins.reminder", this.id, to=MemberId(member.id), due=due, expires=this.closes_at, key=member.id
        )


async def _close(work: Work, this: Round, circle: Circle | None, now: datetime) -> None:
    closed = await work.checkins.close(this.id)
    if closed and circle is not None and circle.channel is not None:
        await work.outbox.add("checkins.summary", this.id, to=circle.channel, due=now)
