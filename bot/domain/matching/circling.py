"""How a draw of circles is put into an answer: in order, with everybody who has no circle, and with figures."""

from collections.abc import Iterable, Sequence

from bot.domain.matching import telling
from bot.domain.matching.document import Document
from bot.domain.matching.results import Circles, Header, Json
from bot.domain.matching.sizes import impossible
from bot.domain.matching.table import Table


def participants(document: Document) -> list[str]:
    return [person.id for person in document.people if person.circle is not None and not person.paused]


def answer(table: Table, header: Header, masks: Iterable[int], *, steps: int = 0) -> Circles:
    """The circles in the order of their first member, and everybody who has none."""
    ordered = sorted(masks, key=table.names)
    seated = sum(ordered)
    waiting = [one for one in range(len(table.ids)) if not seated >> one & 1]
    return Circles(
        header=header,
        circles=tuple(telling.circle(table, mask) for mask in ordered),
        unplaced=tuple(telling.unplaced(table, ordered, one) for one in waiting),
        summary=_summary(table, ordered, steps),
    )


def union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _summary(table: Table, masks: Sequence[int], steps: int) -> Json:
    heads, placed = len(table.ids), sum(map(int.bit_count, masks))
    return {
        "people": heads,
        "placed": placed,
        "unplaced": heads - placed,
        "circles": len(masks),
        "sizes": sorted(map(int.bit_count, masks)),
        "value": sum(table.judge(mask).value for mask in masks),
        "steps": steps,
        "note": impossible(heads, table.circle.min, table.circle.max),
        "before": _figures(table, _as_listed(masks)),
        "after": _figures(table, masks),
    }


def _as_listed(masks: Sequence[int]) -> list[int]:
    """Circles of the same sizes, cut from the list of ids: what a draw without a matcher would give."""
    seated = union(masks)
    people = [1 << one for one in range(seated.bit_length()) if seated >> one & 1]
    circles = []
    for mask in masks:
        circles.append(sum(people[: mask.bit_count()]))
        people = people[mask.bit_count() :]
    return circles


def _figures(table: Table, masks: Sequence[int]) -> Json:
    worth = {id: value for mask in masks for id, value in table.worth(mask).items()}
    worst = min(worth, key=lambda id: (worth[id], id), default=None)
    depts = [len({table.facts.people[id].dept for id in table.names(mask)} - {None}) for mask in masks]
    return {
        "broken": sum(table.judge(mask).broken > 0 for mask in masks),
        "worst": None if worst is None else {"id": worst, "value": worth[worst]},
        "mean": sum(worth.values()) // len(worth) if worth else 0,
        "departments": round(sum(depts) / len(depts), 1) if depts else 0.0,
    }
