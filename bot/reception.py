"""Meeting people: whoever speaks to the bot for the first time is looked up in Slack and remembered.

The first person of all owns the bot until the settings name somebody, and gives it a first program; without that, a new
installation could do nothing and would not say why.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.ids import MemberId, ProgramId, TeamId
from bot.domain.people import Member
from bot.domain.programs import Program, Role
from bot.slack.directory import Directory, refreshed
from bot.store.unit_of_work import Store, Work

FIRST_PROGRAM = "Mentoring"


class Reception:
    def __init__(
        self, store: Store, directory: Directory, *, now: Callable[[], datetime], owners: Collection[str] = ()
    ) -> None:
        self._store = store
        self._directory = directory
        self._now = now
        self._owners = frozenset(owners)

    async def meet(self, team: TeamId, member: MemberId) -> None:
        """Nothing for somebody who is known; `Refused` for apps, strangers and deactivated accounts."""
        if not member:
            return
        async with self._store.open_view(team) as work:
            known = await work.members.get(member)
        if known is not None and not known.left:
            return
        seen = await self._directory.look_up(team, member)
        if seen.left:
            raise Refused("Your account here is deactivated, so I can't do that.")
        await self._welcome(team, refreshed(known, seen) if known else seen)

    async def _welcome(self, team: TeamId, member: Member) -> None:
        async with self._store.open_work(team) as work:
            await work.members.save(member)
            if member.id in self._owners or (not self._owners and not await work.programs.roles()):
                new = await work.programs.give_role(member.id, Role.OWNER)
                if new:
                    await work.outbox.add("admin.owner", member.id, to=member.id, due=self._now())
            await self._found_program(work, member)

    async def _found_program(self, work: Work, member: Member) -> None:
        if await work.programs.current() is None:
            today = when.local(self._now(), member.tz).date()
            await work.programs.add(Program(ProgramId(0), FIRST_PROGRAM, member.tz, today))
