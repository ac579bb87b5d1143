"""Proofs: the best circles against all circles there are, and bounds that nothing exceeds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import Options, parse_document
from bot.domain.matching.bounds import upper_bound
from bot.domain.matching.circling import participants
from bot.domain.matching.columns import Columns
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.exact import MOST_STEPS, Choice
from bot.domain.matching.facts import Facts
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.options import Unwatched
from bot.domain.matching.pace import Pace
from bot.domain.matching.partition import MOST_UNITS
from bot.domain.matching.search import Length, Search
from tests.domain.matching import by_hand
from tests.domain.matching.checks import circle_faults
from tests.domain.matching.programs import ZONES, a_program, programs

RULES = st.sampled_from(
    [
        {"min": 2, "max": 4},
        {"min": 3, "max": 5, "target": 4},
        {"min": 2, "max": 3, "manager_depth": 0, "wD": 0},
        {"min": 3, "max": 4, "no_isolation_groups": ["early-career"]},
        {"min": 2, "max": 5, "wT": 0, "common_language": False, "meeting_minutes": 240},
    ]
)


def crowd_of(program, rules):
    program["config"] = {"circle": rules}
    document = parse_document(program)
    return Crowd(Facts(document), participants(document))


@settings(max_examples=40, deadline=None)
@given(programs(most=9, fewest=2), RULES)
def test_column_generation_finds_the_best_of_all_circles_and_proves_it(program, rules):
    crowd = crowd_of(program, rules)
    if len(crowd) < 2:
        return
    choice = Choice(crowd, Columns(crowd), range(len(crowd)), seconds=1)
    solved = choice.solve([], (), Pace(Unwatched(), MOST_STEPS))
    reached = sum(map(len, solved.circles)), sum(crowd.judge(circle).value for circle in solved.circles)
    assert reached == by_hand.best(program, rules)
    assert solved.bound == reached[1]
    assert reached[1] <= upper_bound(crowd)


@settings(max_examples=25, deadline=None)
@given(programs(most=9), RULES)
def test_a_small_draw_is_the_best_of_all_circles_and_says_so(program, rules):
    program["config"] = {"circle": rules}
    summary = propose_circles(parse_document(program)).summary
    assert (summary["placed"], summary["value"]) == by_hand.best(program, rules)
    assert (summary["bound"], summary["gap"], summary["proven"]) == (summary["value"], 0, True)


@settings(max_examples=15, deadline=None)
@given(programs(most=40, fewest=13), RULES)
def test_no_draw_is_worth_more_than_its_bound(program, rules):
    program["config"] = {"circle": rules}
    summary = propose_circles(parse_document(program), Options(steps=15)).summary
    assert summary["gap"] == summary["bound"] - summary["value"] >= 0
    assert not summary["proven"] or len(program["people"]) <= MOST_UNITS + sum(
        one["paused"] for one in program["people"]
    )


def test_of_many_best_answers_the_same_is_given_from_wherever_the_search_began():
    document = parse_document(a_program(18, zones=ZONES[:1], circle={"min": 3, "max": 5}))
    crowd = Crowd(Facts(document), participants(document))
    found = set()
    for rounds in (3, 30):
        search = Search(crowd, [(one,) for one in range(18)], Length(rounds, proof=5), Pace(Unwatched(), 1000))
        found.add((tuple(sorted(search.run())), search.bound))
    assert len(found) == 1


@pytest.mark.parametrize("zones", [ZONES[:1], ZONES])
def test_forty_people_get_proven_circles_that_no_search_finds_better(zones):
    rules = {"no_isolation_groups": ["early-career"]}
    program = a_program(40, zones=zones, circle=rules)
    proven, searched = (propose_circles(parse_document(program), options) for options in (None, Options(steps=200)))
    assert (proven.summary["gap"], proven.summary["proven"]) == (0, True)
    assert (proven.summary["placed"], proven.summary["value"]) >= (
        searched.summary["placed"],
        searched.summary["value"],
    )
    assert [circle_faults(program, circle, rules) for circle in proven.to_json()["circles"]] == [[]] * len(
        proven.circles
    )
