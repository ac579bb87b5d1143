"""Read, decide, write, tell: what sponsors take on and do, what the other has seen, and their news."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import sponsoring, when
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import MemberId, OutcomeId, RelationshipId
from bot.domain.people import Kind
from bot.domain.programs import Act, require
from bot.domain.relationships import Relationship, check_part
from bot.domain.reminders import Place, place_of
from bot.domain.sponsoring import Outcome, OutcomeState, Words
from bot.feature import Deps
from bot.slack.requests import Request, Submission
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

DONE, NEWS, REMINDER, SEASON = "sponsoring.done", "sponsoring.news", "sponsoring.reminder", "sponsoring.season"
LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Part:
    """One sponsorship as one of the two sees it."""

    relationship: Relationship
    me: MemberId
    outcomes: Sequence[Outcome] = ()
    """What I may see."""

    @property
    def is_mine_to_keep(self) -> bool:
        return self.relationship.mentor == self.me

    @property
    def other(self) -> MemberId:
        return self.relationship.other(self.me)


@dataclass(frozen=True)
class Ledger:
    parts: Sequence[Part] = ()
    seasons: Sequence[date] = ()
    """The coming seasons of reviews; for leads."""
    leads: bool = False


async def ledger(by: Request, deps: Deps) -> Ledger:
    async with deps.store.open_view(by.team) as work:
        return await _ledger(work, by.member)


async def _ledger(work: Work, member: MemberId) -> Ledger:
    every = [one for one in await work.relationships.of(member) if one.kind is Kind.SPONSOR and one.is_open]
    listed = await work.sponsoring.of([one.id for one in every])
    leads = bool(await work.programs.roles_of(member))
    parts = [Part(one, member, _mine(listed, one, member)) for one in every]
    return Ledger(parts, await work.sponsoring.seasons() if leads else (), leads)


def _mine(listed: Sequence[Outcome], relationship: Relationship, member: MemberId) -> list[Outcome]:
    return [one for one in listed if one.relationship == relationship.id and one.shown_to(member)]


async def sponsored(by: Request, number: RelationshipId, deps: Deps) -> Relationship:
    """One in which this member is the sponsor, with room for one more."""
    async with deps.store.open_view(by.team) as work:
        return await _room_in(work, number, by.member)


async def _room_in(work: Work, number: RelationshipId, member: MemberId) -> Relationship:
    found = await work.relationships.get(number)
    sponsoring.check_sponsorship(found, member)
    sponsoring.check_room(await work.sponsoring.of([number]))
    return found


async def take_on(by: Request, number: RelationshipId, words: Words, deps: Deps) -> Outcome:
    """The same twice, as by a second tap on Save, is one."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        place = await place_in(work, by.member)
        tidy = sponsoring.check(words, when.local(now, place.zone).date())
        relationship = await work.relationships.get(number)
        sponsoring.check_sponsorship(relationship, by.member)
        for one in await work.sponsoring.of([number]):
            if one.is_open and (one.act, one.what, one.by) == (tidy.act, tidy.what, tidy.by):
                return one
        await _room_in(work, number, by.member)
        fresh = Outcome(
            **vars(tidy),
            id=OutcomeId(0),
            relationship=number,
            sponsor=by.member,
            protege=relationship.mentee,
            made_at=now,
        )
        return await work.sponsoring.add(fresh, sponsoring.remind_at(fresh, place))


async def outcome_of(by: Request, number: OutcomeId, deps: Deps) -> Outcome:
    async with deps.store.open_view(by.team) as work:
        found = await work.sponsoring.get(number)
        sponsoring.check_sponsor(found, by.member)
        return found


async def say_done(by: Request, number: OutcomeId, came: str, deps: Deps) -> Outcome:
    """The other hears of it, once."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await work.sponsoring.get(number)
        told = sponsoring.done(known, came, by=by.member, now=now)
        await work.sponsoring.save(told, None)
        await work.outbox.add(DONE, number, to=told.protege, due=now, expires=now + LIFE)
        return told


async def let_go(by: Request, number: OutcomeId, deps: Deps) -> Outcome:
    async with deps.store.open_work(by.team) as work:
        gone = sponsoring.let_go(await work.sponsoring.get(number), by=by.member, now=deps.now())
        await work.sponsoring.save(gone, None)
        return gone


async def say_seen(by: Request, number: OutcomeId, deps: Deps) -> Outcome:
    async with deps.store.open_work(by.team) as work:
        known = await work.sponsoring.get(number)
        told = sponsoring.seen(known, by.member)
        if told.state is not known.state:
            await work.sponsoring.save(told, None)
        return replace(told, state=OutcomeState.SEEN)


async def sponsored_by(by: Request, number: RelationshipId, deps: Deps) -> Relationship:
    """One in which this member has a sponsor."""
    async with deps.store.open_view(by.team) as work:
        return await _sponsored_by(work, number, by.member)


async def _sponsored_by(work: Work, number: RelationshipId, member: MemberId) -> Relationship:
    found = await work.relationships.get(number)
    check_part(found, member)
    if found.kind is not Kind.SPONSOR or found.mentee != member:
        raise NotYours("News goes from whom it is for to their sponsor.")
    if not found.is_open:
        raise Refused("That sponsorship has ended. `/mentor relationships` has a button to open it again.")
    return found


async def send_news(by: Submission, number: RelationshipId, text: str, deps: Deps) -> Relationship:
    """Only by the member's tap; a form that is sent twice brings one message."""
    now, clean = deps.now(), sponsoring.news(text)
    async with deps.store.open_work(by.team) as work:
        relationship = await _sponsored_by(work, number, by.member)
        told = {"news": clean}
        await work.outbox.add(
            NEWS, number, to=relationship.mentor, due=now, expires=now + LIFE, key=by.view.id, payload=told
        )
        return relationship


async def plan_season(by: Request, begins: date, deps: Deps) -> Ledger:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(by.member))
        program = await work.programs.current()
        place = Place(program.zone) if program else await place_in(work, by.member)
        sponsoring.check_season(begins, when.local(now, place.zone).date())
        if await work.sponsoring.plan_season(begins, max(sponsoring.season_at(begins, place), now)):
            await work.audit.add(Entry(now, by.member, "season.add", begins.isoformat(), {}))
        return await _ledger(work, by.member)


async def drop_season(by: Request, begins: date, deps: Deps) -> Ledger:
    async with deps.store.open_work(by.team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(by.member))
        await work.sponsoring.drop_season(begins)
        await work.audit.add(Entry(deps.now(), by.member, "season.remove", begins.isoformat(), {}))
        return await _ledger(work, by.member)


async def place_in(work: Work, member: MemberId) -> Place:
    return place_of(await work.members.get(member))
