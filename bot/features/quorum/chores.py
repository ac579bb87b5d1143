"""A question that was closed by the clock is shown as decided where it stands."""

from bot.domain.ballots import Topic
from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.features.quorum import blocks
from bot.features.quorum.reading import asked_of
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Asked, Earliest
from bot.store.unit_of_work import Work

FOR_GOOD = (Meaning.GONE, Meaning.FORBIDDEN)


def next_to_draw(work: Work, _asked: Asked) -> Earliest:
    return work.ballots.earliest_to_draw(Topic.QUORUM)


async def draw_results(deps: Deps, team: TeamId) -> None:
    async with deps.store.open_view(team) as work:
        ended = [await asked_of(work, ballot) for ballot in await work.ballots.to_draw(Topic.QUORUM)]
        places = {one.ballot.id: await work.messages.where_is("quorum.ask", str(one.ballot.id)) for one in ended}
    for asked in ended:
        place = places[asked.ballot.id]
        if place is not None:
            try:
                await deps.slack.edit(team, place.channel, place.ts, blocks.question(asked))
            except SlackFailure as failure:
                if failure.meaning not in FOR_GOOD:
                    raise
        async with deps.store.open_work(team) as work:
            await work.ballots.drawn(asked.ballot.id)
