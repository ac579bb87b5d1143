"""Who was with whom in the sessions in threes."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Column, Integer, String, Table, select

from bot.domain.ids import MemberId, SessionId
from bot.domain.trios import Group
from bot.store.base import Repository, metadata, team_column

trios = Table(
    "trios",
    metadata,
    team_column(primary_key=True),
    Column("session", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("place", Integer, nullable=False),
)


class Trios(Repository):
    async def of(self, sessions: Collection[SessionId]) -> dict[SessionId, tuple[Group, ...]]:
        """The groups of these sessions, of those that had some."""
        found: dict[SessionId, dict[int, list[MemberId]]] = defaultdict(lambda: defaultdict(list))
        mine = self.mine(trios, trios.c.session.in_(set(sessions)))
        rows = await self.rows(select(trios).where(mine).order_by(trios.c.session, trios.c.place, trios.c.member))
        for row in rows if sessions else ():
            found[SessionId(row.session)][row.place].append(MemberId(row.member))
        return {session: tuple(tuple(group) for group in groups.values()) for session, groups in found.items()}

    async def record(self, session: SessionId, groups: Sequence[Group]) -> None:
        """In place of what was there."""
        await self.run(trios.delete().where(self.mine(trios, trios.c.session == session)))
        for place, group in enumerate(groups):
            for member in group:
                await self.insert_once(trios, {"session": session, "member": member, "place": place})
