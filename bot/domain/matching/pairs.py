"""Mentor and mentee pairs for a whole program, proven best.

Most mentees are matched first, among them those who have waited longest; then the sum of scores less the load is as high as it
can be; and of several such draws, lots decide. With a floor nobody's score is lower than it has to be.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.domain.errors import Refused
from bot.domain.matching.candidates import pair
from bot.domain.matching.contest import Contest, contests
from bot.domain.matching.counting import Counting
from bot.domain.matching.document import Document
from bot.domain.matching.edges import Edges, Whole
from bot.domain.matching.faces import Face, Lots
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import BEST, fit
from bot.domain.matching.floors import highest_floor
from bot.domain.matching.market import Couple, PairMarket, Wishes, load_of, places
from bot.domain.matching.options import Options, Unwatched, Watch
from bot.domain.matching.proof import Proven, prove, shortlists
from bot.domain.matching.results import Header, Json, Pair, Pairs, Unmatched
from bot.domain.matching.rules import Reason, may_pair, why_not
from bot.domain.matching.solvers import FAST
from bot.domain.matching.tables import FORBIDDEN
from bot.domain.matching.unmatched import Tally, explain, mentors, taken


def propose_pairs(
    document: Document, options: Options | None = None, watch: Watch | None = None, *, fast: bool = FAST
) -> Pairs:
    options = options or Options()
    counted = Counted(watch or Unwatched(), options.stopped_at)
    facts = Facts(document)
    market = PairMarket(facts, _wishes(facts, options))
    draw = _drawn(market, options, counted, fast=fast)
    settled = list(market.wishes.settled)
    matched = [pair(facts, *couple) for couple in sorted([*settled, *market.couples(draw.match)])]
    if options.explain:
        matched = _with_next_best(market, draw.match, matched)
    return Pairs(
        header=Header.of(document, replace(options, stopped_at=counted.stopped_at)),
        pairs=tuple(matched),
        unmatched=tuple(_unmatched(market, draw, matched)),
        summary=_summary(facts, matched) | _proof(market, draw, options) | _moves(options, matched),
        certificate=_certificate(market, draw) if options.explain else None,
    )


class Counted:
    """Notes at which look the draw was ended, so that a replay ends at the same one."""

    def __init__(self, watch: Watch, stopped_at: int | None) -> None:
        self._watch, self._planned = watch, stopped_at
        self._looks = 0
        self.stopped_at: int | None = None

    def progress(self, done: int, total: int) -> None:
        self._watch.progress(done, total)

    def stopped(self) -> bool:
        if self.stopped_at is None:
            self._looks += 1
            if self._looks == self._planned or (self._planned is None and self._watch.stopped()):
                self.stopped_at = self._looks
        return self.stopped_at is not None


@dataclass(frozen=True)
class Draw:
    """What was drawn, how far it is proven, and what the floor costs."""

    match: Whole
    proven: Proven
    ended: bool
    floor: int = 0
    price: int = 0


def _wishes(facts: Facts, options: Options) -> Wishes:
    worth = facts.config.match_worth if options.match_worth is None else options.match_worth
    stay = frozenset(
        couple for couple in options.stay if set(couple) <= facts.people.keys() and may_pair(facts, *couple)
    )
    return Wishes(tuple(_kept(facts, options)), stay, options.apart, worth)


def _drawn(market: PairMarket, options: Options, watch: Counted, *, fast: bool) -> Draw:
    free = prove(market, watch, fast=fast)
    floor, best = 0, free
    if options.fair == "floor" and free.proven:
        floor = highest_floor(market, _with_scores(market, free, watch), int((free.match >= 0).sum()), watch)
        market.floor = floor
        best = prove(market, watch, fast=fast)
    price = free.value - best.value
    if market.wishes.match_worth is None:
        price = _objective(market, free.match, free.value) - _objective(market, best.match, best.value)
    if watch.stopped_at is not None or not best.proven:
        return Draw(best.match, best, True, floor, price)
    lots = Lots(market.facts.document.seed, market.mentees, market.mentors)
    return Draw(prove(Face(market, best, lots), Unwatched(), fast=fast).match, best, False, floor, price)


def _with_scores(market: PairMarket, free: Proven, watch: Watch) -> Edges:
    """The best pairs of everybody and those that were drawn, with their scores alone."""
    listed = shortlists(market, watch)
    stay = np.isin(
        listed.row * len(market.mentors) + listed.column, market.known.row * len(market.mentors) + market.known.column
    )
    plain = Edges(listed.row, listed.column, listed.worth - market.bonus[listed.row] - stay * market.stay_worth)
    row = np.flatnonzero(free.match >= 0)
    scores = [fit(market.facts, *couple).score for couple in market.couples(free.match)]
    return plain.together(Edges(row, free.match[row], np.array(scores, dtype=np.int64)))


def _objective(market: PairMarket, match: Whole, value: int) -> int:
    """The sum of scores less the load, without what being matched and staying are worth."""
    stays = sum(couple in market.wishes.stay for couple in market.couples(match))
    return value - int(market.bonus[match >= 0].sum()) - market.stay_worth * stays


def _kept(facts: Facts, options: Options) -> Iterator[Couple]:
    """Settled pairs, (mentee, mentor); each must still be allowed, and nobody may have two mentors here."""
    for entry in options.keep:
        if len(entry) != 2 or not set(entry) <= facts.people.keys():
            raise Refused(f"A pair to keep is a mentee and a mentor of this draw; {', '.join(entry)} is not.")
        reason = next(why_not(facts, entry[0], entry[1]), None)
        if reason is not None:
            raise Refused(f"The pair {entry[0]} and {entry[1]} cannot be kept: the rule {reason} is against it.")
        yield entry[0], entry[1]
    _within_places(facts, [(entry[0], entry[1]) for entry in options.keep])


def _within_places(facts: Facts, kept: list[Couple]) -> None:
    if len({mentee for mentee, _ in kept}) < len(kept):
        raise Refused("A mentee is kept with two mentors; keep one of them.")
    for mentor, count in load_of(kept).items():
        if count > places(facts, mentor):
            raise Refused(f"{mentor} has {places(facts, mentor)} places, and more pairs than that are to be kept.")


def _unmatched(market: PairMarket, draw: Draw, matched: Sequence[Pair]) -> Iterator[Unmatched]:
    facts, paired = market.facts, {each.mentee for each in matched}
    left = [person for person in facts.document.people if person.mentee and person.id not in paired]
    counting = Counting(facts, [person.id for person in left], market.wishes.apart)
    rivals = {} if draw.ended or market.wishes.match_worth is not None else contests(market, draw.match)
    for row, person in enumerate(left):
        tally = Tally() if person.paused else counting.tally(row)
        left_over = _left_over(market, draw, person.id, tally.possible)
        yield explain(facts, person.id, tally, _with_rivals(left_over, rivals.get(person.id)))


def _with_rivals(left_over: Unmatched, contest: Contest | None) -> Unmatched:
    if contest is None or contest.mentors < 2:
        return left_over
    shared = f"{contest.people} people compete for the {contest.places} places of {contest.mentors} mentors."
    return replace(left_over, would_help=f"{left_over.would_help} {shared}")


def _left_over(market: PairMarket, draw: Draw, mentee: str, possible: int) -> Unmatched:
    if draw.ended:
        return Unmatched(mentee, Reason.NO_CAPACITY, "Letting the draw run to its end: it was stopped before.")
    if market.wishes.match_worth is not None:
        said = f"A dial that asks for less: {possible} mentors are possible, and none is worth a match as it is set."
        return Unmatched(mentee, Reason.NOT_WORTH_IT, said)
    return taken(mentee, possible)


def _with_next_best(market: PairMarket, match: Whole, matched: Sequence[Pair]) -> list[Pair]:
    found: dict[str, dict[str, int]] = {}
    for block in market.blocks():
        place_of = np.full(len(market.mentors) + 1, -1)
        place_of[block.columns] = np.arange(len(block.columns))
        # Whoever is unmatched has the column -1, which is nobody's.
        own = place_of[match[block.rows]]
        scores = block.scores.copy()
        scores[own >= 0, own[own >= 0]] = FORBIDDEN
        best = scores.argmax(axis=1)
        for row, at, score in zip(block.rows, block.columns[best], scores.max(axis=1), strict=True):
            if score >= 0:
                found[market.mentees[row]] = {market.mentors[at]: int(score)}
    return [replace(each, next_best=found.get(each.mentee, {})) for each in matched]


def _summary(facts: Facts, matched: Sequence[Pair]) -> Json:
    score = sum(each.score for each in matched)
    cost = sum(load_cost(facts, count) for count in Counter(each.mentor for each in matched).values())
    worst = min(matched, key=lambda each: (each.score, each.mentee), default=None)
    mentees = sum(person.mentee is not None for person in facts.document.people)
    return {
        "mentees": mentees,
        "matched": len(matched),
        "unmatched": mentees - len(matched),
        "places": sum(places(facts, mentor) for mentor in mentors(facts) if not facts.people[mentor].paused),
        "score": score,
        "load": cost,
        "objective": score - cost,
        "worst": None if worst is None else {"mentee": worst.mentee, "score": worst.score},
        "mean": score // len(matched) if matched else 0,
    }


def load_cost(facts: Facts, count: int) -> int:
    return facts.config.load_step * count * (count - 1) // 2


def _proof(market: PairMarket, draw: Draw, options: Options) -> Json:
    """The bound is on the objective; the gap is what it leaves open, 0 only where nothing is."""
    settled = sum(fit(market.facts, *couple).score for couple in market.wishes.settled)
    settled -= sum(load_cost(market.facts, count) for count in load_of(market.wishes.settled).values())
    gap = draw.proven.bound - draw.proven.value
    reached = _objective(market, draw.match, draw.proven.value)
    bound = settled + min(reached + gap, max(reached, BEST * market.rows))
    found: Json = {
        "bound": bound,
        "gap": bound - settled - reached,
        "proven": draw.proven.proven,
        "fair": options.fair,
    }
    if options.fair == "floor":
        found |= {"floor": draw.floor, "price": draw.price}
    return found


def _moves(options: Options, matched: Sequence[Pair]) -> Json:
    if not options.stay:
        return {}
    stayed = len({(each.mentee, each.mentor) for each in matched} & set(options.stay))
    return {"stayed": stayed, "changed": len(options.stay) - stayed}


def _certificate(market: PairMarket, draw: Draw) -> Json:
    """What a match with each mentee is worth beyond the score, what a place with each mentor costs, and which are settled."""
    taken = zip(market.mentors, market.taken.tolist(), strict=True)
    return {
        "stay_worth": market.stay_worth if market.wishes.stay else 0,
        "match_worth": dict(zip(market.mentees, market.bonus.tolist(), strict=True)),
        "prices": dict(zip(market.mentors, draw.proven.prices.tolist(), strict=True)),
        "taken": {mentor: count for mentor, count in taken if count},
        "value": draw.proven.value,
        "bound": draw.proven.bound,
        "floor": draw.floor,
    }
