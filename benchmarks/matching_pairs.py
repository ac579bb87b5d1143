"""Mentoring pairs: ours beside published matchers and a bare solver, on the same documents.

Peers get the pairs that the rules allow and their scores ready made, and are timed on matching alone; ours is timed from the
document to the written result with its reasons. All results are then judged by the same scores.
"""

import asyncio
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.matching_documents import written
from benchmarks.report import Table, milliseconds, percentile
from bot.domain.matching import candidates, read_document
from bot.domain.matching.facts import Facts
from bot.domain.matching.market import PairMarket, Wishes

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
PATIENCE = 120.0
SIZES = (200, 1_000, 10_000)
LARGE = 100_000
OURS, OURS_SCIPY, OURS_FAIR, DENSE = "ours", "ours, SciPy alone", "ours, --fair floor", "dense"
NAMES = {
    DENSE: "SciPy linear_sum_assignment, bare",
    "mentor-match": "mentor-match 7.0.1",
    "mentormatch": "mentormatch 1.1",
}
COLUMNS = ("people", "who", "matched", "of the optimum", "worst score", "time", "memory", "remark")


@dataclass
class Problem:
    """A document, and all pairs with their scores by the places of the two."""

    heads: int
    folder: Path
    market: PairMarket
    scores: list[dict[int, int]]
    step: int

    def objective(self, pairs: Sequence[Sequence[str]]) -> tuple[int, int]:
        """The sum of scores less the load, and the lowest score; an error where a pair is not allowed."""
        row = {id: place for place, id in enumerate(self.market.mentees)}
        column = {id: place for place, id in enumerate(self.market.mentors)}
        scores = [self.scores[row[mentee]][column[mentor]] for mentee, mentor in pairs]
        load = Counter(mentor for _, mentor in pairs)
        return sum(scores) - sum(self.step * n * (n - 1) // 2 for n in load.values()), min(scores, default=0)


async def measure() -> Table:
    table = Table(f"Mentoring pairs; whoever has no answer in {PATIENCE:.0f} s is ended", COLUMNS)
    for heads in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            problem = _prepare(heads, Path(folder))
            who = [OURS, OURS_SCIPY, OURS_FAIR, DENSE, "mentor-match", "mentormatch"]
            await _compare(table, problem, who)
            if heads == SIZES[-1]:
                table.remarks.append(_shortlists(problem))
    return table


async def measure_large() -> Table:
    table = Table("Mentoring pairs of a hundred thousand people", COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "document.json").write_text(written(LARGE), encoding="utf-8")
        told = await _run(OURS, Path(folder), patience=1800)
        summary = told["summary"]
        worst = summary["worst"]["score"]
        share = f"proven to {100 * summary['gap'] / summary['bound']:.4f} %"
        table.rows.append((f"{LARGE:,}", OURS, f"{summary['matched']:,}", share, f"{worst:,}", *_costs(told), ""))
    return table


def _prepare(heads: int, folder: Path) -> Problem:
    text = written(heads)
    (folder / "document.json").write_text(text, encoding="utf-8")
    market = PairMarket(Facts(read_document(text)), Wishes())
    scores: list[dict[int, int]] = [{} for _ in market.mentees]
    for block in market.blocks():
        for row, line in zip(block.rows, block.scores, strict=True):
            allowed = line >= 0
            scores[row] = dict(zip(block.columns[allowed].tolist(), line[allowed].tolist(), strict=True))
    (folder / "scores.json").write_text(json.dumps(scores))
    (folder / "places.json").write_text(json.dumps(market.capacity.tolist()))
    return Problem(heads, folder, market, scores, market.step)


async def _compare(table: Table, problem: Problem, contenders: Sequence[str]) -> None:
    optimum, times = 1, {}
    for who in contenders:
        told = await _run(who, problem.folder, patience=PATIENCE)
        name = NAMES.get(who, who)
        if "failed" in told:
            table.rows.append((f"{problem.heads:,}", name, "-", "-", "-", "-", "-", told["failed"]))
            continue
        pairs = told.get("pairs") or [
            (problem.market.mentees[a], problem.market.mentors[b]) for a, b in told["couples"]
        ]
        value, worst = problem.objective(pairs)
        optimum = value if who == OURS else optimum
        times[who] = told["seconds"]
        share = f"{100 * value / optimum:.2f} %"
        cells = (f"{len(pairs):,}", share, f"{worst:,}", *_costs(told), _remark(told))
        table.rows.append((f"{problem.heads:,}", name, *cells))
    if times.get(DENSE, 0) > 1:
        against = [f"{who} {times[who] / times[DENSE]:.2f}" for who in (OURS, OURS_SCIPY) if who in times]
        table.remarks.append(f"  {problem.heads:,} people, time beside the bare dense solver: {', '.join(against)}")


def _costs(told: dict[str, Any]) -> tuple[str, str]:
    return f"{told['seconds']:.2f} s", f"{told['memory'] / 2**20:,.0f} MiB"


def _remark(told: dict[str, Any]) -> str:
    summary = told.get("summary")
    if summary is None:
        return ""
    gap = "proven, gap 0" if summary["proven"] else f"gap {summary['gap']}"
    price = (
        f", price {100 * summary['price'] / (summary['objective'] + summary['price']):.2f} %"
        if "price" in summary
        else ""
    )
    return gap + price


async def _run(who: str, folder: Path, *, patience: float) -> dict[str, Any]:
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    program = [sys.executable, "-m", "benchmarks.matching_runs"]
    if who in ("mentor-match", "mentormatch"):
        if not PEERS.exists():
            return {"failed": "not installed: make bench sets it up"}
        program = [str(PEERS), str(ROOT / "benchmarks" / "matching_peers.py")]
    kind = {OURS: "ours", OURS_SCIPY: "scipy", OURS_FAIR: "floor"}.get(who, who)
    child = await asyncio.create_subprocess_exec(
        *program,
        kind,
        str(folder),
        str(answer),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, complaint = await asyncio.wait_for(child.communicate(), patience)
    except TimeoutError:
        child.kill()
        await child.wait()
        return {"failed": f"no answer in {patience:.0f} s"}
    if child.returncode:
        last = (complaint.decode(errors="replace").strip().splitlines() or [""])[-1]
        return {"failed": f"ended with {child.returncode}: {last[:60]}"}
    told: dict[str, Any] = json.loads(answer.read_text())
    return told


def _shortlists(problem: Problem) -> str:
    document = read_document((problem.folder / "document.json").read_text(encoding="utf-8"))
    # What was made to judge the others is not what a bot holds; without this the collector walks through it now and then.
    gc.freeze()
    asked = random.Random(1).sample(problem.market.mentees, 200)
    times = []
    for mentee in asked:
        begun = time.perf_counter()
        candidates(document, mentee)
        times.append(time.perf_counter() - begun)
    median, longest = milliseconds(statistics.median(times)), milliseconds(percentile(times, 0.99))
    return f"  best five mentors for one of {problem.heads:,} people: median {median}, 99 % {longest}"
