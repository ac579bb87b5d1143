"""The report of a draw of pairs, and of one of weekly rounds."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import Fit, fit, hours
from bot.domain.matching.report import (
    EARLIER,
    IN_ORDER,
    TWO_HOURS,
    Couple,
    Figure,
    Left,
    Met,
    Report,
    Served,
    costs_once,
    crosses,
    figures,
    in_a_sentence,
    mates_of,
    reach,
    told_of,
    why,
)
from bot.domain.matching.results import Pair, Pairs, Rounds, Unplaced
from bot.domain.matching.rules import may_pair

Fits = dict[Couple, Fit]


def pairs_report(document: Document, drawn: Pairs, before: Pairs | None = None) -> Report:
    """Compared with the earlier draw, or with each mentee and the next free place, both in the order of their ids."""
    facts = Facts(document)
    after = [(pair.mentee, pair.mentor) for pair in drawn.pairs]
    earlier = _known(facts, before) if before else _in_order(facts)
    people = len(drawn.pairs) + len(drawn.unmatched)
    return Report(
        kind="pairs",
        headline=_headline(drawn),
        people=people,
        figures=figures(_figures(facts, people, after, earlier), people),
        against=EARLIER if before else IN_ORDER,
        worst=tuple(_served(facts, drawn.pairs)),
        groups=tuple(_met(place, pair) for place, pair in enumerate(drawn.pairs, start=1)),
        left=tuple(Left(one.mentee, why(one.reason, "mentor"), one.would_help) for one in drawn.unmatched),
        reach=reach(facts, mates_of(after)),
    )


def _headline(drawn: Pairs) -> str:
    matched, people = len(drawn.pairs), len(drawn.pairs) + len(drawn.unmatched)
    mentors = len({pair.mentor for pair in drawn.pairs})
    who = "person who looks" if people == 1 else "people who look"
    have = "has" if matched == 1 else "have"
    return f"{matched:,} of {people:,} {who} for a mentor {have} one; {mentors:,} {_give(mentors)} their time"


def _give(count: int) -> str:
    return "mentor gives" if count == 1 else "mentors give"


def _known(facts: Facts, before: Pairs) -> list[Couple]:
    couples = [(pair.mentee, pair.mentor) for pair in before.pairs]
    return [couple for couple in couples if set(couple) <= facts.people.keys() and facts.people[couple[0]].mentee]


def _in_order(facts: Facts) -> list[Couple]:
    people = [person for person in facts.document.people if not person.paused]
    free = [person.id for person in people if person.mentor for _ in range(person.mentor.capacity)]
    return list(zip((person.id for person in people if person.mentee), free, strict=False))


def _figures(facts: Facts, people: int, after: Sequence[Couple], before: Sequence[Couple]) -> Iterator[Figure]:
    sides = [{couple: fit(facts, *couple) for couple in couples} for couples in (after, before)]
    goal = "have a mentor with whom they share at least two hours a week and something they asked for"
    yield Figure(goal, _well(sides[0]), people, _well(sides[1]))
    others = "have a mentor of another department"
    yield Figure(others, _across(facts, after), people, _across(facts, before))
    broken = "Pairs that break a rule"
    yield Figure(broken, _broken(facts, after), None, _broken(facts, before))
    if facts.document.history:
        yield Figure("Pairs that were one before", _again(sides[0]), None, _again(sides[1]))


def _well(fits: Fits) -> int:
    return sum(bool(one.skills) and one.minutes >= TWO_HOURS for one in fits.values())


def _again(fits: Fits) -> int:
    return sum(one.paired_before for one in fits.values())


def _across(facts: Facts, couples: Sequence[Couple]) -> int:
    return sum(crosses(facts, mentee, [mentor]) for mentee, mentor in couples)


def _broken(facts: Facts, couples: Sequence[Couple]) -> int:
    return sum(not may_pair(facts, *couple) for couple in couples)


def _served(facts: Facts, pairs: Sequence[Pair]) -> Iterator[Served]:
    """Mentees from the lowest score on."""
    placed = sorted(enumerate(pairs, start=1), key=lambda each: (each[1].score, each[1].mentee))
    for place, pair in placed:
        lacks = in_a_sentence(_lacks(facts, fit(facts, pair.mentee, pair.mentor), pair))
        yield Served(pair.mentee, place, lacks)


def _lacks(facts: Facts, found: Fit, pair: Pair) -> Iterator[str]:
    if found.weights.get("skill", 0) and found.missing:
        every = "nothing they asked for is offered: " if not found.skills else "not offered: "
        yield every + ", ".join(f"*{name}*" for name in found.missing)
    if found.weights.get("overlap", 0) and found.points["overlap"] < 50:
        yield f"only {hours(found.minutes)} a week"
    mine, theirs = facts.people[pair.mentee].dept, facts.people[pair.mentor].dept
    if found.weights.get("distance", 0) and mine is not None and mine == theirs:
        yield f"both are from {mine}"
    if found.paired_before:
        yield "they were a pair before"


def _met(place: int, pair: Pair) -> Met:
    title = f"{pair.type[:1].upper()}{pair.type[1:]}"
    return Met(place, title, (pair.mentee, pair.mentor), "", told_of(pair.because), costs_once(told_of(pair.costs)))


def rounds_report(document: Document, drawn: Rounds) -> Report:
    facts = Facts(document)
    weeks = [(week.week, group) for week in drawn.rounds for group in week.groups]
    mates = mates_of(group for _, group in weeks)
    alone = {one.id: one for week in drawn.rounds for one in week.alone}
    often = Counter(one.id for week in drawn.rounds for one in week.alone)
    people = len(mates.keys() | alone.keys())
    again = Counter(id for week in drawn.rounds for pair in week.repeats for id in pair)
    fresh = sum(id not in again for id in mates)
    count = len(drawn.rounds)
    return Report(
        kind="rounds",
        headline=f"{len(mates):,} of {people:,} people meet somebody in {count} {'week' if count == 1 else 'weeks'}",
        people=people,
        figures=figures(_round_figures(facts, drawn, mates, fresh), people),
        against="",
        worst=tuple(Served(id, 0, _again_words(again[id])) for id in sorted(again, key=lambda id: (-again[id], id))),
        groups=tuple(Met(week, f"Week {week}", group, "", "") for week, group in weeks),
        left=tuple(Left(one.id, _alone_words(one, often[one.id], count), one.would_help) for one in alone.values()),
        reach=reach(facts, mates),
    )


def _alone_words(one: Unplaced, times: int, weeks: int) -> str:
    return why(one.reason, "partner") if times == weeks else f"Alone in {times} of {weeks} weeks."


def _again_words(times: int) -> str:
    return f"Meets somebody again {'once' if times == 1 else f'{times} times'}."


def _round_figures(facts: Facts, drawn: Rounds, mates: dict[str, frozenset[str]], fresh: int) -> Iterator[Figure]:
    yield Figure("meet nobody twice", fresh, len(mates))
    across = sum(crosses(facts, id, others) for id, others in mates.items())
    yield Figure("meet somebody of another department", across, len(mates))
    yield Figure("Meetings of two who met before", sum(len(week.repeats) for week in drawn.rounds))
