"""The people of a draft by their names: for menus that offer them alone, and for sentences that speak of ids."""

import re
from collections.abc import Collection, Mapping

from bot.domain.ids import DraftId, MemberId
from bot.feature import Deps
from bot.features.matching import drafting
from bot.features.matching.previews import Preview
from bot.slack.requests import Request
from bot.slack.text import mention

MOST = 100
"""Options a menu shows; who looks for another one types."""


def people_of(shown: Preview) -> set[MemberId]:
    return {*shown.waiting, *(member for group in shown.groups for member in group)}


async def like(by: Request, number: DraftId, typed: str, deps: Deps) -> list[tuple[str, str]]:
    """Those whose name has what was typed in it, by name."""
    shown = await drafting.preview_for(by, number, deps)
    names = await names_of(by, people_of(shown), deps)
    wanted = typed.strip().casefold()
    found = [(name, member) for member, name in names.items() if wanted in name.casefold()]
    return sorted(found, key=lambda one: (one[0].casefold(), one[1]))[:MOST]


async def names_of(by: Request, members: Collection[MemberId], deps: Deps) -> Mapping[str, str]:
    async with deps.store.open_view(by.team) as work:
        return {member: person.name for member, person in (await work.members.named(list(members))).items()}


def mentioned(words: str, people: Collection[MemberId]) -> str:
    """With mentions in place of the ids of these people."""
    if not people:
        return words
    either = "|".join(re.escape(member) for member in sorted(people, key=len, reverse=True))
    return re.sub(rf"(?<![\w@])(?:{either})\b", lambda found: mention(MemberId(found[0])), words)
