"""Home: my open commitments in each circle, with what I can do about them."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.commitments import blocks, reading
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def my_commitments(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return blocks.home(await reading.overview(work, member, now))


async def still_open(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: a line for each, with the button that settles it."""
    return blocks.still_open(await reading.overview(work, member, now))
