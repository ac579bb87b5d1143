"""How much was kept, and of how many people somebody else may see a figure."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commitments import CommitmentState
from bot.domain.kept import ENOUGH_PEOPLE, KeptRate, figures, kept_rate

KEPT, PARTLY, NOT_YET, OPEN = (
    CommitmentState.KEPT,
    CommitmentState.PARTLY,
    CommitmentState.NOT_YET,
    CommitmentState.OPEN,
)


@pytest.mark.parametrize(
    ("states", "rate"),
    [
        ("", None),
        ("kept", 1.0),
        ("kept partly not_yet", 0.5),
        ("partly", 0.5),
        ("kept not_yet", 0.5),
        ("dropped replaced", None),
        ("kept dropped replaced", 1.0),
        ("kept open stuck on_it", 0.25),
    ],
)
def test_the_kept_rate_is_kept_and_half_of_partly_over_due(states, rate):
    assert kept_rate(Counter(CommitmentState(state) for state in states.split())).share == rate


def of(people, **counts):
    return {
        f"U{number}": {CommitmentState(state): many for state, many in counts.items()} for number in range(people)
    }


def test_a_circle_of_four_has_no_figure_and_is_in_no_sum():
    found = figures({1: of(5, kept=1, partly=1), 2: of(4, not_yet=10), 3: {}})
    assert [(one.circle, one.people, one.percent) for one in found.shown] == [(1, 5, 75)]
    assert found.hidden == 1
    assert found.all_shown == KeptRate(kept=5, partly=5, due=10)


counts = st.dictionaries(st.sampled_from([KEPT, PARTLY, NOT_YET, OPEN]), st.integers(1, 4), min_size=1)
circles = st.dictionaries(st.integers(1, 6), st.dictionaries(st.integers(1, 9), counts), max_size=6)


@given(circles)
def test_no_figure_is_of_fewer_than_five_people(standings):
    found = figures(standings)
    few = {number for number, people in standings.items() if len(people) < ENOUGH_PEOPLE}
    assert not few & {one.circle for one in found.shown}
    assert all(one.people == len(standings[one.circle]) and one.percent % 5 == 0 for one in found.shown)
    without = figures({number: people for number, people in standings.items() if number not in few})
    assert (found.shown, found.all_shown) == (without.shown, without.all_shown)
