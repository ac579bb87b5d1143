"""Ballots: silence counts for leaving things as they are, and nothing changes without more than half."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballots import Ballot, Option, Topic, check_vote, result, tally
from bot.domain.errors import Refused
from bot.domain.ids import BallotId, CircleId
from tests.builders import an_id
from tests.clock import START

CLOSES = START + timedelta(hours=4)
PEOPLE = tuple(an_id(name) for name in ("Ana", "Bo", "Chi", "Dee", "Eve"))
CHOICES = ("go", "move", "write")


def a_ballot(**votes):
    given = {an_id(name): choice for name, choice in votes.items()}
    options = tuple(Option(key) for key in CHOICES)
    return Ballot(BallotId(1), CircleId(1), Topic.QUORUM, 1, "", options, START, CLOSES, given)


@pytest.mark.parametrize(
    ("votes", "at", "decided"),
    [
        ({}, START, ""),
        ({}, CLOSES, "go"),
        ({"Ana": "move", "Bo": "move"}, CLOSES, "go"),
        ({"Ana": "move", "Bo": "move", "Chi": "move"}, START, "move"),
        ({"Ana": "write", "Bo": "write", "Chi": "write", "Dee": "go"}, START, "write"),
        ({"Ana": "go", "Bo": "go", "Chi": "go"}, START, "go"),
        ({"Ana": "move", "Bo": "move", "Chi": "write", "Dee": "write"}, START, ""),
        ({"Ana": "move", "Bo": "move", "Chi": "write", "Dee": "write", "Eve": "go"}, START, "go"),
        ({"Ana": "move", "Bo": "move", "Zoe": "move"}, CLOSES, "go"),
        ({"Ana": "gone", "Bo": "move", "Chi": "move"}, CLOSES, "go"),
    ],
)
def test_what_is_decided(votes, at, decided):
    assert result(a_ballot(**votes), PEOPLE, at) == decided


def test_nobody_left_to_ask_leaves_things_as_they_are():
    assert result(a_ballot(Ana="move"), (), CLOSES) == "go"


@given(st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(CHOICES)), st.integers(0, 5))
def test_a_change_always_has_more_than_half_and_the_end_always_decides(votes, here):
    ballot = Ballot(BallotId(1), CircleId(1), Topic.SIZE, 1, "", a_ballot().options, START, CLOSES, votes)
    asked = PEOPLE[:here]
    counted = tally(ballot, asked)
    for at in (START, CLOSES):
        decided = result(ballot, asked, at)
        assert decided in ("", "go") or counted.count(decided) * 2 > len(asked)
    assert result(ballot, asked, CLOSES)
    assert sum(map(counted.count, CHOICES)) + len(counted.silent) == here


@pytest.mark.parametrize(
    ("member", "key", "at"), [("Zoe", "go", START), ("Ana", "gone", START), ("Ana", "go", CLOSES)]
)
def test_who_may_not_vote_is_told_why(member, key, at):
    with pytest.raises(Refused):
        check_vote(a_ballot(), an_id(member), PEOPLE, key, at)
