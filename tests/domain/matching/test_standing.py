"""Circles brought up to date: a leaver, a circle that got too small, a newcomer, a rule that is broken by now."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import Options, parse_document
from bot.domain.matching.groups import propose_circles
from tests.domain.matching.checks import circle_faults
from tests.domain.matching.programs import a_program, programs

PROGRAM = a_program(30)
PROGRAM["people"] = [person | {"manager": None} for person in PROGRAM["people"]]
DRAWN = propose_circles(parse_document(PROGRAM), Options(steps=20))


def kept(circles):
    return Options(stay=tuple(two for circle in circles for two in combinations(circle.members, 2)))


def again(program, circles=DRAWN.circles):
    return propose_circles(parse_document(program), kept(circles))


def without(*leavers):
    return PROGRAM | {"people": [person for person in PROGRAM["people"] if person["id"] not in leavers]}


def members(circles):
    return [set(circle.members) for circle in circles]


def test_nothing_changes_when_nothing_has_changed():
    assert members(again(PROGRAM).circles) == members(DRAWN.circles)


def test_a_leaver_changes_no_other_circle():
    large = max(DRAWN.circles, key=lambda circle: len(circle.members))
    after = members(again(without(large.members[0])).circles)
    assert all(circle in after for circle in members(DRAWN.circles) if large.members[0] not in circle)
    assert set(large.members[1:]) in after


def test_who_is_left_of_a_circle_too_small_finds_seats_in_the_others():
    small = min(DRAWN.circles, key=lambda circle: len(circle.members))
    left = set(small.members[-3:])
    after = again(without(*small.members[:-3]))
    assert after.unplaced == ()
    others = [circle for circle in members(DRAWN.circles) if circle != set(small.members)]
    grown = [next(circle for circle in members(after.circles) if before <= circle) for before in others]
    assert set.union(*(new - old for new, old in zip(grown, others, strict=True))) == left


def test_a_newcomer_gets_a_seat_and_nobody_moves():
    newcomer = PROGRAM["people"][0] | {"id": "NEW"}
    after = again(PROGRAM | {"people": [*PROGRAM["people"], newcomer]})
    assert after.circle_of("NEW")
    assert sorted(sorted(circle - {"NEW"}) for circle in members(after.circles)) == sorted(
        sorted(circle) for circle in members(DRAWN.circles)
    )


def test_two_who_may_not_meet_any_more_are_parted():
    circle = DRAWN.circles[0].members
    after = again(PROGRAM | {"blocks": [list(circle[:2])]})
    assert after.circle_of(circle[0]) != after.circle_of(circle[1])
    assert after.summary["placed"] == 30


@pytest.mark.parametrize("rules", [{}, {"min": 3, "max": 5, "no_isolation_groups": ["early-career"]}])
@settings(max_examples=12, deadline=None)
@given(program=programs(most=24, fewest=12), chance=st.randoms(use_true_random=False))
def test_whatever_changes_no_rule_is_broken_and_nobody_is_forgotten(program, chance, rules):
    program["config"] = {"circle": rules}
    drawn = propose_circles(parse_document(program), Options(steps=4)).circles
    later = program | {
        "people": [
            person
            | {"paused": person["paused"] or chance.random() < 0.2, "languages": chance.choice([["en"], ["pl"]])}
            for person in program["people"]
        ]
    }
    found = again(later, drawn).to_json()
    assert [circle_faults(later, circle, rules) for circle in found["circles"]] == [[]] * len(found["circles"])
    heard = [id for circle in found["circles"] for id in circle["members"]] + [
        each["id"] for each in found["unplaced"]
    ]
    assert sorted(heard) == [person["id"] for person in later["people"] if not person["paused"]]
