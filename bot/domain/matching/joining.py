"""Small changes to circles that are drawn already: a late joiner, a swap by hand, a circle put together by hand.

Only the circles concerned change. Quick enough for a handler; each change is refused with a sentence if it breaks a rule.
"""

from collections.abc import Sequence

from bot.domain.errors import Refused
from bot.domain.matching import telling
from bot.domain.matching.circling import answer, participants
from bot.domain.matching.crowd import Crowd, Group, joined, seated, without
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import in_words
from bot.domain.matching.partition import MOST_UNITS, best_split
from bot.domain.matching.results import Circle, Circles


def judge_circle(document: Document, members: Sequence[str]) -> Circle:
    """A circle made by hand: its hour, theme, reason and value, or a refusal that names the rule it breaks."""
    crowd = Crowd(Facts(document), _all_known(document, members))
    circle = crowd.group(members)
    _refuse_broken(crowd, circle)
    return telling.circle(crowd, circle)


def place(document: Document, result: Circles, person: str) -> Circles:
    """The same circles with one more member; or a new circle with those who wait; or the person among the waiting."""
    if result.circle_of(person):
        raise Refused(f"{person} has a circle already.")
    crowd, circles = _standing(document, result, person)
    newcomer = crowd.place[person]
    seats = [circle for circle in circles if crowd.fits(joined(circle, [newcomer]))]
    if seats:
        best = max(seats, key=lambda circle: (_gain(crowd, circle, newcomer), circle))
        circles = [joined(circle, [newcomer]) if circle == best else circle for circle in circles]
    else:
        circles += _new_circles(crowd, circles, newcomer)
    return answer(crowd, result.header.changed(document), circles)


def _gain(crowd: Crowd, circle: Group, newcomer: int) -> int:
    return crowd.judge(joined(circle, [newcomer])).value - crowd.judge(circle).value


def _new_circles(crowd: Crowd, circles: Sequence[Group], newcomer: int) -> list[Group]:
    waiting = [(one,) for one in crowd.waiting(circles) if one != newcomer and crowd.may_meet(one, newcomer)]
    return best_split(crowd, [(newcomer,), *waiting[: MOST_UNITS - 1]])


def swap(document: Document, result: Circles, one: str, other: str) -> Circles:
    """Two members change places; either may be waiting for a circle."""
    crowd, circles = _standing(document, result, one, other)
    pair = crowd.group([one, other])
    if any(set(pair) <= set(circle) for circle in circles):
        raise Refused("The two sit in the same circle already.")
    if set(pair).isdisjoint(seated(circles)):
        raise Refused("Neither of the two has a circle yet.")
    swapped = [_exchanged(circle, pair) for circle in circles]
    for before, after in zip(circles, swapped, strict=True):
        if before != after:
            _refuse_swapped(crowd, before, after)
    return answer(crowd, result.header.changed(document), swapped)


def _refuse_swapped(crowd: Crowd, before: Group, after: Group) -> None:
    """Says who would come to whom, so that it is clear who "they" are."""
    wrong = telling.broken(crowd, after)
    if wrong:
        [comes] = crowd.names(tuple(set(after) - set(before)))
        others = in_words(tuple(crowd.names(tuple(one for one in after if one in before))))
        raise Refused(f"{comes} would sit with {others}. {wrong}")


def _exchanged(circle: Group, pair: Group) -> Group:
    """The other one of the pair where one of them sits."""
    return circle if set(pair).isdisjoint(circle) else tuple(sorted(set(circle) ^ set(pair)))


def move(document: Document, result: Circles, person: str, to: str) -> Circles:
    """A member goes over to the circle of somebody else."""
    crowd, circles = _standing(document, result, person, to)
    mover, goal = crowd.place[person], crowd.place[to]
    if goal not in seated(circles) or any(goal in circle and mover in circle for circle in circles):
        raise Refused("Pick somebody who sits in another circle.")
    moved = [joined(circle, [mover]) if goal in circle else without(circle, mover) for circle in circles]
    for before, after in zip(circles, moved, strict=True):
        if before != after:
            _refuse_broken(crowd, after)
    return answer(crowd, result.header.changed(document), moved)


def _standing(document: Document, result: Circles, *concerned: str) -> tuple[Crowd, list[Group]]:
    """All participants and the circles as they are, without those who have left the document."""
    crowd = Crowd(Facts(document), participants(document), result.header.options.apart)
    for id in concerned:
        if id not in crowd.place:
            raise Refused(f"{id} does not take part in the circles of this program.")
    return crowd, [crowd.group(id for id in circle.members if id in crowd.place) for circle in result.circles]


def _all_known(document: Document, members: Sequence[str]) -> Sequence[str]:
    known = {person.id for person in document.people}
    for id in members:
        if id not in known:
            raise Refused(f"{id} does not take part in this program.")
    return members


def _refuse_broken(crowd: Crowd, circle: Group) -> None:
    wrong = telling.broken(crowd, circle)
    if wrong:
        raise Refused(wrong)
