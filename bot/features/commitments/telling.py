"""What an owner tells their circle before it meets again: by a tap, with a line if they like, of what the circle sees already."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audience import check_sharing, share
from bot.domain.circles import Circle
from bot.domain.commitments import Commitment
from bot.domain.errors import Refused
from bot.domain.ids import CommitmentId
from bot.feature import Deps
from bot.features.commitments import reading
from bot.slack.requests import Request
from bot.store.messages import Place
from bot.store.unit_of_work import Work

KIND = "commitments.news"


@dataclass(frozen=True)
class Told:
    """`place` is where its former news stands, to be said anew; `agenda` where the circle's agenda does, if it does yet."""

    commitment: Commitment
    circle: Circle
    place: Place | None = None
    agenda: Place | None = None


async def to_tell(by: Request, commitment: CommitmentId, deps: Deps) -> Told:
    async with deps.store.open_view(by.team) as work:
        return await _tellable(work, by, commitment, deps)


async def tell(by: Request, commitment: CommitmentId, line: str, deps: Deps) -> Told:
    """With the agenda where that is not posted yet, else below it; once, and changed where it stands after that."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        news = await _tellable(work, by, commitment, deps)
        shared = share(news.commitment, line, now=now)
        await work.commitments.save(shared)
        place = await work.messages.where_is(KIND, str(commitment))
        if news.agenda is not None and place is None and news.circle.channel is not None:
            await work.outbox.add(KIND, commitment, to=news.circle.channel, due=now)
        return Told(shared, news.circle, place, news.agenda)


async def _tellable(work: Work, by: Request, commitment: CommitmentId, deps: Deps) -> Told:
    known = await reading.own(work, by.member, commitment)
    circle = await work.circles.get(known.circle)
    check_sharing(known, by.member, circle.members)
    newest = reading.current(await work.sessions.of_circle(circle.id), deps.now())
    made_in = await work.sessions.get(known.session)
    if not circle.is_open or (newest is not None and newest.starts > made_in.starts):
        raise Refused(
            "Your circle has met again since, so there is no next time to tell it for. Say it in the channel."
        )
    return Told(known, circle, agenda=await agenda_of(work, circle, deps.now()))


async def agenda_of(work: Work, circle: Circle, now: datetime) -> Place | None:
    """Where the agenda of the circle's next session stands, once it is posted."""
    following = reading.coming(await work.sessions.of_circle(circle.id), now)
    return await work.messages.where_is("sessions.agenda", str(following.id)) if following else None
