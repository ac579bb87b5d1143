"""When there is something to do next, asked of all workspaces in one statement.

It is put together once, which takes longer than to ask it: where a workspace's own name would stand there is the column of
all of them, and what goes by the time is given when it is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import TeamId
from bot.store.base import Asked, Earliest
from bot.store.installations import installations
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Answers:
    """One workspace's, by the name of the question; None for never."""

    team: TeamId
    is_paused: bool
    moments: Mapping[str, datetime | None]


class Questions:
    def __init__(self, questions: Mapping[str, Callable[[Work, Asked], Earliest]]) -> None:
        self._questions = questions
        self._asked = Asked()
        self._statement: Select[Any] | None = None

    async def ask(self, connection: AsyncConnection, now: datetime) -> list[Answers]:
        """By team id, those that are paused too."""
        if self._statement is None:
            self._statement = self._put_together(connection)
        found = await connection.execute(self._statement, self._asked.given(now))
        return [
            Answers(TeamId(team), bool(paused_why), dict(zip(self._questions, moments, strict=True)))
            for team, paused_why, *moments in found.all()
        ]

    def _put_together(self, connection: AsyncConnection) -> Select[Any]:
        # A repository only ever compares with its team, and a column can be compared with as well as a value.
        work = Work(connection, cast(TeamId, installations.c.team))
        moments = [question(work, self._asked) for question in self._questions.values()]
        labelled = [moment.label(f"q{number}") for number, moment in enumerate(moments)]
        return select(installations.c.team, installations.c.paused_why, *labelled).order_by(installations.c.team)
