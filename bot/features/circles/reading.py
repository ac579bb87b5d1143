"""What is read of circles before anything is decided: cards for a reader, the circles with room, what a form starts from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import buddies, when
from bot.domain.circles import Circle, check_open, here_or_all, on_one_line, shares_a_line
from bot.domain.errors import Refused
from bot.domain.hotseat import Turn
from bot.domain.ids import CircleId, MemberId
from bot.domain.people import Profile
from bot.domain.programs import Act, Program, Rules, require
from bot.domain.sessions import Session
from bot.feature import Deps
from bot.features.circles.form import Start
from bot.slack.requests import Command, Request
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Card:
    """A circle as its page shows it to one reader."""

    circle: Circle
    reader: MemberId
    coming: Session | None = None
    may_change: bool = False
    turn: Turn | None = None
    """Who sits and who has which role in that session, where the page is of this circle alone."""
    buddy: MemberId | None = None
    """The reader's, on the same page."""

    @property
    def is_mine(self) -> bool:
        return self.reader in self.circle.members


async def start_for(by: Request, deps: Deps) -> Start:
    async with deps.store.open_view(by.team) as work:
        program = await current_program(work)
        require(Act.CREATE_CIRCLE, await work.programs.roles_of(by.member), rules=program.rules)
        known = await work.members.get(by.member)
    zone = known.tz if known and when.is_zone(known.tz) else program.zone
    rules = program.rules
    return Start(
        zone=zone,
        today=when.local(deps.now(), zone).date(),
        every=rules.every_weeks,
        minutes=rules.minutes,
        themes=rules.theme_choices,
        most=rules.circle_max,
    )


async def mine(by: Request, deps: Deps) -> list[Card]:
    """The cards of the circles somebody sits in; of a single one, what its page shows."""
    async with deps.store.open_view(by.team) as work:
        found = await cards_of(work, await work.circles.of(by.member), by.member, deps.now())
        return [await _for_page(work, found[0], deps.now())] if len(found) == 1 else found


async def mine_here(by: Command, deps: Deps) -> list[Card]:
    """The same; in the channel of one of them that one alone."""
    async with deps.store.open_view(by.team) as work:
        meant = here_or_all(await work.circles.of(by.member), by.channel)
        found = await cards_of(work, meant, by.member, deps.now())
        return [await _for_page(work, found[0], deps.now())] if len(found) == 1 else found


async def _for_page(work: Work, card: Card, now: datetime) -> Card:
    """For its members: who does what in the session to come, and who is the reader's buddy."""
    if not card.is_mine:
        return card
    circle, every = card.circle, await work.sessions.of_circle(card.circle.id)
    begun = sum(session.starts <= now for session in every)
    ties = (await work.buddies.ties([circle.id], card.reader, now))[circle.id]
    buddy = buddies.buddy(card.reader, circle.members, ties, max(begun - 1, 0))
    turn = await work.turns.planned(circle, every, card.coming.id) if card.coming else None
    return replace(card, turn=turn, buddy=buddy.member if buddy else None)


async def cards_of(work: Work, circles: Sequence[Circle], reader: MemberId, now: datetime) -> list[Card]:
    roles = await work.programs.roles_of(reader)
    ahead = await work.sessions.ahead([circle.id for circle in circles], now)
    coming = {session.circle: session for session in reversed(ahead) if session.is_ahead and session.starts > now}
    return [
        Card(circle, reader, coming.get(circle.id), may_change=bool(roles) or reader in circle.members)
        for circle in circles
    ]


async def card(by: Request, circle: CircleId, deps: Deps) -> Card:
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.get(circle)
        return await _for_page(work, (await cards_of(work, [found], by.member, deps.now()))[0], deps.now())


async def named(by: Request, name: str, deps: Deps) -> Card:
    """The open circle of that name; one of the reader's own goes before another of the same name."""
    async with deps.store.open_view(by.team) as work:
        wanted = name.strip().lstrip("#").casefold()
        found = [circle for circle in await work.circles.open() if circle.name.casefold() == wanted]
        if not found:
            raise Refused(
                "I know no circle of that name. `/mentor circle show` lists yours, `/mentor circle join` those with room."
            )
        best = min(found, key=lambda circle: by.member not in circle.members)
        return await _for_page(work, (await cards_of(work, [best], by.member, deps.now()))[0], deps.now())


async def with_room(by: Request, words: str, deps: Deps) -> list[Card]:
    """Circles the member could join: with room, not theirs already, nobody of their reporting line in it."""
    wanted = words.casefold().strip()
    async with deps.store.open_view(by.team) as work:
        every = [circle for circle in await work.circles.with_room() if by.member not in circle.members]
        found = [circle for circle in every if wanted in f"{circle.name} {circle.theme}".casefold()]
        program = await work.programs.current()
        steps = (program.rules if program else Rules()).apart_from_manager
        people = {by.member}.union(*(circle.members for circle in found))
        profiles = await lines(work, people, steps)
        open_to = [circle for circle in found if not shares_a_line(circle, by.member, profiles, steps)]
        return await cards_of(work, open_to, by.member, deps.now())


async def to_change(by: Command, deps: Deps) -> list[Circle]:
    """The circles somebody sits in, at least one, for the forms that ask which; in a circle's channel that one."""
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.of(by.member)
    if not found:
        raise Refused("You are in no circle yet. `/mentor circle join` lists the ones with room.")
    return here_or_all(found, by.channel)


async def changeable(by: Request, circle: CircleId, deps: Deps) -> Circle:
    """A circle that this member may change."""
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.get(circle)
        await check_may_change(work, found, by.member)
    return found


def today_in(circle: Circle, now: datetime) -> date:
    return when.local(now, circle.zone).date()


async def check_may_change(work: Work, circle: Circle, member: MemberId) -> None:
    in_circle = member in circle.members
    require(Act.CHANGE_CIRCLE, await work.programs.roles_of(member), in_circle=in_circle)
    check_open(circle)


async def current_program(work: Work) -> Program:
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. A program lead starts one with `/mentor program`.")
    return program


async def rules_of(work: Work, circle: Circle) -> Rules:
    program = await work.programs.get(circle.program)
    return program.rules if program else Rules()


async def pair_on_one_line(
    work: Work, members: Sequence[MemberId], newcomers: Collection[MemberId], rules: Rules
) -> tuple[MemberId, MemberId] | None:
    """Two of these on one reporting line, one of whom is new; None where there are none."""
    profiles = await lines(work, {*members, *newcomers}, rules.apart_from_manager)
    together = list(dict.fromkeys([*members, *newcomers]))
    return next(
        (
            (one, other)
            for one in newcomers
            for other in together
            if one != other and on_one_line(one, other, profiles, rules.apart_from_manager)
        ),
        None,
    )


async def lines(work: Work, people: Collection[MemberId], steps: int) -> dict[MemberId, Profile]:
    """The profiles of these people, and of those above them, so many steps up: one question a step."""
    profiles: dict[MemberId, Profile] = {}
    wanted = set(people)
    for _step in range(steps + 1):
        profiles |= await work.members.profiles_of(wanted)
        wanted = {profile.manager for profile in profiles.values() if profile.manager} - set(profiles)
    return profiles
