"""What is said to those who run a program: once, when they become its owner or a lead."""

from datetime import datetime

from bot.domain.ids import MemberId
from bot.domain.manners import Manner
from bot.domain.programs import Role
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.admin import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def owner(work: Work, letter: Letter, now: datetime) -> Outcome:
    if Role.OWNER not in await work.programs.roles_of(MemberId(letter.to)):
        return Moot("they own it no more")
    return Send(blocks.now_owner(await work.programs.current()))


async def lead(work: Work, letter: Letter, now: datetime) -> Outcome:
    if Role.LEAD not in await work.programs.roles_of(MemberId(letter.to)):
        return Moot("they lead no more")
    return Send(blocks.now_lead(await work.programs.current(), (letter.payload or {}).get("by")))


LETTERS = (
    LetterKind("admin.owner", owner, Manner.RECEIPT),
    LetterKind("admin.lead", lead, Manner.REPLY),
)
