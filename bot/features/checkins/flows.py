"""Read, decide, write, tell: the answers of a check-in, and the help that is found."""

from dataclasses import dataclass

from bot.domain import checkins
from bot.domain.checkins import Answer, Round
from bot.domain.circles import Circle, check_membership
from bot.domain.ids import MemberId, RoundId, TeamId
from bot.feature import Deps
from bot.store.messages import Place


@dataclass(frozen=True)
class Open:
    """A round that a member can answer, and what they said in it so far."""

    circle: Circle
    this: Round
    said: Answer | None


@dataclass(frozen=True)
class Saved:
    """`place` is where the answer stands already, for a second thought on it."""

    answer: Answer
    place: Place | None


async def this_week(team: TeamId, member: MemberId, deps: Deps) -> list[Open]:
    async with deps.store.open_view(team) as work:
        circles = {circle.id: circle for circle in await work.circles.of(member)}
        found = await work.checkins.open_for(circles, member, deps.now())
        return [Open(circles[this.circle], this, said) for this, said in found]


async def round_for(team: TeamId, member: MemberId, this: RoundId, deps: Deps) -> Open:
    async with deps.store.open_view(team) as work:
        found = await work.checkins.get(this)
        circle = await work.circles.get(found.circle)
        check_membership(circle, member)
        checkins.check_open(found, deps.now())
        known = await work.checkins.answer_by(this, member)
        return Open(circle, found, known[1] if known else None)


async def save_answer(team: TeamId, member: MemberId, *, this: RoundId, text: str, wanted: str, deps: Deps) -> Saved:
    """The answer is kept and goes to the thread as a letter; a second one changes the first where it stands."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        found = await work.checkins.get(this)
        circle = await work.circles.get(found.circle)
        check_membership(circle, member)
        checkins.check_open(found, now)
        said = checkins.answer(found, member, text, wanted)
        number = await work.checkins.save_answer(said)
        if circle.channel is not None:
            await work.outbox.add("checkins.answer", number, to=circle.channel, due=now)
        return Saved(said, await work.messages.where_is("checkins.answer", str(number)))


async def offer_help(team: TeamId, member: MemberId, number: int, deps: Deps) -> Answer:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        answered = await work.checkins.answer(number)
        found = await work.checkins.get(answered.round)
        check_membership(await work.circles.get(found.circle), member)
        picked = checkins.pick_up(answered, member)
        if await work.checkins.give_help(number, member):
            for who in (answered.member, member):
                await work.outbox.add("checkins.help-found", number, to=who, due=now, key=who)
        return picked
