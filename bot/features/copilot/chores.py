"""The co-pilot's tick: stages move on by the clock, and the one message in the thread is drawn as things stand.

Moving on and what is to be said then are written in one block. The drawing comes after it and does no harm when it is
done twice: a process that dies in between leaves the session to be looked at again after a short lease.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain import runs
from bot.domain.ids import TeamId
from bot.domain.runs import Run
from bot.feature import Chore, Deps, standing
from bot.features.copilot import blocks
from bot.features.copilot.flows import promise_lines
from bot.features.copilot.reading import Scene, scene_of, thread_of
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Earliest
from bot.store.messages import Place
from bot.store.unit_of_work import Work

LEASE = timedelta(seconds=15)
"""How long one replica has to draw before another one does."""
UNPOSTED = timedelta(seconds=3)
"""When to look again for a thread that is still on its way."""
FOR_GOOD = (Meaning.GONE, Meaning.FORBIDDEN, Meaning.SCOPE, Meaning.OURS)

log = structlog.get_logger("copilot")


@dataclass(frozen=True)
class Sheet:
    """What is to be drawn, and where; nowhere while the thread is still on its way."""

    scene: Scene
    place: Place | None


@standing
def next_look(work: Work) -> Earliest:
    return work.runs.earliest_look()


async def move_on(deps: Deps, team: TeamId) -> None:
    now = deps.now()
    async with deps.store.open_work(team) as work:
        sheets = [await _moved(work, run, now) for run in await work.runs.due(now)]
    for sheet in sheets:
        again = await _draw(deps, team, sheet)
        run = sheet.scene.run
        async with deps.store.open_work(team) as work:
            await work.runs.look_again(run.session, again, version=run.version)


async def _moved(work: Work, run: Run, now: datetime) -> Sheet:
    """The stage of now. What was to be said in a stage that nobody saw begin and end is not said any more."""
    moved, entered = runs.advanced(run, now)
    if moved != run:
        await work.runs.save(moved, now)
        if not moved.is_live:
            await work.sessions.look_again(run.session, now)
    if moved.is_live and (entered or moved.by is None):
        # The hour that started it has said nothing yet; what is promised once is not promised twice.
        await promise_lines(work, moved, now)
    await work.runs.look_again(run.session, now + LEASE)
    kept = await work.runs.get(run.session)
    return Sheet(await scene_of(work, kept, now), await thread_of(work, run.session))


async def _draw(deps: Deps, team: TeamId, sheet: Sheet) -> datetime | None:
    """When to look at it next."""
    run, now = sheet.scene.run, deps.now()
    if sheet.place is None:
        return now + UNPOSTED if now < sheet.scene.session.ends else None
    try:
        await deps.slack.edit(team, sheet.place.channel, sheet.place.ts, blocks.live(sheet.scene))
    except SlackFailure as failure:
        if failure.meaning not in FOR_GOOD:
            return now + max(timedelta(seconds=failure.wait), UNPOSTED)
        log.warning("a session is not drawn", session=run.session, team=team, code=failure.code)
    return run.look_at


CHORES = (Chore("copilot.move-on", move_on, due=next_look),)
