"""How intro coffees were, as each of the two says in confidence: read by the matcher, and shown to nobody else."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, exists, select
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import IntroId, MemberId
from bot.domain.intros import LIGHT_KINDS, Fit, IntroState, outcome
from bot.domain.people import Kind
from bot.store.base import Repository, metadata, team_column
from bot.store.intros import intros
from bot.store.relationships import IS_OPEN, relationships
from bot.store.types import Moment

fits = Table(
    "fits",
    metadata,
    team_column(primary_key=True),
    Column("intro", Integer, primary_key=True, autoincrement=False),
    Column("member", String(20), primary_key=True),
    Column("said", String(10), nullable=False),
    Column("at", Moment, nullable=False),
)


class Fits(Repository):
    async def say(self, intro: IntroId, member: MemberId, said: Fit, *, at: datetime) -> None:
        """A second answer takes the place of the first."""
        if not await self.insert_once(fits, {"intro": intro, "member": member, "said": said.value, "at": at}):
            mine = self.mine(fits, fits.c.intro == intro, fits.c.member == member)
            await self.run(fits.update().where(mine).values(said=said.value, at=at))

    async def of(self, intro: IntroId) -> dict[MemberId, Fit]:
        """What was said so far, by who said it."""
        found = await self.rows(select(fits.c.member, fits.c.said).where(self.mine(fits, fits.c.intro == intro)))
        return {MemberId(row.member): Fit(row.said) for row in found}

    async def said_by(self, member: MemberId, said: Fit) -> frozenset[IntroId]:
        """Of which coffees this member said so."""
        own = self.mine(fits, fits.c.member == member, fits.c.said == said.value)
        return frozenset(IntroId(row.intro) for row in await self.rows(select(fits.c.intro).where(own)))

    async def mismatched(self, intros_asked: Collection[IntroId]) -> set[tuple[MemberId, IntroId]]:
        """Who said of which of these that it was no match; one query."""
        these = self.mine(fits, fits.c.intro.in_(set(intros_asked)), fits.c.said == Fit.MISMATCH.value)
        return {(MemberId(row.member), IntroId(row.intro)) for row in await self.rows(select(fits).where(these))}

    async def outcomes(self) -> dict[tuple[MemberId, MemberId], Fit]:
        """Everybody who was brought together, the asker first, and what came of it; one query."""
        said: dict[tuple[MemberId, MemberId], set[Fit]] = defaultdict(set)
        for row in await self._accepted():
            said[MemberId(row.asker), MemberId(row.asked)] |= _answers(row)
        return {pair: outcome(answers) for pair, answers in said.items()}

    async def places_held(self, since: datetime) -> dict[MemberId, int]:
        """How many places of each mentor are taken: by relationships that are open, and by coffees accepted since then
        that none grew out of; those that came to nothing aside."""
        takes_place = intros.c.kind.not_in([kind.value for kind in sorted(LIGHT_KINDS)])
        said: dict[tuple[MemberId, int], set[Fit]] = defaultdict(set)
        for row in await self._accepted(_holds(since), takes_place):
            said[MemberId(row.asked), row.id] |= _answers(row)
        return dict(Counter(mentor for (mentor, _), answers in said.items() if outcome(answers) is Fit.OK))

    async def provided(self, since: datetime) -> frozenset[tuple[MemberId, Kind]]:
        """Who has somebody of a kind, in a relationship or by such a coffee, or has asked somebody."""
        said: dict[tuple[MemberId, Kind, int], set[Fit]] = defaultdict(set)
        for row in await self._accepted(_holds(since)):
            said[MemberId(row.asker), Kind(row.kind), row.id] |= _answers(row)
        asked = self.mine(intros, intros.c.state == IntroState.ASKED.value)
        waiting = await self.rows(select(intros.c.asker, intros.c.kind).where(asked))
        held = {(asker, kind) for (asker, kind, _), answers in said.items() if outcome(answers) is Fit.OK}
        return frozenset(held | {(MemberId(row.asker), Kind(row.kind)) for row in waiting})

    async def _accepted(self, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
        """A row for each answer, and one for each coffee without any."""
        joined = intros.outerjoin(fits, (fits.c.team == intros.c.team) & (fits.c.intro == intros.c.id))
        accepted = self.mine(intros, intros.c.state == IntroState.ACCEPTED.value, *conditions)
        question = select(intros.c.id, intros.c.asker, intros.c.asked, intros.c.kind, fits.c.said).select_from(joined)
        return await self.rows(question.where(accepted).order_by(intros.c.id))


def _holds(since: datetime) -> ColumnElement[bool]:
    """What began holds until it is closed."""
    begun = (relationships.c.team == intros.c.team) & (relationships.c.intro == intros.c.id)
    is_open = exists().where(begun, IS_OPEN)
    return is_open | (~exists().where(begun) & (intros.c.answered_at > since))


def _answers(row: Row[Any]) -> set[Fit]:
    return {Fit(row.said)} if row.said else set()
