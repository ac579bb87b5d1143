"""Who is asked whether a post is there, and what their answer does.

One person is asked: who made the circle, or who has been in it longest; about anything else, who runs the program. Any
member of the circle may answer, and so may a lead.
"""

from datetime import datetime

from bot.domain.errors import Gone, Refused
from bot.domain.ids import ChannelId, LetterId, MemberId
from bot.domain.programs import Act, may
from bot.feature import Deps, Moot, Outcome, Send, standing
from bot.features.lost import blocks
from bot.slack.requests import Click
from bot.store.base import Earliest
from bot.store.outbox import Letter, Standing, State
from bot.store.unit_of_work import Work

KIND = "lost.question"


@standing
def next_question(work: Work) -> Earliest:
    return work.outbox.next_unasked(KIND)


async def ask(work: Work, now: datetime) -> None:
    for lost in await work.outbox.unasked(KIND):
        if who := await _who_decides(work, lost.letter):
            await work.outbox.add(KIND, lost.letter.id, to=who, due=now)


async def compose(work: Work, letter: Letter, now: datetime) -> Outcome:
    lost = await work.outbox.show(LetterId(letter.number))
    if lost is None or lost.state is not State.UNCERTAIN:
        return Moot("it is settled")
    return Send(blocks.question(lost.letter))


async def it_is_there(request: Click, letter: LetterId, deps: Deps) -> Letter | None:
    """The letter, or None where it was settled before."""
    async with deps.store.open_work(request.team) as work:
        lost = await _to_be_decided(work, request.member, letter)
        done = await work.outbox.settle(letter, None, by=request.member, now=deps.now())
        return lost.letter if done else None


async def post_again(request: Click, letter: LetterId, deps: Deps) -> Standing | None:
    """The same; where its time is over it is not posted, for nobody would want it any more."""
    async with deps.store.open_work(request.team) as work:
        lost = await _to_be_decided(work, request.member, letter)
        if lost.state is not State.UNCERTAIN or not await work.outbox.retry(
            letter, by=request.member, now=deps.now()
        ):
            return None
        return lost


async def _to_be_decided(work: Work, member: MemberId, letter: LetterId) -> Standing:
    lost = await work.outbox.show(letter)
    if lost is None:
        raise Gone
    circle = None if lost.letter.member else await work.circles.in_channel(ChannelId(lost.letter.to))
    in_circle = circle is not None and member in circle.members
    if not in_circle and not may(Act.RUN_PROGRAM, await work.programs.roles_of(member)):
        raise Refused("Only a member of that circle, or who runs the program, can say that.")
    return lost


async def _who_decides(work: Work, letter: Letter) -> MemberId | None:
    circle = None if letter.member else await work.circles.in_channel(ChannelId(letter.to))
    if circle and circle.members:
        return circle.made_by if circle.made_by in circle.members else circle.members[0]
    leads = sorted(await work.programs.roles())
    return leads[0] if leads else None
