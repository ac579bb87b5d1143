"""Home: my next turn in the hot seat, with what I can do about it."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.hotseat import blocks
from bot.features.hotseat.reading import orders_of
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def my_turn(work: Work, member: MemberId, now: datetime) -> list[Block]:
    orders = await orders_of(work, await work.circles.of(member), roles=())
    turns = [(order.circle, session) for order in orders if (session := order.next_for(member, now)) is not None]
    return blocks.my_turns(sorted(turns, key=lambda turn: turn[1].starts))
