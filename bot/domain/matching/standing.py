"""Circles of an earlier draw, brought up to date by as few moves as there can be.

That is for a leaver, for somebody to be matched again, and for circles that have become too small, whose people join others.
Whoever may stay stays. Whoever breaks a rule by now, or sits where too few are left, takes the seat that gains most elsewhere, or
makes a new circle with others who wait; only when that does not do are the members of one or two circles mixed anew.
"""

from collections.abc import Iterable, Sequence

from bot.domain.matching.crowd import Crowd, Group, joined


def standing(crowd: Crowd, stay: Iterable[tuple[str, str]]) -> list[Group]:
    """Those who sat together, from couples; whoever is not in the crowd any more is left out."""
    circle_of: dict[int, Group] = {}
    for one, other in ((crowd.place.get(a), crowd.place.get(b)) for a, b in stay):
        if one is not None and other is not None:
            together = joined({*circle_of.get(one, (one,)), *circle_of.get(other, (other,))})
            circle_of.update(dict.fromkeys(together, together))
    return sorted(set(circle_of.values()))


def brought_up_to_date(crowd: Crowd, units: Sequence[Group], before: Iterable[Group]) -> list[Group]:
    """The circles that can stay, with a seat for everybody whom one of them can take; `units` go together."""
    circles = [circle for group in before if (circle := _lawful(crowd, units, group))]
    while seats := _seats(crowd, circles, _waiting(units, circles)):
        _, _, circle, unit = max(seats)
        circles = sorted([*(each for each in circles if each != circle), joined(circle, unit)])
    return circles


def _lawful(crowd: Crowd, units: Sequence[Group], group: Group) -> Group:
    """Without those who break the most, until nothing is broken; nobody is left where it is too few."""
    inside = [unit for unit in units if set(unit) <= set(group)]
    while inside and not crowd.fits(joined(*inside)):
        rest = {unit: [other for other in inside if other != unit] for unit in inside}
        inside = rest[max(inside, key=lambda unit: (crowd.energy(joined(*rest[unit])), unit))]
        if sum(map(len, inside)) < crowd.circle.min:
            return ()
    return joined(*inside)


def _waiting(units: Sequence[Group], circles: Sequence[Group]) -> list[Group]:
    seated = {one for circle in circles for one in circle}
    return [unit for unit in units if unit[0] not in seated]


def _seats(crowd: Crowd, circles: Sequence[Group], waiting: Sequence[Group]) -> list[tuple[int, int, Group, Group]]:
    """Every seat for one of the waiting: those who have the fewest come first, then the seats that gain most."""
    found = []
    for unit in waiting:
        open_to = [circle for circle in circles if crowd.fits(joined(circle, unit))]
        for circle in open_to:
            gain = crowd.judge(joined(circle, unit)).value - crowd.judge(circle).value
            found.append((-len(open_to), gain, circle, unit))
    return found
