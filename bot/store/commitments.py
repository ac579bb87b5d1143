"""Commitments: two slots a member and session, their words sealed, and what became of them.

A replaced commitment stays as it was and frees its slot. `remind_at` is when the next mid-point or last reminder falls
due; it is set by whoever makes or changes a commitment, and is null where no reminder is left.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Row, String, Table, bindparam, func, or_, select
from sqlalchemy.sql import ColumnElement

from bot.domain.commitments import UNDER_WAY, Audience, Cause, Commitment, CommitmentState, Evidence
from bot.domain.errors import Gone, Stale
from bot.domain.ids import CircleId, CommitmentId, MemberId, SessionId
from bot.domain.kept import COUNTED, KeptRate, kept_rate
from bot.domain.reminders import Promised
from bot.store.base import Earliest, Repository, earliest, metadata, team_column
from bot.store.sessions import sessions
from bot.store.types import Moment, Sealed

commitments = Table(
    "commitments",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("owner", String(20), nullable=False),
    Column("circle", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("will", Sealed("commitments.will"), nullable=False),
    Column("due", Date, nullable=False),
    Column("cue", Sealed("commitments.cue")),
    Column("evidence_kind", String(10), nullable=False),
    Column("evidence", Sealed("commitments.evidence")),
    Column("confidence", Integer, nullable=False),
    Column("audience", String(10), nullable=False),
    Column("witness", String(20)),
    Column("buddy", String(20)),
    Column("state", String(10), nullable=False),
    Column("learned", Sealed("commitments.learned")),
    Column("cause", String(20)),
    Column("link", Sealed("commitments.link")),
    Column("settled_at", Moment),
    Column("confirmed_at", Moment),
    Column("told", Sealed("commitments.told")),
    Column("shared_at", Moment),
    Column("midpoint_on", Date),
    Column("last_on", Date),
    Column("remind_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_commitments_owner", "team", "owner", "session"),
    Index("ix_commitments_session", "team", "session"),
    Index("ix_commitments_circle", "team", "circle"),
    Index("ix_commitments_remind", "team", "remind_at"),
    Index("ix_commitments_witness", "team", "witness"),
    Index("ix_commitments_buddy", "team", "buddy"),
)
HOLDS_SLOT = commitments.c.state != CommitmentState.REPLACED.value
Index(
    "uq_commitments_slot",
    commitments.c.team,
    commitments.c.owner,
    commitments.c.session,
    commitments.c.slot,
    unique=True,
    sqlite_where=HOLDS_SLOT,
    postgresql_where=HOLDS_SLOT,
)
IS_UNDER_WAY = commitments.c.state.in_(sorted(state.value for state in UNDER_WAY))


class Commitments(Repository):
    async def find(self, commitment: CommitmentId) -> Commitment | None:
        found = await self._load(commitments.c.id == commitment)
        return found[0] if found else None

    async def get(self, commitment: CommitmentId) -> Commitment:
        found = await self.find(commitment)
        if found is None:
            raise Gone("That commitment isn't there any more. `/mentor commitments` shows yours.")
        return found

    async def add(self, commitment: Commitment) -> Commitment:
        """A new one, with its number; `Stale` if its slot was taken a moment ago."""
        told = {"midpoint_on": commitment.midpoint_on, "last_on": commitment.last_on, "version": 1}
        if not await self.insert_once(commitments, _values(commitment) | told):
            raise Stale("You made one for this session a moment ago. Have a look at your two, then try again.")
        mine = await self.of_owner(commitment.owner, [commitment.session])
        return max((one for one in mine if one.slot == commitment.slot), key=lambda one: one.id)

    async def save(self, commitment: Commitment) -> None:
        """Everything but the reminders, which `promise` keeps; `Stale` if somebody saved in between."""
        await self.save_version(commitments, commitment.id, commitment.version, _values(commitment))

    # What others ask

    async def of_sessions(self, numbers: Collection[SessionId]) -> dict[SessionId, list[Commitment]]:
        """All that were made in these sessions and not replaced, by session; every session asked for has an entry."""
        found: dict[SessionId, list[Commitment]] = {number: [] for number in numbers}
        if numbers:
            for one in await self._load(commitments.c.session.in_(set(numbers)), HOLDS_SLOT):
                found[one.session].append(one)
        return found

    async def shared_with_circle(self, circle: CircleId, session: SessionId) -> list[Commitment]:
        """What members made in that session and let the circle see, with how it stands."""
        shared = commitments.c.audience == Audience.CIRCLE.value
        made_there = (commitments.c.circle == circle) & (commitments.c.session == session)
        return await self._load(made_there, shared, HOLDS_SLOT)

    async def read_back(self, circle: CircleId, before: datetime) -> list[Commitment]:
        """What the circle may see of what was made in its last session before that moment in which any was made.

        Its states are shown with it; what the owner learned is theirs alone, whoever else sees the commitment.
        """
        joined = commitments.join(
            sessions, (sessions.c.team == commitments.c.team) & (sessions.c.id == commitments.c.session)
        )
        newest = await self.first(
            select(commitments.c.session)
            .select_from(joined)
            .where(self.mine(commitments, commitments.c.circle == circle, HOLDS_SLOT, sessions.c.starts < before))
            .order_by(sessions.c.starts.desc(), sessions.c.id.desc())
            .limit(1)
        )
        return await self.shared_with_circle(circle, SessionId(newest.session)) if newest else []

    async def open_or_in(
        self, member: MemberId, numbers: Collection[SessionId], *, settled_since: datetime | None = None
    ) -> list[Commitment]:
        """What the member has under way anywhere or settled lately, and all they made in these sessions; replaced ones
        left out."""
        lately = [commitments.c.settled_at > settled_since] if settled_since else []
        there = or_(IS_UNDER_WAY, *lately, commitments.c.session.in_(set(numbers)))
        found = await self._load(commitments.c.owner == member, HOLDS_SLOT, there)
        return sorted(found, key=lambda one: (one.session, one.slot, one.id))

    async def of_owner(self, member: MemberId, numbers: Collection[SessionId]) -> list[Commitment]:
        """All the member ever made in these sessions, replaced ones too, by session and slot."""
        if not numbers:
            return []
        found = await self._load(commitments.c.owner == member, commitments.c.session.in_(set(numbers)))
        return sorted(found, key=lambda one: (one.session, one.slot, one.id))

    async def seen_by(self, member: MemberId) -> list[Commitment]:
        """What others have under way and let this member see as their witness or buddy."""
        is_buddy = (commitments.c.buddy == member) & (commitments.c.audience == Audience.BUDDY.value)
        found = await self._load(IS_UNDER_WAY, or_(commitments.c.witness == member, is_buddy))
        return sorted(found, key=lambda one: (one.by, one.id))

    async def history(
        self, member: MemberId, states: Collection[CommitmentState], *, skip: int, most: int
    ) -> tuple[list[Commitment], int]:
        """A page of all that the member ever made and that stands so, the newest first; and how many there are."""
        wanted = [commitments.c.state.in_(sorted(state.value for state in states))] if states else []
        mine = self.mine(commitments, commitments.c.owner == member, *wanted)
        newest = commitments.c.made_at.desc(), commitments.c.id.desc()
        found = await self.rows(select(commitments).where(mine).order_by(*newest).offset(skip).limit(most))
        count = await self.first(select(func.count().label("many")).where(mine))
        return [_commitment(row) for row in found], count.many if count else 0

    async def kept_rate(self, member: MemberId, today: date) -> KeptRate:
        """Of all that was due for the member so far, how much was kept. For nobody's eyes but theirs."""
        found = await self.rows(
            select(commitments.c.state, func.count().label("many"))
            .where(self.mine(commitments, commitments.c.owner == member, _came_due(today)))
            .group_by(commitments.c.state)
        )
        return kept_rate({CommitmentState(row.state): row.many for row in found})

    async def standings(self, today: date) -> dict[CircleId, dict[MemberId, dict[CommitmentState, int]]]:
        """How many of what was due stand how, by circle and owner; one question. For `kept.figures`, which hides the few."""
        by = commitments.c.circle, commitments.c.owner, commitments.c.state
        counted = (
            select(*by, func.count().label("many")).where(self.mine(commitments, _came_due(today))).group_by(*by)
        )
        found: dict[CircleId, dict[MemberId, dict[CommitmentState, int]]] = {}
        for row in await self.rows(counted):
            standing = found.setdefault(CircleId(row.circle), {}).setdefault(MemberId(row.owner), {})
            standing[CommitmentState(row.state)] = row.many
        return found

    # Reminders

    def earliest_reminder(self) -> Earliest:
        return earliest(commitments.c.remind_at, self.mine(commitments))

    async def to_remind(self, until: datetime) -> list[Commitment]:
        """Those with a reminder up to then, held until the block ends and not given to another replica."""
        numbers = await self.held(commitments, commitments.c.remind_at <= until)
        return await self._load(commitments.c.id.in_(numbers)) if numbers else []

    async def promise(self, promised: Collection[Promised]) -> None:
        """Keep for which mornings reminders were promised, and when the next one falls due.

        Not a change that anybody else could have missed, so the versions stay.
        """
        rows = [
            {
                "number": one.commitment.id,
                "midpoint_on": one.commitment.midpoint_on,
                "last_on": one.commitment.last_on,
                "remind_at": one.next_at,
            }
            for one in promised
        ]
        if rows:
            this = self.mine(commitments, commitments.c.id == bindparam("number"))
            await self.connection.execute(commitments.update().where(this), rows)

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Commitment]:
        found = await self.rows(
            select(commitments).where(self.mine(commitments, *conditions)).order_by(commitments.c.id)
        )
        return [_commitment(row) for row in found]


def _came_due(today: date) -> ColumnElement[bool]:
    """What ended in a way that counts, or is past its day."""
    settled = commitments.c.state.in_(sorted(state.value for state in COUNTED))
    return or_(settled, IS_UNDER_WAY & (commitments.c.due < today))


def _commitment(row: Row[Any]) -> Commitment:
    return Commitment(
        id=CommitmentId(row.id),
        owner=MemberId(row.owner),
        circle=CircleId(row.circle),
        session=SessionId(row.session),
        slot=row.slot,
        made_at=row.made_at,
        will=row.will,
        by=row.due,
        cue=row.cue or "",
        evidence_kind=Evidence(row.evidence_kind),
        evidence=row.evidence or "",
        confidence=row.confidence,
        audience=Audience(row.audience),
        witness=MemberId(row.witness) if row.witness else None,
        buddy=MemberId(row.buddy) if row.buddy else None,
        state=CommitmentState(row.state),
        learned=row.learned or "",
        cause=Cause(row.cause) if row.cause else None,
        link=row.link or "",
        settled_at=row.settled_at,
        confirmed_at=row.confirmed_at,
        update=row.told or "",
        shared_at=row.shared_at,
        midpoint_on=row.midpoint_on,
        last_on=row.last_on,
        version=row.version,
    )


def _values(commitment: Commitment) -> dict[str, Any]:
    return {
        "owner": commitment.owner,
        "circle": commitment.circle,
        "session": commitment.session,
        "slot": commitment.slot,
        "made_at": commitment.made_at,
        "will": commitment.will,
        "due": commitment.by,
        "cue": commitment.cue,
        "evidence_kind": commitment.evidence_kind.value,
        "evidence": commitment.evidence,
        "confidence": commitment.confidence,
        "audience": commitment.audience.value,
        "witness": commitment.witness,
        "buddy": commitment.buddy,
        "state": commitment.state.value,
        "learned": commitment.learned,
        "cause": commitment.cause.value if commitment.cause else None,
        "link": commitment.link,
        "settled_at": commitment.settled_at,
        "confirmed_at": commitment.confirmed_at,
        "told": commitment.update,
        "shared_at": commitment.shared_at,
    }
