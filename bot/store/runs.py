"""Sessions under way, each with the stages it was started with, so that a changed protocol changes none that has begun.

`look_at` is when the bot has something to do: at once where the message is to be drawn again, else when the stage ends.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, Table, Text, UniqueConstraint, select

from bot.domain.duties import Duty
from bot.domain.errors import Gone
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.domain.runs import Leg, Run
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.types import Json, Moment

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("session", Integer, nullable=False),
    Column("circle", Integer, nullable=False),
    Column("protocol", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("legs", Json, nullable=False),
    Column("started", Moment, nullable=False),
    Column("by", String(20)),
    Column("facilitator", String(20)),
    Column("began", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("place", Integer, nullable=False),
    Column("paused", Moment),
    Column("extra", Integer, nullable=False),
    Column("over", Moment),
    Column("look_at", Moment),
    Column("version", Integer, nullable=False),
    UniqueConstraint("team", "session"),
    Index("ix_runs_look", "team", "look_at"),
)


class Runs(Repository):
    async def find(self, session: SessionId) -> Run | None:
        row = await self.first(select(runs).where(self.mine(runs, runs.c.session == session)))
        return _run(row) if row else None

    async def get(self, session: SessionId) -> Run:
        found = await self.find(session)
        if found is None:
            raise Gone("That session has not been started. `/mentor session` shows where things stand.")
        return found

    async def of(self, sessions: Collection[SessionId]) -> dict[SessionId, Run]:
        if not sessions:
            return {}
        found = await self.rows(select(runs).where(self.mine(runs, runs.c.session.in_(set(sessions)))))
        return {SessionId(row.session): _run(row) for row in found}

    async def add(self, run: Run, now: datetime) -> bool:
        """Whether it is new: two people may press Start at the same moment."""
        return await self.insert_once(runs, _values(run) | {"session": run.session, "look_at": now, "version": 1})

    async def save(self, run: Run, now: datetime) -> None:
        """As it stands, to be drawn at once; `Stale` if somebody changed it in between."""
        found = await self.first(select(runs.c.id).where(self.mine(runs, runs.c.session == run.session)))
        if found is None:
            raise Gone
        await self.save_version(runs, found.id, run.version, _values(run) | {"look_at": now})

    def earliest_look(self) -> Earliest:
        return earliest(runs.c.look_at, self.mine(runs))

    async def due(self, now: datetime) -> list[Run]:
        """Those with something to do now; held until the block ends, and not given to another replica."""
        waiting = self.mine(runs, runs.c.look_at <= now)
        claimed = select(runs).where(waiting).order_by(runs.c.id).with_for_update(skip_locked=True)
        return [_run(row) for row in await self.rows(claimed)]

    async def look_again(self, session: SessionId, at: datetime | None, *, version: int | None = None) -> None:
        """When to look at it next; with a version only where nobody has changed it since."""
        same = [runs.c.version == version] if version is not None else []
        await self.run(runs.update().where(self.mine(runs, runs.c.session == session, *same)).values(look_at=at))


def _values(run: Run) -> dict[str, Any]:
    return {
        "circle": run.circle,
        "protocol": run.protocol,
        "title": run.title,
        "legs": [_as_json(leg) for leg in run.legs],
        "started": run.started,
        "by": run.by,
        "facilitator": run.facilitator,
        "began": run.began,
        "until": run.until,
        "place": run.place,
        "paused": run.paused,
        "extra": int(run.extra.total_seconds()),
        "over": run.over,
    }


def _as_json(leg: Leg) -> dict[str, Any]:
    return {
        "name": leg.name,
        "says": leg.says,
        "seconds": int(leg.length.total_seconds()),
        "lines": {duty.value: line for duty, line in leg.lines.items()},
        "seat": leg.seat,
        "two": leg.two,
    }


def _leg(stored: Mapping[str, Any]) -> Leg:
    lines = {Duty(duty): line for duty, line in stored["lines"].items()}
    length = timedelta(seconds=stored["seconds"])
    return Leg(stored["name"], stored["says"], length, lines, stored["seat"], stored["two"])


def _run(row: Row[Any]) -> Run:
    return Run(
        session=SessionId(row.session),
        circle=CircleId(row.circle),
        protocol=row.protocol,
        title=row.title,
        legs=tuple(_leg(leg) for leg in row.legs),
        started=row.started,
        by=MemberId(row.by) if row.by else None,
        facilitator=MemberId(row.facilitator) if row.facilitator else None,
        began=row.began,
        until=row.until,
        place=row.place,
        paused=row.paused,
        extra=timedelta(seconds=row.extra),
        over=row.over,
        version=row.version,
    )
