"""Who is put together with whom, and why.

The document and everything a handler may need at once (reading, candidates for one member, a place for a late joiner) are
here and cheap to import. Whole draws are `bot.domain.matching.engine`, which brings numpy and scipy and belongs in a worker.
"""

from typing import Protocol

from bot.domain.matching.candidates import Shortlist, candidates
from bot.domain.matching.config import CircleConfig, Config
from bot.domain.matching.document import (
    Busy,
    CircleWish,
    Document,
    Mentee,
    Mentor,
    Past,
    Person,
    Work,
)
from bot.domain.matching.joining import judge_circle, move, place, swap
from bot.domain.matching.options import Options, Watch, read_options
from bot.domain.matching.parsing import parse_document, read_document
from bot.domain.matching.reading import DocumentError
from bot.domain.matching.results import (
    Circle,
    Circles,
    Header,
    Pair,
    Pairs,
    Proposal,
    Round,
    Rounds,
    Unmatched,
    Unplaced,
    written,
)
from bot.domain.matching.skills import Skills, shipped
from bot.domain.matching.stored import read_circles, read_proposal

__all__ = [
    "Busy",
    "Circle",
    "CircleConfig",
    "CircleWish",
    "Circles",
    "Config",
    "Document",
    "DocumentError",
    "Header",
    "Mentee",
    "Mentor",
    "Options",
    "Pair",
    "Pairs",
    "Past",
    "Person",
    "Proposal",
    "Propose",
    "Round",
    "Rounds",
    "Shortlist",
    "Skills",
    "Unmatched",
    "Unplaced",
    "Watch",
    "Work",
    "candidates",
    "judge_circle",
    "move",
    "parse_document",
    "place",
    "read_circles",
    "read_document",
    "read_options",
    "read_proposal",
    "shipped",
    "swap",
    "written",
]


class Propose(Protocol):
    """A whole draw, as `engine.propose` makes it or a worker process on its behalf."""

    def __call__(
        self,
        document: Document,
        problem: str = "pairs",
        *,
        options: Options | None = None,
        watch: Watch | None = None,
    ) -> Proposal: ...
