"""Mentoring circles and weekly pairs: ours beside published team builders, on the same documents.

All results are judged by the same value. A circle that breaks a rule of the document cannot be used, so it is counted
apart; the value of a peer is shown as if none did.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.matching_documents import company
from benchmarks.report import Table
from bot.domain.matching import read_document
from bot.domain.matching.circling import participants
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.facts import Facts
from bot.domain.matching.slots import SLOTS

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
NAMES = {"team-formation": "team-formation 2.0.1", "team-former": "team-former 1.0.1"}
PATIENCE = 120
SIZES = ((24, 12), (40, 15), (100, 6), (100, 10), (400, 12), (1_000, 12), (10_000, 60))
"""How many people, and how many seconds ours may take."""
COMPARED = (40, 100, 400)
LARGE, LARGE_SECONDS = 100_000, 360
COLUMNS = ("people", "who", "placed", "broken", "value", "of the bound", "time", "processor", "memory", "remark")
POOLS = ((8, 7), (25, 21), (40, 39), (200, 26), (1_000, 26), (10_000, 12))
"""How many people, and for how many weeks."""


async def measure() -> Table:
    table = Table(f"Circles; whoever has no answer in {PATIENCE} s is ended", COLUMNS)
    compared: set[int] = set()
    for heads, seconds in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            crowd = _prepare(heads, folder)
            bound = await _ours(table, crowd, folder, seconds)
            for peer in NAMES if heads in COMPARED and heads not in compared else ():
                await _peer(table, crowd, folder, peer, bound)
        compared.add(heads)
    return table


async def measure_large() -> Table:
    table = Table("Circles of a hundred thousand people", COLUMNS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "document.json").write_text(json.dumps(all_in_circles(LARGE)), encoding="utf-8")
        await _ours(table, None, folder, LARGE_SECONDS)
    return table


async def measure_rounds() -> Table:
    columns = ("people", "weeks", "weeks without a repeat", "fewest triads", "most triads", "time a week", "memory")
    table = Table("Pairs of the week", columns)
    for heads, weeks in POOLS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            people = [{"id": f"U{number:06}", "pair_pool": True} for number in range(heads)]
            document = {"schema": "matching/1", "seed": 1, "week_of": "2026-03-09", "people": people}
            (folder / "document.json").write_text(json.dumps(document), encoding="utf-8")
            told = await _run(_own("rounds", folder, weeks), folder)
            summary = told["summary"]
            triads = str(summary["fewest_triads"]), str(summary["most_triads"])
            each = f"{told['seconds'] / weeks * 1000:.1f} ms"
            memory = f"{told['memory'] / 2**20:,.0f} MiB"
            table.rows.append((f"{heads:,}", str(weeks), str(summary["clean_weeks"]), *triads, each, memory))
    return table


def all_in_circles(heads: int, seed: int = 1) -> dict[str, Any]:
    """A company in which everybody wants a circle."""
    document = company(heads, seed, circle={"no_isolation_groups": ["early-career"]})
    for place, person in enumerate(document["people"]):
        themes = document["people"][place]["circle"] or {"themes": []}
        document["people"][place] = person | {"paused": False, "circle": themes}
    return document


def _prepare(heads: int, folder: Path) -> Crowd:
    """Writes the document, and for the peers what they can be told of it."""
    raw = all_in_circles(heads)
    text = json.dumps(raw)
    (folder / "document.json").write_text(text, encoding="utf-8")
    document = read_document(text)
    crowd = Crowd(Facts(document), participants(document))
    rules, offices = crowd.circle, sorted({person.tz for person in crowd.people})
    people = [
        {
            "id": person.id,
            "dept": person.dept,
            "country": person.country,
            "background": person.background or "-",
            "level": person.level or 0,
            "office": offices.index(person.tz),
            "alone": bool(crowd.groups[one]),
            "hours": ";".join(str(slot) for slot in range(SLOTS) if crowd.starts[one] >> slot & 1 and slot % 2 == 0),
            "languages": ";".join(person.languages),
            "themes": ";".join(person.circle.themes if person.circle and person.circle.themes else ("-",)),
            "never": [crowd.ids[other] for other in sorted(crowd.never[one])],
        }
        for one, person in enumerate(crowd.people)
    ]
    facts = {"people": people, "min": rules.min, "max": rules.max, "target": rules.target}
    (folder / "facts.json").write_text(json.dumps(facts))
    return crowd


async def _ours(table: Table, crowd: Crowd | None, folder: Path, seconds: int) -> int:
    told = await _run(_own("circles", folder, seconds), folder, patience=600)
    summary = told["summary"]
    circles = [crowd.group(circle) for circle in told["circles"]] if crowd else []
    broken = sum(not crowd.fits(circle) for circle in circles) if crowd else 0
    remark = "proven, gap 0" if summary["gap"] == 0 else f"asked for {seconds} s"
    share = f"{100 * summary['value'] / summary['bound']:.1f} %"
    cells = (f"{summary['placed']:,}", str(broken), f"{summary['value']:,}", share, *_costs(told), remark)
    table.rows.append((f"{summary['people']:,}", "ours", *cells))
    return int(summary["bound"])


async def _peer(table: Table, crowd: Crowd, folder: Path, peer: str, bound: int) -> None:
    program = [str(PEERS), str(ROOT / "benchmarks" / "circle_peers.py"), peer]
    told = await _run(program, folder, str(PATIENCE - 10)) if PEERS.exists() else {"failed": "not installed"}
    if "failed" in told:
        table.rows.append((f"{len(crowd):,}", NAMES[peer], *["-"] * 7, told["failed"]))
        return
    circles = [crowd.group(circle) for circle in told["circles"]]
    legal = [circle for circle in circles if crowd.fits(circle)]
    value = sum(crowd.judge(circle).value for circle in circles)
    placed, broken = sum(map(len, legal)), len(circles) - len(legal)
    cells = (f"{placed:,}", str(broken), f"{value:,}", f"{100 * value / bound:.1f} %", *_costs(told), "")
    table.rows.append((f"{len(crowd):,}", NAMES[peer], *cells))


def _costs(told: dict[str, Any]) -> tuple[str, str, str]:
    return f"{told['seconds']:.1f} s", f"{told['processor']:.1f} s", f"{told['memory'] / 2**20:,.0f} MiB"


def _own(problem: str, folder: Path, amount: int) -> list[str]:
    program = [sys.executable, "-m", "benchmarks.circle_runs", problem, str(folder), str(folder / "answer.json")]
    return [*program, str(amount)]


async def _run(program: list[str], folder: Path, *seconds: str, patience: float = PATIENCE) -> dict[str, Any]:
    """What the program wrote down; peers get the folder, the place for the answer and their seconds as well."""
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    asked = [*program, str(folder), str(answer), *seconds] if seconds else program
    nothing, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*asked, cwd=ROOT, stdout=nothing, stderr=pipe)
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
