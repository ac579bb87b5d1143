"""Whoever is left over hears the true reason: also where the lead asked for it, or a group would be alone."""

import pytest

from bot.domain.matching import Options, parse_document
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.pairs import propose_pairs
from tests.domain.matching.programs import a_program

OFFER = {"capacity": 1, "skills": ["sql"], "types": ["skill"]}


def a_mentee(id, **parts):
    return {"id": id, "languages": ["en"], "mentee": {"type": "skill", "skills": ["sql"]}} | parts


def a_mentor(id, **parts):
    return {"id": id, "languages": ["en"], "mentor": OFFER} | parts


def the_left_over(*people, apart):
    drawn = propose_pairs(parse_document(a_program(0, people=list(people))), Options(apart=apart))
    (left,) = drawn.unmatched
    return left


def test_a_mentee_kept_apart_from_the_only_mentor_hears_that():
    left = the_left_over(a_mentee("A"), a_mentor("B"), apart=(("A", "B"),))
    assert (left.mentee, left.reason, left.counts["kept_apart"]) == ("A", "kept_apart", 1)
    assert left.would_help == "Taking back that they are kept apart from 1 mentor who would fit."


def test_where_others_would_fit_and_are_taken_the_wish_is_added():
    people = [a_mentee("A"), a_mentee("B"), a_mentor("D"), a_mentor("E")]
    left = the_left_over(*people, apart=(("A", "E"), ("B", "E")))
    assert left.reason == "no_capacity"
    assert left.would_help.endswith("1 more mentor would fit, from whom a program lead keeps them apart.")


def test_a_rule_that_stands_besides_is_the_reason():
    left = the_left_over(a_mentee("A"), a_mentor("B", languages=["pl"]), apart=(("A", "B"),))
    assert left.reason == "language"


def the_unplaced(people, *, apart=(), blocks=(), **circle):
    people = [{"id": f"P{n}", "languages": ["en"], "circle": {}} | parts for n, parts in enumerate(people)]
    document = parse_document(a_program(0, people=people, blocks=list(blocks), circle={"min": 4, "max": 5} | circle))
    return {one.id: one.reason for one in propose_circles(document, Options(apart=apart)).unplaced}


@pytest.mark.parametrize(
    ("people", "asked", "reason"),
    [
        ([{}] * 4, {"apart": (("P0", "P1"),)}, "kept_apart"),
        ([{}] * 5, {"apart": (("P0", "P1"),), "max": 5}, "kept_apart"),
        ([{}] * 4, {"blocks": [["P0", "P1"]]}, "no_circle_fits"),
        ([{}] * 3 + [{"groups": ["parents"]}], {"no_isolation_groups": ["parents"]}, "isolated"),
        ([{}] * 4 + [{"groups": ["parents"]}], {"no_isolation_groups": ["parents"]}, "isolated"),
    ],
)
def test_whoever_has_no_circle_hears_what_is_against_it(people, asked, reason):
    left = the_unplaced(people, **asked)
    assert left and set(left.values()) <= {reason, "no_circle_fits"} and reason in left.values()
    assert "parents" not in str(left)
