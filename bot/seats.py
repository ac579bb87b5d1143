"""Coming into circles and going out of them, for whatever reason: what is written down, and who is told.

Joining and leaving, a move to another circle and the merging of two all end in these steps. Each is part of a work block;
what has to be done in Slack is written down as an errand of the seat, or as a letter.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.courtesy import house_of
from bot.domain.circles import Circle, CircleState
from bot.domain.ids import MemberId
from bot.domain.programs import owners_and_leads
from bot.domain.sessions import Session, replanned
from bot.planning import plan_ahead
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


async def part(
    work: Work,
    circle: Circle,
    member: MemberId,
    *,
    now: datetime,
    line: str = "",
    there: bool = True,
    told: bool = True,
) -> None:
    """End a seat, tell the circle unless they told it themselves, and the leads where it gets too small; an empty one ends."""
    await work.circles.unseat(circle.id, member, now, there=there)
    left = await work.circles.get(circle.id)
    if not left.members:
        await end(work, left, by=member, now=now, why="empty")
    elif told and circle.channel and circle.state is CircleState.ACTIVE:
        payload = {"member": member, "line": line}
        key = f"{member}:{int(now.timestamp())}"
        await work.outbox.add("circles.left", circle.id, to=circle.channel, due=now, key=key, payload=payload)
    if left.members and left.is_alone and not circle.is_alone:
        [last] = (await work.members.named(left.members)).values()
        key = f"{last.id}:{int(now.timestamp())}"
        await work.outbox.add("circles.alone", circle.id, to=last.id, due=now, key=key)
    if left.members and ((left.is_small and not circle.is_small) or (left.is_alone and not circle.is_alone)):
        await work.audit.add(Entry(now, member, "circle.small", _subject(left), {"members": len(left.members)}))
        await tell_leads(work, "circles.small", left, now=now, key=str(int(now.timestamp())))


async def tell_of_newcomers(
    work: Work, circle: Circle, members: Collection[MemberId], *, now: datetime, by: MemberId
) -> None:
    """`circle` as it was before they came: with them, one that had nobody to meet begins, and is welcomed whole."""
    # An opening circle has no channel yet; its welcome names everybody.
    if circle.channel and circle.state is CircleState.ACTIVE:
        key = f"{int(now.timestamp())}:{min(members)}"
        payload = {"members": sorted(members), "by": by} | ({"begins": True} if circle.is_alone else {})
        await work.outbox.add("circles.joined", circle.id, to=circle.channel, due=now, key=key, payload=payload)


async def end(work: Work, circle: Circle, *, by: MemberId, now: datetime, why: str = "closed") -> None:
    """The circle is over; the leads are told, the seats stay as they were."""
    await work.circles.save(replace(circle, state=CircleState.CLOSED))
    await work.sessions.call_off(circle.id, now)
    await work.audit.add(
        Entry(now, by, "circle.close", _subject(circle), {"why": why, "members": len(circle.members)})
    )
    await tell_leads(work, "circles.closed", circle, now=now, payload={"why": why})


async def tell_leads(
    work: Work,
    kind: str,
    circle: Circle,
    *,
    now: datetime,
    key: str = "",
    payload: Mapping[str, Any] | None = None,
) -> None:
    """A letter to each owner and lead."""
    leads = await work.members.named(owners_and_leads(await work.programs.roles()))
    for lead in sorted(leads.values(), key=lambda one: one.id):
        own_key = f"{lead.id}:{key}" if key else lead.id
        await work.outbox.add(kind, circle.id, to=lead.id, due=now, key=own_key, payload=payload)


async def replan(work: Work, circle: Circle, now: datetime) -> None:
    if circle.state is not CircleState.ACTIVE:
        return
    house = await house_of(work)
    moved = replanned(circle, await work.sessions.since(circle.id, now), now, house.weeks_off)
    for session in moved:
        await work.sessions.save(session)
    await work.sessions.forget_presence([session.id for session in moved])
    await plan_ahead(work, circle, now)


def _subject(circle: Circle) -> str:
    return f"circle:{circle.id}"


# The hot seat


BRIEFS_UNTIL = timedelta(days=1)
"""So long before a session its presenter is asked for a brief; who gets the seat later is only told so."""


async def tell_of_seat(
    work: Work, circle: Circle, session: Session, *, before: Collection[MemberId], key: str, now: datetime
) -> Collection[MemberId]:
    """The seat of a session has changed hands: the circle hears of it once, and who has it now at short notice too.
    Who sits now; `key` says what made the change."""
    await work.sessions.seats_changed(circle.id)
    turn = await work.turns.planned(circle, await work.sessions.of_circle(circle.id), session.id)
    sits = turn.sits if turn else ()
    if set(sits) == set(before):
        return sits
    if circle.channel is not None:
        await work.outbox.add("hotseat.changed", session.id, to=circle.channel, due=now, key=key)
    late = session.starts - now <= BRIEFS_UNTIL
    for who in sorted(set(sits) - set(before)) if late else ():
        await work.outbox.add(
            "hotseat.yours", session.id, to=who, due=now, expires=session.starts, key=f"{who}:{key}"
        )
    return sits
