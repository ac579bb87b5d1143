"""What is kept of a report beside a draw, so that a preview need not work it out again from the whole document."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.matching.parsing import read_document
from bot.domain.matching.report import Figure, Reach, Report, Served
from bot.domain.matching.reports import reported
from bot.domain.matching.results import Proposal
from bot.domain.matching.stored import read_proposal

WORST_KEPT = 30


@dataclass(frozen=True)
class Outline:
    figures: tuple[Figure, ...]
    against: str
    worst: tuple[Served, ...]
    reach: tuple[Reach, ...]


def outlined(document: str, drawn: Proposal, before: str = "") -> Outline:
    """From the texts that are stored with a draft; `before` is the result of the draft it took the place of."""
    return outline(reported(read_document(document), drawn, read_proposal(before) if before else None))


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
    )
