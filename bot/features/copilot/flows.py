"""Read, decide, write: a session is started, steered and handed over. The thread is drawn by the chore, right after."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import runs, trios
from bot.domain.circles import Circle, check_membership, here_or_all
from bot.domain.duties import Duty
from bot.domain.errors import Stale
from bot.domain.ids import MemberId, SessionId
from bot.domain.runs import Run
from bot.domain.sessions import Presence, Session, SessionState, protocol_of
from bot.feature import Deps
from bot.features.copilot.asking import ask_to_write
from bot.features.copilot.reading import Scene, scene_of
from bot.opening import open_session
from bot.slack.requests import Command, Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work

MOST = 4
"""How many circles `/mentor session` shows."""
Change = Callable[[Run, datetime], Run]


async def start(by: Request, session: SessionId, deps: Deps) -> Scene:
    """Whoever presses first starts it; a second press finds it started."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.sessions.get(session)
        circle = await work.circles.hold(found.circle)
        found = await work.sessions.get(session)
        known = await work.runs.find(session)
        if known is None:
            known = await _begin(work, found, circle, by=by.member, now=now)
        else:
            check_membership(circle, by.member)
        scene = await scene_of(work, known, now)
    deps.store.wake()
    return scene


async def _begin(work: Work, session: Session, circle: Circle, *, by: MemberId, now: datetime) -> Run:
    guide = await _guide(work, session, circle)
    runs.check_start(session, circle, by, facilitator=guide, now=now)
    await open_session(work, session, circle, now)
    await work.sessions.mark(session.id, by, Presence.PRESENT)
    is_first = await work.sessions.last_counted(circle.id, session.starts) is None
    protocol = await work.templates.protocol(protocol_of(session, circle))
    run = runs.start(session, protocol, now=now, by=by, is_first=is_first)
    there = (Presence.COMING, Presence.PRESENT)
    run = replace(run, facilitator=guide if guide and session.presence.get(guide) in there else by)
    if not await work.runs.add(run, now):
        # In writing, the hour has started it.
        return await work.runs.get(session.id)
    if protocol.in_threes:
        await split(work, session, circle)
    await work.audit.add(Entry(now, by, "session.start", f"session:{session.id}", {"protocol": run.protocol}))
    await promise_lines(work, run, now)
    return await work.runs.get(session.id)


async def _guide(work: Work, session: Session, circle: Circle) -> MemberId | None:
    """Whose turn it is to facilitate."""
    if not session.is_ahead:
        _sits, roles = await work.turns.recorded(session.id)
        return roles.get(Duty.FACILITATOR)
    every = await work.sessions.of_circle(circle.id)
    ahead = await work.turns.planned(circle, every, session.id)
    return ahead.roles.get(Duty.FACILITATOR) if ahead else None


async def split(work: Work, session: Session, circle: Circle) -> None:
    """Into threes, of who is not away; other ones than last time."""
    fresh = await work.sessions.get(session.id)
    people = [who for who in circle.members if fresh.presence.get(who) is not Presence.AWAY]
    there = [who for who in people if fresh.presence.get(who) is Presence.PRESENT]
    past = [one for one in await work.sessions.of_circle(circle.id) if one.starts < session.starts]
    groups = await work.trios.of([one.id for one in past])
    before = next((groups[one.id] for one in reversed(past) if one.id in groups), ())
    await work.trios.record(session.id, trios.split(there if len(there) >= trios.THREE else people, before))


async def split_again(by: Request, session: SessionId, deps: Deps) -> None:
    """Somebody came late, or did not come: with those who said that they are here."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        run = await _to_steer(work, by, session, now)
        await split(work, await work.sessions.get(session), await work.circles.get(run.circle))
        await work.runs.look_again(session, now)
    deps.store.wake()


async def promise_lines(work: Work, run: Run, now: datetime) -> None:
    """What is to be said as a stage begins: to each role in private, and to all when it is time for their two."""
    scene = await scene_of(work, run, now)
    if run.is_written:
        await ask_to_write(work, scene, now)
        return
    for duty in run.leg.lines:
        who = scene.holding(duty)
        if who is not None:
            payload = {"place": run.place, "duty": duty.value}
            key = f"{run.place}:{duty.value}:{who}"
            await work.outbox.add(
                "copilot.line", run.session, to=who, due=now, expires=run.until, key=key, payload=payload
            )
    if run.leg.two and scene.circle.channel is not None:
        await work.outbox.add("copilot.two", run.session, to=scene.circle.channel, due=now, expires=run.until)


# Steering


async def steer(by: Request, session: SessionId, version: int, *, change: Change, deps: Deps) -> Scene:
    """A second click on what was seen before the first did its work changes nothing."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        run = await _to_steer(work, by, session, now)
        if run.version == version:
            await _keep(work, run, change(run, now), now)
        scene = await scene_of(work, await work.runs.get(session), now)
    deps.store.wake()
    return scene


async def take_over(by: Request, session: SessionId, deps: Deps) -> None:
    await hand_over(by, session, to=by.member, deps=deps)


async def hand_over(by: Request, session: SessionId, *, to: MemberId, deps: Deps) -> None:
    """Anybody of the circle can take over; only who steers can give it to somebody else."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        run = await _to_steer(work, by, session, now, taking=to == by.member)
        circle = await work.circles.get(run.circle)
        changed = runs.handed_over(run, to, circle)
        if changed != run:
            await _keep(work, run, changed, now)
            await promise_lines(work, await work.runs.get(session), now)
    deps.store.wake()


async def end(by: Request, session: SessionId, deps: Deps) -> None:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        run = await _to_steer(work, by, session, now)
        await _keep(work, run, runs.ended(run, now), now)
    deps.store.wake()


@dataclass(frozen=True)
class Now:
    """How it stands with the sessions of a circle: one under way, or the next."""

    circle: Circle
    session: Session | None
    scene: Scene | None = None
    may_start: bool = False


async def now_of(by: Command, deps: Deps) -> list[Now]:
    """In the channel of one of my circles of that one, elsewhere of all."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        circles = here_or_all(await work.circles.of(by.member), by.channel)
        return [await _now(work, circle, now) for circle in circles[:MOST]]


async def _now(work: Work, circle: Circle, now: datetime) -> Now:
    ahead = [one for one in await work.sessions.ahead([circle.id], now) if one.state is not SessionState.SKIPPED]
    session = next(iter(ahead), None)
    run = await work.runs.find(session.id) if session else None
    if session is None or run is None:
        return Now(circle, session, may_start=session is not None and now >= session.starts - runs.EARLY)
    return Now(circle, session, await scene_of(work, run, now) if run.is_live else None)


async def scene_for(by: Request, session: SessionId, deps: Deps) -> Scene:
    """For the forms: only who steers sees them."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        return await scene_of(work, await _to_steer(work, by, session, now), now)


async def _to_steer(work: Work, by: Request, session: SessionId, now: datetime, *, taking: bool = False) -> Run:
    """As it stands by the clock, which may be further than anybody has looked."""
    run = await work.runs.get(session)
    circle = await work.circles.get(run.circle)
    check_membership(circle, by.member)
    if not taking:
        _sits, roles = await work.turns.recorded(session)
        runs.check_steers(run, roles, by.member)
    moved, _entered = runs.advanced(run, now)
    if moved != run and moved.place != run.place:
        raise Stale("That stage has just ended by itself. Look at where you are now, then try again.")
    return run


async def _keep(work: Work, before: Run, after: Run, now: datetime) -> None:
    await work.runs.save(after, now)
    if not after.is_live:
        # It is asked right away how it went, even where it ended before its time.
        await work.sessions.look_again(after.session, now)
    elif after.place != before.place:
        await promise_lines(work, after, now)
