"""Read, decide, write: which protocol a circle goes by, for all its sessions or for a single one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.circles import Circle, CircleState, check_open, clash, here_or_all
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.ids import CircleId, MemberId, SessionId
from bot.domain.programs import Act, require
from bot.domain.protocols import Protocol
from bot.domain.sessions import Form, Session, by_protocol, check_ahead, protocol_of
from bot.domain.shipped import PROTOCOLS, protocol_named
from bot.feature import Deps
from bot.slack.requests import Command, Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Choice:
    """What the form starts from; of one session, or of all where there is none. The protocols as the program has them."""

    circle: Circle
    protocols: Sequence[Protocol]
    session: Session | None = None

    @property
    def chosen(self) -> str:
        return protocol_of(self.session, self.circle) if self.session else self.circle.protocol


async def circles_meant(by: Command, deps: Deps) -> list[Circle]:
    """The reader's circles whose name begins like this; where nothing is said that of the channel, or all of theirs."""
    async with deps.store.open_view(by.team) as work:
        mine = await work.circles.of(by.member)
    if not mine:
        raise Refused("You are in no circle yet. `/mentor circle join` lists the ones with room.")
    name = by.words.casefold()
    found = [circle for circle in mine if circle.name.casefold().startswith(name)]
    if not found:
        raise Refused("You are in no circle of that name. `/mentor circle` lists those you are in.")
    return found if name else here_or_all(found, by.channel)


async def choice_for(by: Request, circle: CircleId, deps: Deps) -> Choice:
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.get(circle)
        await _check(work, found, by.member)
        return Choice(found, await _protocols(work))


async def choice_for_one(by: Request, session: SessionId, deps: Deps) -> Choice:
    async with deps.store.open_view(by.team) as work:
        found = await work.sessions.get(session)
        circle = await work.circles.get(found.circle)
        await _check(work, circle, by.member)
        check_ahead(found, deps.now())
        return Choice(circle, await _protocols(work), found)


async def choose(by: Request, circle: CircleId, key: str, *, version: int, deps: Deps) -> Circle:
    """For all sessions ahead that have none of their own."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.circles.hold(circle)
        await _check(work, found, by.member)
        if found.version != version:
            raise Stale
        protocol = _known(key)
        length = found.minutes if protocol.is_written else protocol.minutes
        changed = replace(found, protocol=protocol.key, minutes=length)
        if length > found.minutes:
            await _check_clash(work, changed, by.member)
        await work.circles.save(changed)
        await _follow(work, found, changed, now)
        details = {"protocol": protocol.key}
        await work.audit.add(Entry(now, by.member, "circle.protocol", f"circle:{circle}", details))
        await _tell(work, changed, by.member, now, key=f"{version}")
        return changed


async def _follow(work: Work, before: Circle, circle: Circle, now: datetime) -> None:
    """The planned sessions go by it from now on, but for those with a protocol or a form of their own."""
    for session in await work.sessions.ahead([circle.id], now):
        own = session.protocol or session.form is not Form.TOGETHER
        if session.is_ahead and session.starts > now and not own:
            await work.sessions.save(by_protocol(session, circle.protocol, circle, now))


async def choose_for_one(by: Request, session: SessionId, key: str, *, version: int, deps: Deps) -> Circle:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.sessions.get(session)
        circle = await work.circles.hold(found.circle)
        await _check(work, circle, by.member)
        if found.version != version:
            raise Stale
        await work.sessions.save(by_protocol(found, _known(key).key, circle, now))
        details = {"protocol": key}
        await work.audit.add(Entry(now, by.member, "session.protocol", f"session:{session}", details))
        await _tell(work, circle, by.member, now, key=f"{session}:{version}", session=session)
        return circle


async def _check_clash(work: Work, circle: Circle, member: MemberId) -> None:
    others = [other for other in await work.circles.of(member) if other.id != circle.id]
    other = clash(circle.rule, circle.minutes, others) if member in circle.members else None
    if other is not None:
        sentence = (
            f"It takes longer, and you meet with {other.name} then. Choose a shorter one, or another hour first."
        )
        raise RefusedFields({"protocol": sentence})


async def _tell(
    work: Work, circle: Circle, by: MemberId, now: datetime, *, key: str, session: SessionId | None = None
) -> None:
    """Once in the channel."""
    if circle.channel and circle.state is CircleState.ACTIVE:
        payload = {"by": by, "session": session}
        await work.outbox.add("protocols.changed", circle.id, to=circle.channel, due=now, key=key, payload=payload)


async def _check(work: Work, circle: Circle, member: MemberId) -> None:
    in_circle = member in circle.members
    require(Act.CHANGE_CIRCLE, await work.programs.roles_of(member), in_circle=in_circle)
    check_open(circle)


async def _protocols(work: Work) -> list[Protocol]:
    return [await work.templates.protocol(protocol.key) for protocol in PROTOCOLS]


def _known(key: str) -> Protocol:
    found = protocol_named(key)
    if found.key != key:
        raise RefusedFields({"protocol": "Choose one of the six."})
    return found
