"""Circles for a whole program: everyone is placed, or listed with a reason and with what would place them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.errors import Refused
from bot.domain.matching import telling
from bot.domain.matching.bounds import upper_bound
from bot.domain.matching.circling import Found, answer, participants
from bot.domain.matching.crowd import Crowd, Group, joined, seated
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.options import Options, Unwatched, Watch
from bot.domain.matching.pace import Pace
from bot.domain.matching.results import Circles, Header
from bot.domain.matching.search import Search, length_of
from bot.domain.matching.standing import standing


def propose_circles(document: Document, options: Options | None = None, *, watch: Watch | None = None) -> Circles:
    options = options or Options()
    crowd = Crowd(Facts(document), participants(document), options.apart)
    kept = _kept(crowd, options)
    units = _units(crowd, options, set(seated(kept)))
    length = length_of(sum(map(len, units)), crowd.circle.max, options)
    pace = Pace(watch or Unwatched(), length.steps, options.stopped_at)
    search = Search(crowd, units, length, pace)
    before = standing(crowd, options.stay)
    found = search.from_standing(before) if before else search.run()
    if pace.stopped:
        options = replace(options, stopped_at=pace.done)
    return answer(crowd, Header.of(document, options), [*kept, *found], _found(crowd, kept, search))


def _found(crowd: Crowd, kept: Sequence[Group], search: Search) -> Found:
    """The proven bound where there is one; the loose one holds for any circles, those to keep among them."""
    loose = upper_bound(crowd)
    if search.bound is None:
        return Found(search.pace.done, loose)
    exact = search.bound + sum(crowd.judge(circle).value for circle in kept)
    return Found(search.pace.done, min(loose, exact), exact=True)


def _kept(crowd: Crowd, options: Options) -> list[Group]:
    kept: list[Group] = []
    for ids in options.keep:
        circle = crowd.group(_known(crowd, ids))
        if not set(circle).isdisjoint(seated(kept)):
            raise Refused("Somebody sits in two of the circles to keep; keep one of them.")
        wrong = telling.broken(crowd, circle)
        if wrong:
            raise Refused(f"The circle of {', '.join(ids)} cannot be kept. {wrong}")
        kept.append(circle)
    return kept


def _known(crowd: Crowd, ids: Sequence[str]) -> Sequence[str]:
    for id in ids:
        if id not in crowd.place:
            raise Refused(f"{id} does not take part in this draw; only participants can be locked.")
    return ids


def _units(crowd: Crowd, options: Options, kept: Collection[int]) -> list[Group]:
    """People who are not kept already, joined where they are locked together."""
    unit_of: dict[int, Group] = {one: (one,) for one in range(len(crowd)) if one not in kept}
    for pair in options.together:
        both = crowd.group(_known(crowd, pair))
        inside = [one in kept for one in both]
        if all(inside):
            continue
        if any(inside):
            raise Refused(f"{' and '.join(pair)} are to go together, but one of them is in a circle to keep.")
        unit = joined({member for one in both for member in unit_of[one]})
        unit_of.update(dict.fromkeys(unit, unit))
    return sorted(set(unit_of.values()))
