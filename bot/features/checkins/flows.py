"""Read, decide, write, tell: the answers of a check-in, and the help that is found."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import checkins, circles
from bot.domain.checkins import Answer, Round
from bot.domain.circles import Circle
from bot.domain.ids import MemberId, RoundId, TeamId
from bot.feature import Deps
from bot.features.checkins.pairs import partners_in
from bot.store.messages import Place
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Open:
    """A round that a member can answer, and what they said in it so far."""

    circle: Circle
    this: Round
    said: Answer | None
    partners: tuple[MemberId, ...] = ()
    """With whom they check in this week, where the circle does so in pairs."""


@dataclass(frozen=True)
class Saved:
    """`place` is where the answer stands already, for a second thought on it, `reminder` where they were asked again."""

    answer: Answer
    place: Place | None
    reminder: Place | None = None


async def this_week(team: TeamId, member: MemberId, deps: Deps) -> list[Open]:
    async with deps.store.open_view(team) as work:
        mine = {circle.id: circle for circle in await work.circles.of(member)}
        found = await work.checkins.open_for(mine, member, deps.now())
        partners = await partners_in(work, [this.id for this, _said in found], member)
        return [Open(mine[this.circle], this, said, partners.get(this.id, ())) for this, said in found]


async def round_for(team: TeamId, member: MemberId, this: RoundId, deps: Deps) -> Open:
    async with deps.store.open_view(team) as work:
        circle, found = await _answerable(work, member, this, deps.now())
        known = await work.checkins.answer_by(this, member)
        partners = await partners_in(work, [this], member)
        return Open(circle, found, known[1] if known else None, partners.get(this, ()))


async def save_answer(team: TeamId, member: MemberId, *, this: RoundId, text: str, wanted: str, deps: Deps) -> Saved:
    """The answer is kept and goes to the thread as a letter; a second one changes the first where it stands."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        circle, found = await _answerable(work, member, this, now)
        said = checkins.answer(found, member, text, wanted)
        number = await work.checkins.save_answer(said)
        if circle.channel is not None:
            await work.outbox.add("checkins.answer", number, to=circle.channel, due=now)
        reminder = key_of("checkins.reminder", this, member)
        places = await work.outbox.where_went([reminder])
        return Saved(said, await work.messages.where_is("checkins.answer", str(number)), places.get(reminder))


async def _answerable(work: Work, member: MemberId, this: RoundId, now: datetime) -> tuple[Circle, Round]:
    found = await work.checkins.get(this)
    circle = await work.circles.get(found.circle)
    circles.check_membership(circle, member)
    circles.check_open(circle)
    checkins.check_open(found, now)
    return circle, found
