"""Begins a circle's first round, finds out when one is over, reminds once, opens the answers, and what comes after."""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.rounds import ANSWER_DAYS, CircleRound, RoundState, in_days, is_complete, look_at
from bot.domain.when import first_good_moment
from bot.feature import Nudge, standing
from bot.features.rounds import flows
from bot.store.base import Earliest
from bot.store.unit_of_work import Work


@standing
def next_begin(work: Work) -> Earliest:
    return work.rounds.earliest_missing()


@standing
def next_look(work: Work) -> Earliest:
    return work.rounds.earliest_look()


async def begin(work: Work, now: datetime) -> None:
    for circle in (await work.circles.named(await work.rounds.missing())).values():
        await flows.begin(work, circle, 1, now)


async def look(work: Work, now: datetime) -> None:
    due = await work.rounds.due(now)
    circles = await work.circles.named({one.circle for one in due})
    for one in due:
        circle = circles.get(one.circle)
        if circle is None:
            await work.rounds.look_again(one.id, None)
            continue
        await _look(work, await work.rounds.hold(one.id), circle, now)


async def _look(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    if not circle.is_open and this.state is not RoundState.ENDED:
        await work.rounds.look_again(this.id, None)
        return
    match this.state:
        case RoundState.RUNNING:
            await _running(work, this, circle, now)
        case RoundState.ASKING if this.closes and now < this.closes:
            await flows.remind(work, this, circle, now)
        case RoundState.ASKING:
            await flows.open_all(work, this, await work.circles.hold(circle.id), now)
        case RoundState.PARTING:
            await flows.part_quietly(work, this, await work.circles.hold(circle.id), now)
        case RoundState.ENDED:
            await flows.archive(work, this, circle)
        case _:
            await work.rounds.look_again(this.id, None)


async def _running(work: Work, this: CircleRound, circle: Circle, now: datetime) -> None:
    sessions = await work.sessions.of_circle(circle.id)
    good = first_good_moment(now, circle.zone)
    if not is_complete(this, sessions):
        await work.rounds.look_again(this.id, look_at(this, sessions, now))
    elif good > now:
        await work.rounds.look_again(this.id, good)
    else:
        await flows.ask(work, this, circle, now, in_days(circle, now, ANSWER_DAYS))


NUDGES = (Nudge("rounds.begin", begin, due=next_begin), Nudge("rounds.look", look, due=next_look))
