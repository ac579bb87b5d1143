"""Pairs of the week: nobody meets again before they must, triads are shared, those away are left in peace."""

from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import Options, parse_document, weekly, written
from bot.domain.matching.rounds import propose_rounds
from tests.domain.matching.checks import line_above
from tests.domain.matching.programs import a_program, programs, shuffled


def a_pool(people, **parts):
    return a_program(0, people=[{"id": f"U{n:03}", "pair_pool": True} for n in range(people)], **parts)


def the_rounds(program, **options):
    return propose_rounds(parse_document(program), Options(**options))


@pytest.mark.parametrize("people", range(2, 41, 2))
def test_an_even_pool_has_all_its_rounds_without_a_repeat(people):
    proposal = the_rounds(a_pool(people), weeks=people)
    met = [pair for each in proposal.rounds[: people - 1] for pair in each.groups]
    assert sorted(met) == sorted(combinations([f"U{n:03}" for n in range(people)], 2))
    assert [bool(each.repeats) for each in proposal.rounds] == [False] * (people - 1) + [True]


@pytest.mark.parametrize("people", [3, 5, 7, 9, 11, 21, 99, 301])
def test_an_odd_pool_shares_out_its_triads(people):
    proposal = the_rounds(a_pool(people), weeks=6)
    for each in proposal.rounds:
        assert sorted(id for group in each.groups for id in group) == [f"U{n:03}" for n in range(people)]
        assert [len(group) for group in each.groups].count(3) == 1
    assert proposal.summary["most_triads"] - proposal.summary["fewest_triads"] <= (
        1 if people > 9 else 2 if people > 5 else 3
    )


LONGEST = {3: 1, 5: 1, 7: 3, 9: 6, 11: 7, 13: 9, 15: 11, 17: 13, 19: 15, 21: 17, 23: 19, 25: 21}


@pytest.mark.parametrize(("people", "rounds"), LONGEST.items())
def test_an_odd_pool_has_as_many_rounds_without_a_repeat_as_there_can_be(people, rounds):
    proposal = the_rounds(a_pool(people), weeks=rounds)
    met = [pair for each in proposal.rounds for group in each.groups for pair in combinations(group, 2)]
    assert len(met) == len(set(met)) == rounds * (people + 3) // 2
    assert proposal.summary["clean_weeks"] == rounds
    shared = proposal.summary["most_triads"] - proposal.summary["fewest_triads"]
    assert shared <= (2 if people == 7 else 1)


@pytest.mark.parametrize("people", [27, 35, 51, 99])
def test_a_larger_odd_pool_meets_for_half_a_year_without_a_repeat(people):
    summary = the_rounds(a_pool(people), weeks=min(26, people // 2)).summary
    assert (summary["repeats"], summary["most_triads"] - summary["fewest_triads"] <= 1) == (0, True)


@pytest.mark.parametrize("people", [*range(27, 62, 2), 99, 201])
def test_a_large_odd_pool_has_four_rounds_fewer_than_people_and_no_repeat(people):
    """No pool has more: each round takes (n + 3) / 2 of the n (n - 1) / 2 meetings there are."""
    proposal = the_rounds(a_pool(people), weeks=people - 4)
    met = [pair for each in proposal.rounds for group in each.groups for pair in combinations(group, 2)]
    assert len(met) == len(set(met)) == (people - 4) * (people + 3) // 2
    assert proposal.summary["clean_weeks"] == people - 4 == people * (people - 1) // (people + 3)


def test_a_large_pool_repeats_nobody():
    assert the_rounds(a_pool(301), weeks=12).summary["repeats"] == 0


@settings(max_examples=40, deadline=None)
@given(programs(most=20), st.data())
def test_everybody_present_is_in_one_group_or_listed_and_no_rule_is_broken(program, data):
    ids = [person["id"] for person in program["people"]]
    absent = data.draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(ids)), max_size=6)) if ids else []
    proposal = the_rounds(program, weeks=4, absent=tuple(absent))
    people = {person["id"]: person for person in program["people"]}
    for each in proposal.rounds:
        away = {id for week, id in absent if week == each.week}
        present = sorted(id for id in ids if not people[id]["paused"] and id not in away)
        assert sorted([id for group in each.groups for id in group] + [one.id for one in each.alone]) == present
        for one, other in [pair for group in each.groups for pair in combinations(group, 2)]:
            assert sorted((one, other)) not in [sorted(block) for block in program["blocks"]]
            assert other not in line_above(people, one)[:2]
            assert one not in line_above(people, other)[:2]


@settings(max_examples=25, deadline=None)
@given(programs(most=20))
def test_repeats_are_exactly_those_who_met_before(program):
    proposal = the_rounds(program, weeks=8)
    met = Counter(
        frozenset((p["a"], p["b"])) for p in program["history"] if p["kind"] == "pair" and p["outcome"] != "never_met"
    )
    for each in proposal.rounds:
        pairs = [pair for group in each.groups for pair in combinations(group, 2)]
        assert sorted(each.repeats) == sorted(pair for pair in pairs if met[frozenset(pair)])
        met.update(map(frozenset, pairs))


@settings(max_examples=15, deadline=None)
@given(programs(most=20))
def test_the_order_of_the_input_changes_nothing(program):
    assert written(the_rounds(program, weeks=5)) == written(the_rounds(shuffled(program), weeks=5))


def test_a_small_pool_with_a_history_takes_the_round_with_the_fewest_repeats():
    history = [{"a": "U000", "b": b, "kind": "pair", "outcome": "ok"} for b in ("U001", "U002")]
    first = the_rounds(a_pool(4, history=history), weeks=1).rounds[0]
    assert first.groups == (("U000", "U003"), ("U001", "U002"))


def test_a_pair_that_never_met_does_not_count_as_met():
    history = [{"a": "U000", "b": "U001", "kind": "pair", "outcome": "never_met"}]
    assert the_rounds(a_pool(2, history=history), weeks=1).summary["repeats"] == 0


def test_whoever_may_meet_nobody_is_listed_with_what_would_help():
    rounds = the_rounds(a_pool(2, blocks=[["U000", "U001"]]), weeks=1).rounds
    assert rounds[0].groups == ()
    assert [each.id for each in rounds[0].alone] == ["U000", "U001"]


def test_a_pool_of_one_is_said_in_a_sentence():
    assert the_rounds(a_pool(1), weeks=1).summary["note"] == "A pool needs at least 2 people."


def a_tree(people, reports=8):
    """Everybody's manager is the person so many places before: whoever is at the top may meet hardly anybody."""
    line = [
        {"id": f"U{n:03}", "pair_pool": True} | ({"manager": f"U{(n - 1) // reports:03}"} if n else {})
        for n in range(people)
    ]
    return a_program(0, people=line)


@pytest.mark.parametrize("people", [26, 27, 30, 34, 36])
def test_beside_somebody_who_may_meet_nobody_nobody_else_is_left_alone(people):
    proposal = the_rounds(a_tree(people), weeks=4)
    assert [[one.id for one in each.alone] for each in proposal.rounds] == [["U000"]] * 4
    assert [len(group) for group in proposal.rounds[0].groups].count(3) == (people - 1) % 2
    assert (proposal.summary["alone"], proposal.summary["clean_weeks"]) == (4, 0)
    assert "may meet nobody" in proposal.summary["note"]


@pytest.mark.parametrize("people", [204, 205])
def test_in_a_large_pool_people_who_may_meet_few_find_their_team_first(people):
    """Five who may only meet three others and one another in part, and one who may meet nobody."""
    ids = [f"U{n:03}" for n in range(people)]
    few = {0: {8, 9}, 1: {8, 2}, 2: {1}, 3: {9}, 4: set(), 5: {100}}
    blocks = [
        [ids[one], ids[other]]
        for one, may in few.items()
        for other in range(people)
        if other != one and other not in may and one not in few.get(other, ())
    ]
    proposal = the_rounds(a_pool(people, blocks=blocks), weeks=3)
    assert [[one.id for one in each.alone] for each in proposal.rounds] == [["U004"]] * 3


def the_fewest_alone(people, forbidden):
    """By trying every way to put people into pairs and triads."""

    @cache
    def fewest(left):
        if not left:
            return 0
        first, rest = left[0], left[1:]
        found = 1 + fewest(rest)
        for size in (1, 2):
            for others in combinations(rest, size):
                if not any(frozenset(pair) in forbidden for pair in combinations((first, *others), 2)):
                    found = min(found, fewest(tuple(one for one in rest if one not in others)))
        return found

    return fewest(tuple(people))


@pytest.mark.parametrize("few", [True, False])
@settings(max_examples=60, deadline=None)
@given(st.integers(2, 8), st.data())
def test_no_more_people_are_alone_than_must_be(few, people, data):
    """Also where the ways of larger pools are taken: triads with few thirds."""
    pairs = list(combinations([f"U{n:03}" for n in range(people)], 2))
    forbidden = data.draw(st.sets(st.sampled_from(pairs)))
    with pytest.MonkeyPatch.context() as patch:
        if few:
            patch.setattr(weekly, "ALL_TRIADS", 2)
        found = the_rounds(a_pool(people, blocks=sorted(map(list, forbidden))), weeks=2)
    fewest = the_fewest_alone([f"U{n:03}" for n in range(people)], {frozenset(pair) for pair in forbidden})
    assert [len(each.alone) for each in found.rounds] == [fewest] * 2
