"""What is said about circles: why this one, why nobody was found, and what would help.

Only what scored and what holds for all is said. Groups and blocks are confidential, so whoever they keep out hears
that no circle fits, which is true as well.
"""

from collections.abc import Iterable, Sequence

from bot.domain.matching.results import Circle, Json, Unplaced
from bot.domain.matching.rules import CircleReason
from bot.domain.matching.sizes import impossible
from bot.domain.matching.slots import SLOT, SLOTS, best_start, length, listed, local_times, spoken
from bot.domain.matching.table import Table

MANY_ZONES = 3


def circle(table: Table, mask: int) -> Circle:
    verdict = table.judge(mask)
    people = [table.facts.people[id] for id in table.names(mask)]
    week = table.facts.document.week_of
    slot = best_start(verdict.starts, people, week)
    when: Json = {
        "utc": spoken(slot * SLOT),
        "minutes": table.circle.meeting_minutes,
        "local": dict(local_times(slot, (person.tz for person in people), week)),
    }
    return Circle(
        members=table.names(mask),
        theme=None if verdict.theme is None else table.themes[verdict.theme],
        slot=slot,
        when=when,
        because=_because(table, mask, when),
        value=verdict.value,
        worth=table.worth(mask),
    )


def _because(table: Table, mask: int, when: Json) -> str:
    parts = [*_theme_part(table, mask), *_spread_part(table, mask), *_hour_part(when), *_past_part(table, mask)]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _theme_part(table: Table, mask: int) -> list[str]:
    theme = table.judge(mask).theme
    if theme is None or not table.circle.wT:
        return []
    chosen = sum(table.want(one, theme) > 0 for one in table.members(mask))
    return [f"theme *{table.themes[theme]}* ({chosen} of {mask.bit_count()} chose it)"]


def _spread_part(table: Table, mask: int) -> list[str]:
    parts = []
    for field, plural in (("dept", "departments"), ("country", "countries"), ("background", "backgrounds")):
        distinct = len({getattr(table.facts.people[id], field) for id in table.names(mask)} - {None})
        if distinct > 1 and table.circle.wD and table.circle.distance_points[field]:
            parts.append(f"{distinct} {plural}")
    return [", ".join(parts)] if parts else []


def _hour_part(when: Json) -> list[str]:
    local = [f"{time} {zone}" for zone, time in when["local"].items()]
    return [f"everyone is free {', '.join(local) if len(local) <= MANY_ZONES else when['utc'] + ' UTC'}"]


def _past_part(table: Table, mask: int) -> list[str]:
    if not table.circle.repeat_penalty or not table.facts.document.history:
        return []
    names = table.names(mask)
    pairs = [(one, other) for place, other in enumerate(names) for one in names[:place]]
    met = any(table.facts.met_as("circle", one, other) for one, other in pairs)
    return [] if met else ["nobody sat in a circle together before"]


def broken(table: Table, mask: int) -> str | None:
    """Which rule a circle made by hand breaks, in a sentence for a program lead; None when it breaks none."""
    size, circle = mask.bit_count(), table.circle
    if not circle.min <= size <= circle.max:
        return f"A circle has {circle.min} to {circle.max} members; this one would have {size}."
    if table.judge(mask).broken == 0:
        return None
    return _broken_rule(table, mask)


def _broken_rule(table: Table, mask: int) -> str:
    places, depth = list(table.members(mask)), table.circle.manager_depth
    names = table.names(mask)
    for place, other in enumerate(names):
        for one in names[:place]:
            if table.facts.in_line(one, other, depth):
                return "One of them reports to another, so they cannot sit in one circle."
    if table.judge(mask).starts == 0:
        return f"They have no common free time of {table.circle.meeting_minutes} minutes in the week."
    if not _common(table.languages[place] for place in places):
        return "They have no language in common."
    return "A confidential rule keeps these people from sitting in one circle."


def _common(masks: Iterable[int]) -> int:
    found = -1
    for mask in masks:
        found &= mask
    return found


def unplaced(table: Table, circles: Sequence[int], one: int) -> Unplaced:
    reason = _reason(table, circles, one)
    return Unplaced(table.ids[one], reason, _help(table, circles, one, reason))


def _reason(table: Table, circles: Sequence[int], one: int) -> CircleReason:
    """The rule that leaves too few people to make a circle with; the headcount when it is only that."""
    needed, others = table.circle.min - 1, [other for other in range(len(table.ids)) if other != one]
    if len(others) < needed:
        return CircleReason.HEADCOUNT
    if sum(bool(table.starts[one] & table.starts[other]) for other in others) < needed:
        return CircleReason.OVERLAP
    if sum(bool(table.languages[one] & table.languages[other]) for other in others) < needed:
        return CircleReason.LANGUAGE
    if len(others) - _in_line(table, one) < needed:
        return CircleReason.MANAGER_LINE
    heads = len(table.ids)
    if impossible(heads, table.circle.min, table.circle.max) and sum(map(int.bit_count, circles)) > 0:
        return CircleReason.HEADCOUNT
    return CircleReason.NO_CIRCLE_FITS


def _in_line(table: Table, one: int) -> int:
    depth = table.circle.manager_depth
    return sum(table.facts.in_line(table.ids[one], id, depth) for id in table.ids if id != table.ids[one])


def _help(table: Table, circles: Sequence[int], one: int, reason: CircleReason) -> str:
    nearest = _nearest_circle(table, circles, one)
    if nearest is not None:
        return nearest
    few = table.circle.min - 1
    if reason is CircleReason.HEADCOUNT:
        return impossible(len(table.ids), table.circle.min, table.circle.max) or "One more participant would help."
    if reason is CircleReason.OVERLAP:
        return f"Working hours that meet those of {few} other participants, or participants in the same hours."
    if reason is CircleReason.LANGUAGE:
        return f"{few} other participants who speak one of the same languages, or one more language in the profile."
    if reason is CircleReason.MANAGER_LINE:
        return f"{few} other participants outside the same reporting line."
    return "More participants in the same hours, or another smallest or largest size."


def _nearest_circle(table: Table, circles: Sequence[int], one: int) -> str | None:
    """The smallest change of this person's hours that opens a circle with a free seat."""
    found = []
    for number, mask in enumerate(circles, start=1):
        if mask.bit_count() < table.circle.max and _only_hours_missing(table, mask, one):
            found += [(missing, slot, number) for slot, missing in _missing_slots(table, mask, one)]
    if not found:
        return None
    missing, slot, number = min(found)
    person = table.facts.people[table.ids[one]]
    start = local_times(slot, [person.tz], table.facts.document.week_of)[person.tz]
    hours = f"{missing * SLOT} more free minutes"
    return f"{hours} around {start} ({person.tz}) would place them in circle {number}."


def _only_hours_missing(table: Table, mask: int, one: int) -> bool:
    names = table.names(mask)
    apart = table.never[one] & mask
    spoken_by_all = _common(table.languages[place] for place in table.members(mask | 1 << one))
    alone = any((group & (mask | 1 << one)).bit_count() == 1 for group in table.groups)
    return bool(names) and not apart and bool(spoken_by_all) and not alone


def _missing_slots(table: Table, mask: int, one: int) -> list[tuple[int, int]]:
    free, slots = table.facts.slots(table.ids[one]), length(table.circle.meeting_minutes)
    found = []
    for slot in listed(table.judge(mask).starts):
        missing = sum(not free >> ((slot + ahead) % SLOTS) & 1 for ahead in range(slots))
        if missing:
            found.append((slot, missing))
    return found
