"""One person's view of a draw of circles, for whoever explains it to them: why this circle, what they gave up for it,
and for those who are served least the smallest change that would serve them better.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain import when
from bot.domain.matching import telling
from bot.domain.matching.crowd import Crowd, Group, joined
from bot.domain.matching.fit import in_words
from bot.domain.matching.results import Explained
from bot.domain.matching.slots import SLOT, local_times

LEAST_SERVED = 10
ORDINALS = ("first", "second", "third")
FIELDS = (("dept", "department"), ("country", "country"), ("background", "background"))


def explained(crowd: Crowd, circles: Sequence[Group]) -> tuple[Explained, ...]:
    """Everybody with a circle, in the order of their ids; circles are counted from 1 as they stand in the answer."""
    worth = {one: value for circle in circles for one, value in _worth(crowd, circle).items()}
    least = sorted(worth, key=lambda one: (worth[one], one))[:LEAST_SERVED]
    seats = {one: number for number, circle in enumerate(circles) for one in circle}
    return tuple(
        Explained(
            id=crowd.ids[one],
            circle=seats[one] + 1,
            worth=worth[one],
            because=_sentence(_gains(crowd, circles[seats[one]], one), "It was the circle that was left."),
            gave_up=_sentence(_losses(crowd, circles[seats[one]], one), "Nothing that counts."),
            would_help=_change(crowd, circles, one, worth[one]) if one in least else None,
        )
        for one in sorted(seats)
    )


def _worth(crowd: Crowd, circle: Group) -> Mapping[int, int]:
    return {crowd.place[id]: value for id, value in crowd.worth(circle).items()}


def _sentence(parts: Iterator[str], otherwise: str) -> str:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else otherwise


def _rank(crowd: Crowd, one: int, theme: int | None) -> int | None:
    """0 for the theme that was wished for first."""
    ranked = list(crowd.wants[one])
    return ranked.index(theme) if theme in ranked else None


def _gains(crowd: Crowd, circle: Group, one: int) -> Iterator[str]:
    theme = crowd.judge(circle).theme
    rank = _rank(crowd, one, theme)
    if theme is not None and rank is not None and crowd.circle.wT:
        choice = f"{ORDINALS[rank]} choice" if rank < len(ORDINALS) else "later choice"
        yield f"theme *{crowd.themes[theme]}*, your {choice}"
    for field, name in FIELDS:
        others = _different(crowd, circle, one, field)
        if others:
            yield f"{others} of {len(circle) - 1} others are from another {name}"
    if crowd.circle.repeat_penalty and crowd.facts.document.history and crowd.met[one].isdisjoint(circle):
        yield "you sat in no circle with any of them before"


def _different(crowd: Crowd, circle: Group, one: int, field: str) -> int:
    if not crowd.circle.wD or not crowd.circle.distance_points.get(field):
        return 0
    own = getattr(crowd.people[one], field)
    theirs = [getattr(crowd.people[other], field) for other in circle if other != one]
    return 0 if own is None else sum(each is not None and each != own for each in theirs)


def _losses(crowd: Crowd, circle: Group, one: int) -> Iterator[str]:
    theme = crowd.judge(circle).theme
    wishes = list(crowd.wants[one])
    if wishes and crowd.circle.wT and theme != wishes[0]:
        yield f"your first choice was *{crowd.themes[wishes[0]]}*"
    for field, name in FIELDS:
        others = len(circle) - 1 - _different(crowd, circle, one, field)
        if others and getattr(crowd.people[one], field) is not None and crowd.circle.distance_points.get(field):
            yield f"{others} of the others {'is' if others == 1 else 'are'} from your own {name}, or gave none"
    again = crowd.names(sorted(crowd.met[one].intersection(circle)))
    if again and crowd.circle.repeat_penalty:
        yield f"you have met {in_words(again)} before"


def _change(crowd: Crowd, circles: Sequence[Group], one: int, worth: int) -> str:
    """The smallest change of their hours by which another circle could take them and would be worth more to them."""
    open_now, found = [], []
    for number, circle in enumerate(circles, start=1):
        if one in circle or len(circle) >= crowd.circle.max or not telling.only_hours_missing(crowd, circle, one):
            continue
        more = _worth(crowd, joined(circle, (one,)))[one] - worth
        if more <= 0:
            continue
        if crowd.judge(circle).starts & crowd.starts[one]:
            open_now.append((more, -number))
        found += [(missing, -more, slot, number) for slot, missing in telling.missing_slots(crowd, circle, one)]
    if open_now:
        more, number = max(open_now)
        return f"Circle {-number} would be worth {more:,} more to them, and could take them; others would lose by it."
    if not found:
        return _more_like_them(crowd, one)
    missing, less, slot, number = min(found)
    person = crowd.people[one]
    start = local_times(slot, [person.tz], crowd.facts.document.week_of)[person.tz]
    return (
        f"{missing * SLOT} more free minutes around {start}, {when.place(person.tz)}, would open circle {number} to them, "
        f"worth {-less:,} more."
    )


def _more_like_them(crowd: Crowd, one: int) -> str:
    wishes = list(crowd.wants[one])
    if not wishes:
        return "A theme in their profile: without one only the differences between people count for them."
    return f"More participants in the same hours who choose *{crowd.themes[wishes[0]]}*."
