"""What is still to be done in Slack after a yes: the conversation of the two, where it could not be opened at once."""

from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.features.matching import flows


async def open_conversations(deps: Deps, team: TeamId) -> None:
    async with deps.store.open_view(team) as work:
        waiting = await work.intros.without_group()
    for intro in waiting:
        await flows.bring_together(team, intro, deps)
