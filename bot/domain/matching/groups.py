"""Circles for a whole program: everyone is placed, or listed with a reason and with what would place them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.matching import telling
from bot.domain.matching.circling import answer, participants, union
from bot.domain.matching.dice import Dice
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.options import Options, Unwatched, Watch
from bot.domain.matching.results import Circles, Header
from bot.domain.matching.search import Search
from bot.domain.matching.table import Table


def propose_circles(document: Document, options: Options | None = None, *, watch: Watch | None = None) -> Circles:
    options = options or Options()
    table = Table(Facts(document), participants(document), options.apart)
    kept = _kept(table, options)
    units = _units(table, options, sum(kept))
    search = Search(table, units, Dice(document.seed), watch or Unwatched())
    found = search.run(options)
    if search.stopped:
        options = replace(options, stopped_at=search.done)
    return answer(table, Header.of(document, options), [*kept, *found], steps=search.done)


def _kept(table: Table, options: Options) -> list[int]:
    kept: list[int] = []
    for circle in options.keep:
        mask = table.mask(_known(table, circle))
        if any(mask & other for other in kept):
            raise Refused("Somebody sits in two of the circles to keep; keep one of them.")
        wrong = telling.broken(table, mask)
        if wrong:
            raise Refused(f"The circle of {', '.join(circle)} cannot be kept. {wrong}")
        kept.append(mask)
    return kept


def _known(table: Table, ids: Sequence[str]) -> Sequence[str]:
    for id in ids:
        if id not in table.place:
            raise Refused(f"{id} does not take part in this draw; only participants can be locked.")
    return ids


def _units(table: Table, options: Options, kept: int) -> list[int]:
    """People who are not kept already, joined where they are locked together."""
    units = [1 << one for one in range(len(table.ids)) if not kept >> one & 1]
    for pair in options.together:
        both = table.mask(_known(table, pair))
        if both & kept == both:
            continue
        if both & kept:
            raise Refused(f"{' and '.join(pair)} are to go together, but one of them is in a circle to keep.")
        joined = [unit for unit in units if unit & both]
        units = [unit for unit in units if not unit & both] + [union(joined)]
    return sorted(units)
