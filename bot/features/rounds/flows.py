"""Read, decide, write: what a member wants next, and how the circle goes on once all answers are opened."""

from dataclasses import replace
from datetime import datetime

from bot import seats
from bot.domain import when
from bot.domain.circles import Circle, CircleState
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import CircleRoundId, MemberId
from bot.domain.programs import Rules
from bot.domain.rounds import (
    ARCHIVED_AFTER,
    PART_DAYS,
    REMIND_DAYS,
    CircleRound,
    Outcome,
    RoundState,
    Wish,
    check_answer,
    check_wish,
    in_days,
    is_all,
    of_round,
    outcome,
    renewed,
)
from bot.domain.sessions import BY_TAP
from bot.feature import Deps
from bot.features.rounds.reading import About, about
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.unit_of_work import Work


async def to_answer(by: Request, number: CircleRoundId, deps: Deps) -> About:
    async with deps.store.open_view(by.team) as work:
        shown = await about(work, number)
    check_answer(shown.round, shown.circle, by.member)
    return shown


async def answer(by: Request, number: CircleRoundId, wish: Wish, deps: Deps) -> tuple[About, Place | None]:
    """Kept alone; with the last one all are opened. Where the message stands that says who has answered."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        this = await work.rounds.hold(number)
        circle = await work.circles.hold(this.circle)
        check_answer(this, circle, by.member)
        check_wish(wish, circle)
        await work.rounds.wish(number, by.member, wish)
        this = await work.rounds.get(number)
        if is_all(this, circle):
            await open_all(work, this, circle, now)
        place = await work.messages.where_is("rounds.end", str(number))
        shown = await about(work, number)
    deps.store.wake()
    return shown, place


async def open_all(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    """What follows from the answers, all in one step; told in the channel once."""
    wanted = outcome(this, circle)
    if wanted.goes_on:
        await _go_on(work, this, circle, wanted, now)
    else:
        await _end(work, this, circle, now)
    details = {"goes_on": wanted.goes_on, "answered": wanted.answered, "stay": len(wanted.stay)}
    await work.audit.add(Entry(now, BY_TAP, "circle.round", f"circle:{circle.id}", details))


async def _go_on(work: Work, this: CircleRound, circle: Circle, wanted: Outcome, now: datetime) -> None:
    over = of_round(this, await work.sessions.of_circle(circle.id))
    ended = over[-1].ends if over else now
    today = when.local(now, circle.zone).date()
    changed = renewed(circle, wanted, last=when.local(ended, circle.zone).date(), today=today)
    if changed != circle:
        await work.circles.save(changed)
        if (changed.rule, changed.minutes) != (circle.rule, circle.minutes):
            await seats.replan(work, changed, now)
    if circle.channel:
        payload = {"size": wanted.size_max or 0, "every": wanted.every or 0, "protocol": wanted.protocol or ""}
        payload |= {"leave": list(wanted.leave), "themselves": len(wanted.leave_themselves)}
        payload |= {"answered": wanted.answered}
        await work.outbox.add("rounds.opened", this.id, to=circle.channel, due=now, payload=payload)
    for member in wanted.leave:
        await seats.part(work, await work.circles.get(circle.id), member, now=now)
    later = in_days(circle, now, PART_DAYS) if wanted.leave_themselves else None
    for member in wanted.leave_themselves:
        await _tell(work, "rounds.goodbye", this, member, now)
    state = RoundState.PARTING if later else RoundState.DONE
    await work.rounds.save(replace(this, state=state, look_at=later))
    await begin(work, circle, this.number + 1, ended)


async def begin(work: Work, circle: Circle, number: int, now: datetime) -> None:
    """The next round, from that moment on; looked at with the next tick, which finds out when it should end."""
    program = await work.programs.get(circle.program)
    sessions = (program.rules if program else Rules()).sessions
    await work.rounds.begin(CircleRound(CircleRoundId(0), circle.id, number, now, sessions, look_at=now))


async def _end(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    await seats.end(work, circle, by=BY_TAP, now=now, why="round")
    if circle.channel:
        await work.outbox.add("rounds.ended", circle.id, to=circle.channel, due=now, payload={"round": this.id})
    await work.rounds.save(replace(this, state=RoundState.ENDED, look_at=now + ARCHIVED_AFTER))


async def part_quietly(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    """Those who wanted to say goodbye themselves have had their days."""
    for member in outcome(this, circle).leave_themselves:
        await seats.part(work, await work.circles.get(circle.id), member, now=now, told=False)
        await work.audit.add(Entry(now, member, "circle.leave", f"circle:{circle.id}", {"by": "round"}))
    await work.rounds.save(replace(this, state=RoundState.DONE, look_at=None))


async def archive(work: Work, this: CircleRound, circle: Circle) -> None:
    if not circle.is_open and circle.channel:
        await work.circles.want_archive(circle.id, True)
    await work.rounds.save(replace(this, state=RoundState.DONE, look_at=None))


async def go_on_after_all(by: Request, number: CircleRoundId, deps: Deps) -> About:
    """The way back, until the channel is archived: everything is as it was, with a new round."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        this = await work.rounds.hold(number)
        circle = await work.circles.hold(this.circle)
        if by.member not in circle.members:
            raise NotYours("Only those who were in this circle can bring it back.")
        if this.state is not RoundState.ENDED or circle.is_open:
            raise Refused(
                "This circle goes on already, or its channel is archived by now. `/mentor circle create` starts one."
            )
        back = replace(circle, state=CircleState.ACTIVE)
        await work.circles.save(back)
        await work.sessions.call_back(back, now)
        await work.sessions.plan_ahead(back, now)
        await work.rounds.save(replace(this, state=RoundState.DONE, look_at=None))
        await begin(work, back, this.number + 1, now)
        await work.audit.add(Entry(now, by.member, "circle.back", f"circle:{circle.id}", {}))
        if circle.channel:
            payload = {"by": by.member}
            await work.outbox.add("rounds.back", number, to=circle.channel, due=now, payload=payload)
        shown = await about(work, number)
    deps.store.wake()
    return shown


async def ask(work: Work, this: CircleRound, circle: Circle, now: datetime, closes: datetime) -> None:
    """The round is over: celebrate it, and ask what comes next."""
    remind = in_days(circle, now, REMIND_DAYS)
    await work.rounds.save(replace(this, state=RoundState.ASKING, look_at=remind, closes=closes))
    if circle.channel:
        await work.outbox.add("rounds.end", this.id, to=circle.channel, due=now, expires=closes)


async def remind(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    """One letter to each who has not answered, in their own hours."""
    for member in circle.members:
        if member not in this.wishes:
            await _tell(work, "rounds.remind", this, member, now)
    await work.rounds.look_again(this.id, this.closes)


async def _tell(work: Work, kind: str, this: CircleRound, member: MemberId, now: datetime) -> None:
    person = await work.members.get(member)
    due = when.first_good_moment(now, person.tz if person else "UTC")
    await work.outbox.add(kind, this.id, to=member, due=due, key=member)
