"""Feedback to presenters and what became of their questions; every word sealed, as it is theirs alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, UniqueConstraint, select

from bot.domain.errors import Stale
from bot.domain.feedback import Feedback, FollowUp, Life
from bot.domain.ids import MemberId, SessionId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("session", Integer, nullable=False),
    Column("presenter", String(20), nullable=False),
    Column("author", String(20), nullable=False),
    Column("example", Sealed("feedback.example"), nullable=False),
    Column("experiment", Sealed("feedback.experiment"), nullable=False),
    Column("due", Moment, nullable=False),
    UniqueConstraint("team", "session", "presenter", "author"),
)

followups = Table(
    "followups",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("presenter", String(20), primary_key=True),
    Column("happened", Sealed("followups.happened")),
    Column("told", Sealed("followups.told")),
    Column("life", String(10)),
    Column("version", Integer, nullable=False),
    Index("ix_followups_presenter", "team", "presenter"),
)


class FeedbackGiven(Repository):
    async def give(self, given: Feedback) -> bool:
        """Once a session and person; whether it is new."""
        values = {"session": given.session, "presenter": given.presenter, "author": given.author}
        words = {"example": given.example, "experiment": given.experiment, "due": given.due}
        return await self.insert_once(feedback, values | words)

    async def to(self, session: SessionId, presenter: MemberId, due: datetime) -> list[Feedback]:
        """What the presenter gets at that moment."""
        mine = self.mine(feedback, feedback.c.session == session, feedback.c.presenter == presenter)
        rows = await self.rows(select(feedback).where(mine, feedback.c.due == due).order_by(feedback.c.id))
        return [_feedback(row) for row in rows]

    async def follow_up(self, session: SessionId, presenter: MemberId) -> FollowUp:
        mine = self.mine(followups, followups.c.session == session, followups.c.presenter == presenter)
        row = await self.first(select(followups).where(mine))
        return _follow_up(row) if row else FollowUp(session, presenter)

    async def save(self, said: FollowUp) -> None:
        """`Stale` if it was saved elsewhere since it was read."""
        values = {"happened": said.happened, "told": said.told, "life": said.life.value if said.life else None}
        key = {"session": said.session, "presenter": said.presenter}
        if said.version == 0:
            if not await self.insert_once(followups, key | values | {"version": 1}):
                raise Stale
            return
        mine = self.mine(followups, followups.c.session == said.session, followups.c.presenter == said.presenter)
        same = followups.update().where(mine, followups.c.version == said.version)
        if (await self.run(same.values(version=said.version + 1, **values))).rowcount != 1:
            raise Stale


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        SessionId(row.session),
        MemberId(row.presenter),
        MemberId(row.author),
        example=row.example,
        experiment=row.experiment,
        due=row.due,
    )


def _follow_up(row: Row[Any]) -> FollowUp:
    life = Life(row.life) if row.life else None
    return FollowUp(
        SessionId(row.session), MemberId(row.presenter), row.happened or "", row.told or "", life, row.version
    )
