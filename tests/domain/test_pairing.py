"""Pairs of the week: everybody placed, nobody twice before they have met everybody, joins and leaves repaired."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import pairing
from bot.domain.matching.rota import in_order
from tests.builders import an_id

NAMES = [an_id(f"P{number:02}") for number in range(12)]


def weeks(members, count, past=()):
    past = list(past)
    drawn = []
    for _week in range(count):
        drawn.append(pairing.draw(members, past))
        past += drawn[-1]
    return drawn


def met_in(drawn):
    return Counter(pair for teams in drawn for team in teams for pair in combinations(team, 2))


@pytest.mark.parametrize("count", [4, 6, 8, 10, 12])
def test_an_even_circle_meets_in_full_before_anybody_meets_again(count):
    laps = weeks(NAMES[:count], 2 * (count - 1))
    assert set(met_in(laps[: count - 1]).values()) == {1}
    assert len(met_in(laps[: count - 1])) == count * (count - 1) // 2
    assert set(met_in(laps).values()) == {2}


@pytest.mark.parametrize(("count", "soon", "clean"), [(5, 4, 1), (7, 5, 3), (9, 7, 6), (11, 9, 6)])
def test_an_odd_circle_has_one_group_of_three_and_meets_soon(count, soon, clean):
    laps = weeks(NAMES[:count], soon)
    assert all(sorted(map(len, teams)) == [2] * (count // 2 - 1) + [3] for teams in laps)
    assert len(met_in(laps)) == count * (count - 1) // 2
    assert set(met_in(laps[:clean]).values()) == {1}
    thirds = Counter(one for teams in weeks(NAMES[:count], count) for team in teams if len(team) == 3 for one in team)
    assert max(thirds.values()) - min(thirds[one] for one in NAMES[:count]) <= 3


def fewest_repeats(members, met):
    """By looking at every way there is, for a small circle."""
    floor = min(met[pair] for pair in combinations(members, 2))
    return min(sum(met[pair] - floor for team in teams for pair in combinations(team, 2)) for teams in ways(members))


def ways(people):
    if len(people) < 2:
        if not people:
            yield ()
        return
    first = people[0]
    for size in (1, 2) if len(people) % 2 else (1,):
        for others in combinations(people[1:], size):
            for rest in ways([one for one in people[1:] if one not in others]):
                yield ((first, *others), *rest)


@settings(max_examples=40)
@given(st.lists(st.sets(st.sampled_from(NAMES[:8]), min_size=4, max_size=8), min_size=1, max_size=12))
def test_whoever_comes_or_goes_no_week_repeats_more_than_it_must(circles):
    past = []
    for circle in circles:
        members = sorted(circle)
        met = Counter(in_order(*pair) for team in past for pair in combinations(team, 2))
        teams = pairing.draw(members, past)
        assert sorted(one for team in teams for one in team) == members
        assert sum(len(team) == 3 for team in teams) == len(members) % 2
        floor = min(met[pair] for pair in combinations(members, 2))
        again = sum(met[in_order(*pair)] - floor for team in teams for pair in combinations(team, 2))
        assert again <= fewest_repeats(members, met) or any(met[pair] > floor + 1 for pair in met)
        assert teams == pairing.draw(members[::-1], past)
        past += teams


@given(
    st.sets(st.sampled_from(NAMES[:8]), min_size=4),
    st.sets(st.sampled_from(NAMES), max_size=10),
)
def test_a_week_under_way_is_repaired(before, after):
    teams = pairing.draw(before, [])
    mended = pairing.repaired(teams, after)
    placed = [one for team in mended for one in team]
    assert len(placed) == len(set(placed)) and set(placed) <= after
    assert set(placed) == after or len(after) == 1
    assert all(2 <= len(team) <= 4 for team in mended)
    stay = [team for team in teams if set(team) <= after]
    assert sum(team in mended for team in stay) >= len(stay) - 1
    assert pairing.repaired(mended, after) == mended


@pytest.mark.parametrize(
    ("count", "wishes", "chosen"),
    [
        (6, [True] * 4, True),
        (6, [True] * 3, False),
        (6, [True] * 3 + [False] * 3, False),
        (5, [True] * 3, True),
        (3, [True] * 3, False),
        (4, [], False),
    ],
)
def test_more_than_half_of_the_circle_choose_pairs(count, wishes, chosen):
    members = NAMES[:count]
    assert pairing.in_pairs(members, dict(zip(members, wishes, strict=False))) == chosen
    gone = {an_id("Zoe"): True} | dict(zip(members, wishes, strict=False))
    assert pairing.in_pairs(members, gone) == chosen


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_too_few_for_pairs_stay_together(count):
    assert pairing.draw(NAMES[:count], []) == ([tuple(NAMES[:count])] if count > 1 else [])


def test_partners():
    teams = [("A", "B"), ("C", "D", "E")]
    assert pairing.partners("A", teams) == ("B",) and pairing.partners("D", teams) == ("C", "E")
    assert pairing.partners("Z", teams) == ()
