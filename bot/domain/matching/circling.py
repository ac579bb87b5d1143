"""How a draw of circles is put into an answer: in order, with everybody who has no circle, and with figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.matching import telling
from bot.domain.matching.crowd import Crowd, Group, seated
from bot.domain.matching.document import Document
from bot.domain.matching.personal import explained
from bot.domain.matching.results import Circles, Header, Json
from bot.domain.matching.sizes import impossible


@dataclass(frozen=True)
class Found:
    """How long a search took, and the value that no circles with as many people can exceed; None where that is not known.

    `exact` is the bound of a proof that went over all circles there are, the number of people placed included.
    """

    steps: int = 0
    bound: int | None = None
    exact: bool = False


UNPROVEN = Found()


def participants(document: Document) -> list[str]:
    return [person.id for person in document.people if person.circle is not None and not person.paused]


def answer(crowd: Crowd, header: Header, circles: Iterable[Group], found: Found = UNPROVEN) -> Circles:
    """The circles in the order of their first member, and everybody who has none."""
    ordered = sorted(circles)
    return Circles(
        header=header,
        circles=tuple(telling.circle(crowd, circle) for circle in ordered),
        unplaced=tuple(telling.unplaced(crowd, ordered, one) for one in crowd.waiting(ordered)),
        summary=_summary(crowd, ordered, found),
        people=explained(crowd, ordered) if header.options.explain else None,
    )


def _summary(crowd: Crowd, circles: Sequence[Group], found: Found) -> Json:
    heads, placed = len(crowd), sum(map(len, circles))
    value = sum(crowd.judge(circle).value for circle in circles)
    return {
        "people": heads,
        "placed": placed,
        "unplaced": heads - placed,
        "circles": len(circles),
        "sizes": sorted(map(len, circles)),
        "value": value,
        "bound": found.bound,
        "gap": None if found.bound is None else found.bound - value,
        "proven": found.exact and found.bound == value,
        "steps": found.steps,
        "note": impossible(heads, crowd.circle.min, crowd.circle.max),
        "before": _figures(crowd, _as_listed(circles)),
        "after": _figures(crowd, circles),
    }


def _as_listed(circles: Sequence[Group]) -> list[Group]:
    """Circles of the same sizes, cut from the list of ids: what a draw without a matcher would give."""
    people, start, found = sorted(seated(circles)), 0, []
    for circle in circles:
        found.append(tuple(people[start : start + len(circle)]))
        start += len(circle)
    return found


def _figures(crowd: Crowd, circles: Sequence[Group]) -> Json:
    worth = {id: value for circle in circles for id, value in crowd.worth(circle).items()}
    worst = min(worth, key=lambda id: (worth[id], id), default=None)
    depts = [len({crowd.people[one].dept for one in circle} - {None}) for circle in circles]
    return {
        "broken": sum(crowd.judge(circle).broken > 0 for circle in circles),
        "worst": None if worst is None else {"id": worst, "value": worth[worst]},
        "mean": sum(worth.values()) // len(worth) if worth else 0,
        "departments": round(sum(depts) / len(depts), 1) if depts else 0.0,
    }
