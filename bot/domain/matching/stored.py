"""Results read back from the JSON that was stored: written by us, so only the schema is checked; a file that somebody cut or
changed is refused in a sentence.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.matching.options import read_options
from bot.domain.matching.reading import DocumentError
from bot.domain.matching.results import (
    SCHEMA,
    Circle,
    Circles,
    Explained,
    Header,
    Pair,
    Pairs,
    Proposal,
    Round,
    Rounds,
    Unmatched,
    Unplaced,
)


def read_proposal(text: str) -> Proposal:
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError):
        raise DocumentError("The result of a draw is JSON, and this is not.") from None
    if not isinstance(stored, dict) or stored.get("schema") != SCHEMA:
        raise DocumentError(f"This is not the result of a draw; its schema would be {SCHEMA}.")
    try:
        return READERS[stored["problem"]](stored)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise DocumentError("This result of a draw is not whole; give it as it was written.") from None


def read_circles(text: str) -> Circles:
    proposal = read_proposal(text)
    if not isinstance(proposal, Circles):
        raise DocumentError("This is the result of another kind of draw, not of circles.")
    return proposal


def _header(stored: dict[str, Any]) -> Header:
    options = read_options(stored["options"])
    return Header(stored["seed"], stored["document"], options, stored["version"], stored["changes"])


def _pairs(stored: dict[str, Any]) -> Pairs:
    return Pairs(
        header=_header(stored),
        pairs=tuple(Pair(**pair) for pair in stored["pairs"]),
        unmatched=tuple(Unmatched(**each) for each in stored["unmatched"]),
        summary=stored["summary"],
        certificate=stored.get("certificate"),
    )


def _circles(stored: dict[str, Any]) -> Circles:
    return Circles(
        header=_header(stored),
        circles=tuple(Circle(**circle | {"members": tuple(circle["members"])}) for circle in stored["circles"]),
        unplaced=tuple(Unplaced(**each) for each in stored["unplaced"]),
        summary=stored["summary"],
        people=tuple(Explained(**one) for one in stored["people"]) if "people" in stored else None,
    )


def _round(stored: dict[str, Any]) -> Round:
    return Round(
        week=stored["week"],
        groups=tuple(tuple(group) for group in stored["groups"]),
        repeats=tuple((one, other) for one, other in stored["repeats"]),
        alone=tuple(Unplaced(**each) for each in stored["alone"]),
    )


def _rounds(stored: dict[str, Any]) -> Rounds:
    rounds = tuple(_round(each) for each in stored["rounds"])
    return Rounds(header=_header(stored), rounds=rounds, summary=stored["summary"])


READERS: Mapping[str, Callable[[dict[str, Any]], Proposal]] = {
    "pairs": _pairs,
    "circles": _circles,
    "rounds": _rounds,
}
