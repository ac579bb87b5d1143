"""Counts who comes, asks those who have not said, puts the question to the circle, and closes it at its time."""

from datetime import datetime

from bot.domain.ballots import Ballot, Topic
from bot.domain.circles import Circle
from bot.domain.ids import BallotId
from bot.domain.quorum import Act, Count, best_slot, closes_at, counted_at, look, options
from bot.domain.sessions import Form, Session
from bot.feature import Nudge, standing
from bot.features.quorum.flows import settle
from bot.features.quorum.reading import count_of, hours_of, occasion_of
from bot.store.base import Earliest
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work


@standing
def next_count(work: Work) -> Earliest:
    return work.sessions.earliest_quorum()


@standing
def next_closing(work: Work) -> Earliest:
    return work.ballots.earliest_closing(Topic.QUORUM)


async def count(work: Work, now: datetime) -> None:
    due = await work.sessions.to_count(now)
    circles = await work.circles.named({session.circle for session in due})
    for session in due:
        circle = circles.get(session.circle)
        concerned = circle is not None and circle.is_open and session.form is Form.TOGETHER
        if circle is None or not concerned or session.starts <= now:
            await work.sessions.count_again(session.id, None)
        elif now < (at := counted_at(session, circle)):
            await work.sessions.count_again(session.id, at)
        else:
            await work.sessions.count_again(session.id, await _count(work, session, circle, now))


async def _count(work: Work, session: Session, circle: Circle, now: datetime) -> datetime | None:
    """When to look again."""
    if circle.is_alone or circle.channel is None:
        return None
    counted = await count_of(work, session, circle)
    found = look(session, circle, counted, called=await _called(work, session, circle), now=now)
    if found.act is Act.CALL:
        occasion = occasion_of(session.starts)
        await work.outbox.add(
            "sessions.call", session.id, to=circle.channel, due=now, expires=session.starts, key=occasion
        )
    elif found.act is Act.ASK:
        await _ask(work, session, circle, counted, now)
    return found.again


async def _called(work: Work, session: Session, circle: Circle) -> datetime | None:
    """When those who have not said were asked: by a call, or by an agenda that came as late as one."""
    for kind in ("sessions.call", "sessions.agenda"):
        asked = await work.outbox.find(key_of(kind, session.id, occasion_of(session.starts)))
        if asked is not None and asked.letter.due >= counted_at(session, circle):
            return asked.letter.due
    return None


async def _ask(work: Work, session: Session, circle: Circle, counted: Count, now: datetime) -> None:
    """Those who answered are the ones whose hours count; all of them, where too few did."""
    people = counted.answered if len(counted.answered) > 1 else counted.people
    others = await work.sessions.ahead([circle.id], now)
    slot = best_slot(session, circle, await hours_of(work, people), others=others, now=now)
    ballot = Ballot(
        id=BallotId(0),
        circle=circle.id,
        topic=Topic.QUORUM,
        subject=session.id,
        occasion=occasion_of(session.starts),
        options=options(counted, slot),
        opened=now,
        closes=closes_at(session, circle, now),
    )
    if await work.ballots.put(ballot) and circle.channel:
        put = (await work.ballots.about(Topic.QUORUM, [session.id]))[session.id][-1]
        await work.outbox.add("quorum.ask", put.id, to=circle.channel, due=now, expires=put.closes)


async def close(work: Work, now: datetime) -> None:
    for ballot in await work.ballots.closing(Topic.QUORUM, now):
        await settle(work, await work.ballots.hold(ballot.id), now)


NUDGES = (
    Nudge("quorum.count", count, due=next_count),
    Nudge("quorum.close", close, due=next_closing),
)
