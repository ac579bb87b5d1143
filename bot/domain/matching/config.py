"""The rules and weights of a draw. A key that the document gives replaces its default as a whole.

Scores are sums of weight times points, so the weights of a type add up to 100 and no score passes 10,000.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from bot.domain.matching.reading import DocumentError, Node, Record

COMPONENTS = ("skill", "level", "overlap", "distance", "interests", "preference")
DISTANCES = ("dept", "country", "background")
LINES = ("chain", "direct")
PRIORITIES = ("1", "2", "3")
MINUTES_A_WEEK = 7 * 24 * 60
LEVELS = 30
MOST_WORTH = 1_000_000
GAP = re.compile(r"(0|-?[1-9][0-9]?)\Z")

Weights = Mapping[str, int]


def _weights(*values: int) -> Weights:
    return dict(zip(COMPONENTS, values, strict=True))


WEIGHTS: Mapping[str, Weights] = {
    "skill": _weights(60, 10, 15, 5, 5, 5),
    "sponsor": _weights(20, 35, 10, 20, 5, 10),
    "perspective": _weights(10, 10, 15, 50, 5, 10),
    "coach": _weights(50, 10, 20, 10, 5, 5),
    "peer": _weights(30, 20, 20, 10, 15, 5),
    "reverse": _weights(55, 10, 15, 10, 5, 5),
    "micro": _weights(75, 0, 20, 0, 5, 0),
}
LEVEL_RULE: Mapping[str, tuple[int, int]] = {
    "skill": (0, LEVELS),
    "sponsor": (2, LEVELS),
    "peer": (-1, 1),
    "reverse": (-LEVELS, -1),
}
LEVEL_GAP_POINTS: Mapping[str, Mapping[int, int]] = {
    "skill": {0: 40, 1: 100, 2: 90, 3: 60, 4: 30},
    "sponsor": {2: 100, 3: 100, 4: 80, 5: 60},
    "perspective": {-1: 60, 0: 80, 1: 100, 2: 100, 3: 60},
    "coach": {0: 60, 1: 100, 2: 100, 3: 60},
    "peer": {-1: 70, 0: 100, 1: 70},
    "reverse": {-4: 100, -3: 100, -2: 90, -1: 60},
}


@dataclass(frozen=True)
class CircleConfig:
    """The value of a circle: wT x wishes met + wD x 2 / (size - 1) x distances - size_penalty x |size - target|."""

    min: int = 4
    max: int = 8
    target: int = 6
    meeting_minutes: int = 60
    common_language: bool = True
    manager_depth: int = 2
    no_isolation_groups: tuple[str, ...] = ()
    theme_points: tuple[int, ...] = (100, 60, 30)
    wT: int = 60
    wD: int = 40
    distance_points: Weights = field(default_factory=lambda: {"dept": 40, "country": 20, "background": 20})
    level_per_step: int = 5
    level_cap_steps: int = 4
    size_penalty: int = 400
    repeat_penalty: int = 250


@dataclass(frozen=True)
class Config:
    manager_line: str = "chain"
    same_manager_excluded: bool = False
    level_rule: Mapping[str, tuple[int, int]] = field(default_factory=lambda: dict(LEVEL_RULE))
    min_overlap_minutes_per_week: int = 120
    weights: Mapping[str, Weights] = field(default_factory=lambda: dict(WEIGHTS))
    skill_priority: Weights = field(default_factory=lambda: {"1": 50, "2": 30, "3": 20})
    level_gap_points: Mapping[str, Mapping[int, int]] = field(default_factory=lambda: dict(LEVEL_GAP_POINTS))
    overlap_saturation_minutes: int = 600
    distance_points: Weights = field(default_factory=lambda: {"dept": 40, "country": 30, "background": 30})
    interest_points: int = 25
    past_pair_penalty: int = 1500
    load_step: int = 300
    match_worth: int | None = None
    """The dial: what one more match may cost in score; None, more than everything, so most are matched."""
    circle: CircleConfig = field(default_factory=CircleConfig)

    def types(self) -> tuple[str, ...]:
        return tuple(sorted(self.weights))


def read_config(node: Node | None) -> Config:
    if node is None:
        return Config()
    given = node.record(*(each.name for each in fields(Config)))
    found = {key: READERS[key](given.need(key, "a value")) for key in READERS if given.find(key)}
    config = Config(**found)
    for key in ("level_rule", "level_gap_points"):
        _known_types(given, key, config)
    return config


def _known_types(given: Record, key: str, config: Config) -> None:
    node = given.find(key)
    for name in getattr(config, key) if node else ():
        if name not in config.weights:
            raise DocumentError(
                f"config.{key} has the type {name!r}; allowed: the types of config.weights, "
                f"{', '.join(config.types())}."
            )


def _read_weights(node: Node) -> Mapping[str, Weights]:
    found = {}
    for name, entry in node.entries():
        weights = _points(entry, COMPONENTS)
        if sum(weights.values()) != 100:
            raise entry.refusal("whole numbers that add up to 100")
        found[_type_name(name, entry)] = weights
    if not found:
        raise node.refusal("at least one type with its weights")
    return found


def _type_name(name: str, node: Node) -> str:
    if not name.strip() or len(name) > 40 or not name.isascii() or not name.isprintable():
        raise node.refusal("a type named in 1 to 40 plain characters")
    return name


def _points(node: Node, keys: Iterable[str], *, most: int = 100) -> Weights:
    keys = tuple(keys)
    given = node.record(*keys)
    return {key: found.whole(0, most) if (found := given.find(key)) else 0 for key in keys}


def _shares(keys: Iterable[str]) -> Any:
    def read(node: Node) -> Weights:
        found = _points(node, keys)
        if sum(found.values()) > 100:
            raise node.refusal("whole numbers that add up to at most 100")
        return found

    return read


def _read_level_rule(node: Node) -> Mapping[str, tuple[int, int]]:
    found = {}
    for name, entry in node.entries():
        if entry.value is None:
            continue
        low, high = (bound.whole(-LEVELS, LEVELS) for bound in entry.tuple_of(2, "[lowest, highest] level gap"))
        if low > high:
            raise entry.refusal("[lowest, highest] level gap, the lowest first")
        found[name] = (low, high)
    return found


def _read_gap_points(node: Node) -> Mapping[str, Mapping[int, int]]:
    return {
        name: {_gap(text, points): points.whole(0, 100) for text, points in entry.entries()}
        for name, entry in node.entries()
    }


def _gap(text: str, node: Node) -> int:
    if not GAP.match(text) or abs(int(text)) > LEVELS:
        raise node.refusal(f"a level gap from -{LEVELS} to {LEVELS} as the key")
    return int(text)


def _read_circle(node: Node) -> CircleConfig:
    given = node.record(*(each.name for each in fields(CircleConfig)))
    found = {key: CIRCLE_READERS[key](given.need(key, "a value")) for key in CIRCLE_READERS if given.find(key)}
    circle = CircleConfig(**found)
    if "target" not in found and not circle.min <= circle.target <= circle.max:
        circle = CircleConfig(**{**found, "target": (circle.min + circle.max) // 2})
    if not circle.min <= circle.target <= circle.max:
        raise node.refusal("min, target and max in rising order")
    return circle


def _whole(low: int, high: int) -> Any:
    return lambda node: node.whole(low, high)


READERS: Mapping[str, Any] = {
    "manager_line": lambda node: node.one_of(*LINES),
    "same_manager_excluded": Node.flag,
    "level_rule": _read_level_rule,
    "min_overlap_minutes_per_week": _whole(0, MINUTES_A_WEEK),
    "weights": _read_weights,
    "skill_priority": _shares(PRIORITIES),
    "level_gap_points": _read_gap_points,
    "overlap_saturation_minutes": _whole(1, MINUTES_A_WEEK),
    "distance_points": _shares(DISTANCES),
    "interest_points": _whole(0, 100),
    "past_pair_penalty": _whole(0, 10_000),
    "load_step": _whole(0, 10_000),
    "match_worth": _whole(-MOST_WORTH, MOST_WORTH),
    "circle": _read_circle,
}
CIRCLE_READERS: Mapping[str, Any] = {
    "min": _whole(2, 100),
    "max": _whole(2, 100),
    "target": _whole(2, 100),
    "meeting_minutes": _whole(1, 24 * 60),
    "common_language": Node.flag,
    "manager_depth": _whole(0, 100),
    "no_isolation_groups": lambda node: tuple(sorted(node.texts())),
    "theme_points": lambda node: tuple(points.whole(0, 100) for points in node.nodes(most=20)),
    "wT": _whole(0, 1000),
    "wD": _whole(0, 1000),
    "distance_points": lambda node: _points(node, DISTANCES),
    "level_per_step": _whole(0, 100),
    "level_cap_steps": _whole(0, LEVELS),
    "size_penalty": _whole(0, 100_000),
    "repeat_penalty": _whole(0, 100_000),
}
