"""The report of any draw."""

from bot.domain.matching.document import Document
from bot.domain.matching.report import Report
from bot.domain.matching.report_circles import circles_report
from bot.domain.matching.report_pairs import pairs_report, rounds_report
from bot.domain.matching.results import Circles, Pairs, Proposal


def reported(document: Document, drawn: Proposal, before: Proposal | None = None) -> Report:
    """Held against the earlier draw, if it is one of the same kind."""
    if isinstance(drawn, Circles):
        return circles_report(document, drawn, before if isinstance(before, Circles) else None)
    if isinstance(drawn, Pairs):
        return pairs_report(document, drawn, before if isinstance(before, Pairs) else None)
    return rounds_report(document, drawn)
