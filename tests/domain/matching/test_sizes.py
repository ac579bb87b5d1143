"""Which headcounts can be split, against a count of all sums of sizes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching.sizes import coverable, even_sizes, impossible, nearest_number, numbers_of_circles

BOUNDS = st.tuples(st.integers(2, 9), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def sums(most, low, high):
    """Every headcount that some sizes from low to high add up to."""
    reached = {0}
    for headcount in range(1, most + 1):
        if any(headcount - size in reached for size in range(low, high + 1)):
            reached.add(headcount)
    return reached


@settings(deadline=None)
@given(BOUNDS)
def test_every_headcount_from_one_up_is_split_or_explained(bounds):
    low, high = bounds
    possible = sums(120, low, high)
    for headcount in range(1, 121):
        assert (impossible(headcount, low, high) is None) == (headcount in possible)
        assert coverable(headcount, low, high) == max(each for each in possible if each <= headcount)


@settings(deadline=None)
@given(BOUNDS, st.integers(1, 200))
def test_even_sizes_cover_everybody_within_the_bounds(bounds, headcount):
    low, high = bounds
    covered = coverable(headcount, low, high)
    if covered:
        sizes = even_sizes(covered, nearest_number(covered, low, high, low))
        assert sum(sizes) == covered
        assert all(low <= size <= high for size in sizes)


@pytest.mark.parametrize(
    ("headcount", "low", "high", "said"),
    [
        (1, 4, 8, "1 person cannot make a circle of 4 to 8: 3 more would do."),
        (3, 4, 8, "3 people cannot make a circle of 4 to 8: 1 more would do."),
        (
            9,
            5,
            8,
            "9 people cannot be split into circles of 5 to 8: 1 circle holds at most 8 and 2 need at least 10. "
            "1 more would do; 1 must wait.",
        ),
        (
            7,
            3,
            3,
            "7 people cannot be split into circles of 3: 2 circles hold at most 6 and 3 need at least 9. "
            "2 more would do; 1 must wait.",
        ),
        (9, 4, 8, None),
        (0, 4, 8, None),
    ],
)
def test_an_impossible_headcount_is_said_in_a_sentence(headcount, low, high, said):
    assert impossible(headcount, low, high) == said


def test_the_number_of_circles_comes_nearest_to_the_target():
    assert nearest_number(24, 4, 8, 6) == 4
    assert nearest_number(27, 4, 8, 5) == 5
    assert list(numbers_of_circles(9, 5, 8)) == []
