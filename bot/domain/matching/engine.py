"""Whole draws. Brings numpy and scipy, so only the worker process and the command line import it."""

import json
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching.document import Document, canonical
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.options import Options, Watch, read_options
from bot.domain.matching.pairs import propose_pairs
from bot.domain.matching.parsing import read_document
from bot.domain.matching.results import VERSION, Proposal, written
from bot.domain.matching.rounds import propose_rounds
from bot.domain.matching.stored import read_proposal

PROBLEMS = ("pairs", "circles", "rounds")


def propose(
    document: Document, problem: str = "pairs", *, options: Options | None = None, watch: Watch | None = None
) -> Proposal:
    """The same document and options give the same bytes, whatever the machine and the order of the input."""
    if problem == "pairs":
        return propose_pairs(document, options, watch)
    if problem == "circles":
        return propose_circles(document, options, watch=watch)
    if problem == "rounds":
        return propose_rounds(document, options)
    raise Refused(f"There is no draw of {problem}; choose {', '.join(PROBLEMS)}.")


def solve_document(text: str, problem: str = "pairs", *, watch: Watch | None = None, **options: Any) -> str:
    """From JSON to JSON. `options` are those of `Options`, as JSON values."""
    return written(propose(read_document(text), problem, options=read_options(options), watch=watch))


def replay(document: Document, result: str) -> bool:
    """Does the same draw give the same bytes again? How long it took is the one thing that may differ."""
    before = read_proposal(result)
    if before.header.changes:
        raise Refused("This draw was changed by hand afterwards; replay the result as it was drawn.")
    if before.header.version != VERSION:
        raise Refused(f"This draw was made by version {before.header.version} of the matcher; this is {VERSION}.")
    if before.header.document != document.digest():
        raise Refused("This draw was made from another document.")
    again = propose(document, before.problem, options=before.header.options)
    stored = json.loads(result)
    stored["summary"].pop("seconds", None)
    return written(again) == canonical(stored)
