"""Open requests for a coffee on the Home tab."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.matching import intro_blocks
from bot.slack.blocks import Block
from bot.store.base import Truth
from bot.store.unit_of_work import Work


async def open_intros(work: Work, member: MemberId, _now: datetime) -> list[Block]:
    return intro_blocks.at_home(member, await work.intros.open_of(member))


def has_open(work: Work, member: MemberId) -> Truth:
    return work.intros.has_open(member)
