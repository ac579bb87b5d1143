"""Home: this week's questions in my circles."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.checkins import blocks
from bot.features.checkins.flows import Open
from bot.features.checkins.pairs import partners_in
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def this_week(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return blocks.home(await _open(work, member, now))


async def still_silent(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: those that wait for this member's answer."""
    return blocks.waiting([one for one in await _open(work, member, now) if one.said is None])


async def _open(work: Work, member: MemberId, now: datetime) -> list[Open]:
    circles = {circle.id: circle for circle in await work.circles.of(member) if not circle.is_alone}
    found = await work.checkins.open_for(circles, member, now)
    partners = await partners_in(work, [this.id for this, _said in found], member)
    return [Open(circles[this.circle], this, said, partners.get(this.id, ())) for this, said in found]
