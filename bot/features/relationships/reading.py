"""What one of the two may see of a relationship, read for them alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.agreements import Standing, left_this_month
from bot.domain.audience import may_see
from bot.domain.commitments import SLOTS, PairCommitment
from bot.domain.ids import MeetingId, MemberId, RelationshipId
from bot.domain.meetings import Meeting
from bot.domain.relationships import Relationship, check_part
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Shown:
    """A relationship as this member sees it."""

    relationship: Relationship
    me: MemberId
    now: datetime
    meeting: Meeting | None = None
    """The one that is planned."""
    held: int = 0
    """How often they met."""
    agreement: Standing = field(default_factory=Standing)
    minutes_left: int | None = None
    """Of what they agreed on for this month; None where nothing was agreed."""
    promises: Sequence[PairCommitment] = ()
    """What came out of the last meeting or is under way, as far as this member may see it."""
    last_met: MeetingId | None = None

    @property
    def may_promise(self) -> bool:
        """Whether there is room for one more after the last meeting."""
        mine = [one for one in self.promises if one.owner == self.me and one.meeting == self.last_met]
        return self.last_met is not None and len(mine) < len(SLOTS)

    @property
    def other(self) -> MemberId:
        return self.relationship.other(self.me)

    @property
    def is_over(self) -> bool:
        """Whether the planned meeting has begun, so that it can be said how it was."""
        return self.meeting is not None and self.meeting.at <= self.now


async def own(work: Work, number: RelationshipId, member: MemberId) -> Relationship:
    """Refused before anything of it is seen by somebody else."""
    found = await work.relationships.get(number)
    check_part(found, member)
    return found


async def shown(work: Work, number: RelationshipId, member: MemberId, now: datetime) -> Shown:
    found = await own(work, number, member)
    meeting = (await work.meetings.next_of([number])).get(number)
    held = await work.meetings.held_of(number)
    agreement = await work.agreements.of(number)
    left = left_this_month(agreement.current.terms if agreement.current else None, held, now)
    last = held[-1].id if held else None
    every = await work.pair_commitments.open_or_of(number, [last] if last else [])
    seen = [one for one in every if may_see(one, member, found.members)]
    return Shown(found, member, now, meeting, len(held), agreement, left, seen, last)


async def mine(work: Work, member: MemberId, now: datetime) -> list[Shown]:
    """All of a member's, those that are open first; a constant number of questions."""
    every = await work.relationships.of(member)
    planned = await work.meetings.next_of([one.id for one in every])
    ordered = sorted(every, key=lambda one: (not one.is_open, one.id))
    return [Shown(one, member, now, planned.get(one.id)) for one in ordered]
