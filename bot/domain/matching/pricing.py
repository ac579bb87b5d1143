"""All circles worth more than their members are charged: a search over partial circles, many at once, cut off by a bound.

People join a partial circle in the order of their numbers, so each circle is met once for each size and theme. What the missing
members can add at most follows from their wishes, their distances to those inside and their largest distances to anybody.
"""

from dataclasses import dataclass, replace

import numpy as np

from bot.domain.matching.columns import FAR, Array, Columns
from bot.domain.matching.crowd import Crowd, Group

AT_ONCE = 400
MOST_CIRCLES = 40_000
NOT_AT_ALL = -1e15


class TooMany(Exception):
    """More partial circles than there is time for."""


@dataclass(frozen=True)
class Partial:
    """Partial circles, one a row: members, charged worth, sum of distances, distances to everybody, hours,
    languages, who may join, and what they can come to at most."""

    members: Array
    worth: Array
    inside: Array
    near: Array
    hours: Array
    tongues: Array
    open: Array
    reach: Array

    def rows(self, which: Array) -> "Partial":
        return Partial(*(part[which] for part in vars(self).values()))


class Pricing:
    """`budget` is how many partial circles may still be looked at."""

    def __init__(self, crowd: Crowd, columns: Columns, people: list[int], budget: int) -> None:
        self.crowd, self.people, self.budget = crowd, np.array(people), budget
        rules, count = crowd.circle, len(people)
        self.far = columns.table(self.people).astype(float)
        self.meets = self.far > FAR / 2
        for words in (columns.hours[:, self.people], columns.tongues[:, self.people]):
            if len(words):
                self.meets &= (words[:, :, None] & words[:, None]).any(axis=0)
        self.far[~self.meets] = 0
        np.fill_diagonal(self.meets, False)
        self.hours = columns.hours[:, self.people].T.copy()
        self.tongues = columns.tongues[:, self.people].T.copy()
        self.wants = columns.wants[:, self.people].astype(float) * rules.wT
        self.groups = columns.groups[:, self.people].T.astype(np.int64)
        largest = -np.sort(-self.far, axis=1)
        self.most = np.concatenate((np.zeros((count, 1)), largest.cumsum(axis=1)), axis=1)
        self.later = np.arange(count)[None] > np.arange(count)[:, None]

    def circles(
        self, charges: Array, least: float, *, limit: int | None = None, most: int | None = None
    ) -> dict[Group, float]:
        """Those that bring more than `least` beyond their charges.

        With a `limit`, of more than so many the best of each kind will do; with `most`, a search that is cut short after so many
        partial circles of a kind.
        """
        found: dict[Group, float] = {}
        for size in range(self.crowd.circle.min, self.crowd.circle.max + 1):
            themes = [*self.wants] or [np.zeros(len(self.people))]
            for wishes in themes:
                stop_at = 0 if most is None else max(0, self.budget - most)
                found |= self._of_kind(wishes - charges, size, least, limit, stop_at)
        return found

    def _of_kind(self, own: Array, size: int, least: float, limit: int | None, stop_at: int) -> dict[Group, float]:
        share = 1.0 / (size - 1)
        least += self.crowd.circle.size_penalty * abs(size - self.crowd.circle.target)
        stack = [self._alone(own)]
        complete: list[tuple[Array, Array]] = []
        while stack and (not stop_at or self.budget > stop_at):
            partial = stack.pop()
            if len(partial.members) > AT_ONCE:
                ranked = np.argsort(partial.reach, kind="stable")
                stack.append(partial.rows(ranked[:-AT_ONCE]))
                partial = partial.rows(ranked[-AT_ONCE:])
            kept = self._promising(self._grown(partial, own), own, size=size, share=share, least=least)
            if kept.members.shape[1] == size:
                complete.append((kept.members, kept.reach))
                complete, least = _best(complete, limit, least)
            elif len(kept.members):
                stack.append(kept)
        return self._named(complete, least)

    def _alone(self, own: Array) -> Partial:
        count = len(self.people)
        return Partial(
            members=np.arange(count)[:, None],
            worth=own.copy(),
            inside=np.zeros(count),
            near=self.far.copy(),
            hours=self.hours,
            tongues=self.tongues,
            open=self.meets & self.later,
            reach=own.copy(),
        )

    def _grown(self, partial: Partial, own: Array) -> Partial:
        row, one = np.nonzero(partial.open)
        self.budget -= len(row)
        if self.budget < 0:
            raise TooMany
        hours, tongues = partial.hours[row] & self.hours[one], partial.tongues[row] & self.tongues[one]
        fits = np.ones(len(row), bool)
        for shared in (hours, tongues):
            if shared.shape[1]:
                fits &= shared.any(axis=1)
        row, one, hours, tongues = row[fits], one[fits], hours[fits], tongues[fits]
        return Partial(
            members=np.concatenate((partial.members[row], one[:, None]), axis=1),
            worth=partial.worth[row] + own[one],
            inside=partial.inside[row] + partial.near[row, one],
            near=partial.near[row] + self.far[one],
            hours=hours,
            tongues=tongues,
            open=partial.open[row] & self.meets[one] & self.later[one],
            reach=partial.reach[row],
        )

    def _promising(self, grown: Partial, own: Array, *, size: int, share: float, least: float) -> Partial:
        """Those that can still bring more than `least`."""
        missing = size - grown.members.shape[1]
        reach = grown.worth + 2 * share * grown.inside
        if missing:
            hopes = own + share * (2 * grown.near + self.most[:, missing - 1])
            hopes[~grown.open] = NOT_AT_ALL
            reach = reach + np.partition(hopes, hopes.shape[1] - missing, axis=1)[:, -missing:].sum(axis=1)
        return replace(grown, reach=reach).rows(np.flatnonzero((reach > least) & ~self._lonely(grown)))

    def _lonely(self, grown: Partial) -> Array:
        """Somebody is the only one of a group, and no other of it can come any more."""
        found = np.zeros(len(grown.members), bool)
        for group in self.groups.T:
            alone = group[grown.members].sum(axis=1) == 1
            found |= alone & ~(grown.open & (group > 0)).any(axis=1)
        return found

    def _named(self, complete: list[tuple[Array, Array]], least: float) -> dict[Group, float]:
        found: dict[Group, float] = {}
        for members, worth in complete:
            for row in np.flatnonzero(worth > least):
                found[tuple(sorted(self.people[members[row]].tolist()))] = float(worth[row])
        return found


def _best(
    complete: list[tuple[Array, Array]], limit: int | None, least: float
) -> tuple[list[tuple[Array, Array]], float]:
    """Never many more than the limit: the bar rises to the worst of those kept."""
    count = sum(len(worth) for _, worth in complete)
    if limit is None and count > MOST_CIRCLES:
        raise TooMany
    if limit is None or count <= 2 * limit:
        return complete, least
    members = np.concatenate([part for part, _ in complete])
    worth = np.concatenate([part for _, part in complete])
    kept = np.argsort(-worth, kind="stable")[:limit]
    return [(members[kept], worth[kept])], float(worth[kept[-1]])
