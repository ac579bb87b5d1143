"""Runs one published team builder on a prepared document, in the environment of the peers: imports nothing of ours.

Each is told as much of our rules and wishes as it can take. team-formation takes categories to share or to mix: shared hours
and languages and themes count for it, departments, countries and backgrounds are mixed. team-former takes sizes, a place that
all of a team share, a level to balance and people to keep apart; a group of which nobody may be alone is its "gender".
"""

import json
import resource
import sys
import time
import types
from pathlib import Path
from typing import Any

import pandas as pd

Teams = list[list[str]]
Json = dict[str, Any]


def main(peer: str, folder: Path, answer: Path, seconds: float) -> None:
    facts = json.loads((folder / "facts.json").read_text())
    begun = time.perf_counter()
    teams = PEERS[peer](facts, seconds)
    costs = {"seconds": time.perf_counter() - begun, "processor": time.process_time(), "memory": peak_memory()}
    answer.write_text(json.dumps({"circles": teams} | costs))


def peak_memory() -> int:
    """In bytes. Linux carries the parent's peak over into `ru_maxrss`, so its own figure for this program is read instead."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
    return own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def team_formation(facts: Json, seconds: float) -> Teams:
    from team_formation.team_assignment import TeamAssignment  # noqa: PLC0415

    people = pd.DataFrame(facts["people"])
    shared = [("hours", "cluster", 100), ("languages", "cluster", 100), ("themes", "cluster", 6)]
    mixed = [("dept", "diversify", 4), ("country", "diversify", 2), ("background", "diversify", 2)]
    wishes = pd.DataFrame(shared + mixed, columns=["attribute", "type", "weight"])
    assignment = TeamAssignment(people, wishes, facts["target"], less_than_target=False)
    assignment.solve(max_time_in_seconds=seconds)
    if not assignment.solution_found:
        sys.exit("no solution found in its time")
    return _by_team(facts, assignment.participants["team_num"])


def team_former(facts: Json, seconds: float) -> Teams:
    from team_former import make_teams  # noqa: PLC0415

    class Table(pd.DataFrame):
        """What it would read from a spreadsheet; it is not written back to one."""

        def to_excel(self, *_args: Any, **_options: Any) -> None:
            """The teams are taken from what is returned."""

    rows = [
        {
            "Student_ID": person["id"],
            "wam": 10 * person["level"],
            "lab": person["office"],
            "gender": "F" if person["alone"] else "-",
            "Prefer_Not_With": ", ".join(person["never"]),
        }
        for person in facts["people"]
    ]
    table = Table(rows)
    make_teams.pd = types.SimpleNamespace(read_excel=lambda *_args, **_options: table, notna=pd.notna)
    found = make_teams.allocate_teams(
        min_team_size=facts["min"], max_team_size=facts["max"], max_solve_time=seconds, neg_pref_weight=100
    )
    if found is None:
        sys.exit("no solution found in its time")
    return _by_team(facts, found["team"])


def _by_team(facts: Json, numbers: Any) -> Teams:
    teams: dict[int, list[str]] = {}
    for person, number in zip(facts["people"], numbers, strict=True):
        teams.setdefault(int(number), []).append(person["id"])
    return list(teams.values())


PEERS = {"team-formation": team_formation, "team-former": team_former}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
