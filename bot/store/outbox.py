"""Letters: messages nobody waits for, kept in the same transaction as the fact they speak of.

The key says what makes two letters the same (`commitments.reminder:17:2026-03-12`), so any number of replicas may plan
the same minute. Only kind and subject are kept: the text is composed when the letter is sent, from the facts of then,
and whether it is still wanted is asked at the same moment. How a letter is claimed and sent is in `delivery`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    case,
    cast,
    exists,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.ids import ChannelId, LetterId, MemberId, TeamId, Timestamp
from bot.store.audit import Audit, Entry
from bot.store.base import Earliest, Repository, at_once, metadata
from bot.store.messages import Messages, Place
from bot.store.types import Moment, Sealed


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    """Somebody holds a lease on it; nothing else of its lane moves."""
    UNKNOWN = "unknown"
    """It may have been sent: looked for after a quarantine; its lane stays closed until then."""
    UNCERTAIN = "uncertain"
    """Looked for in vain, because the bot may not read there. Never sent again by itself."""
    SENT = "sent"
    CARRIED = "carried"
    """It goes, or went, as a part of another letter's message; what becomes of that one becomes of it."""
    MOOT = "moot"
    EXPIRED = "expired"
    DEAD = "dead"
    """Given up; the error is kept and the operator told."""


# The index conditions are literals, and so are those of the questions: a bound value would not match a partial index.
IS_PENDING = text("state = 'pending'")
IN_FLIGHT = text("state IN ('sending', 'unknown')")
IS_SENDING = text("state = 'sending'")
IS_UNKNOWN = text("state = 'unknown'")
IS_UNCERTAIN = text("state = 'uncertain'")
IS_DEAD = text("state = 'dead'")
IS_DONE = text("done IS NOT NULL")
EXPIRES = text("state = 'pending' AND expires IS NOT NULL")
IS_COUNTED = text("week IS NOT NULL")
IS_SHARED = text("carrier IS NOT NULL")

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    # No index on it alone: with old statistics PostgreSQL may walk a whole backlog by it.
    Column("team", String(20), nullable=False),
    Column("key", String(160), nullable=False),
    Column("recipient", String(24), nullable=False),
    Column("lane", String(24), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("payload", Sealed("outbox.payload")),
    Column("due", Moment, nullable=False),
    Column("expires", Moment),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("lease_owner", String(40)),
    Column("lease_until", Moment),
    Column("started", Moment),
    Column("check_at", Moment),
    Column("channel", String(20)),
    Column("thread", String(20)),
    Column("ts", String(20)),
    Column("error", Text),
    Column("done", Moment),
    Column("why", Text),
    Column("week", String(10)),
    Column("carrier", Integer),
    Column("carries", Boolean),
    UniqueConstraint("team", "key"),
    Index("ix_outbox_pending", "team", "due", "id", sqlite_where=IS_PENDING, postgresql_where=IS_PENDING),
    Index("ix_outbox_lane", "team", "lane", "due", "id", sqlite_where=IS_PENDING, postgresql_where=IS_PENDING),
    Index("ix_outbox_expires", "team", "expires", sqlite_where=EXPIRES, postgresql_where=EXPIRES),
    Index("uq_outbox_flying", "team", "lane", unique=True, sqlite_where=IN_FLIGHT, postgresql_where=IN_FLIGHT),
    Index("ix_outbox_lease", "team", "lease_until", sqlite_where=IS_SENDING, postgresql_where=IS_SENDING),
    Index("ix_outbox_check", "team", "check_at", sqlite_where=IS_UNKNOWN, postgresql_where=IS_UNKNOWN),
    Index("ix_outbox_uncertain", "team", "id", sqlite_where=IS_UNCERTAIN, postgresql_where=IS_UNCERTAIN),
    Index("ix_outbox_dead", "team", "id", sqlite_where=IS_DEAD, postgresql_where=IS_DEAD),
    Index("ix_outbox_told", "team", "recipient", "week", sqlite_where=IS_COUNTED, postgresql_where=IS_COUNTED),
    Index("ix_outbox_carrier", "team", "carrier", sqlite_where=IS_SHARED, postgresql_where=IS_SHARED),
    Index("ix_outbox_done", "done", sqlite_where=IS_DONE, postgresql_where=IS_DONE),
)


# For lists: a payload that does not open, after a key was lost, must not hide the others.
_BUT_PAYLOAD = [column for column in outbox.c if column.name != "payload"]
_ALONE = and_(outbox.c.carries.is_not(True), outbox.c.carrier.is_(None))
"""Its message is its own, so it may be written anew on its account."""
OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True)
class Letter:
    """A letter as its composer sees it. `to` is a member (their DM with the bot) or a channel."""

    id: LetterId
    key: str
    kind: str
    subject: str
    to: MemberId | ChannelId
    due: datetime
    payload: Mapping[str, Any] | None = None
    expires: datetime | None = None

    @property
    def number(self) -> int:
        """The subject, where it is a row's number."""
        return int(self.subject)

    @property
    def member(self) -> MemberId | None:
        """Whom it goes to, when it goes to a person."""
        return MemberId(self.to) if is_member(self.to) else None


@dataclass(frozen=True)
class Standing:
    """A letter as the operator sees it."""

    letter: Letter
    state: State
    attempt: int
    error: str
    started: datetime | None
    done: datetime | None
    place: Place | None
    expires: datetime | None = None
    failures: int = 0
    check_at: datetime | None = None
    lane: str = ""
    why: str = ""
    """Why it waits, as manners have it."""
    carrier: LetterId | None = None
    """The letter in whose message it goes."""

    def is_over(self, now: datetime) -> bool:
        """Whether it is of no use any more."""
        return self.expires is not None and self.expires <= now


@dataclass(frozen=True)
class Promise:
    """A letter to a member as it was promised."""

    key: str
    kind: str
    to: MemberId
    due: datetime
    expires: datetime | None


def is_member(to: str) -> bool:
    """Whether an address is a person's, not a channel's."""
    return to[:1] in ("U", "W")


def key_of(kind: str, subject: str | int, key: str = "") -> str:
    """What makes two letters the same."""
    return ":".join(part for part in (kind, str(subject), key) if part)


class Outbox(Repository):
    def __init__(self, connection: AsyncConnection, team: TeamId) -> None:
        super().__init__(connection, team)
        self.added = 0
        """How many letters this block has added."""
        self.story: list[tuple[str, str]] = []
        """What this block did to which letter, by its key: for the log, once it is committed."""
        self.promised: list[Promise] = []
        """Those of them that go to a member."""

    async def add(
        self,
        kind: str,
        subject: str | int,
        *,
        to: MemberId | ChannelId,
        due: datetime,
        expires: datetime | None = None,
        key: str = "",
        payload: Mapping[str, Any] | None = None,
    ) -> bool:
        """Promise a letter; whether it is new. `key` tells apart letters of one kind and subject (a date, a member)."""
        named = key_of(kind, subject, key)
        values = {
            "key": named,
            "recipient": to,
            "lane": to,
            "kind": kind,
            "subject": str(subject),
            "payload": dict(payload) if payload is not None else None,
            "due": due,
            "expires": expires,
            "state": State.PENDING.value,
            "attempt": 0,
            "failures": 0,
        }
        new = await self.insert_once(outbox, values)
        self.added += new
        if new:
            self.story.append(("promised", named))
        if new and is_member(to):
            self.promised.append(Promise(named, kind, MemberId(to), due, expires))
        return new

    async def place(self, key: str, due: datetime, why: str) -> None:
        """Where manners put a letter that was promised a moment ago."""
        mine = self.mine(outbox, outbox.c.key == key, is_(State.PENDING))
        await self.run(outbox.update().where(mine).values(due=due, why=why))

    async def where_went(self, keys: Collection[str]) -> dict[str, Place]:
        """Where the letters with these keys stand, those of them that were sent."""
        if not keys:
            return {}
        sent = self.mine(outbox, outbox.c.key.in_(set(keys)), is_(State.SENT), _ALONE)
        found = await self.rows(select(outbox.c.key, outbox.c.channel, outbox.c.ts).where(sent))
        return {row.key: Place(ChannelId(row.channel), Timestamp(row.ts)) for row in found if row.channel and row.ts}

    async def went_about(self, kind: str, subjects: Collection[str]) -> dict[str, list[tuple[MemberId, Place]]]:
        """To whom the letters of this kind about these subjects went, and where they stand."""
        about = self.mine(outbox, outbox.c.kind == kind, outbox.c.subject.in_(set(subjects)), is_(State.SENT))
        about &= _ALONE
        found: dict[str, list[tuple[MemberId, Place]]] = {subject: [] for subject in subjects}
        columns = (outbox.c.subject, outbox.c.recipient, outbox.c.channel, outbox.c.ts)
        for row in await self.rows(select(*columns).where(about).order_by(outbox.c.id)) if subjects else ():
            place = Place(ChannelId(row.channel), Timestamp(row.ts))
            found[row.subject].append((MemberId(row.recipient), place))
        return found

    async def standing(self, *states: State, limit: int = 50) -> list[Standing]:
        """Letters in these states (in any, when none is named), the newest first."""
        condition = [outbox.c.state.in_([state.value for state in states])] if states else []
        found = await self.rows(
            select(*_BUT_PAYLOAD).where(self.mine(outbox, *condition)).order_by(outbox.c.id.desc()).limit(limit)
        )
        return [standing_of(row) for row in found]

    async def show(self, letter: LetterId) -> Standing | None:
        row = await self.first(select(*_BUT_PAYLOAD).where(self._this(letter)))
        return standing_of(row) if row else None

    async def find(self, which: str) -> Standing | None:
        """By its number or its key."""
        this = outbox.c.key == which
        if which.isascii() and which.isdecimal() and len(which) < 10:
            this = outbox.c.id == int(which)
        row = await self.first(select(*_BUT_PAYLOAD).where(self.mine(outbox, this)))
        return standing_of(row) if row else None

    async def stuck(self, now: datetime) -> list[Standing]:
        """Letters that do not go by themselves as they should: given up, uncertain, or long overdue; the oldest first."""
        late = and_(is_(State.PENDING), outbox.c.due < now - OVERDUE)
        among = or_(is_(State.DEAD), is_(State.UNCERTAIN), is_(State.UNKNOWN), late)
        found = await self.rows(select(*_BUT_PAYLOAD).where(self.mine(outbox, among)).order_by(outbox.c.id))
        return [standing_of(row) for row in found]

    def next_unasked(self, kind: str) -> Earliest:
        """At once, where there is an uncertain letter that nobody was asked about by a letter of this kind."""
        return at_once(self._unasked(kind))

    async def unasked(self, kind: str) -> list[Standing]:
        found = await self.rows(select(*_BUT_PAYLOAD).where(self._unasked(kind)).order_by(outbox.c.id))
        return [standing_of(row) for row in found]

    def _unasked(self, kind: str) -> ColumnElement[bool]:
        question = outbox.alias("question")
        key = literal(f"{kind}:") + cast(outbox.c.id, String)
        asked = exists().where(question.c.team == self.team, question.c.key == key)
        # Whether a question itself has arrived is nothing to ask about.
        return self.mine(outbox, is_(State.UNCERTAIN), outbox.c.kind != kind, ~asked)

    async def settle(self, letter: LetterId, place: Place | None, *, by: MemberId, now: datetime) -> bool:
        """Somebody has seen an uncertain letter standing there, at `place` where they say; whether there was one to
        settle."""
        values: dict[str, Any] = {"state": State.SENT.value, "done": now}
        if place:
            values |= {"channel": place.channel, "ts": place.ts}
        entry = Entry(now, by, "outbox.settle", str(letter), {})
        if not await self._decide(letter, (State.UNCERTAIN, State.UNKNOWN), values, entry):
            return False
        standing = await self.show(letter)
        if standing and place:
            told = standing.letter
            await Messages(self.connection, self.team).remember(told.kind, told.subject, place)
        return True

    async def retry(self, letter: LetterId, *, by: MemberId, now: datetime) -> bool:
        """Send what was given up once more; whether it was in a state that allows it. What is of no use after a certain
        moment still is not, unless somebody wants it although that is over."""
        given_up = (State.DEAD, State.UNCERTAIN, State.MOOT, State.EXPIRED)
        fresh = {
            "state": State.PENDING.value,
            "due": now,
            "failures": 0,
            "expires": case((outbox.c.state == State.EXPIRED.value, null()), else_=outbox.c.expires),
            "done": None,
            "error": None,
        }
        return await self._decide(letter, given_up, fresh, Entry(now, by, "outbox.retry", str(letter), {}))

    async def drop(self, letter: LetterId, why: str, *, by: MemberId, now: datetime) -> bool:
        """Give a letter up for a reason; whether it was in a state that allows it. One in flight is not dropped."""
        open_ = (State.PENDING, State.DEAD, State.UNCERTAIN)
        dropped = {"state": State.MOOT.value, "done": now, "error": f"dropped: {why}"}
        return await self._decide(letter, open_, dropped, Entry(now, by, "outbox.drop", str(letter), {"why": why}))

    async def _decide(
        self, letter: LetterId, allowed: tuple[State, ...], values: Mapping[str, Any], entry: Entry
    ) -> bool:
        among = outbox.c.state.in_([state.value for state in allowed])
        changed = outbox.update().where(self._this(letter) & among).values(**values)
        row = await self.first(changed.returning(outbox.c.key))
        if row is None:
            return False
        self.changes += 1
        self.story.append((entry.act, row.key))
        self.added += values["state"] == State.PENDING
        await Audit(self.connection, self.team).add(entry)
        return True

    def _this(self, letter: LetterId) -> ColumnElement[bool]:
        return self.mine(outbox, outbox.c.id == letter)


def is_(state: State) -> ColumnElement[bool]:
    return outbox.c.state == literal_column(f"'{state.value}'")


def letter_of(row: Row[Any]) -> Letter:
    """Without its payload, where the row was read without it."""
    return Letter(
        id=LetterId(row.id),
        key=row.key,
        kind=row.kind,
        subject=row.subject,
        to=ChannelId(row.recipient),
        due=row.due,
        payload=getattr(row, "payload", None),
        expires=row.expires,
    )


def standing_of(row: Row[Any]) -> Standing:
    return Standing(
        letter=letter_of(row),
        state=State(row.state),
        attempt=row.attempt,
        error=row.error or "",
        started=row.started,
        done=row.done,
        place=Place(ChannelId(row.channel), Timestamp(row.ts)) if row.channel and row.ts else None,
        expires=row.expires,
        failures=row.failures,
        check_at=row.check_at,
        lane=row.lane,
        why=row.why or "",
        carrier=row.carrier,
    )
