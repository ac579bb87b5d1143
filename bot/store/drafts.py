"""Drafts of circles and of pairs.

What each was drawn from and what came out is sealed, with the few figures a list needs in the open.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Row, String, Table, Text, UniqueConstraint, select

from bot.domain.drafts import ByHand, Draft, DraftKind, DraftState, Figures
from bot.domain.errors import Gone, Refused
from bot.domain.ids import DraftId, MemberId, ProgramId
from bot.domain.people import Kind
from bot.store.base import Earliest, Repository, at_once, earliest, metadata, or_at_once, team_column
from bot.store.types import Moment, Sealed

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("program", Integer, nullable=False),
    Column("made_by", String(20), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    # True while it is being drawn, so that a workspace draws one at a time; then NULL.
    Column("drawing", Boolean),
    Column("everyone", Boolean, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("matcher", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("placed", Integer, nullable=False),
    Column("circles", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("published_by", String(20)),
    Column("published_at", Moment),
    Column("kind", String(10), nullable=False, server_default="circles"),
    Column("sought", String(20)),
    Column("after", Integer),
    Column("served", Integer, nullable=False, server_default="0"),
    # The draft that is drawn once more in this row, to see whether it comes out the same.
    Column("checks", Integer),
    Column("by_hand", Sealed("drafts.by_hand")),
    Column("document", Sealed("drafts.document")),
    Column("drawn", Sealed("drafts.drawn")),
    Column("result", Sealed("drafts.result")),
    Column("outline", Sealed("drafts.outline")),
    Column("claimed_until", Moment),
    Column("shown", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "drawing"),
)

DONE = [DraftState.READY.value, DraftState.FAILED.value, DraftState.CHECKED.value]
IS_UNSEEN = drafts.c.state.in_(DONE) & drafts.c.shown.is_(False)
LIGHT = [
    column
    for column in drafts.c
    if column.name not in ("document", "drawn", "result", "outline", "claimed_until", "shown")
]
"""Everything but the large texts, which are megabytes in a large program."""


class Drafts(Repository):
    async def get(self, draft: DraftId) -> Draft:
        row = await self.first(select(*LIGHT).where(self.mine(drafts, drafts.c.id == draft)))
        if row is None:
            raise Gone("That draft isn't there any more. `/mentor match circles` draws a new one.")
        return _draft(row)

    async def latest(self, count: int) -> list[Draft]:
        """The newest first; drafts that were only drawn once more to check them aside."""
        own = self.mine(drafts, drafts.c.checks.is_(None))
        found = await self.rows(select(*LIGHT).where(own).order_by(drafts.c.id.desc()).limit(count))
        return [_draft(row) for row in found]

    async def document(self, draft: DraftId) -> str:
        """What it was drawn from: the matching document as JSON."""
        return await self._text(draft, drafts.c.document)

    async def drawn(self, draft: DraftId) -> str:
        """What the matcher answered, byte for byte; "" before it was drawn."""
        return await self._text(draft, drafts.c.drawn)

    async def result(self, draft: DraftId) -> str:
        """The circles or pairs as they stand now, with the swaps made by hand; "" before it was drawn."""
        return await self._text(draft, drafts.c.result)

    async def outline(self, draft: DraftId) -> Any:
        """What a preview says of the result, as JSON; None where nothing was kept."""
        row = await self.first(select(drafts.c.outline).where(self.mine(drafts, drafts.c.id == draft)))
        return row.outline if row else None

    async def last_published(self, kind: DraftKind) -> Draft | None:
        of_kind = self.mine(drafts, drafts.c.kind == kind.value, drafts.c.state == DraftState.PUBLISHED.value)
        row = await self.first(select(*LIGHT).where(of_kind).order_by(drafts.c.id.desc()).limit(1))
        return _draft(row) if row else None

    async def add(self, draft: Draft, document: str) -> Draft:
        """Store a draft to be drawn; `Refused` while another one of this workspace is being drawn."""
        values = _values(draft) | {"document": document, "shown": False, "version": 1}
        if not await self.insert_once(drafts, values):
            raise Refused(
                "A draft is being drawn right now. It shows up as soon as it is ready; then you can draw again."
            )
        added = await self.drawing()
        return added or draft

    async def save(self, draft: Draft) -> None:
        """`Stale` if somebody saved in between. The large texts stay as they are."""
        await self.save_version(drafts, draft.id, draft.version, _values(draft))

    async def save_drawn(self, draft: Draft, drawn: str, outline: Any = None) -> None:
        values = _values(draft) | {"drawn": drawn, "result": drawn, "outline": outline, "shown": False}
        await self.save_version(drafts, draft.id, draft.version, values)

    async def save_result(self, draft: Draft, result: str, outline: Any = None) -> None:
        values = _values(draft) | {"result": result, "outline": outline}
        await self.save_version(drafts, draft.id, draft.version, values)

    def earliest_to_finish(self) -> Earliest:
        """When one may be drawn; at once where one waits to be shown as drawn."""
        drawing = self.mine(drafts, drafts.c.drawing.is_(True))
        return at_once(self.mine(drafts, IS_UNSEEN), otherwise=earliest(or_at_once(drafts.c.claimed_until), drawing))

    async def claim(self, now: datetime, until: datetime) -> Draft | None:
        """The draft that waits to be drawn, if nobody else is at it; nobody else gets it before `until`."""
        done = await self.run(
            drafts.update()
            .where(self.mine(drafts, drafts.c.drawing.is_(True), or_at_once(drafts.c.claimed_until) <= now))
            .values(claimed_until=until)
            .returning(drafts.c.id)
        )
        row = done.first()
        return await self.get(DraftId(row.id)) if row else None

    async def renew(self, draft: DraftId, until: datetime) -> None:
        """Nobody else gets it before `until`, if it is still being drawn."""
        await self._claimed(draft, until)

    async def release(self, draft: DraftId) -> None:
        """Whoever is at it stops before it is drawn, so that the next one may begin at once."""
        await self._claimed(draft, None)

    async def _claimed(self, draft: DraftId, until: datetime | None) -> None:
        drawing = self.mine(drafts, drafts.c.id == draft, drafts.c.drawing.is_(True))
        await self.run(drafts.update().where(drawing).values(claimed_until=until).returning(drafts.c.id))

    async def drawing(self) -> Draft | None:
        """The one that is being drawn."""
        row = await self.first(select(*LIGHT).where(self.mine(drafts, drafts.c.drawing.is_(True))))
        return _draft(row) if row else None

    async def to_show(self) -> list[Draft]:
        """Those drawn since their message said that they are being drawn."""
        found = await self.rows(select(*LIGHT).where(self.mine(drafts, IS_UNSEEN)).order_by(drafts.c.id))
        return [_draft(row) for row in found]

    async def remember_shown(self, draft: DraftId) -> None:
        await self.run(drafts.update().where(self.mine(drafts, drafts.c.id == draft)).values(shown=True))

    async def _text(self, draft: DraftId, column: Column[Any]) -> str:
        row = await self.first(select(column.label("text")).where(self.mine(drafts, drafts.c.id == draft)))
        return str(row.text or "") if row else ""


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=DraftId(row.id),
        program=ProgramId(row.program),
        made_by=MemberId(row.made_by),
        made_at=row.made_at,
        state=DraftState(row.state),
        everyone=row.everyone,
        seed=row.seed,
        by_hand=_by_hand(row.by_hand or {}),
        figures=Figures(row.people, row.placed, row.circles, row.served),
        matcher=row.matcher,
        problem=row.problem,
        published_by=MemberId(row.published_by) if row.published_by else None,
        published_at=row.published_at,
        kind=DraftKind(row.kind),
        sought=Kind(row.sought) if row.sought else None,
        after=DraftId(row.after) if row.after else None,
        checks=DraftId(row.checks) if row.checks else None,
        version=row.version,
    )


def _by_hand(stored: Mapping[str, list[list[str]]]) -> ByHand:
    return ByHand(
        locked=tuple(tuple(map(MemberId, group)) for group in stored.get("locked", [])),
        apart=tuple((MemberId(one), MemberId(other)) for one, other in stored.get("apart", [])),
        swaps=tuple((MemberId(one), MemberId(other)) for one, other in stored.get("swaps", [])),
    )


def _values(draft: Draft) -> dict[str, Any]:
    by_hand = draft.by_hand
    return {
        "program": draft.program,
        "made_by": draft.made_by,
        "made_at": draft.made_at,
        "state": draft.state.value,
        "drawing": True if draft.state is DraftState.DRAWING else None,
        "everyone": draft.everyone,
        "seed": draft.seed,
        "matcher": draft.matcher,
        "people": draft.figures.people,
        "placed": draft.figures.placed,
        "circles": draft.figures.circles,
        "served": draft.figures.served,
        "problem": draft.problem,
        "published_by": draft.published_by,
        "published_at": draft.published_at,
        "kind": draft.kind.value,
        "sought": draft.sought.value if draft.sought else None,
        "after": draft.after,
        "checks": draft.checks,
        "by_hand": {"locked": by_hand.locked, "apart": by_hand.apart, "swaps": by_hand.swaps},
    }
