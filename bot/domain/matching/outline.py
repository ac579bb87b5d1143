"""What is kept of a report beside a draw, so that a preview need not work it out again from the whole document."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.domain.matching.parsing import read_document
from bot.domain.matching.report import Figure, Reach, Report, Served
from bot.domain.matching.reports import reported
from bot.domain.matching.results import Pairs, Proposal
from bot.domain.matching.stored import read_proposal

WORST_KEPT = 30


@dataclass(frozen=True)
class Outline:
    figures: tuple[Figure, ...]
    against: str
    worst: tuple[Served, ...]
    reach: tuple[Reach, ...]
    sought: tuple[tuple[str, int], ...] = ()
    """Of pairs: for how many people which kind of mentor was looked for."""


def outlined(document: str, drawn: Proposal, before: str = "") -> Outline:
    """From the texts that are stored with a draft; `before` is the result of the draft it took the place of."""
    read = read_document(document)
    found = outline(reported(read, drawn, read_proposal(before) if before else None))
    sought = Counter(one.mentee.type for one in read.people if one.mentee and isinstance(drawn, Pairs))
    return replace(found, sought=tuple(sorted(sought.items(), key=lambda kind: (-kind[1], kind[0]))))


def outline(report: Report) -> Outline:
    return Outline(report.figures, report.against, report.worst[:WORST_KEPT], report.reach)


def to_json(kept: Outline) -> dict[str, Any]:
    return asdict(kept)


def read_outline(stored: Mapping[str, Any]) -> Outline:
    return Outline(
        figures=tuple(Figure(**one) for one in stored["figures"]),
        against=stored["against"],
        worst=tuple(Served(**one) for one in stored["worst"]),
        reach=tuple(Reach(**one) for one in stored["reach"]),
        sought=tuple((kind, count) for kind, count in stored.get("sought", ())),
    )
