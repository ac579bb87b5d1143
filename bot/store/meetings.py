"""Who has met whom in a session: asked of the sessions and who was there, kept nowhere else."""

from datetime import datetime

from sqlalchemy import select

from bot.domain.ids import MemberId
from bot.domain.sessions import COUNTS, Presence
from bot.store.base import Repository
from bot.store.sessions import attendance, sessions


class Meetings(Repository):
    async def met_since(self, since: datetime) -> set[tuple[MemberId, MemberId]]:
        """Pairs who were both there in a session that counts; the smaller id first."""
        one, other = attendance.alias("one"), attendance.alias("other")
        present = Presence.PRESENT.value
        joined = one.join(
            other, (one.c.team == other.c.team) & (one.c.session == other.c.session) & (one.c.member < other.c.member)
        ).join(sessions, (sessions.c.team == one.c.team) & (sessions.c.id == one.c.session))
        found = await self.rows(
            select(one.c.member.label("one"), other.c.member.label("other"))
            .distinct()
            .select_from(joined)
            .where(
                self.mine(
                    sessions, sessions.c.starts > since, sessions.c.state.in_(sorted(state.value for state in COUNTS))
                ),
                one.c.presence == present,
                other.c.presence == present,
            )
        )
        return {(MemberId(row.one), MemberId(row.other)) for row in found}
