"""The bound of a large draw: nothing exceeds it, and where a perfect split exists it is no higher than that."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import parse_document, relaxed
from bot.domain.matching.bounds import upper_bound
from bot.domain.matching.circling import participants
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.facts import Facts
from tests.domain.matching.programs import ZONES, a_program, programs

RULES = st.sampled_from(
    [
        {"min": 2, "max": 4},
        {"min": 3, "max": 6, "target": 4, "size_penalty": 0},
        {"min": 2, "max": 3, "wT": 0},
        {"min": 3, "max": 5, "level_per_step": 40, "level_cap_steps": 2, "distance_points": {"country": 50}},
    ]
)
CAREFUL = {"MOST_MIXES": 0, "MOST_PROFILES": 0, "MOST_PLACES": 0}
"""How the parts go about more classes than they can tell apart."""


def crowd_of(program, rules):
    program["config"] = {"circle": rules}
    document = parse_document(program)
    return Crowd(Facts(document), participants(document))


def best_split(crowd):
    """The highest value of any circles of these few people, by trying them all."""
    circles = [
        circle
        for size in range(crowd.circle.min, crowd.circle.max + 1)
        for circle in combinations(range(len(crowd)), size)
        if crowd.fits(circle)
    ]
    worth = {circle: crowd.judge(circle).value for circle in circles}

    def best(left):
        if not left:
            return 0
        first = min(left)
        options = [
            worth[circle] + best(left - set(circle)) for circle in circles if first in circle and set(circle) <= left
        ]
        return max([best(left - {first}), *options])

    return best(frozenset(range(len(crowd))))


@pytest.mark.parametrize("most", [{}, CAREFUL], ids=["fine", "coarse"])
@settings(max_examples=30)
@given(program=programs(most=9, fewest=2), rules=RULES, unknown=st.sets(st.integers(0, 8)))
def test_no_split_into_circles_is_worth_more(most, program, rules, unknown):
    for place in unknown & set(range(len(program["people"]))):
        program["people"][place] |= {"dept": None, "country": None, "level": None}
    with pytest.MonkeyPatch.context() as patch:
        for name, number in most.items():
            patch.setattr(relaxed, name, number)
        crowd = crowd_of(program, rules)
        assert best_split(crowd) <= upper_bound(crowd)


def alike(heads, **each):
    """People who differ in nothing but what is given by turns."""
    program = a_program(heads, zones=ZONES[:1])
    for place, person in enumerate(program["people"]):
        person |= {"dept": "Legal", "country": "PL", "background": None, "level": 1, "manager": None, "busy": []}
        person |= {"languages": ["en"], "circle": {"themes": ["wellbeing"]}}
        person |= {name: values[place % len(values)] for name, values in each.items()}
    return program


@pytest.mark.parametrize(
    "each",
    [
        {},
        {"dept": ["Legal", "Sales", "People", "Design"]},
        {"country": ["PL", "PT"]},
        {"background": ["finance", None]},
        {"level": [1, 7]},
        {"circle": [{"themes": ["wellbeing"]}, {"themes": ["change", "wellbeing"]}]},
    ],
    ids=["alike", "departments", "countries", "unknown", "levels", "themes"],
)
def test_it_is_reached_where_every_circle_can_be_perfect(each):
    program = alike(8, **each)
    crowd = crowd_of(program, {"min": 4, "max": 4, "target": 4})
    best, bound = best_split(crowd), upper_bound(crowd)
    assert best <= bound <= best + 8


def test_people_who_are_never_free_at_the_same_time_are_not_mixed():
    countries = ["PL", "PT"]
    together = alike(8, country=countries)
    program = alike(8, country=countries)
    for person in program["people"]:
        early = person["country"] == "PL"
        person |= {
            "work": {"days": [0, 1], "start": "08:00" if early else "14:00", "end": "12:00" if early else "18:00"}
        }
    crowd = crowd_of(program, {"min": 4, "max": 4, "target": 4})
    assert upper_bound(crowd) == best_split(crowd)
    assert upper_bound(crowd) < upper_bound(crowd_of(together, {"min": 4, "max": 4, "target": 4}))


def test_who_is_free_at_no_time_adds_nothing():
    program = alike(9)
    program["people"][8]["work"] = {"days": [], "start": "09:00", "end": "17:00"}
    rules = {"min": 4, "max": 4, "target": 4}
    assert upper_bound(crowd_of(program, rules)) == upper_bound(crowd_of(alike(8), rules))


def test_nobody_is_worth_nothing():
    assert upper_bound(crowd_of(alike(0), {})) == 0
