"""Requests for an intro coffee, and what became of them."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, UniqueConstraint, exists, func, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone, Refused
from bot.domain.ids import ChannelId, DraftId, IntroId, MemberId
from bot.domain.intros import Intro, IntroState, Lines
from bot.domain.people import Kind
from bot.store.base import Earliest, Repository, Truth, at_once, earliest, metadata, team_column
from bot.store.types import Moment, Sealed

intros = Table(
    "intros",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("asker", String(20), nullable=False),
    Column("asked", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    # "U1:U2" while the request is open, so that no two are open between two people, whoever asks whom; then NULL.
    Column("open_pair", String(41)),
    Column("because", Sealed("intros.because")),
    Column("lines", Sealed("intros.lines")),
    Column("asked_at", Moment, nullable=False),
    Column("answer_by", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("group", String(20)),
    # Where a lead matched the two: the draft that was published.
    Column("draft", Integer),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "open_pair"),
    Index("ix_intros_due", "team", "state", "answer_by"),
    Index("ix_intros_asker", "team", "asker"),
    Index("ix_intros_asked", "team", "asked"),
)

HAS_NO_GROUP = (intros.c.state == IntroState.ACCEPTED.value) & intros.c.group.is_(None)


class Intros(Repository):
    async def get(self, intro: IntroId) -> Intro:
        found = await self._load(intros.c.id == intro)
        if not found:
            raise Gone("That request isn't there any more. `/mentor match` shows who fits.")
        return found[0]

    async def find(self, intro: IntroId) -> Intro | None:
        found = await self._load(intros.c.id == intro)
        return found[0] if found else None

    async def of(self, members: Collection[MemberId]) -> list[Intro]:
        """All that one of these asked or was asked, oldest first; one query."""
        return await self._load(or_(intros.c.asker.in_(set(members)), intros.c.asked.in_(set(members))))

    async def open_of(self, member: MemberId) -> list[Intro]:
        mine = or_(intros.c.asker == member, intros.c.asked == member)
        return await self._load(intros.c.state == IntroState.ASKED.value, mine)

    async def together(self, member: MemberId, since: datetime) -> list[Intro]:
        """Whom this member was brought together with since then, the newest first."""
        mine = or_(intros.c.asker == member, intros.c.asked == member)
        found = await self._load(intros.c.state == IntroState.ACCEPTED.value, mine, intros.c.answered_at > since)
        return found[::-1]

    async def of_draft(self, draft: DraftId, asker: MemberId) -> Intro | None:
        """What became of somebody whom this draft gave a mentor."""
        found = await self._load(intros.c.draft == draft, intros.c.asker == asker)
        return found[-1] if found else None

    async def all_of_draft(self, draft: DraftId) -> list[Intro]:
        return await self._load(intros.c.draft == draft)

    def earliest_lapse(self) -> Earliest:
        return earliest(intros.c.answer_by, self.mine(intros, intros.c.state == IntroState.ASKED.value))

    async def lapsing(self, until: datetime) -> list[Intro]:
        """Those still open whose time to answer is over."""
        return await self._load(intros.c.state == IntroState.ASKED.value, intros.c.answer_by <= until)

    def earliest_without_group(self) -> Earliest:
        return at_once(self.mine(intros, HAS_NO_GROUP))

    async def without_group(self) -> list[Intro]:
        """Accepted, and the conversation of the two is still to be opened."""
        return await self._load(HAS_NO_GROUP)

    async def waiting_on(self) -> dict[MemberId, int]:
        """How many requests each member still has to answer."""
        waiting = self.mine(intros, intros.c.state == IntroState.ASKED.value)
        found = await self.rows(
            select(intros.c.asked, func.count().label("waiting")).where(waiting).group_by(intros.c.asked)
        )
        return {MemberId(row.asked): int(row.waiting) for row in found}

    async def add(self, intro: Intro) -> Intro:
        """Store a new request (its `id` is not read); `Refused` if one is open between the two already."""
        if not await self.insert_once(intros, _values(intro) | {"version": 1}):
            raise Refused("There is an open request between the two of you already. Your Home tab shows it.")
        added = await self._load(intros.c.open_pair == _pair(intro))
        return added[0]

    async def add_matched(self, matched: Collection[Intro]) -> None:
        """Store pairs that a lead published (their `id` is not read); none of them is open, so any number may be."""
        if matched:
            added = intros.insert().values(team=self.team, version=1)
            await self.connection.execute(added, [_values(intro) for intro in matched])
            self.changes += 1

    async def save(self, intro: Intro) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(intros, intro.id, intro.version, _values(intro))

    async def remember_group(self, intro: IntroId, group: ChannelId) -> bool:
        """Whether it was not known yet."""
        done = await self.run(
            intros.update()
            .where(self.mine(intros, intros.c.id == intro, intros.c.group.is_(None)))
            .values(group=group)
        )
        return bool(done.rowcount)

    async def expire(self, numbers: Collection[IntroId], at: datetime) -> list[IntroId]:
        """End those that are still open; which ones it ended."""
        done = await self.run(
            intros.update()
            .where(self.mine(intros, intros.c.id.in_(set(numbers)), intros.c.state == IntroState.ASKED.value))
            .values(state=IntroState.EXPIRED.value, open_pair=None, answered_at=at, version=intros.c.version + 1)
            .returning(intros.c.id)
        )
        return sorted(IntroId(row.id) for row in done)

    def has_open(self, member: MemberId) -> Truth:
        mine = or_(intros.c.asker == member, intros.c.asked == member)
        return exists().where(self.mine(intros, mine, intros.c.state == IntroState.ASKED.value))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Intro]:
        found = await self.rows(select(intros).where(self.mine(intros, *conditions)).order_by(intros.c.id))
        return [_intro(row) for row in found]


def _pair(intro: Intro) -> str | None:
    return ":".join(sorted((intro.asker, intro.asked))) if intro.is_open else None


def _intro(row: Row[Any]) -> Intro:
    return Intro(
        id=IntroId(row.id),
        asker=MemberId(row.asker),
        asked=MemberId(row.asked),
        kind=Kind(row.kind),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        state=IntroState(row.state),
        because=row.because or "",
        lines=Lines(**(row.lines or {})),
        answered_at=row.answered_at,
        group=ChannelId(row.group) if row.group else None,
        draft=DraftId(row.draft) if row.draft else None,
        version=row.version,
    )


def _values(intro: Intro) -> dict[str, Any]:
    return {
        "asker": intro.asker,
        "asked": intro.asked,
        "kind": intro.kind.value,
        "state": intro.state.value,
        "open_pair": _pair(intro),
        "because": intro.because,
        "lines": asdict(intro.lines),
        "asked_at": intro.asked_at,
        "answer_by": intro.answer_by,
        "answered_at": intro.answered_at,
        "group": intro.group,
        "draft": intro.draft,
    }
