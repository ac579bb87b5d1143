"""Relationships on the Home tab, and what `/mentor` says of them."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.relationships import blocks, reading
from bot.slack.blocks import Block
from bot.store.base import Truth
from bot.store.unit_of_work import Work


async def my_relationships(work: Work, member: MemberId, now: datetime) -> list[Block]:
    every = await reading.mine(work, member, now)
    return blocks.at_home([one for one in every if one.relationship.is_open])


async def what_is_next(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return blocks.in_brief(await reading.mine(work, member, now))


def has_open(work: Work, member: MemberId) -> Truth:
    return work.relationships.has_open(member)
