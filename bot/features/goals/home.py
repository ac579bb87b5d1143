"""Home: my goals, and what can be done about each."""

from datetime import date, datetime

from bot.domain.ids import MemberId
from bot.features.goals import blocks, reading
from bot.features.goals.reading import Overview
from bot.slack.blocks import Block
from bot.store.base import Truth
from bot.store.unit_of_work import Work

WITHOUT = blocks.home(Overview(date.min))
"""For somebody who has never set one."""


async def my_goals(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return blocks.home(await reading.overview(work, member, now))


async def in_brief(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: the milestones that are due soon, or were."""
    return blocks.in_brief(await reading.overview(work, member, now))


def has_any(work: Work, member: MemberId) -> Truth:
    return work.goals.has_any(member)
