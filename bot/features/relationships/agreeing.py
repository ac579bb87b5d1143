"""Read, decide, write: an agreement proposed by one, signed by both, changed, and asked after once a year."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import agreements, relationships
from bot.domain.agreements import REVISIT, Agreement, Standing, Terms, good_moment
from bot.domain.errors import Refused, Stale
from bot.domain.ids import AgreementId, MemberId, RelationshipId
from bot.domain.relationships import Relationship, RelationshipState, check_open
from bot.feature import Deps
from bot.features.relationships import reading
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Paper:
    """An agreement as one of the two reads it."""

    relationship: Relationship
    me: MemberId
    standing: Standing
    zone: str = "UTC"

    @property
    def clock(self) -> str:
        """The zone its hours are in: that of whoever proposed first, so that a change of words moves no hour."""
        return self.standing.newest.terms.zone if self.standing.newest else self.zone

    @property
    def before(self) -> Terms | None:
        """What holds while something else is proposed."""
        proposed = self.standing.proposal is not None and self.standing.current is not None
        return self.standing.current.terms if proposed and self.standing.current else None

    @property
    def waits_for_me(self) -> bool:
        return self.standing.proposal is not None and self.standing.proposal.proposed_by != self.me


async def paper(by: Request, number: RelationshipId, deps: Deps) -> Paper:
    async with deps.store.open_view(by.team) as work:
        return await _paper(work, await reading.own(work, number, by.member), by.member)


async def paper_to_change(by: Request, number: RelationshipId, deps: Deps) -> Paper:
    found = await paper(by, number, deps)
    _check_agreeing(found.relationship, by.member)
    return found


async def propose(by: Request, number: RelationshipId, terms: Terms, *, after: int, deps: Deps) -> Paper:
    """`after` is the number of the newest when the form was opened: `Stale` where the other one proposed since."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await reading.own(work, number, by.member)
        _check_agreeing(found, by.member)
        known = await work.agreements.of(number)
        if known.number != after:
            raise Stale
        agreements.check(terms)
        if known.newest is not None and known.newest.terms == terms:
            raise Refused("Nothing is different from what you two have there already.")
        made = await work.agreements.propose(Agreement(AgreementId(0), number, after + 1, terms, by.member, now))
        await work.relationships.save(relationships.sign_of_life(found, now))
        await _tell(work, "relationships.proposed", made, to=found.other(by.member), at=now)
        return await _paper(work, found, by.member)


async def sign(by: Request, number: AgreementId, deps: Deps) -> tuple[Paper, bool]:
    """And whether it was this tap that made it hold."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        agreement = await work.agreements.get(number)
        found = await reading.own(work, agreement.relationship, by.member)
        check_open(found, by.member)
        known = await work.agreements.of(found.id)
        if known.number != agreement.number:
            raise Stale("Another proposal has been made since. Have a look at that one, then sign.")
        signed = agreements.sign(agreement, by.member, found.members, now)
        if signed == agreement:
            return await _paper(work, found, by.member), False
        await work.agreements.save(signed)
        await work.relationships.save(_now_goes_by(found, signed.terms, now))
        for member in found.members:
            await _tell(work, "relationships.revisit", signed, to=member, at=now + REVISIT, key=member)
        return await _paper(work, await work.relationships.get(found.id), by.member), True


def _now_goes_by(relationship: Relationship, terms: Terms, now: datetime) -> Relationship:
    state = relationship.state
    return replace(
        relationships.sign_of_life(relationship, now),
        state=RelationshipState.ACTIVE if state is RelationshipState.STARTING else state,
        every_weeks=terms.every_weeks,
        minutes=terms.minutes,
    )


async def still_holds(by: Request, number: AgreementId, deps: Deps) -> Paper:
    """Looked at after a year and left as it is: it is asked after in another."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        agreement = await work.agreements.get(number)
        found = await reading.own(work, agreement.relationship, by.member)
        check_open(found, by.member)
        await _tell(
            work, "relationships.revisit", agreement, to=by.member, at=now + REVISIT, key=f"{by.member}:{now.year}"
        )
        return await _paper(work, found, by.member)


async def _paper(work: Work, relationship: Relationship, me: MemberId) -> Paper:
    member = await work.members.get(me)
    return Paper(relationship, me, await work.agreements.of(relationship.id), member.tz if member else "UTC")


async def _tell(work: Work, kind: str, about: Agreement, *, to: MemberId, at: datetime, key: str = "") -> None:
    reader = await work.members.get(to)
    due = good_moment(about.terms if about.holds else None, at, reader.tz if reader else "UTC")
    await work.outbox.add(kind, about.id, to=to, due=due, key=key)


def _check_agreeing(relationship: Relationship, member: MemberId) -> None:
    check_open(relationship, member)
    if relationship.facts.is_once:
        raise Refused("One question and one meeting need no agreement. Just meet.")
