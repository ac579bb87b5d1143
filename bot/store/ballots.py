"""Ballots and who tapped what; a vote is a row of its own, so that two taps at once are both counted."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, UniqueConstraint, select
from sqlalchemy.sql import ColumnElement

from bot.domain.ballots import Ballot, Option, Topic
from bot.domain.errors import Gone
from bot.domain.ids import BallotId, CircleId, MemberId
from bot.store.base import Earliest, Repository, at_once, earliest, metadata, team_column
from bot.store.types import Json, Moment

ballots = Table(
    "ballots",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("circle", Integer, nullable=False),
    Column("topic", String(10), nullable=False),
    Column("subject", Integer, nullable=False),
    Column("occasion", String(40), nullable=False),
    Column("options", Json, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("closes", Moment, nullable=False),
    # The same as `closes` while it is open, then NULL: what the index below is about.
    Column("closes_open", Moment),
    Column("outcome", String(20), nullable=False),
    Column("is_void", Boolean, nullable=False),
    # Decided, while the message still shows it open.
    Column("to_draw", Boolean, nullable=False),
    UniqueConstraint("team", "topic", "subject", "occasion"),
    Index("ix_ballots_closes", "team", "topic", "closes_open"),
    Index("ix_ballots_to_draw", "team", "topic", "to_draw"),
)

votes = Table(
    "ballot_votes",
    metadata,
    team_column(primary_key=True),
    Column("ballot", Integer, primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("choice", String(20), nullable=False),
)


class Ballots(Repository):
    async def find(self, ballot: BallotId) -> Ballot | None:
        found = await self._load(ballots.c.id == ballot)
        return found[0] if found else None

    async def get(self, ballot: BallotId) -> Ballot:
        found = await self.find(ballot)
        if found is None:
            raise Gone("That question isn't there any more.")
        return found

    async def hold(self, ballot: BallotId) -> Ballot:
        """The same as `get`; nobody else votes in it or ends it until this block ends."""
        await self.run(select(ballots.c.id).where(self.mine(ballots, ballots.c.id == ballot)).with_for_update())
        return await self.get(ballot)

    async def about(self, topic: Topic, subjects: Collection[int]) -> dict[int, list[Ballot]]:
        """All that were ever put about these, the oldest first."""
        found: dict[int, list[Ballot]] = {subject: [] for subject in subjects}
        wanted = (ballots.c.topic == topic.value, ballots.c.subject.in_(set(subjects)))
        for ballot in await self._load(*wanted) if subjects else ():
            found[ballot.subject].append(ballot)
        return found

    def earliest_closing(self, topic: Topic) -> Earliest:
        return earliest(ballots.c.closes_open, self.mine(ballots, ballots.c.topic == topic.value))

    async def closing(self, topic: Topic, now: datetime) -> list[Ballot]:
        """Open ones whose time is over."""
        return await self._load(ballots.c.topic == topic.value, ballots.c.closes_open <= now)

    async def put(self, ballot: Ballot) -> bool:
        """Open a ballot (its `id` is not read); False where this was asked on this occasion already."""
        values = {
            "circle": ballot.circle,
            "topic": ballot.topic.value,
            "subject": ballot.subject,
            "occasion": ballot.occasion,
            "options": [[option.key, dict(option.details)] for option in ballot.options],
            "opened": ballot.opened,
            "closes": ballot.closes,
            "closes_open": ballot.closes,
            "outcome": "",
            "is_void": False,
            "to_draw": False,
        }
        return await self.insert_once(ballots, values)

    async def vote(self, ballot: BallotId, member: MemberId, choice: str) -> None:
        """A later tap takes the place of an earlier one."""
        if not await self.insert_once(votes, {"ballot": ballot, "member": member, "choice": choice}):
            mine = self.mine(votes, votes.c.ballot == ballot, votes.c.member == member)
            await self.run(votes.update().where(mine).values(choice=choice))

    async def close(self, ballot: BallotId, outcome: str) -> bool:
        """Keep what was decided, once; "" where it decides nothing any more."""
        is_open = self.mine(ballots, ballots.c.id == ballot, ballots.c.closes_open.is_not(None))
        ended = (
            ballots.update()
            .where(is_open)
            .values(outcome=outcome, is_void=not outcome, closes_open=None, to_draw=True)
        )
        return (await self.run(ended)).rowcount == 1

    def earliest_to_draw(self, topic: Topic) -> Earliest:
        return at_once(self.mine(ballots, ballots.c.topic == topic.value, ballots.c.to_draw))

    async def to_draw(self, topic: Topic) -> list[Ballot]:
        """Decided ones whose message still shows them open."""
        return await self._load(ballots.c.topic == topic.value, ballots.c.to_draw)

    async def drawn(self, ballot: BallotId) -> None:
        await self.run(ballots.update().where(self.mine(ballots, ballots.c.id == ballot)).values(to_draw=False))

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Ballot]:
        found = await self.rows(select(ballots).where(self.mine(ballots, *conditions)).order_by(ballots.c.id))
        given = await self._votes([row.id for row in found])
        return [_ballot(row, given[row.id]) for row in found]

    async def _votes(self, numbers: Sequence[int]) -> dict[int, dict[MemberId, str]]:
        given: dict[int, dict[MemberId, str]] = defaultdict(dict)
        mine = self.mine(votes, votes.c.ballot.in_(set(numbers)))
        for row in await self.rows(select(votes).where(mine).order_by(votes.c.member)) if numbers else ():
            given[row.ballot][MemberId(row.member)] = row.choice
        return given


def _ballot(row: Row[Any], given: Mapping[MemberId, str]) -> Ballot:
    return Ballot(
        id=BallotId(row.id),
        circle=CircleId(row.circle),
        topic=Topic(row.topic),
        subject=row.subject,
        occasion=row.occasion,
        options=tuple(Option(key, details) for key, details in row.options),
        opened=row.opened,
        closes=row.closes,
        votes=given,
        outcome=row.outcome,
        is_void=row.is_void,
    )
