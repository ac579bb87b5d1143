"""Programs, and the roles people hold in the workspace."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, Date, Integer, Row, String, Table, Text, exists, select

from bot.domain.ids import MemberId, ProgramId
from bot.domain.programs import Program, Role, Rules
from bot.store.base import Repository, Truth, metadata, team_column
from bot.store.types import Json

programs = Table(
    "programs",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("name", Text, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("starts", Date, nullable=False),
    Column("rules", Json, nullable=False),
    Column("version", Integer, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    team_column(primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("role", String(20), primary_key=True),
)


class Programs(Repository):
    async def get(self, program: ProgramId) -> Program | None:
        row = await self.first(select(programs).where(self.mine(programs, programs.c.id == program)))
        return _program(row) if row else None

    async def all(self) -> list[Program]:
        found = await self.rows(select(programs).where(self.mine(programs)).order_by(programs.c.id))
        return [_program(row) for row in found]

    async def current(self) -> Program | None:
        """The program that started last, which members mean when they name none."""
        every = await self.all()
        return every[-1] if every else None

    async def add(self, program: Program) -> ProgramId:
        """Store a new program (its `id` is not read); its number."""
        return ProgramId(await self.insert(programs, _values(program) | {"version": 1}))

    async def save(self, program: Program) -> None:
        await self.save_version(programs, program.id, program.version, _values(program))

    async def roles_of(self, member: MemberId) -> frozenset[Role]:
        found = await self.rows(select(roles.c.role).where(self.mine(roles, roles.c.member == member)))
        return frozenset(Role(row.role) for row in found)

    def has_role(self, member: MemberId) -> Truth:
        return exists().where(self.mine(roles, roles.c.member == member))

    async def roles(self) -> dict[MemberId, frozenset[Role]]:
        held: dict[MemberId, set[Role]] = {}
        for row in await self.rows(select(roles).where(self.mine(roles)).order_by(roles.c.member)):
            held.setdefault(MemberId(row.member), set()).add(Role(row.role))
        return {member: frozenset(names) for member, names in held.items()}

    async def give_role(self, member: MemberId, role: Role) -> bool:
        """Whether it is new."""
        return await self.insert_once(roles, {"member": member, "role": role.value})

    async def take_role(self, member: MemberId, role: Role) -> None:
        await self.run(roles.delete().where(self.mine(roles, roles.c.member == member, roles.c.role == role.value)))


def _program(row: Row[Any]) -> Program:
    return Program(
        id=ProgramId(row.id),
        name=row.name,
        zone=row.zone,
        starts=row.starts,
        rules=_rules(row.rules),
        version=row.version,
    )


def _rules(stored: Mapping[str, Any]) -> Rules:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    }
    return Rules(**given)


def _values(program: Program) -> dict[str, Any]:
    return {
        "name": program.name,
        "zone": program.zone,
        "starts": program.starts,
        "rules": asdict(program.rules),
    }
