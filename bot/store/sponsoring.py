"""What sponsors take on, and the days on which seasons of reviews begin; the words sealed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Row, String, Table, UniqueConstraint, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone
from bot.domain.ids import MemberId, OutcomeId, RelationshipId
from bot.domain.sponsoring import Act, Outcome, OutcomeState
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.types import Moment, Sealed

outcomes = Table(
    "sponsor_outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("relationship", Integer, nullable=False),
    Column("sponsor", String(20), nullable=False),
    Column("protege", String(20), nullable=False),
    Column("act", String(20), nullable=False),
    Column("what", Sealed("sponsor_outcomes.what"), nullable=False),
    Column("due", Date),
    Column("quiet", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("came", Sealed("sponsor_outcomes.came")),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("remind_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_sponsor_outcomes_relationship", "team", "relationship"),
    Index("ix_sponsor_outcomes_sponsor", "team", "sponsor", "state"),
    Index("ix_sponsor_outcomes_protege", "team", "protege"),
    Index("ix_sponsor_outcomes_remind", "team", "remind_at"),
)
seasons = Table(
    "review_seasons",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("begins", Date, nullable=False),
    Column("told_at", Moment),
    UniqueConstraint("team", "begins"),
    Index("ix_review_seasons_told", "team", "told_at"),
)


class Sponsoring(Repository):
    async def find(self, number: OutcomeId) -> Outcome | None:
        found = await self._load(outcomes.c.id == number)
        return found[0] if found else None

    async def get(self, number: OutcomeId) -> Outcome:
        found = await self.find(number)
        if found is None:
            raise Gone("That isn't there any more. `/mentor sponsor` shows what is.")
        return found

    async def of(self, relationships: Collection[RelationshipId]) -> list[Outcome]:
        if not relationships:
            return []
        return await self._load(outcomes.c.relationship.in_(set(relationships)))

    async def add(self, outcome: Outcome, remind_at: datetime | None) -> Outcome:
        """Store a new one (its `id` is not read)."""
        values = _values(outcome) | {"remind_at": remind_at, "version": 1}
        return await self.get(OutcomeId(await self.insert(outcomes, values)))

    async def save(self, outcome: Outcome, remind_at: datetime | None) -> None:
        """`Stale` if somebody saved in between."""
        values = _values(outcome) | {"remind_at": remind_at}
        await self.save_version(outcomes, outcome.id, outcome.version, values)

    # What is due

    def earliest_reminder(self) -> Earliest:
        return earliest(outcomes.c.remind_at, self.mine(outcomes))

    async def to_remind(self, until: datetime) -> list[Outcome]:
        """Held until the block ends and not given to another replica."""
        numbers = await self.held(outcomes, outcomes.c.remind_at <= until)
        return await self._load(outcomes.c.id.in_(numbers)) if numbers else []

    async def reminded(self, numbers: Collection[OutcomeId]) -> None:
        """Promised once, and never again; the versions stay."""
        await self.run(
            outcomes.update().where(self.mine(outcomes, outcomes.c.id.in_(set(numbers)))).values(remind_at=None)
        )

    async def open_by_sponsor(self) -> dict[MemberId, list[Outcome]]:
        """All that is open, by who took it on."""
        found: dict[MemberId, list[Outcome]] = {}
        for one in await self._load(outcomes.c.state == OutcomeState.OPEN.value):
            found.setdefault(one.sponsor, []).append(one)
        return found

    # Seasons of reviews

    async def seasons(self) -> list[date]:
        """Those that sponsors have not been told of yet, the next one first."""
        mine = self.mine(seasons, seasons.c.told_at.is_not(None))
        return [
            row.begins for row in await self.rows(select(seasons.c.begins).where(mine).order_by(seasons.c.begins))
        ]

    async def plan_season(self, begins: date, told_at: datetime) -> bool:
        """Whether it is new."""
        return await self.insert_once(seasons, {"begins": begins, "told_at": told_at})

    async def drop_season(self, begins: date) -> None:
        await self.run(seasons.delete().where(self.mine(seasons, seasons.c.begins == begins)))

    def earliest_season(self) -> Earliest:
        return earliest(seasons.c.told_at, self.mine(seasons))

    async def seasons_to_tell(self, until: datetime) -> list[date]:
        """Held until the block ends; each is given out once."""
        due = self.mine(seasons, seasons.c.told_at <= until)
        claimed = select(seasons.c.id, seasons.c.begins).where(due).with_for_update(skip_locked=True)
        found = await self.rows(claimed)
        if found:
            these = self.mine(seasons, seasons.c.id.in_([row.id for row in found]))
            await self.run(seasons.update().where(these).values(told_at=None))
        return sorted(row.begins for row in found)

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Outcome]:
        found = await self.rows(select(outcomes).where(self.mine(outcomes, *conditions)).order_by(outcomes.c.id))
        return [_outcome(row) for row in found]


def _outcome(row: Row[Any]) -> Outcome:
    return Outcome(
        act=Act(row.act),
        what=row.what,
        by=row.due,
        quiet=row.quiet,
        id=OutcomeId(row.id),
        relationship=RelationshipId(row.relationship),
        sponsor=MemberId(row.sponsor),
        protege=MemberId(row.protege),
        made_at=row.made_at,
        state=OutcomeState(row.state),
        came=row.came or "",
        settled_at=row.settled_at,
        version=row.version,
    )


def _values(outcome: Outcome) -> dict[str, Any]:
    return {
        "relationship": outcome.relationship,
        "sponsor": outcome.sponsor,
        "protege": outcome.protege,
        "act": outcome.act.value,
        "what": outcome.what,
        "due": outcome.by,
        "quiet": outcome.quiet,
        "state": outcome.state.value,
        "came": outcome.came,
        "made_at": outcome.made_at,
        "settled_at": outcome.settled_at,
    }
