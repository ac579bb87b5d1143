"""When a round has closed, its messages say so, and their buttons go: the question in the channel, and the reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import checkins
from bot.domain.checkins import Round, Summary
from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.features.checkins import blocks
from bot.slack.blocks import Message
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Asked, Earliest
from bot.store.checkins import CLOSED_THREAD
from bot.store.messages import Place
from bot.store.unit_of_work import Work

FOR_GOOD = (Meaning.FORBIDDEN, Meaning.GONE)


@dataclass(frozen=True)
class Closed:
    """A round that has closed, what came in, and where it was asked."""

    this: Round
    counted: Summary
    thread: Place
    reminders: Sequence[Place]
    pairs: Sequence[Place] = ()


def next_closed(work: Work, asked: Asked) -> Earliest:
    return work.checkins.earliest_to_tidy(asked)


async def tidy(deps: Deps, team: TeamId) -> None:
    async with deps.store.open_view(team) as work:
        closed = await _closed(work, deps.now())
    for one in closed:
        await _edit(deps, team, one.thread, blocks.thread_closed(one.this, one.counted))
        for place in one.pairs:
            await _edit(deps, team, place, blocks.thread_closed(one.this))
        for place in one.reminders:
            await _edit(deps, team, place, blocks.reminder_closed())
        async with deps.store.open_work(team) as work:
            await work.messages.remember(CLOSED_THREAD, str(one.this.id), one.thread)


async def _closed(work: Work, now: datetime) -> list[Closed]:
    rounds = await work.checkins.to_tidy(now)
    answers = await work.checkins.answers_of([this.id for this in rounds])
    circles = await work.circles.named({this.circle for this in rounds})
    reminded = await work.outbox.went_about("checkins.reminder", [str(this.id) for this in rounds])
    pairs = await work.pairs.of_rounds([this.id for this in rounds])
    asked = await work.messages.where_are(
        "checkins.pair", [str(pair.id) for every in pairs.values() for pair in every]
    )
    found = []
    for this in rounds:
        given = [one for _number, one in answers[this.id]]
        heard = {one.member for one in given}
        thread = await work.messages.where_is("checkins.thread", str(this.id))
        silent = [place for who, place in reminded.get(str(this.id), ()) if who not in heard]
        members = circles[this.circle].members if this.circle in circles else ()
        if thread is not None:
            there = [asked[str(pair.id)] for pair in pairs.get(this.id, ()) if str(pair.id) in asked]
            found.append(Closed(this, checkins.summarise(members, given), thread, silent, there))
    return found


async def _edit(deps: Deps, team: TeamId, place: Place, message: Message) -> None:
    """What can't be edited any more, as in an archived channel, stays as it is."""
    try:
        await deps.slack.edit(team, place.channel, place.ts, message)
    except SlackFailure as failure:
        if failure.meaning not in FOR_GOOD:
            raise
