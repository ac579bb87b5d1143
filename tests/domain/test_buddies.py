"""A buddy for everybody, and another one each time."""

import pytest

from bot.domain.buddies import buddy_of

NAMES = ["ANA", "BO", "CHI", "DEE", "EVE", "FAY", "GUS", "HAL"]


@pytest.mark.parametrize("many", [2, 4, 6, 8])
def test_in_an_even_circle_buddies_are_each_others_and_everybody_meets_everybody(many):
    members = NAMES[:many]
    for one in members:
        assert {buddy_of(one, members, turn) for turn in range(many - 1)} == set(members) - {one}
    for turn in range(10):
        for one in members:
            assert buddy_of(buddy_of(one, members, turn), members, turn) == one


@pytest.mark.parametrize("many", [3, 5, 7])
def test_in_an_odd_circle_nobody_is_without_a_buddy(many):
    members = NAMES[:many]
    for one in members:
        had = [buddy_of(one, members, turn) for turn in range(many)]
        assert None not in had and one not in had
        assert set(had) == set(members) - {one}


def test_who_is_alone_or_not_in_the_circle_has_none():
    assert buddy_of("ANA", ["ANA"], 3) is None
    assert buddy_of("ANA", [], 3) is None
    assert buddy_of("ZOE", ["ANA", "BO"], 3) is None
