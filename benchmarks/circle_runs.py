"""Draws circles or rounds with our matcher in a process of its own: from the document to the written result."""

import json
import sys
import time
from pathlib import Path

from benchmarks.matching_runs import peak_memory
from bot.domain.matching import Options, read_document, written
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.rounds import propose_rounds


def main(problem: str, folder: Path, answer: Path, amount: int) -> None:
    """`amount` is how many seconds a draw of circles may take, or how many weeks there are rounds for."""
    begun = time.perf_counter()
    document = read_document((folder / "document.json").read_text(encoding="utf-8"))
    if problem == "circles":
        circles = propose_circles(document, Options(seconds=amount))
        told = {"circles": [circle.members for circle in circles.circles], "summary": circles.summary}
        written(circles)
    else:
        rounds = propose_rounds(document, Options(weeks=amount))
        told = {"summary": rounds.summary}
        written(rounds)
    costs = {"seconds": time.perf_counter() - begun, "processor": time.process_time(), "memory": peak_memory()}
    answer.write_text(json.dumps(told | costs))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
