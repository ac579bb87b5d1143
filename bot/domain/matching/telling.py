"""What is said about circles: why this one, why nobody was found, and what would help.

Only what scored and what holds for all is said. Blocks are confidential, so whoever they keep out hears that no circle fits,
which is true as well; and it is never said which group somebody would be the only one of.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

from bot.domain import when
from bot.domain.matching.crowd import Crowd, Group, joined
from bot.domain.matching.fit import in_words
from bot.domain.matching.results import Circle, Json, Unplaced
from bot.domain.matching.rules import CircleReason
from bot.domain.matching.sizes import impossible
from bot.domain.matching.slots import SLOT, SLOTS, best_start, length, listed, local_times, spoken


def circle(crowd: Crowd, members: Group) -> Circle:
    verdict = crowd.judge(members)
    people = [crowd.people[one] for one in members]
    week = crowd.facts.document.week_of
    slot = best_start(verdict.starts, people, week)
    meets: Json = {
        "utc": spoken(slot * SLOT),
        "minutes": crowd.circle.meeting_minutes,
        "local": dict(local_times(slot, (person.tz for person in people), week)),
    }
    return Circle(
        members=crowd.names(members),
        theme=None if verdict.theme is None else crowd.themes[verdict.theme],
        slot=slot,
        when=meets,
        because=_because(crowd, members, meets),
        value=verdict.value,
        worth=crowd.worth(members),
    )


def _because(crowd: Crowd, circle: Group, meets: Json) -> str:
    parts = [
        *_theme_part(crowd, circle),
        *_spread_part(crowd, circle),
        *_hour_part(meets),
        *_past_part(crowd, circle),
    ]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _theme_part(crowd: Crowd, circle: Group) -> list[str]:
    theme = crowd.judge(circle).theme
    if theme is None or not crowd.circle.wT:
        return []
    chosen = sum(crowd.wants[one].get(theme, 0) > 0 for one in circle)
    return [f"theme *{crowd.themes[theme]}* ({chosen} of {len(circle)} chose it)"]


def _spread_part(crowd: Crowd, circle: Group) -> list[str]:
    parts = []
    for field, plural in (("dept", "departments"), ("country", "countries"), ("background", "backgrounds")):
        distinct = len({getattr(crowd.people[one], field) for one in circle} - {None})
        if distinct > 1 and crowd.circle.wD and crowd.circle.distance_points[field]:
            parts.append(f"{distinct} {plural}")
    return [", ".join(parts)] if parts else []


def _hour_part(meets: Json) -> list[str]:
    """In the local times of all members; zones with the same time are named together."""
    zones: dict[str, list[str]] = {}
    for zone, time in meets["local"].items():
        zones.setdefault(time, []).append(zone.rpartition("/")[2].replace("_", " "))
    local = [f"{time} in {in_words(tuple(names))}" for time, names in zones.items()]
    return [f"everyone is free {', '.join(local)}"]


def _past_part(crowd: Crowd, circle: Group) -> list[str]:
    if not crowd.circle.repeat_penalty or not crowd.facts.document.history:
        return []
    met = any(not crowd.met[one].isdisjoint(circle) for one in circle)
    return [] if met else ["nobody sat in a circle together before"]


def broken(crowd: Crowd, circle: Group) -> str | None:
    """Which rule a circle made by hand breaks, in a sentence for a program lead; None when it breaks none."""
    size, rules = len(circle), crowd.circle
    if not rules.min <= size <= rules.max:
        return f"A circle has {rules.min} to {rules.max} members; this one would have {size}."
    if crowd.judge(circle).broken == 0:
        return None
    return _broken_rule(crowd, circle)


def _broken_rule(crowd: Crowd, circle: Group) -> str:
    for boss, report in combinations(crowd.names(circle), 2):
        if crowd.facts.in_line(boss, report, crowd.circle.manager_depth):
            return f"{boss} and {report} are on one reporting line, so they cannot sit in one circle."
    asked = next((two for two in combinations(circle, 2) if two[1] in crowd.kept_apart[two[0]]), None)
    if asked:
        return f"{' and '.join(crowd.names(asked))} are kept apart in this draft."
    if crowd.judge(circle).starts == 0:
        said = f"They have no common free time of {crowd.circle.meeting_minutes} minutes in the week"
        return said + _but_for(crowd, circle, crowd.starts)
    if not _common(crowd.languages[one] for one in circle):
        return "They have no language in common" + _but_for(crowd, circle, crowd.languages)
    if any(not crowd.never[one].isdisjoint(circle) for one in circle):
        return "A confidential rule keeps these people from sitting in one circle."
    return "One of them would be the only one of a group, and nobody of it is to be alone in a circle."


def _but_for(crowd: Crowd, circle: Group, sets: Sequence[int]) -> str:
    """The rest of the sentence: without whom the others would have one."""
    alone = [one for one in circle if _common(sets[other] for other in circle if other != one)]
    return f"; without {' or '.join(crowd.names(alone))} they would." if alone else "."


def _common(sets: Iterable[int]) -> int:
    found = -1
    for each in sets:
        found &= each
    return found


def unplaced(crowd: Crowd, circles: Sequence[Group], one: int) -> Unplaced:
    reason = _reason(crowd, circles, one)
    return Unplaced(crowd.ids[one], reason, _help(crowd, circles, one, reason))


def _reason(crowd: Crowd, circles: Sequence[Group], one: int) -> CircleReason:
    """The rule that leaves too few people to make a circle with; the headcount when it is only that."""
    heads, needed = len(crowd), crowd.circle.min - 1
    if heads <= needed:
        return CircleReason.HEADCOUNT
    # The person is among the people, and meets themselves unless they have no hour or no language at all.
    if not _enough((crowd.starts[one] & theirs for theirs in crowd.starts), needed + 1):
        return CircleReason.OVERLAP
    if not _enough((crowd.languages[one] & theirs for theirs in crowd.languages), needed + 1):
        return CircleReason.LANGUAGE
    if heads - 1 - _in_line(crowd, one) < needed:
        return CircleReason.MANAGER_LINE
    if impossible(heads, crowd.circle.min, crowd.circle.max) and circles:
        return CircleReason.HEADCOUNT
    return _against_circles(crowd, circles, one)


def _against_circles(crowd: Crowd, circles: Sequence[Group], one: int) -> CircleReason:
    """The one rule that is against each circle with room, or against a circle of all who are left."""
    if any(sum(group in theirs for theirs in crowd.groups) == 1 for group in crowd.groups[one]):
        return CircleReason.ISOLATED
    against = {_only_rule(crowd, circle) for circle in _with_them(crowd, circles, one)}
    found = [reason for reason in (CircleReason.KEPT_APART, CircleReason.ISOLATED) if reason in against]
    return found[0] if found else CircleReason.NO_CIRCLE_FITS


def _with_them(crowd: Crowd, circles: Sequence[Group], one: int) -> Iterator[Group]:
    yield from (joined(circle, (one,)) for circle in circles if len(circle) < crowd.circle.max)
    left = tuple(crowd.waiting(circles))
    if crowd.circle.min <= len(left) <= crowd.circle.max:
        yield left


def _only_rule(crowd: Crowd, circle: Group) -> CircleReason | None:
    """What would have to go for these people to be a circle, if it is one of the two."""
    if not crowd.judge(circle).starts or not _common(crowd.languages[one] for one in circle):
        return None
    clashes = {(one, other) for one in circle for other in crowd.never[one].intersection(circle)}
    if clashes:
        asked = all(other in crowd.kept_apart[one] for one, other in clashes)
        return CircleReason.KEPT_APART if asked and not crowd.lonely(circle) else None
    return CircleReason.ISOLATED if crowd.lonely(circle) else None


def _enough(shared: Iterable[int], needed: int) -> bool:
    return sum(1 for _ in islice(filter(None, shared), needed)) == needed


def _in_line(crowd: Crowd, one: int) -> int:
    depth, own = crowd.circle.manager_depth, crowd.ids[one]
    return sum(crowd.facts.in_line(own, crowd.ids[other], depth) for other in crowd.never[one])


def _help(crowd: Crowd, circles: Sequence[Group], one: int, reason: CircleReason) -> str:
    nearest = _nearest_circle(crowd, circles, one)
    if nearest is not None:
        return nearest
    few = crowd.circle.min - 1
    if reason is CircleReason.HEADCOUNT:
        return impossible(len(crowd.ids), crowd.circle.min, crowd.circle.max) or "One more participant would help."
    if reason is CircleReason.OVERLAP:
        return f"Working hours that meet those of {few} other participants, or participants in the same hours."
    if reason is CircleReason.LANGUAGE:
        return f"{few} other participants who speak one of the same languages, or one more language in the profile."
    if reason is CircleReason.MANAGER_LINE:
        return f"{few} other participants outside the same reporting line."
    if reason is CircleReason.KEPT_APART:
        return "Taking back that two are kept apart, or more participants in the same hours."
    if reason is CircleReason.ISOLATED:
        return "One more participant of the same group in the same hours."
    return "More participants in the same hours, or another smallest or largest size."


def _nearest_circle(crowd: Crowd, circles: Sequence[Group], one: int) -> str | None:
    """The smallest change of this person's hours that opens a circle with a free seat."""
    found = []
    for number, circle in enumerate(circles, start=1):
        if len(circle) < crowd.circle.max and only_hours_missing(crowd, circle, one):
            found += [(missing, slot, number) for slot, missing in missing_slots(crowd, circle, one)]
    if not found:
        return None
    missing, slot, number = min(found)
    person = crowd.people[one]
    start = local_times(slot, [person.tz], crowd.facts.document.week_of)[person.tz]
    hours = f"{missing * SLOT} more free minutes"
    return f"{hours} around {start}, {when.place(person.tz)}, would place them in circle {number}."


def only_hours_missing(crowd: Crowd, circle: Group, one: int) -> bool:
    """Would every other rule let them into this circle?"""
    with_them = (*circle, one)
    spoken_by_all = _common(crowd.languages[place] for place in with_them)
    apart = not crowd.never[one].isdisjoint(circle)
    return bool(spoken_by_all) and not apart and not crowd.lonely(with_them)


def missing_slots(crowd: Crowd, circle: Group, one: int) -> list[tuple[int, int]]:
    """For each start at which the circle can meet and they cannot: how many half hours they lack."""
    free, slots = crowd.facts.slots(crowd.ids[one]), length(crowd.circle.meeting_minutes)
    found = []
    for slot in listed(crowd.judge(circle).starts):
        missing = sum(not free >> ((slot + ahead) % SLOTS) & 1 for ahead in range(slots))
        if missing:
            found.append((slot, missing))
    return found
