"""Read, decide, write: feedback given, what came of it told, and how it stands after a month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.circles import Circle, check_membership
from bot.domain.errors import Refused, RefusedFields
from bot.domain.feedback import Feedback, FollowUp, Life, check_feedback, check_presenter, told_at
from bot.domain.ids import MemberId, SessionId
from bot.domain.sessions import Session
from bot.feature import Deps
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Desk:
    """What the form for feedback starts from."""

    session: Session
    circle: Circle
    to: Sequence[tuple[MemberId, str]]
    """To whom it can be given, with their names."""


@dataclass(frozen=True)
class Back:
    """A presenter looks back."""

    session: Session
    circle: Circle
    said: FollowUp
    question: str = ""


@dataclass(frozen=True)
class Words:
    example: str
    experiment: str


async def desk_for(by: Request, session: SessionId, deps: Deps) -> Desk:
    async with deps.store.open_view(by.team) as work:
        return await _desk(work, by, session, deps)


async def give(by: Request, session: SessionId, to: MemberId, words: Words, *, deps: Deps) -> str:
    """Once a person and session; the name of whom it goes to."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        desk = await _desk(work, by, session, deps)
        names = dict(desk.to)
        if to not in names:
            raise RefusedFields({"to": "Choose somebody who had the seat."})
        presenter = await work.members.get(to)
        due = told_at(now, desk.session, presenter.tz if presenter else desk.circle.zone)
        given = Feedback(session, to, by.member, words.example, words.experiment, due)
        if not await work.feedback.give(given):
            raise Refused("You have given yours already, and it is on its way. Say the rest in person.")
        await work.outbox.add("feedback.given", session, to=to, due=due, key=f"{to}:{due:%Y-%m-%dT%H:%M}")
        return names[to]


async def _desk(work: Work, by: Request, session: SessionId, deps: Deps) -> Desk:
    found = await work.sessions.get(session)
    circle = await work.circles.get(found.circle)
    check_membership(circle, by.member)
    sits, _roles = await work.turns.recorded(session)
    others = check_feedback(found, sits, by.member, deps.now())
    names = {person.id: person.name for person in (await work.members.named(others)).values()}
    return Desk(found, circle, [(who, names[who]) for who in others if who in names])


# Looking back


async def back_for(by: Request, session: SessionId, deps: Deps) -> Back:
    async with deps.store.open_view(by.team) as work:
        return await back_of(work, session, by.member)


async def say_what_happened(by: Request, session: SessionId, text: str, *, tell: bool, deps: Deps) -> Back:
    """For the presenter alone, and for the circle where they want it."""
    async with deps.store.open_work(by.team) as work:
        back = await back_of(work, session, by.member)
        said = replace(back.said, happened=text, told=text if tell else back.said.told)
        return await _keep(work, back, said, deps, tell=tell)


async def tell_circle(by: Request, session: SessionId, text: str, deps: Deps) -> Back:
    """What the presenter takes from the feedback, in their own words."""
    async with deps.store.open_work(by.team) as work:
        back = await back_of(work, session, by.member)
        return await _keep(work, back, replace(back.said, told=text), deps, tell=True)


async def say_how_it_stands(by: Request, session: SessionId, life: Life, deps: Deps) -> Back:
    async with deps.store.open_work(by.team) as work:
        back = await back_of(work, session, by.member)
        return await _keep(work, back, replace(back.said, life=life), deps, tell=False)


async def back_of(work: Work, session: SessionId, member: MemberId) -> Back:
    found = await work.sessions.get(session)
    sits, _roles = await work.turns.recorded(session)
    check_presenter(found, sits, member)
    circle = await work.circles.get(found.circle)
    brief = await work.briefs.find(session, member)
    said = await work.feedback.follow_up(session, member)
    return Back(found, circle, said, brief.boxes.question if brief else "")


async def _keep(work: Work, back: Back, said: FollowUp, deps: Deps, *, tell: bool) -> Back:
    await work.feedback.save(said)
    if tell:
        if back.circle.channel is None or said.presenter not in back.circle.members:
            raise Refused("You are not in that circle any more. Untick the box, and it stays with you.")
        key = f"{said.presenter}:{said.version + 1}"
        await work.outbox.add("feedback.told", said.session, to=back.circle.channel, due=deps.now(), key=key)
    return replace(back, said=said)
