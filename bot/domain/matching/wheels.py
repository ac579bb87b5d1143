"""Rounds for a fixed pool without a past, as many as there can be without anybody meeting somebody again.

An even number goes round by the circle method. Small odd numbers have a table. A larger odd number turns one first round: all
but four sit on a wheel, and the pairs and the triad among them have all distances there are on it, each once, so every turn
brings new ones together; the four stay where they are and meet somebody new at each turn.
"""

from collections.abc import Sequence

from bot.domain.matching.dice import lot
from bot.domain.matching.rota import Team, in_order
from bot.domain.matching.schedules import ODD

HUBS = 4
LARGEST = 201
"""Above that nobody plans so many weeks, and a shuffle always finds somebody new."""


def perfect(seats: Sequence[int], weeks: int) -> list[list[Team]]:
    """At most so many rounds; of an odd number fewer where there are no more."""
    if len(seats) % 2 == 0:
        return [circle_method(seats, week) for week in range(weeks)]
    if len(seats) > max(ODD):
        # Those who stay are in no triad, so for fewer weeks a plan that shares out the triads is better.
        return wheel(seats)[:weeks] if 4 * weeks > 3 * len(seats) and len(seats) <= LARGEST else []
    letters = {chr(ord("a") + place): seat for place, seat in enumerate(seats)}
    rounds = [
        [tuple(sorted(letters[letter] for letter in team)) for team in line.split()]
        for line in ODD.get(len(seats), ())
    ]
    return rounds[:weeks]


def circle_method(seats: Sequence[int], round: int) -> list[Team]:
    """Round 0, 1, … of an even number of people: one stays, the others go round; all have met after n - 1."""
    if len(seats) < 2:
        return []
    first, rest = seats[0], list(seats[1:])
    turn = round % len(rest)
    wheel = [first, *rest[turn:], *rest[:turn]]
    half = len(wheel) // 2
    return [in_order(one, other) for one, other in zip(wheel[:half], reversed(wheel[half:]), strict=True)]


def wheel(seats: Sequence[int]) -> list[list[Team]]:
    """All rounds of an odd number of at least eleven people: four fewer than people."""
    hubs, rim = seats[:HUBS], seats[HUBS:]
    first = [(0, 1, 3), *_spokes(len(rim))]
    alone = sorted(set(range(len(rim))).difference(place for team in first for place in team))
    return [
        [
            *(tuple(sorted(rim[(place + turn) % len(rim)] for place in team)) for team in first),
            *(in_order(hub, rim[(place + turn) % len(rim)]) for hub, place in zip(hubs, alone, strict=True)),
        ]
        for turn in range(len(rim))
    ]


def _spokes(places: int) -> list[tuple[int, int]]:
    """Pairs of places with each distance from 4 up once; the triad of 0, 1 and 3 has the shorter ones. Longest first."""
    free = set(range(places)) - {0, 1, 3}
    found: list[tuple[int, int]] = []
    ways = [_ways(free, places, (places - 1) // 2)]
    while (distance := (places - 1) // 2 - len(found)) > 3:
        if ways[-1]:
            found.append(ways[-1].pop())
            free.difference_update(found[-1])
            ways.append(_ways(free, places, distance - 1))
        else:
            ways.pop()
            free.update(found.pop())
    return found


def _ways(free: set[int], places: int, distance: int) -> list[tuple[int, int]]:
    """All pairs of free places so far apart, in an order by lot: an even one crowds the places that later pairs need."""
    pairs = [(place, (place + distance) % places) for place in free if (place + distance) % places in free]
    return sorted(pairs, key=lambda pair: lot(distance, str(pair[0])))
