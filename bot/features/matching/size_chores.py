"""A question about a circle's size that is decided: what follows is done, and the message shows it."""

from bot.domain.ballots import Topic
from bot.domain.ids import TeamId
from bot.feature import Deps, standing
from bot.features.matching import size_blocks, size_votes
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Asked, Earliest
from bot.store.unit_of_work import Work

FOR_GOOD = (Meaning.GONE, Meaning.FORBIDDEN)


@standing
def next_closing(work: Work) -> Earliest:
    return work.ballots.earliest_closing(Topic.SIZE)


def next_to_do(work: Work, _asked: Asked) -> Earliest:
    return work.ballots.earliest_to_draw(Topic.SIZE)


async def carry_out_decided(deps: Deps, team: TeamId) -> None:
    async with deps.store.open_view(team) as work:
        ended = [await size_votes.asked_of(work, ballot) for ballot in await work.ballots.to_draw(Topic.SIZE)]
        places = {
            one.ballot.id: await work.messages.where_is("matching.size_ask", str(one.ballot.id)) for one in ended
        }
    for asked in ended:
        await size_votes.carry_out(deps, team, asked)
        place = places[asked.ballot.id]
        if place is not None:
            try:
                await deps.slack.edit(team, place.channel, place.ts, size_blocks.question(asked))
            except SlackFailure as failure:
                if failure.meaning not in FOR_GOOD:
                    raise
