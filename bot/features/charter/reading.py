"""What is read of charters: one version with what it changed, and a circle's history, for members alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.charters import Charter, Clause, changed, check_member
from bot.domain.circles import Circle, meant
from bot.domain.errors import Gone
from bot.domain.ids import CircleId
from bot.feature import Deps
from bot.slack.requests import Command, Request
from bot.store.unit_of_work import Work

NONE_YET = "This circle has no charter yet. I draft one on the first working day after it has begun."


@dataclass(frozen=True)
class Shown:
    """A version of a circle's charter, and the one before it."""

    circle: Circle
    charter: Charter
    before: Charter | None = None
    is_newest: bool = True

    @property
    def changes(self) -> tuple[Clause, ...]:
        return changed(self.before.words, self.charter.words) if self.before else ()


@dataclass(frozen=True)
class History:
    circle: Circle
    versions: Sequence[Shown]
    """The newest first."""


async def circles_meant(by: Command, deps: Deps) -> list[Circle]:
    async with deps.store.open_view(by.team) as work:
        return meant(await work.circles.of(by.member), by.words, by.channel)


async def shown_to(by: Request, circle: CircleId, deps: Deps, *, number: int | None = None) -> Shown:
    """The newest version, or that one."""
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.get(circle)
        check_member(found, by.member)
        return await shown(work, found, number)


async def shown(work: Work, circle: Circle, number: int | None = None) -> Shown:
    newest = await work.charters.newest(circle.id)
    charter = newest if number is None else await work.charters.version(circle.id, number)
    if charter is None or newest is None:
        raise Gone(NONE_YET)
    before = await work.charters.version(circle.id, charter.number - 1)
    return Shown(circle, charter, before, is_newest=charter.number == newest.number)


async def history_for(by: Request, circle: CircleId, deps: Deps) -> History:
    async with deps.store.open_view(by.team) as work:
        found = await work.circles.get(circle)
        check_member(found, by.member)
        versions = await work.charters.history(circle)
    if not versions:
        raise Gone(NONE_YET)
    earlier = [*versions[1:], None]
    shown_ = [
        Shown(found, one, before, not place)
        for place, (one, before) in enumerate(zip(versions, earlier, strict=True))
    ]
    return History(found, shown_)
