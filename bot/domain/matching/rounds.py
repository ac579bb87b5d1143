"""Pairs of the week: nobody meets the same person again before everyone has met, as far as the pool allows.

A fixed pool without a past follows a perfect schedule where there is one. Any other pool is planned some weeks ahead, and each
week the plan is held against the round with the fewest repeats there can be. A large pool is shuffled and mended.
Planned rounds count as met for the weeks after them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.domain.matching.dice import lot
from bot.domain.matching.document import Document
from bot.domain.matching.horizon import Plan
from bot.domain.matching.options import Options
from bot.domain.matching.results import Header, Json, Round, Rounds, Unplaced
from bot.domain.matching.rota import Rota, Team
from bot.domain.matching.weekly import fewest_repeats, shuffled
from bot.domain.matching.wheels import perfect

AHEAD = 12
LARGE = 200


def propose_rounds(document: Document, options: Options | None = None) -> Rounds:
    options = options or Options()
    pool = [person.id for person in document.people if person.pair_pool and not person.paused]
    weeks = Weeks(document, options, Rota(document, pool, options.apart))
    rounds = tuple(weeks.round(week) for week in range(1, options.weeks + 1))
    return Rounds(Header.of(document, options), rounds, _summary(weeks.rota, rounds))


@dataclass
class Weeks:
    """The weeks one after the other; `plan` holds the teams of those ahead."""

    document: Document
    options: Options
    rota: Rota
    plan: list[list[Team]] = field(default_factory=list)
    schedule: Sequence[Sequence[Team]] = ()

    def __post_init__(self) -> None:
        if not self.rota.forbidden and not self.options.absent and not self.rota.met:
            seats = sorted(range(len(self.rota.ids)), key=lambda one: lot(self.document.seed, self.rota.ids[one]))
            self.schedule = perfect(seats, self.options.weeks)

    def round(self, week: int) -> Round:
        present = self._present(week)
        teams = self._teams(week, able := self.rota.able(present))
        repeats = self.rota.repeats(teams)
        self.rota.note(teams)
        seated, may = {one for team in teams for one in team}, {*able}
        return Round(
            week=week,
            groups=tuple(sorted(self._names(team) for team in teams)),
            repeats=tuple(sorted((self.rota.ids[one], self.rota.ids[other]) for one, other in repeats)),
            alone=tuple(_alone(self.rota.ids[one], able=one in may) for one in present if one not in seated),
        )

    def _present(self, week: int) -> list[int]:
        away = {id for absent, id in self.options.absent if absent == week}
        return [one for one, id in enumerate(self.rota.ids) if id not in away]

    def _names(self, team: Team) -> tuple[str, ...]:
        return tuple(self.rota.ids[one] for one in team)

    def _teams(self, week: int, present: list[int]) -> Sequence[Team]:
        if week <= len(self.schedule):
            return self.schedule[week - 1]
        if len(present) > LARGE:
            return shuffled(self.rota, present, seed=self.document.seed, week=week)
        planned = self._planned(week)
        if self._cost(planned)[0] == 0:
            return planned
        best = fewest_repeats(self.rota, present)
        if self._cost(best) < self._cost(planned):
            self.plan = []
            return best
        return planned

    def _planned(self, week: int) -> list[Team]:
        if not self.plan:
            ahead = range(week, min(week + AHEAD, self.options.weeks + 1))
            present = [self.rota.able(self._present(each)) for each in ahead]
            plan = Plan(self.rota, present, seed=self.document.seed, week=week)
            self.plan = plan.rounds
        return self.plan.pop(0)

    def _cost(self, teams: Sequence[Team]) -> tuple[int, int]:
        """Forbidden pairs and repeats, by how often they met; then how unfair the triads are."""
        pairs = sum(self.rota.cost_of_pair(pair) for team in teams for pair in combinations(team, 2))
        return pairs, sum(self.rota.unfair(one) for team in teams if len(team) == 3 for one in team)


def _alone(id: str, *, able: bool) -> Unplaced:
    if able:
        return Unplaced(id, "nobody_left", "One more person whom they may meet: those there are meet somebody else.")
    return Unplaced(
        id, "nobody_allowed", "Somebody whom the rules let them meet: they keep everybody away who is there."
    )


def _summary(rota: Rota, rounds: Sequence[Round]) -> Json:
    triads = [rota.triads[one] for one in range(len(rota.ids))]
    unclean = (place for place, each in enumerate(rounds) if each.repeats or each.alone)
    return {
        "people": len(rota.ids),
        "weeks": len(rounds),
        "repeats": sum(len(each.repeats) for each in rounds),
        "alone": sum(len(each.alone) for each in rounds),
        "clean_weeks": next(unclean, len(rounds)),
        "fewest_triads": min(triads, default=0),
        "most_triads": max(triads, default=0),
        "note": _note(rota),
    }


def _note(rota: Rota) -> str | None:
    everybody = range(len(rota.ids))
    if len(everybody) < 2:
        return "A pool needs at least 2 people."
    barred = len(everybody) - len(rota.able(everybody))
    if not barred:
        return None
    return f"{barred} {'person' if barred == 1 else 'people'} may meet nobody in this pool by the rules."
