"""What is still to be done where a handler could not: conversations to open, drafts to draw and to show."""

from bot.domain.ids import TeamId
from bot.feature import Deps, standing
from bot.features.matching import drafting, flows, running
from bot.store.base import Earliest
from bot.store.unit_of_work import Work


@standing
def next_conversation(work: Work) -> Earliest:
    return work.intros.earliest_without_group()


@standing
def next_draft(work: Work) -> Earliest:
    return work.drafts.earliest_to_finish()


async def open_conversations(deps: Deps, team: TeamId) -> None:
    async with deps.store.open_view(team) as work:
        waiting = await work.intros.without_group()
    for intro in waiting:
        await flows.bring_together(team, intro, deps)


async def finish_drafts(deps: Deps, team: TeamId) -> None:
    """Begin anew what was left half done when a process died, and bring the messages up to what was drawn."""
    now = deps.now()
    async with deps.store.open_work(team) as work:
        left = await work.drafts.claim(now, now + drafting.CLAIM)
    if left is not None:
        running.begin(team, left, deps)
    async with deps.store.open_view(team) as work:
        unseen = [await drafting.preview_within(work, draft.id) for draft in await work.drafts.to_show()]
    for shown in unseen:
        await drafting.show(team, shown, deps)
