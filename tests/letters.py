"""What was promised: the letters of a workspace that still wait, as their composers would see them."""

from contextlib import nullcontext

from sqlalchemy import select

from bot.domain.ids import LetterId, TeamId
from bot.store.outbox import Letter, outbox
from bot.store.unit_of_work import Store, Work


async def letters_of(store: Store, team: TeamId, work: Work | None = None, *, kind: str = "") -> list[Letter]:
    """All or those of a kind, in the order they were added; inside an open block, give that."""
    async with nullcontext(work) if work else store.open_view(team) as open_block:
        question = select(outbox).where(outbox.c.team == team, outbox.c.state == "pending").order_by(outbox.c.id)
        rows = (await open_block.connection.execute(question)).all()
    return [
        Letter(LetterId(row.id), row.key, row.kind, row.subject, row.lane, row.due, row.payload, row.expires)
        for row in rows
        if kind in ("", row.kind)
    ]
