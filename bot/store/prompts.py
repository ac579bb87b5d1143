"""The questions that programs wrote themselves, sealed, by family. A family without a row is as it ships."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Column, Integer, String, Table, select

from bot.domain.errors import Stale
from bot.domain.ids import ProgramId
from bot.domain.prompts import Own
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Sealed

prompts = Table(
    "checkin_prompts",
    metadata,
    team_column(primary_key=True),
    Column("program", Integer, primary_key=True),
    Column("family", String(20), primary_key=True),
    Column("questions", Sealed("checkin_prompts.questions"), nullable=False),
    Column("version", Integer, nullable=False),
)


class Prompts(Repository):
    async def of(self, programs: Collection[ProgramId]) -> dict[ProgramId, Own]:
        """What each of these programs asks in its own words; one question."""
        found: dict[ProgramId, dict[str, tuple[str, ...]]] = defaultdict(dict)
        if programs:
            mine = self.mine(prompts, prompts.c.program.in_(set(programs)))
            for row in await self.rows(select(prompts).where(mine)):
                found[ProgramId(row.program)][row.family] = tuple(row.questions)
        return dict(found)

    async def version(self, program: ProgramId, family: str) -> int:
        """0 where it is as it ships."""
        this = self.mine(prompts, prompts.c.program == program, prompts.c.family == family)
        row = await self.first(select(prompts.c.version).where(this))
        return row.version if row else 0

    async def save(self, program: ProgramId, family: str, questions: Collection[str], *, version: int) -> None:
        """`Stale` if somebody saved in between."""
        if version == 0:
            values = {"program": program, "family": family, "questions": list(questions), "version": 1}
            if not await self.insert_once(prompts, values):
                raise Stale
            return
        this = self.mine(
            prompts, prompts.c.program == program, prompts.c.family == family, prompts.c.version == version
        )
        changed = prompts.update().where(this).values(questions=list(questions), version=version + 1)
        if (await self.run(changed)).rowcount != 1:
            raise Stale

    async def restore(self, program: ProgramId, family: str) -> bool:
        """Whether there was anything to take back."""
        this = self.mine(prompts, prompts.c.program == program, prompts.c.family == family)
        return (await self.run(prompts.delete().where(this))).rowcount == 1
