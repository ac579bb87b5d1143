"""The bookmark in the channel that leads to the charter's message. Without the permission for it, there is none."""

from datetime import timedelta

from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Asked, Earliest
from bot.store.charters import Marked
from bot.store.messages import Place
from bot.store.unit_of_work import Work

TITLE = "Our charter"
EMOJI = ":scroll:"
LATER = timedelta(hours=1)
NOT_HERE = (Meaning.SCOPE, Meaning.FORBIDDEN, Meaning.GONE, Meaning.TOO_LATE)
"""No bookmark for this version, then; the message and `/mentor circle charter` are there all the same."""


def next_mark(work: Work, _asked: Asked) -> Earliest:
    return work.charters.earliest_mark()


async def mark_channels(deps: Deps, team: TeamId) -> None:
    now = deps.now()
    async with deps.store.open_view(team) as work:
        due = await work.charters.to_mark(now)
        places = {one.circle: await work.messages.where_is("charter.sign", str(one.circle)) for one in due}
    for marked in due:
        place = places[marked.circle]
        bookmark = await _bookmarked(deps, team, marked, place) if place else None
        async with deps.store.open_work(team) as work:
            if bookmark is None:
                await work.charters.mark_again(marked.circle, now + LATER)
            else:
                await work.charters.marked(marked.circle, bookmark=bookmark, canvas=marked.canvas)


async def _bookmarked(deps: Deps, team: TeamId, marked: Marked, place: Place) -> str | None:
    """The bookmark's id, "" where there can be none; None where it is to be tried again."""
    try:
        link = await deps.slack.permalink(team, place.channel, place.ts)
        if marked.bookmark:
            return await deps.slack.turn_bookmark(team, place.channel, marked.bookmark, link=link)
        return await deps.slack.add_bookmark(team, place.channel, title=TITLE, link=link, emoji=EMOJI)
    except SlackFailure as failure:
        if failure.meaning in NOT_HERE:
            return ""
        if failure.meaning is Meaning.UNCERTAIN:
            return None
        raise
