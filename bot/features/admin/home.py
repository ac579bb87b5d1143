"""The leads' part of the Home tab."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.admin import blocks
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def for_leads(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """Nothing for others. A constant number of questions, whatever the size of the workspace."""
    if not await work.programs.roles_of(member):
        return []
    program = await work.programs.current()
    if program is None:
        return []
    people = await work.members.count()
    profiles = await work.members.count_profiles()
    return blocks.for_leads(program, people=people, profiles=profiles, circles=await work.circles.count_open())
