"""Circles that have become too small, each with the circle that could take its people in. Only whole circles join."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.matching import telling
from bot.domain.matching.circling import participants
from bot.domain.matching.crowd import Crowd, joined
from bot.domain.matching.document import Document
from bot.domain.matching.facts import Facts
from bot.domain.matching.results import Circle


@dataclass(frozen=True)
class Joint:
    """The circle in place `small` goes into the one in place `into`; `circle` is what comes of it, with its hour."""

    small: int
    into: int
    circle: Circle


def joints(document: Document, circles: Sequence[Sequence[str]], small: Collection[int]) -> list[Joint]:
    """The best for each small circle, by what the larger one gains; every circle takes part in one at most."""
    crowd = Crowd(Facts(document), participants(document))
    groups = [crowd.group(circle) for circle in circles]
    found = []
    for one in small:
        for other, group in enumerate(groups):
            together = joined(groups[one], group)
            if other != one and groups[one] and group and crowd.fits(together):
                gain = crowd.judge(together).value - crowd.judge(group).value
                found.append((gain, _by_size(groups, one, other), together))
    taken: set[int] = set()
    chosen = []
    for _, pair, together in sorted(found, key=lambda each: (-each[0], each[1])):
        if taken.isdisjoint(pair):
            taken.update(pair)
            chosen.append(Joint(*pair, telling.circle(crowd, together)))
    return sorted(chosen, key=lambda joint: (joint.small, joint.into))


def _by_size(groups: Sequence[Sequence[int]], one: int, other: int) -> tuple[int, int]:
    """The smaller goes into the larger; of two alike, the later into the earlier."""
    small, into = sorted((one, other), key=lambda place: (len(groups[place]), -place))
    return small, into
