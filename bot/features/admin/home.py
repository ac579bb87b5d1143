"""The leads' part of the Home tab, and what `/mentor` says to them."""

from datetime import datetime

from bot.domain.circles import CircleState
from bot.domain.ids import MemberId
from bot.domain.programs import Program
from bot.features.admin import blocks
from bot.features.admin.blocks import Waiting
from bot.slack.blocks import Block
from bot.store.base import Truth
from bot.store.unit_of_work import Work


async def for_leads(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """Nothing for others. A constant number of questions, whatever the size of the workspace."""
    program = await _led_by(work, member)
    if program is None:
        return []
    people = await work.members.count()
    return blocks.for_leads(program, await waiting(work, program), people=people)


async def what_waits(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: what waits for a lead, each with the button that goes on with it. Nothing for others."""
    program = await _led_by(work, member)
    return [] if program is None else blocks.what_waits(await waiting(work, program))


async def _led_by(work: Work, member: MemberId) -> Program | None:
    return await work.programs.current() if await work.programs.roles_of(member) else None


async def waiting(work: Work, program: Program) -> Waiting:
    latest = await work.drafts.latest(1)
    circles = await work.circles.open()
    return Waiting(
        profiles=await work.members.count_profiles(),
        unplaced=await work.circles.count_unplaced(),
        needed=program.rules.circle_min,
        circles=len(circles),
        draft=latest[0] if latest and latest[0].is_ready else None,
        opening=[circle for circle in circles if circle.state is CircleState.OPENING],
        small=[circle for circle in circles if circle.state is CircleState.ACTIVE and circle.is_small],
    )


def has_role(work: Work, member: MemberId) -> Truth:
    return work.programs.has_role(member)
