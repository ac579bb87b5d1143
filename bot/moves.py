"""Sessions moved, left out or held in writing, for whatever reason: what is written down, and who is told.

Each is part of a work block. `by` is who did it, `BY_TAP` where the circle decided. The calendar, the agenda, the briefs
and the quorum follow from the session itself: saving it sets all of them to be looked at again.
"""

from datetime import datetime

from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.sessions import Session, moved, skipped, written
from bot.planning import plan_ahead
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


async def move(work: Work, session: Session, to: datetime, *, circle: Circle, by: MemberId, now: datetime) -> None:
    """Whether it may be moved there is checked by `domain/sessions.check_move` before."""
    await work.sessions.save(moved(session, to, by=by, circle=circle, now=now))
    await work.sessions.forget_presence([session.id])
    details = {"from": session.starts.isoformat(), "to": to.isoformat()}
    await tell(work, "moved", session, circle=circle, by=by, now=now, details=details)


async def leave_out(work: Work, session: Session, *, circle: Circle, by: MemberId, now: datetime) -> None:
    await work.sessions.save(skipped(session, by=by, now=now))
    await tell(work, "skipped", session, circle=circle, by=by, now=now)
    await plan_ahead(work, circle, now)


async def put_in_writing(work: Work, session: Session, *, circle: Circle, by: MemberId, now: datetime) -> None:
    await work.sessions.save(written(session, now=now))
    await tell(work, "written", session, circle=circle, by=by, now=now)


async def tell(
    work: Work,
    what: str,
    session: Session,
    *,
    circle: Circle,
    by: MemberId,
    now: datetime,
    details: dict[str, str] | None = None,
) -> None:
    """Once in the channel, and in the audit log. `session` as it was before."""
    await work.audit.add(Entry(now, by, f"session.{what}", f"session:{session.id}", details or {}))
    if circle.channel:
        payload = {"by": by, "from": session.starts.isoformat()}
        key = str(session.version)
        await work.outbox.add(f"sessions.{what}", session.id, to=circle.channel, due=now, key=key, payload=payload)
