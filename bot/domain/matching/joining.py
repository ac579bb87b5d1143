"""Small changes to circles that are drawn already: a late joiner, a swap by hand, a circle put together by hand.

Only the circles concerned change. Quick enough for a handler; each change is refused with a sentence if it breaks a rule.
"""

from collections.abc import Sequence

from bot.domain.errors import Refused
from bot.domain.matching import telling
from bot.domain.matching.circling import answer, participants
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.partition import MOST_UNITS, best_split
from bot.domain.matching.results import Circle, Circles
from bot.domain.matching.table import Table


def judge_circle(document: Document, members: Sequence[str]) -> Circle:
    """A circle made by hand: its hour, theme, reason and value, or a refusal that names the rule it breaks."""
    table = Table(Facts(document), _all_known(document, members))
    mask = table.mask(members)
    _refuse_broken(table, mask)
    return telling.circle(table, mask)


def place(document: Document, result: Circles, person: str) -> Circles:
    """The same circles with one more member; or a new circle with those who wait; or the person among the waiting."""
    if result.circle_of(person):
        raise Refused(f"{person} has a circle already.")
    table, masks = _standing(document, result, person)
    newcomer = table.mask([person])
    seats = [mask for mask in masks if table.fits(mask | newcomer)]
    if seats:
        best = max(seats, key=lambda mask: (table.energy(mask | newcomer) - table.energy(mask), -mask))
        masks = [mask | newcomer if mask == best else mask for mask in masks]
    else:
        masks += _new_circles(table, masks, newcomer)
    return answer(table, result.header.changed(document), masks)


def _new_circles(table: Table, masks: Sequence[int], newcomer: int) -> list[int]:
    seated = sum(masks) | newcomer
    waiting = [1 << one for one in range(len(table.ids)) if not seated >> one & 1]
    return best_split(table, [newcomer, *waiting[: MOST_UNITS - 1]])


def swap(document: Document, result: Circles, one: str, other: str) -> Circles:
    """Two members change places; either may be waiting for a circle."""
    table, masks = _standing(document, result, one, other)
    pair = table.mask([one, other])
    if any(mask & pair == pair for mask in masks):
        raise Refused("The two sit in the same circle already.")
    if not any(mask & pair for mask in masks):
        raise Refused("Neither of the two has a circle yet.")
    swapped = [mask ^ pair if mask & pair else mask for mask in masks]
    for mask in swapped:
        if mask & pair:
            _refuse_broken(table, mask)
    return answer(table, result.header.changed(document), swapped)


def move(document: Document, result: Circles, person: str, to: str) -> Circles:
    """A member goes over to the circle of somebody else."""
    table, masks = _standing(document, result, person, to)
    mover, goal = table.mask([person]), table.mask([to])
    if not any(mask & goal for mask in masks) or any(mask & mover and mask & goal for mask in masks):
        raise Refused("Pick somebody who sits in another circle.")
    moved = [mask | mover if mask & goal else mask & ~mover for mask in masks]
    for before, after in zip(masks, moved, strict=True):
        if before != after:
            _refuse_broken(table, after)
    return answer(table, result.header.changed(document), moved)


def _standing(document: Document, result: Circles, *concerned: str) -> tuple[Table, list[int]]:
    """The table of all participants and the circles as they are, without those who have left the document."""
    ids = participants(document)
    table = Table(Facts(document), ids, result.header.options.apart)
    for id in concerned:
        if id not in table.place:
            raise Refused(f"{id} does not take part in the circles of this program.")
    return table, [table.mask(id for id in circle.members if id in table.place) for circle in result.circles]


def _all_known(document: Document, members: Sequence[str]) -> Sequence[str]:
    known = {person.id for person in document.people}
    for id in members:
        if id not in known:
            raise Refused(f"{id} does not take part in this program.")
    return members


def _refuse_broken(table: Table, mask: int) -> None:
    wrong = telling.broken(table, mask)
    if wrong:
        raise Refused(wrong)
