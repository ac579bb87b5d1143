"""The top of the Home tab: who you are to me, and the first thing to do."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.features.onboarding import blocks
from bot.slack.blocks import Block
from bot.store.unit_of_work import Work


async def welcome(work: Work, member: MemberId, now: datetime) -> list[Block]:
    known = await work.members.get(member)
    if known is None or await work.members.profile(member) is None:
        return blocks.no_profile()
    if known.paused_until is not None and now < known.paused_until:
        return blocks.on_a_pause(known, known.paused_until)
    return blocks.with_profile(known)


async def what_is_missing(work: Work, member: MemberId, now: datetime) -> list[Block]:
    """For `/mentor`: a profile that is still to be written, or the break somebody is on."""
    known = await work.members.get(member)
    if known is None or await work.members.profile(member) is None:
        return blocks.profile_wanted()
    if known.paused_until is not None and now < known.paused_until:
        return blocks.pause_in_a_line(known.paused_until)
    return []
