"""Threes: everybody once, sizes that work, other company than last time, the same again for the same past."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.trios import sizes, split

PEOPLE = "ABCDEFGHI"
counts = st.integers(3, 9)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(0, []), (1, [1]), (2, [2]), (3, [3]), (4, [4]), (5, [3, 2]), (6, [3, 3]), (7, [4, 3]), (8, [4, 4]), (9, [3, 3, 3]),
     (10, [4, 3, 3]), (11, [4, 4, 3]), (12, [3, 3, 3, 3])],
)  # fmt: skip
def test_groups_of_three_and_four(people, expected):
    assert sizes(people) == expected and sum(expected) == people


@given(counts, st.randoms(use_true_random=False))
def test_everybody_is_in_one_group_and_the_order_of_names_does_not_matter(count, dice):
    people = list(PEOPLE[:count])
    groups = split(people)
    dice.shuffle(people)
    assert split(people) == groups
    assert sorted(who for group in groups for who in group) == sorted(people)
    assert sorted(map(len, groups)) == sorted(sizes(count))


@given(st.lists(st.integers(5, 9), min_size=2, max_size=8))
def test_no_group_of_last_time_comes_back(meetings):
    before = ()
    for count in meetings:
        groups = split(PEOPLE[:count], before)
        same = {frozenset(group) for group in groups} & {frozenset(group) for group in before}
        assert not same
        before = groups


def test_with_three_or_four_there_is_only_one_way():
    assert split("ABC", [("A", "B", "C")]) == (("A", "B", "C"),)
    assert split("ABCD", [("A", "B", "C", "D")]) == (("A", "B", "C", "D"),)


def test_six_meet_as_many_others_as_can_be():
    first = split("ABCDEF")
    second = split("ABCDEF", first)
    pairs = sum(len({*one} & {*other}) == 2 for one in first for other in second)
    assert first == (("A", "B", "C"), ("D", "E", "F")) and pairs == 2
