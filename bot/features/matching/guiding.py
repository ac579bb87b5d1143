"""The guide for a first meeting: of its kind, of the length the two have, as the program has it."""

from bot.domain.errors import Refused
from bot.domain.guides import GUIDES, LENGTHS
from bot.domain.ids import IntroId
from bot.domain.intros import Intro, check_fit
from bot.feature import Deps
from bot.features.matching import intro_blocks
from bot.slack.blocks import Message
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


async def guide(work: Work, intro: Intro, minutes: int = LENGTHS[0]) -> Message:
    profiles = await work.members.profiles_of([intro.asker, intro.asked])
    given = {member: one.boundaries for member, one in sorted(profiles.items()) if one.boundaries}
    text = await work.templates.text(GUIDES[intro.kind, minutes])
    known = await work.members.named([intro.asker, intro.asked])
    names = {member: one.name for member, one in known.items()}
    return intro_blocks.guide(intro, given, intro_blocks.guide_text(intro, text, names), minutes)


async def switch(by: Request, number: IntroId, minutes: int, deps: Deps) -> Message:
    """The shorter or the longer one, for one of the two."""
    async with deps.store.open_view(by.team) as work:
        intro = await work.intros.get(number)
        check_fit(intro, by.member)
        if minutes not in LENGTHS:
            raise Refused("I have a guide for 15 minutes and one for 30.")
        return await guide(work, intro, minutes)
