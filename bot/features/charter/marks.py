"""The bookmark in the channel that leads to the charter's message, and the channel's canvas that holds its words.

Both follow each version. Without the permission there is none; our own copy is the one that counts.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.features.charter import blocks
from bot.features.charter.reading import Shown, shown
from bot.slack.failures import Meaning, SlackFailure
from bot.store.base import Asked, Earliest
from bot.store.charters import Marked
from bot.store.messages import Place
from bot.store.unit_of_work import Work

TITLE = "Our charter"
EMOJI = ":scroll:"
CANVASES = "canvases:write"
LATER = timedelta(hours=1)
NOT_HERE = (Meaning.SCOPE, Meaning.FORBIDDEN, Meaning.GONE, Meaning.TOO_LATE)
"""No bookmark for this version, then; the message and `/mentor circle charter` are there all the same."""


def next_mark(work: Work, _asked: Asked) -> Earliest:
    return work.charters.earliest_mark()


async def mark_channels(deps: Deps, team: TeamId) -> None:
    now = deps.now()
    async with deps.store.open_view(team) as work:
        due = [await _to_mark(work, one) for one in await work.charters.to_mark(now)]
    for mark in due:
        marked = await _marked(deps, team, mark)
        async with deps.store.open_work(team) as work:
            if marked is None:
                await work.charters.mark_again(mark.before.circle, now + LATER)
            else:
                await work.charters.marked(mark.before.circle, bookmark=marked.bookmark, canvas=marked.canvas)


@dataclass(frozen=True)
class Mark:
    """What there is to do for one charter."""

    before: Marked
    place: Place | None
    about: Shown
    with_canvas: bool


async def _to_mark(work: Work, before: Marked) -> Mark:
    place = await work.messages.where_is("charter.sign", str(before.circle))
    about = await shown(work, await work.circles.get(before.circle))
    ourselves = await work.installations.get()
    return Mark(before, place, about, with_canvas=ourselves is not None and CANVASES in ourselves.scopes)


async def _marked(deps: Deps, team: TeamId, mark: Mark) -> Marked | None:
    """None where it is to be tried again: the message is not there yet, or an answer was lost."""
    if mark.place is None:
        return None
    bookmark = await _tried(_bookmarked(deps, team, mark.before, mark.place))
    canvas = await _tried(_drawn(deps, team, mark, mark.place)) if mark.with_canvas else ""
    return None if bookmark is None or canvas is None else replace(mark.before, bookmark=bookmark, canvas=canvas)


async def _tried(act: Awaitable[str]) -> str | None:
    """Its id; "" where there can be none, None where it is to be tried again."""
    try:
        return await act
    except SlackFailure as failure:
        if failure.meaning in NOT_HERE:
            return ""
        if failure.meaning is Meaning.UNCERTAIN:
            return None
        raise


async def _bookmarked(deps: Deps, team: TeamId, marked: Marked, place: Place) -> str:
    link = await deps.slack.permalink(team, place.channel, place.ts)
    if marked.bookmark:
        return await deps.slack.turn_bookmark(team, place.channel, marked.bookmark, link=link)
    return await deps.slack.add_bookmark(team, place.channel, title=TITLE, link=link, emoji=EMOJI)


async def _drawn(deps: Deps, team: TeamId, mark: Mark, place: Place) -> str:
    """A channel has one canvas at most; where it has another one already, that is left alone."""
    words = blocks.canvas(mark.about)
    if mark.before.canvas:
        return await deps.slack.turn_canvas(team, mark.before.canvas, words)
    return await deps.slack.make_canvas(team, place.channel, words)
