"""Home: my next turn in the hot seat, with what I can do about it."""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.sessions import Session
from bot.features.hotseat import blocks
from bot.features.hotseat.reading import orders_of
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def my_turn(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return blocks.my_turns(await _turns(work, member, now))


async def my_next_turn(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: the next one alone, with what is to be done for it."""
    return blocks.my_next_turn((await _turns(work, member, now))[:1])


async def _turns(work: Work, member: MemberId, now: datetime) -> list[tuple[Circle, Session]]:
    orders = await orders_of(work, [one for one in await work.circles.of(member) if not one.is_alone], roles=())
    turns = [(order.circle, session) for order in orders if (session := order.next_for(member, now)) is not None]
    return sorted(turns, key=lambda turn: turn[1].starts)
