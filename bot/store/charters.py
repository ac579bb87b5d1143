"""Charters: every version with who signed it, what is due for each, and the programs' templates."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, UniqueConstraint, select

from bot.domain.charters import Charter, Clause, Template, Words
from bot.domain.circles import CircleState
from bot.domain.errors import Stale
from bot.domain.ids import CircleId, MemberId, ProgramId
from bot.store.base import Earliest, Repository, at_once, earliest, metadata, team_column
from bot.store.circles import circles
from bot.store.types import Moment, Sealed


class Due(StrEnum):
    """What the bot does next for a charter."""

    POST = "post"
    REMIND = "remind"
    REVISIT = "revisit"


# One row for each circle that has a charter: its newest version, and what is due.
charters = Table(
    "charters",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("due", String(10), nullable=False),
    Column("look_at", Moment),
    Column("mark_at", Moment),
    Column("bookmark", String(20)),
    Column("canvas", String(20)),
    UniqueConstraint("team", "circle"),
    Index("ix_charters_look", "team", "look_at"),
    Index("ix_charters_mark", "team", "mark_at"),
)

texts = Table(
    "charter_texts",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Sealed("charter_texts.words"), nullable=False),
    Column("by", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("team", "circle", "number"),
)

signatures = Table(
    "charter_signatures",
    metadata,
    team_column(primary_key=True),
    Column("circle", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
)

templates = Table(
    "charter_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("program", Integer, nullable=False),
    Column("words", Sealed("charter_templates.words"), nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "program"),
)


@dataclass(frozen=True)
class Marked:
    """What stands for the charter in its channel besides the message."""

    circle: CircleId
    number: int
    bookmark: str
    canvas: str


class Charters(Repository):
    async def newest(self, circle: CircleId) -> Charter | None:
        head = await self.first(select(charters.c.number).where(self.mine(charters, charters.c.circle == circle)))
        return await self.version(circle, head.number) if head else None

    async def hold(self, circle: CircleId) -> Charter | None:
        """The same; nobody else changes it until this block ends."""
        mine = self.mine(charters, charters.c.circle == circle)
        await self.run(select(charters.c.id).where(mine).with_for_update())
        return await self.newest(circle)

    async def version(self, circle: CircleId, number: int) -> Charter | None:
        found = await self._load(circle, number)
        return found[0] if found else None

    async def history(self, circle: CircleId, most: int = 20) -> list[Charter]:
        """The newest first."""
        return (await self._load(circle))[::-1][:most]

    async def write(self, charter: Charter, *, due: Due, look_at: datetime | None) -> None:
        """A new version; `Stale` where there is one of that number already."""
        values = {"circle": charter.circle, "number": charter.number, "by": charter.by, "at": charter.at}
        said = {clause.value: words for clause, words in charter.words.items()}
        if not await self.insert_once(texts, values | {"words": said}):
            raise Stale
        head = {"number": charter.number, "due": due.value, "look_at": look_at}
        if not await self.insert_once(charters, {"circle": charter.circle, **head}):
            await self.run(
                charters.update().where(self.mine(charters, charters.c.circle == charter.circle)).values(**head)
            )

    async def sign(self, circle: CircleId, number: int, member: MemberId, at: datetime) -> bool:
        """Whether it is new: a second tap signs no second time."""
        return await self.insert_once(signatures, {"circle": circle, "number": number, "member": member, "at": at})

    # What is due

    def earliest_missing(self) -> Earliest:
        return at_once(self._without())

    async def missing(self) -> list[CircleId]:
        """Running circles that have none yet."""
        found = await self.rows(select(circles.c.id).where(self._without()).order_by(circles.c.id))
        return [CircleId(row.id) for row in found]

    def _without(self) -> Any:
        there = select(charters.c.circle).where(self.mine(charters))
        return self.mine(circles, circles.c.state == CircleState.ACTIVE.value, circles.c.id.not_in(there))

    def earliest_look(self) -> Earliest:
        return earliest(charters.c.look_at, self.mine(charters))

    async def to_look_at(self, now: datetime) -> list[tuple[CircleId, Due]]:
        due = select(charters).where(self.mine(charters, charters.c.look_at <= now)).order_by(charters.c.id)
        return [(CircleId(row.circle), Due(row.due)) for row in await self.rows(due)]

    async def look_again(self, circle: CircleId, due: Due, at: datetime | None) -> None:
        await self._set(circle, due=due.value, look_at=at)

    # What stands for it in the channel

    def earliest_mark(self) -> Earliest:
        return earliest(charters.c.mark_at, self.mine(charters))

    async def to_mark(self, now: datetime) -> list[Marked]:
        found = await self.rows(select(charters).where(self.mine(charters, charters.c.mark_at <= now)))
        return [Marked(CircleId(row.circle), row.number, row.bookmark or "", row.canvas or "") for row in found]

    async def mark_again(self, circle: CircleId, at: datetime | None) -> None:
        await self._set(circle, mark_at=at)

    async def marked(self, circle: CircleId, *, bookmark: str, canvas: str) -> None:
        await self._set(circle, mark_at=None, bookmark=bookmark or None, canvas=canvas or None)

    async def _set(self, circle: CircleId, **values: Any) -> None:
        await self.run(charters.update().where(self.mine(charters, charters.c.circle == circle)).values(**values))

    # Templates

    async def template(self, program: ProgramId) -> Template:
        row = await self.first(select(templates).where(self.mine(templates, templates.c.program == program)))
        return Template(_words(row.words), row.version) if row else Template()

    async def templates_of(self, programs: Collection[ProgramId]) -> dict[ProgramId, Template]:
        found = await self.rows(select(templates).where(self.mine(templates, templates.c.program.in_(set(programs)))))
        kept = {ProgramId(row.program): Template(_words(row.words), row.version) for row in found}
        return {program: kept.get(program, Template()) for program in programs}

    async def save_template(self, program: ProgramId, words: Words, *, seen: int) -> None:
        """`Stale` where somebody saved since that version was read."""
        values = {"words": {clause.value: text for clause, text in words.items()}}
        if not seen:
            if not await self.insert_once(templates, {"program": program, "version": 1, **values}):
                raise Stale
            return
        mine = self.mine(templates, templates.c.program == program, templates.c.version == seen)
        if (await self.run(templates.update().where(mine).values(version=seen + 1, **values))).rowcount != 1:
            raise Stale

    async def _load(self, circle: CircleId, number: int | None = None) -> list[Charter]:
        this = [texts.c.number == number] if number is not None else []
        found = await self.rows(
            select(texts).where(self.mine(texts, texts.c.circle == circle, *this)).order_by(texts.c.number)
        )
        given: dict[int, set[MemberId]] = defaultdict(set)
        for row in await self.rows(select(signatures).where(self.mine(signatures, signatures.c.circle == circle))):
            given[row.number].add(MemberId(row.member))
        return [_charter(row, given[row.number]) for row in found]


def _charter(row: Row[Any], signed: set[MemberId]) -> Charter:
    return Charter(
        CircleId(row.circle), row.number, _words(row.words), MemberId(row.by), row.at, signed=frozenset(signed)
    )


def _words(stored: Mapping[str, str]) -> Words:
    return {clause: stored.get(clause.value, "") for clause in Clause}
