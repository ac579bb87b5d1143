"""Draws under way: begun behind the answer to the lead, shown as they go on, stopped when a lead says so.

Whoever draws holds a short claim on the draft and renews it. When the process dies, the claim ends within half a minute
and the chore begins the draft anew; when it is shut down, the claim is given back at once.
"""

import asyncio
from collections.abc import Hashable
from contextlib import suppress

import structlog

from bot.domain import drafts
from bot.domain.drafts import Draft, DraftState
from bot.domain.ids import DraftId, TeamId
from bot.feature import Deps
from bot.features.matching import draft_pages, drafting, drawing_blocks
from bot.features.matching.drawing_blocks import Progress
from bot.features.matching.previews import Preview
from bot.slack.blocks import View
from bot.slack.failures import SlackFailure
from bot.slack.requests import Request
from bot.store.audit import Entry

LOOK, RENEW = 0.5, 10.0
"""Seconds between two looks at whether it is still wanted, and between two renewals of the claim."""
SHOW = 3.0
"""Seconds between two changes of the message: Slack takes one in about a second, and a person reads no faster."""

log = structlog.get_logger("matching")


def begin(team: TeamId, draft: Draft, deps: Deps, *, view: str = "") -> None:
    """Draw a claimed draft behind the answer; the page `view`, if it is still open, turns into what came of it."""
    deps.background.start(_name(team, draft.id), _Run(team, draft, deps, view).run())


def is_under_way(team: TeamId, draft: Draft, deps: Deps) -> bool:
    return deps.background.is_running(_name(team, draft.id))


async def stop(by: Request, number: DraftId, deps: Deps) -> Preview:
    """The child is gone, and the workspace free for another draft, when this returns."""
    async with deps.store.open_work(by.team) as work:
        await drafting.require_lead(work, by.member)
        draft = drafts.stop(await work.drafts.get(number))
        await work.drafts.save(draft)
        await work.audit.add(Entry(deps.now(), by.member, "match.stop", drafting.subject(draft), {}))
    # Drawn by another replica, it ends with that one's next look.
    await deps.background.end(_name(by.team, number))
    return await drafting.preview(by.team, number, deps)


def _name(team: TeamId, draft: DraftId) -> Hashable:
    return "draw", team, draft


class _Run:
    """One draft, from the claim to the message that shows it."""

    def __init__(self, team: TeamId, draft: Draft, deps: Deps, view: str) -> None:
        self._team, self._draft, self._deps, self._view = team, draft, deps, view
        self._progress = self._shown = Progress(0, 1)
        self._show_at = self._renew_at = 0.0

    async def run(self) -> None:
        await self._turn(drawing_blocks.working(self._draft))
        drawing = asyncio.create_task(drafting.draw(self._team, self._draft, self._deps, self._note))
        try:
            wanted = await self._attend(drawing)
        finally:
            drawing.cancel()
            await asyncio.wait([drawing])
            await self._let_go()
        if wanted:
            await self._finish(drawing.result())

    def _note(self, done: int, total: int) -> None:
        self._progress = Progress(done, total)

    async def _attend(self, drawing: asyncio.Task[Preview]) -> bool:
        """Until it is drawn; False once it is not wanted any more."""
        clock = asyncio.get_running_loop().time
        self._show_at, self._renew_at = clock() + SHOW, clock() + RENEW
        while not (await asyncio.wait([drawing], timeout=LOOK))[0]:
            if not await self._is_wanted(clock()):
                return False
            if clock() >= self._show_at and self._progress.per_cent > self._shown.per_cent:
                self._show_at = clock() + max(SHOW, await self._show_progress())
        return True

    async def _is_wanted(self, now: float) -> bool:
        async with self._deps.store.open_view(self._team) as work:
            state = (await work.drafts.get(self._draft.id)).state
        if state is DraftState.DRAWING and now >= self._renew_at:
            self._renew_at = now + RENEW
            async with self._deps.store.open_work(self._team) as work:
                await work.drafts.renew(self._draft.id, self._deps.now() + drafting.CLAIM)
        # What was drawn this very moment is wanted; its own task says so next.
        return state in (DraftState.DRAWING, DraftState.READY, DraftState.FAILED)

    async def _show_progress(self) -> float:
        """Seconds that Slack asks to wait, if any."""
        async with self._deps.store.open_view(self._team) as work:
            place = await drafting.where(work, self._draft)
        if place is None:
            return 0.0
        self._shown = self._progress
        message = drawing_blocks.drawing(self._draft, self._shown)
        try:
            await self._deps.slack.edit(self._team, place.channel, place.ts, message)
        except SlackFailure as failure:
            log.info("progress is not shown", draft=self._draft.id, code=failure.code, team=self._team)
            return failure.wait
        return 0.0

    async def _let_go(self) -> None:
        async with self._deps.store.open_work(self._team) as work:
            await work.drafts.release(self._draft.id)

    async def _finish(self, shown: Preview) -> None:
        await drafting.show(self._team, shown, self._deps)
        await self._turn(draft_pages.page(shown))

    async def _turn(self, page: View) -> None:
        if self._view:
            with suppress(SlackFailure):  # it may be closed by now, and then nobody looks at it
                await self._deps.slack.turn_view(self._team, self._view, page)
