"""A repository that asks some questions once a block: the parts of the Home tab want the same circles and sessions.

An answer is good until something is written through the same repository; the next block starts with none.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from bot.domain.ids import TeamId
from bot.store.base import Repository

Answer = TypeVar("Answer")


class Remembering(Repository):
    def __init__(self, connection: AsyncConnection, team: TeamId) -> None:
        super().__init__(connection, team)
        self._answers: dict[Hashable, Any] = {}

    async def once(self, question: Hashable, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        if question not in self._answers:
            self._answers[question] = await ask()
        answer: Answer = self._answers[question]
        return answer

    async def run(self, statement: Executable) -> CursorResult[Any]:
        self._answers.clear()
        return await super().run(statement)

    async def insert(self, table: Table, values: Mapping[str, Any]) -> int:
        self._answers.clear()
        return await super().insert(table, values)

    async def insert_once(self, table: Table, values: Mapping[str, Any]) -> bool:
        self._answers.clear()
        return await super().insert_once(table, values)

    async def save_version(self, table: Table, number: int, version: int, values: Mapping[str, Any]) -> None:
        self._answers.clear()
        await super().save_version(table, number, version, values)
