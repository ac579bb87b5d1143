"""Who may never be a pair, one case for each code."""

import pytest

from bot.domain.matching import parse_document
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.facts import Facts
from bot.domain.matching.rules import Reason, why_not
from tests.domain.matching.programs import a_program

MENTEE = {"id": "A", "languages": ["en"], "level": 2, "mentee": {"type": "skill", "skills": ["sql"]}}
MENTOR = {
    "id": "B",
    "languages": ["EN"],
    "level": 3,
    "mentor": {"capacity": 1, "skills": ["sql"], "types": ["skill"]},
}
NIGHT = {"days": [0, 1, 2, 3, 4], "start": "20:00", "end": "23:00"}


def reasons(mentee=None, mentor=None, *, others=(), **parts):
    people = [MENTEE | (mentee or {}), MENTOR | (mentor or {}), *others]
    facts = Facts(parse_document(a_program(0, people=people, **parts)))
    return list(why_not(facts, "A", "B"))


def past(outcome, kind="mentor"):
    return [{"a": "B", "b": "A", "kind": kind, "outcome": outcome}]


CASES = [
    ({}, []),
    ({"mentee": {"mentee": None}}, ["not_a_mentee"]),
    ({"mentor": {"mentor": None}}, ["not_a_mentor"]),
    ({"mentee": {"paused": True}}, ["mentee_paused"]),
    ({"mentor": {"paused": True}}, ["mentor_paused"]),
    ({"mentor": {"mentor": {"capacity": 0, "types": ["skill"]}}}, ["no_capacity"]),
    ({"mentor": {"mentor": {"capacity": 1, "types": ["micro"]}}}, ["type_not_offered"]),
    ({"blocks": [["B", "A"]]}, ["blocked"]),
    ({"history": past("mismatch")}, ["past_mismatch"]),
    ({"history": past("ok")}, []),
    ({"history": past("never_met")}, []),
    ({"mentee": {"manager": "B"}}, ["manager_line"]),
    ({"mentor": {"manager": "A"}}, ["manager_line"]),
    ({"mentee": {"manager": "C"}, "others": [{"id": "C", "manager": "B"}]}, ["manager_line"]),
    ({"mentee": {"manager": "C"}, "others": [{"id": "C", "manager": "B"}], "config": {"manager_line": "direct"}}, []),
    ({"mentee": {"manager": "X"}, "mentor": {"manager": "X"}}, []),
    (
        {"mentee": {"manager": "X"}, "mentor": {"manager": "X"}, "config": {"same_manager_excluded": True}},
        ["same_manager"],
    ),
    ({"config": {"same_manager_excluded": True}}, []),
    ({"mentor": {"level": 1}}, ["level"]),
    ({"mentor": {"level": None}}, []),
    ({"mentor": {"level": 1}, "config": {"level_rule": {}}}, []),
    ({"mentor": {"languages": ["pl"]}}, ["language"]),
    ({"mentor": {"languages": []}}, ["language"]),
    ({"mentor": {"work": NIGHT}}, ["overlap"]),
    ({"mentor": {"work": NIGHT}, "config": {"min_overlap_minutes_per_week": 0}}, []),
    (
        {"mentor": {"work": NIGHT, "languages": ["pl"], "level": 0}, "blocks": [["A", "B"]]},
        ["blocked", "level", "language", "overlap"],
    ),
]


@pytest.mark.parametrize(("case", "codes"), CASES)
def test_each_rule_keeps_a_pair_apart_by_its_code(case, codes):
    assert reasons(**case) == codes


def test_nobody_mentors_themselves():
    both = MENTEE | {"mentor": MENTOR["mentor"]}
    assert next(why_not(Facts(parse_document(a_program(0, people=[both]))), "A", "A")) is Reason.SELF


@pytest.mark.parametrize(("depth", "apart"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_circle_keeps_people_from_their_line_up_to_the_depth(depth, apart):
    people = [{"id": "A", "manager": "B"}, {"id": "B", "manager": "C"}, {"id": "C"}]
    crowd = Crowd(Facts(parse_document(a_program(0, people=people, circle={"manager_depth": depth}))), "ABC")
    assert (2 in crowd.never[0]) == (0 in crowd.never[2]) == apart
