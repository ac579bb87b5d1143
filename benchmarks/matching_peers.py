"""Runs one published matcher on a prepared problem, in the environment of the peers: stands alone and imports nothing of ours.

Who may be paired and how well they fit is worked out beforehand, so each peer gets the same rules and scores as we use, as far
as it can take them: mentor-match takes any rule and score; mentormatch ranks by its own criteria and takes each mentee's list
of possible mentors, best first.
"""

import json
import resource
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify
from mentormatch.api.app.setup_app_context import Context
from mentormatch.utils import ApplicantType, PairType

Couples = list[tuple[int, int]]


def main(peer: str, folder: Path, answer: Path) -> None:
    scores = json.loads((folder / "scores.json").read_text())
    places = json.loads((folder / "places.json").read_text())
    begun = time.perf_counter()
    couples = PEERS[peer](scores, places)
    told: dict[str, Any] = {
        "couples": couples,
        "seconds": time.perf_counter() - begun,
        "memory": peak_memory(),
    }
    answer.write_text(json.dumps(told))


def peak_memory() -> int:
    """In bytes. Linux carries the parent's peak over into `ru_maxrss`, so its own figure for this program is read instead."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
    return own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def mentor_match(scores: list[dict[str, int]], places: list[int]) -> Couples:
    """One round for each place of the mentor who has most; in each the free mentees meet the mentors with a place left."""

    class OurScore:
        """A rule that gives the score of the pair; those not in the table are ruled out by the one beside it."""

        def apply(self, match: Any) -> int:
            return scores[int(match.mentee.email)][match.mentor.email[1:]]

        def evaluate(self, match: Any) -> bool:
            return self.apply(match) > 0

    def ruled_out(match: Any) -> bool:
        mentee, mentor = int(match.mentee.email), match.mentor.email[1:]
        return mentor not in scores[mentee] or bool(match.mentee.connections) or _is_full(match.mentor, places)

    mentees = [Mentee(grade=1, email=str(place)) for place in range(len(scores))]
    mentors = [Mentor(grade=2, email=f"m{place}") for place in range(len(places))]
    # Rules are asked from the last to the first.
    process_data(mentors, mentees, [[OurScore(), Disqualify(ruled_out)] for _ in range(max(places))])
    return [(int(one.email), int(mentor.email[1:])) for one in mentees for mentor in one.connections]


def _is_full(mentor: Any, places: list[int]) -> bool:
    return len(mentor.connections) >= places[int(mentor.email[1:])]


def mentormatch(scores: list[dict[str, int]], places: list[int]) -> Couples:
    mentors = [_applicant(len(scores) + place) | {"max_mentee_count": room} for place, room in enumerate(places)]
    mentees = []
    for place, possible in enumerate(scores):
        best_first = sorted(possible, key=lambda mentor: -possible[mentor])
        wanted = [len(scores) + int(mentor) for mentor in best_first]
        mentees.append(_applicant(place) | {"favor": 0, "preferred_functions": [], "preferred_wwids": wanted})
    context = Context(mentors, mentees)
    for kind in (ApplicantType.MENTOR, ApplicantType.MENTEE):
        context.get_applicants(kind).assemble_applicant_objects()
    context.get_matcher(PairType.PREFERRED).execute()
    return list(_pairs(context.get_applicants(ApplicantType.MENTEE), len(scores)))


def _pairs(mentees: Any, past: int) -> Iterator[tuple[int, int]]:
    for mentee in mentees:
        for pair in mentee.yield_pairs:
            yield mentee.wwid, pair.mentor.wwid - past


def _applicant(number: int) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "skills": [],
        "function": "",
        "position_level": 3,
        "years_total": 5,
        "location": "",
        "gender": "",
    }
    preferences = {f"preference_{word}": [] for word in ("yes", "no", "maybe")}
    return nothing | preferences | {"wwid": number, "first_name": "", "last_name": ""}


PEERS = {"mentor-match": mentor_match, "mentormatch": mentormatch}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
