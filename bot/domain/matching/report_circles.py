"""The report of a draw of circles."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from bot.domain.matching.circling import participants
from bot.domain.matching.crowd import Crowd, Group, seated
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.report import (
    EARLIER,
    IN_ORDER,
    TWO_HOURS,
    Figure,
    Left,
    Met,
    Report,
    Served,
    crosses,
    figures,
    in_a_sentence,
    mates_of,
    reach,
    why,
)
from bot.domain.matching.results import Circle, Circles
from bot.domain.matching.slots import SLOT, SLOTS

KIND = "circles"
CHOICES = ("first", "second", "third")
LATER = "later"


def circles_report(document: Document, drawn: Circles, before: Circles | None = None) -> Report:
    """Compared with the earlier draw, or with circles of the same sizes cut from the list of ids."""
    crowd = Crowd(Facts(document), participants(document))
    after = [crowd.group(circle.members) for circle in drawn.circles]
    earlier = _known(crowd, before) if before else _in_order(after)
    mates = mates_of(circle.members for circle in drawn.circles)
    return Report(
        kind=KIND,
        headline=_headline(drawn),
        people=len(crowd),
        figures=figures(_figures(crowd, after, earlier), len(mates)),
        against=EARLIER if before else IN_ORDER,
        worst=tuple(_served(crowd, after)),
        groups=tuple(_met(place, circle) for place, circle in enumerate(drawn.circles, start=1)),
        left=tuple(Left(one.id, why(one.reason, "circle"), one.would_help) for one in drawn.unplaced),
        reach=reach(crowd.facts, mates),
        note=drawn.summary["note"] or "",
    )


def _headline(drawn: Circles) -> str:
    placed = sum(len(circle.members) for circle in drawn.circles)
    people, circles = placed + len(drawn.unplaced), len(drawn.circles)
    person = "person has" if people == 1 else "people have"
    return f"{placed:,} of {people:,} {person} a place, in {circles:,} {'circle' if circles == 1 else 'circles'}"


def _known(crowd: Crowd, before: Circles) -> list[Group]:
    """Without those who do not take part any more."""
    kept = [crowd.group(id for id in circle.members if id in crowd.place) for circle in before.circles]
    return [group for group in kept if len(group) > 1]


def _in_order(circles: Sequence[Group]) -> list[Group]:
    people, start, found = sorted(seated(circles)), 0, []
    for circle in circles:
        found.append(tuple(people[start : start + len(circle)]))
        start += len(circle)
    return found


def _figures(crowd: Crowd, after: Sequence[Group], before: Sequence[Group]) -> Iterator[Figure]:
    choosers = {one for one, wants in enumerate(crowd.wants) if wants}
    goal = "share at least two hours a week and a theme they chose with everyone in their circle"
    if choosers:
        yield _counted(goal, len(choosers), *(len(_well(crowd, circles)) for circles in (after, before)))
        first = "have the theme they put first"
        yield _counted(first, len(choosers), *(len(_ranked(crowd, circles, 0)) for circles in (after, before)))
    others = "meet somebody of another department"
    yield _counted(others, len(crowd), *(_across(crowd, circles) for circles in (after, before)))
    yield _counted("Circles that break a rule", None, *(_broken(crowd, circles) for circles in (after, before)))
    if any(crowd.met):
        again = "Couples who sat in a circle together before"
        yield _counted(again, None, *(_again(crowd, circles) for circles in (after, before)))


def _counted(words: str, of: int | None, after: int, before: int) -> Figure:
    return Figure(words, after, of, before)


def _well(crowd: Crowd, circles: Iterable[Group]) -> set[int]:
    """Those with two hours in common with everyone in the circle, and a theme they chose."""
    meeting = [circle for circle in circles if _common_minutes(crowd, circle) >= TWO_HOURS]
    return {one for circle in meeting for one in circle if _rank(crowd, circle, one) is not None}


def _common_minutes(crowd: Crowd, circle: Group) -> int:
    common = (1 << SLOTS) - 1
    for one in circle:
        common &= crowd.facts.slots(crowd.ids[one])
    return common.bit_count() * SLOT


def _ranked(crowd: Crowd, circles: Iterable[Group], rank: int) -> set[int]:
    return {one for circle in circles for one in circle if _rank(crowd, circle, one) == rank}


def _rank(crowd: Crowd, circle: Group, one: int) -> int | None:
    """Which of their wishes the circle's theme is, from 0; None where it is none."""
    theme, wants = crowd.judge(circle).theme, list(crowd.wants[one])
    return wants.index(theme) if theme in wants else None


def _across(crowd: Crowd, circles: Iterable[Group]) -> int:
    named = (crowd.names(circle) for circle in circles)
    return sum(crosses(crowd.facts, id, circle) for circle in named for id in circle)


def _broken(crowd: Crowd, circles: Iterable[Group]) -> int:
    return sum(crowd.judge(circle).broken > 0 for circle in circles)


def _again(crowd: Crowd, circles: Iterable[Group]) -> int:
    return sum(other in crowd.met[one] for circle in circles for one, other in combinations(circle, 2))


def _served(crowd: Crowd, circles: Sequence[Group]) -> list[Served]:
    """From the one to whom their place is worth least."""
    worth: dict[str, int] = {}
    found = {}
    for place, circle in enumerate(circles, start=1):
        worth |= crowd.worth(circle)
        for one in circle:
            lacks = in_a_sentence(_lacks(crowd, circle, one))
            found[crowd.ids[one]] = Served(crowd.ids[one], place, lacks)
    return [found[id] for id in sorted(found, key=lambda id: (worth[id], id))]


def _lacks(crowd: Crowd, circle: Group, one: int) -> Iterator[str]:
    theme, rank = crowd.judge(circle).theme, _rank(crowd, circle, one)
    if theme is not None and rank is None:
        chose = "chose other themes" if crowd.wants[one] else "chose no theme"
        yield f"{chose}; the circle's is *{crowd.themes[theme]}*"
    elif theme is not None and rank:
        yield f"*{crowd.themes[theme]}* is their {CHOICES[rank] if rank < len(CHOICES) else LATER} choice"
    mine = crowd.people[one].dept
    same = sum(crowd.people[other].dept == mine for other in circle) - 1
    if mine is not None and same:
        yield f"{same} of the {len(circle) - 1} others {'is' if same == 1 else 'are'} from {mine} too"
    if again := sum(other in crowd.met[one] for other in circle):
        yield f"sat in a circle with {again} of them before"


def _met(place: int, circle: Circle) -> Met:
    zones: dict[str, list[str]] = {}
    for zone, at in circle.when["local"].items():
        zones.setdefault(at, []).append(zone.rpartition("/")[2].replace("_", " "))
    hours = " · ".join(f"{at} {', '.join(names)}" for at, names in zones.items())
    minutes = f", {circle.when['minutes']} minutes" if hours else ""
    title = circle.theme or "Open theme"
    return Met(place, title, circle.members, f"{hours}{minutes}", without_hours(circle.because))


def without_hours(because: str) -> str:
    """The hours stand on a line of their own, so the reason need not say them again."""
    parts = because.removesuffix(".").split("; ")
    left = [part for part in parts if not part.casefold().startswith("everyone is free ")]
    return f"{'; '.join(left)}." if left else ""
