"""Letters: messages nobody waits for, kept in the same transaction as the fact they speak of.

The key says what makes two letters the same (`commitments.reminder:17:2026-03-12`), so any number of replicas may plan
the same minute. Only kind and subject are kept: the text is composed when the letter is sent, from the facts of then,
and whether it is still wanted is asked at the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.domain.ids import ChannelId, LetterId, MemberId
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("key", String(160), nullable=False),
    Column("lane", String(24), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("payload", Sealed("outbox.payload")),
    Column("due", Moment, nullable=False),
    Column("expires", Moment),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("lease_owner", String(40)),
    Column("lease_until", Moment),
    Column("started", Moment),
    Column("check_at", Moment),
    Column("channel", String(20)),
    Column("ts", String(20)),
    Column("error", Text),
    Column("done", Moment),
    UniqueConstraint("team", "key"),
    Index("ix_outbox_due", "state", "due"),
)


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

    @property
    def number(self) -> int:
        """The subject, where it is a row's number."""
        return int(self.subject)


class Outbox(Repository):
    added = 0
    """How many letters this block has added."""

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
        values = {
            "key": ":".join(part for part in (kind, str(subject), key) if part),
            "lane": to,
            "kind": kind,
            "subject": str(subject),
            "payload": dict(payload) if payload is not None else None,
            "due": due,
            "expires": expires,
            "state": "pending",
            "attempt": 0,
        }
        new = await self.insert_once(outbox, values)
        self.added += new
        return new
