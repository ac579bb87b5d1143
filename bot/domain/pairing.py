"""Pairs of the week inside a circle: another one each week, and nobody twice before they have met everybody.

What was is stored, what will be is drawn a week at a time, so joins and leaves are repaired by the next draw: of all ways
to put those together who are there, one with the fewest repeats, and of these one after which the most weeks without any
are left. While nobody comes or goes the schedules of `matching.wheels` are followed. An odd number has one group of three.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, islice

from bot.domain.ids import ChannelId, CircleId, MemberId, PairId, RoundId
from bot.domain.matching.rota import in_order
from bot.domain.matching.wheels import perfect

LEAST = 4
"""With fewer, pairs would be the circle again."""
MOST = 10
"""So many can be put together in every way there is; of more, a part of the ways is looked at."""
LOOKS, WAYS = 400, 40
"""How far a draw looks ahead: at so many rounds in all, after so many of the best ones."""
A_LITTLE = timedelta(minutes=30)
"""How long before a round opens the conversations of its pairs are."""

Team = tuple[MemberId, ...]
Places = tuple[int, ...]
Met = Counter[tuple[int, int]]


@dataclass(frozen=True)
class Pair:
    """Two, or three, who check in with each other in one week; `channel` is their conversation, where there is one."""

    id: PairId
    round: RoundId
    circle: CircleId
    members: Team
    channel: ChannelId | None = None


def in_pairs(members: Collection[MemberId], wishes: Mapping[MemberId, bool]) -> bool:
    """Whether the circle has chosen pairs: more than half of all who are in it, said or silent, and enough to pair."""
    return len(members) >= LEAST and 2 * sum(wishes.get(member, False) for member in members) > len(members)


def draw(members: Collection[MemberId], past: Sequence[Team]) -> list[Team]:
    """This week's pairs; `past` are all there ever were, of people who left too."""
    ids = sorted(set(members))
    if len(ids) < LEAST:
        return [tuple(ids)] if len(ids) > 1 else []
    place = {id: number for number, id in enumerate(ids)}
    teams = [tuple(place[one] for one in team if one in place) for team in past]
    met = Counter(in_order(one, other) for team in teams for one, other in combinations(team, 2))
    triads = Counter(one for team in teams if len(team) == 3 for one in team)
    chosen = _scheduled(len(ids), met) or _searched(len(ids), met, triads)
    return sorted(tuple(ids[one] for one in sorted(team)) for team in chosen)


def repaired(teams: Sequence[Team], members: Collection[MemberId]) -> list[Team]:
    """The pairs of a week under way, for those who are in the circle now: whoever lost theirs, or is new, goes with others.

    Two without a partner become a pair; one is the third of the smallest group. Nobody else is moved.
    """
    there = set(members)
    kept = [tuple(one for one in team if one in there) for team in teams]
    placed = {one for team in kept if len(team) > 1 for one in team}
    found = [team for team in kept if len(team) > 1]
    alone = sorted(there - placed)
    while len(alone) > 1:
        found.append((alone.pop(0), alone.pop(0)))
    if alone and found:
        smallest = min(found, key=lambda team: (len(team), team))
        found[found.index(smallest)] = tuple(sorted((*smallest, alone[0])))
    return sorted(found)


def partners(member: MemberId, teams: Sequence[Team]) -> Team:
    """Who is with them this week; nobody where they are in no pair."""
    return next((tuple(one for one in team if one != member) for team in teams if member in team), ())


def _scheduled(count: int, met: Met) -> Sequence[Places] | None:
    """The next round of the schedule, where the lap so far was rounds of it and nothing else."""
    floor = min((met[pair] for pair in combinations(range(count), 2)), default=0)
    done = {pair for pair in combinations(range(count), 2) if met[pair] > floor}
    if any(met[pair] > floor + 1 for pair in done):
        return None
    rounds = perfect(range(count), count - 1)
    held = [round for round in rounds if set(_pairs(round)) <= done]
    if {pair for round in held for pair in _pairs(round)} != done:
        return None
    return next((round for round in rounds if not set(_pairs(round)) & done), None)


def _pairs(round: Sequence[Places]) -> Iterator[tuple[int, int]]:
    for team in round:
        for one, other in combinations(team, 2):
            yield in_order(one, other)


def _searched(count: int, met: Met, triads: Mapping[int, int]) -> Sequence[Places]:
    every = list(islice(_ways(tuple(range(count)), met), _most(count)))
    floor = min(met[pair] for pair in combinations(range(count), 2))

    def cost(round: Sequence[Places]) -> tuple[int, int]:
        again = sum((met[pair] - floor) ** 2 for pair in _pairs(round))
        return again, sum(triads[one] for team in round if len(team) == 3 for one in team)

    least = min(map(cost, every))
    best = [round for round in every if cost(round)[0] == least[0]]
    best = sorted(best, key=cost)[:WAYS]
    used = {pair for pair in combinations(range(count), 2) if met[pair] > floor}
    sets = [frozenset(_pairs(round)) for round in every]
    return max(best, key=lambda round: _clean_after(used | set(_pairs(round)), sets, LOOKS // len(best) + 1))


def _clean_after(used: set[tuple[int, int]], every: Sequence[frozenset[tuple[int, int]]], looks: int) -> int:
    """How many more weeks without a repeat there can be, as far as so many looks tell."""
    left = [looks]

    def deepest(used: frozenset[tuple[int, int]], rounds: Sequence[frozenset[tuple[int, int]]]) -> int:
        free = [round for round in rounds if not round & used]
        best = 0
        for round in free:
            if left[0] <= 0:
                break
            left[0] -= 1
            best = max(best, 1 + deepest(used | round, free))
        return best

    return deepest(frozenset(used), every)


def _most(count: int) -> int:
    return 1_300 if count <= MOST else 600


def _ways(people: Places, met: Met) -> Iterator[tuple[Places, ...]]:
    """All ways to put them into pairs, with one group of three where the number is odd; those who met least come first."""
    if len(people) < 2:
        if not people:
            yield ()
        return
    first = people[0]
    rest = sorted(people[1:], key=lambda other: met[in_order(first, other)])
    for other in rest:
        left = tuple(one for one in people[1:] if one != other)
        for round in _ways(left, met):
            yield ((first, other), *round)
    if len(people) % 2:
        for one, other in combinations(rest, 2):
            left = tuple(each for each in people[1:] if each not in (one, other))
            for round in _ways(left, met):
                yield ((first, one, other), *round)
