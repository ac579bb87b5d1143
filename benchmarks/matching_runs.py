"""Runs our matcher, or SciPy's dense solver on the same places, on a prepared document, in a process of its own."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.domain.matching import Document, Options, read_document, written
from bot.domain.matching.facts import Facts
from bot.domain.matching.market import PairMarket, Wishes
from bot.domain.matching.pairs import propose_pairs

MATCH = 10**9


def main(who: str, folder: Path, answer: Path) -> None:
    document = read_document((folder / "document.json").read_text(encoding="utf-8"))
    told = dense(document) if who == "dense" else ours(document, who)
    told["memory"] = peak_memory()
    answer.write_text(json.dumps(told))


def peak_memory() -> int:
    """In bytes. Linux carries the parent's peak over into `ru_maxrss`, so its own figure for this program is read instead."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
    return own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def ours(document: Document, who: str) -> dict[str, Any]:
    """From the document to the written result, with reasons for everybody and the proof."""
    begun = time.perf_counter()
    proposal = propose_pairs(document, Options(fair="floor" if "floor" in who else "none"), fast="scipy" not in who)
    written(proposal)
    seconds = time.perf_counter() - begun
    pairs = [[pair.mentee, pair.mentor] for pair in proposal.pairs]
    return {"pairs": pairs, "summary": proposal.summary, "seconds": seconds}


def dense(document: Document) -> dict[str, Any]:
    """The bare solver: what makes the matrix is not counted."""
    market = PairMarket(Facts(document), Wishes())
    scores = np.full((market.rows, len(market.mentors)), -1, dtype=np.int64)
    for block in market.blocks():
        scores[np.ix_(block.rows, block.columns)] = block.scores
    owner = np.repeat(np.arange(len(market.mentors)), market.capacity)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(market.capacity) - market.capacity, market.capacity)
    gains = scores[:, owner] + MATCH - market.step * place
    gains[scores[:, owner] < 0] = 0
    matrix = gains.astype(np.float64)
    begun = time.perf_counter()
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    seconds = time.perf_counter() - begun
    used = gains[rows, columns] > 0
    matched = zip(rows[used], owner[columns[used]], strict=True)
    return {"pairs": [[market.mentees[row], market.mentors[column]] for row, column in matched], "seconds": seconds}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
