"""Read, decide, write: a tap, and what is done once the circle has decided."""

from datetime import datetime

from bot import moves
from bot.domain.ballots import Ballot, check_vote, result
from bot.domain.errors import Refused
from bot.domain.ids import BallotId
from bot.domain.quorum import Choice
from bot.domain.sessions import BY_TAP, check_ahead, check_move
from bot.feature import Deps
from bot.features.quorum.reading import Asked, asked_of, occasion_of
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


async def vote(by: Request, number: BallotId, choice: str, deps: Deps) -> Asked:
    """The question as it stands after the tap; settled where that makes a majority."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        ballot = await work.ballots.hold(number)
        asked = await asked_of(work, ballot)
        check_vote(ballot, by.member, asked.counted.people, choice, now)
        await work.ballots.vote(number, by.member, choice)
        await settle(work, await work.ballots.get(number), now)
        after = await asked_of(work, await work.ballots.get(number))
        if not after.ballot.is_open:
            await work.ballots.drawn(number)
    deps.store.wake()
    return after


async def settle(work: Work, ballot: Ballot, now: datetime) -> None:
    """Carry out what is decided, once; nothing while it is open."""
    asked = await asked_of(work, ballot)
    session, circle = asked.session, asked.circle
    if not ballot.is_open:
        return
    try:
        check_ahead(session, now)
    except Refused:
        await work.ballots.close(ballot.id, "")
        return
    if not circle.is_open or ballot.occasion != occasion_of(session.starts):
        await work.ballots.close(ballot.id, "")
        return
    outcome = result(ballot, asked.counted.people, now)
    if outcome:
        await _carry_out(work, asked, outcome, now)


async def _carry_out(work: Work, asked: Asked, outcome: str, now: datetime) -> None:
    """Told once. Where nobody tapped at all, the question itself shows that it goes ahead, and that is enough."""
    ballot, session = asked.ballot, asked.session
    circle = await work.circles.hold(asked.circle.id)
    if outcome == Choice.MOVE.value:
        to = moment_of(ballot)
        try:
            check_move(session, to, circle=circle, others=await work.sessions.ahead([circle.id], now), now=now)
        except Refused:
            outcome = ballot.silence
        else:
            await moves.move(work, session, to, circle=circle, by=BY_TAP, now=now)
    if outcome == Choice.WRITE.value:
        await moves.put_in_writing(work, session, circle=circle, by=BY_TAP, now=now)
    elif outcome == Choice.LEAVE_OUT.value:
        await moves.leave_out(work, session, circle=circle, by=BY_TAP, now=now)
    elif outcome == Choice.GO.value and circle.channel and ballot.votes:
        await work.outbox.add("quorum.goes", ballot.id, to=circle.channel, due=now, expires=session.starts)
    await work.ballots.close(ballot.id, outcome)


def moment_of(ballot: Ballot) -> datetime:
    """The time that was proposed."""
    option = ballot.option(Choice.MOVE.value)
    return datetime.fromisoformat(str(option.details["at"])) if option else ballot.closes
