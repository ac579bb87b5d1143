"""My circles, on the Home tab."""

from collections.abc import Sequence
from datetime import datetime

from bot import cards, doors
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.features.circles.blocks import no_circle, rhythm
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.payload import pack
from bot.store.unit_of_work import Work

SHOWN = 6


def _one(circle: Circle, member: MemberId) -> Block:
    value = pack(circle=circle.id)
    if circle.is_alone:
        bring = blocks.button("Invite people", f"circles.bring:{circle.id}", value, style="primary")
        return blocks.section(f"{cards.circle_name(circle)}\n{cards.waiting(circle)}", bring)
    words = f"{cards.circle_name(circle)}\n{rhythm(circle)}\nWith {cards.people(circle.members, me=member)}."
    return blocks.section(words, blocks.button("Show", f"{doors.SHOW_CIRCLE}:{circle.id}", value))


async def my_circles(work: Work, member: MemberId, now: datetime) -> list[Block]:
    return section_of(await work.circles.of(member), member)


async def where_i_sit(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """The same without a heading, for `/mentor`."""
    circles = await work.circles.of(member)
    return section_of(circles, member)[1:] if circles else [not_yet()]


def not_yet() -> Block:
    join = blocks.button("Join a circle", doors.JOIN_CIRCLE)
    return blocks.section("*You are in no circle yet.* Those with room are one tap away.", join)


def section_of(circles: Sequence[Circle], member: MemberId) -> list[Block]:
    if not circles:
        return no_circle()
    shown = [blocks.header("My circles" if len(circles) > 1 else "My circle")]
    for circle in circles[:SHOWN]:
        shown.append(_one(circle, member))
    if len(circles) > SHOWN:
        shown.append(blocks.context(f"And {len(circles) - SHOWN} more: `/mentor circle` lists them all."))
    return shown
