"""Pairs of a whole program: proven against every possible draw, and the rules hold in any program."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.matching import Options, parse_document, written
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import fit
from bot.domain.matching.pairs import propose_pairs
from bot.domain.matching.rules import may_pair
from tests.domain.matching.checks import pair_faults
from tests.domain.matching.programs import ZONES, a_program, programs, shuffled


def every_draw(open_pairs, places, mentees):
    """All ways to give each mentee one possible mentor or none."""
    if not mentees:
        yield {}
        return
    first, rest = mentees[0], mentees[1:]
    yield from every_draw(open_pairs, places, rest)
    for mentor in open_pairs[first]:
        if places[mentor]:
            fewer = places | {mentor: places[mentor] - 1}
            for draw in every_draw(open_pairs, fewer, rest):
                yield draw | {first: mentor}


def best_by_hand(document, floor=0):
    """(matched, objective, worst) of the best of all draws."""
    facts = Facts(document)
    mentees = [p.id for p in document.people if p.mentee and not p.paused]
    places = {p.id: p.mentor.capacity for p in document.people if p.mentor}
    scores = {(a, b): fit(facts, a, b).score for a in mentees for b in places if may_pair(facts, a, b)}
    open_pairs = {a: [b for b in places if scores.get((a, b), -1) >= floor] for a in mentees}
    return max(value_by_hand(document, scores, draw) for draw in every_draw(open_pairs, places, mentees)), scores


def value_by_hand(document, scores, draw):
    load = [list(draw.values()).count(mentor) for mentor in set(draw.values())]
    cost = sum(document.config.load_step * count * (count - 1) // 2 for count in load)
    return len(draw), sum(scores[couple] for couple in draw.items()) - cost


@settings(max_examples=30, deadline=None)
@given(programs(most=8))
def test_a_draw_is_the_best_of_all_draws(program):
    document = parse_document(program)
    summary = propose_pairs(document).summary
    best, _ = best_by_hand(document)
    assert (summary["matched"], summary["objective"]) == best
    assert (summary["bound"], summary["gap"]) == (best[1], 0)


@settings(max_examples=25, deadline=None)
@given(programs(most=8, fewest=2))
def test_the_floor_is_as_high_as_the_number_of_matches_allows(program):
    document = parse_document(program)
    fair = propose_pairs(document, Options(fair="floor")).summary
    (matched, free), scores = best_by_hand(document)
    floors = [score for score in scores.values() if best_by_hand(document, score)[0][0] == matched]
    highest = max(floors, default=0) if matched else 0
    assert fair["matched"] == matched
    assert fair["floor"] == highest or matched == 0
    assert fair["objective"] == best_by_hand(document, highest)[0][1]
    assert fair["price"] == free - fair["objective"]
    assert fair["worst"] is None or fair["worst"]["score"] >= highest


@settings(max_examples=25, deadline=None)
@given(programs(most=30))
def test_rules_hold_and_everyone_is_matched_or_listed_with_a_reason(program):
    proposal = propose_pairs(parse_document(program)).to_json()
    assert [pair_faults(program, pair, {}) for pair in proposal["pairs"]] == [[]] * len(proposal["pairs"])
    heard = sorted(
        [pair["mentee"] for pair in proposal["pairs"]] + [each["mentee"] for each in proposal["unmatched"]]
    )
    assert heard == [person["id"] for person in program["people"] if person["mentee"]]
    assert all(each["reason"] and each["would_help"] for each in proposal["unmatched"])
    places = {person["id"]: person["mentor"]["capacity"] for person in program["people"] if person["mentor"]}
    mentors = [pair["mentor"] for pair in proposal["pairs"]]
    assert all(mentors.count(mentor) <= places[mentor] for mentor in mentors)


@settings(max_examples=20, deadline=None)
@given(programs(most=40))
def test_the_order_of_the_input_changes_nothing(program):
    assert written(propose_pairs(parse_document(program))) == written(
        propose_pairs(parse_document(shuffled(program)))
    )


@settings(max_examples=25, deadline=None)
@given(programs(most=24), st.integers(0, 1000))
def test_one_more_mentor_never_lowers_the_number_matched(program, seed):
    dice = random.Random(seed)
    mentor = a_program(1, seed=seed, zones=ZONES)["people"][0] | {"id": "NEW", "mentee": None}
    mentor["mentor"] = {"capacity": dice.randrange(1, 4), "skills": ["sql"], "types": ["skill", "micro"]}
    before = propose_pairs(parse_document(program)).summary["matched"]
    after = propose_pairs(parse_document(program | {"people": [*program["people"], mentor]})).summary["matched"]
    assert after >= before


def test_ties_are_drawn_by_the_seed():
    offer = {"capacity": 1, "skills": ["sql"], "types": ["skill"]}
    people = [{"id": f"M{n}", "languages": ["en"], "mentor": offer} for n in range(6)]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill", "skills": ["sql"]}} for n in range(6)]
    draws = {
        tuple(
            pair.mentor for pair in propose_pairs(parse_document(a_program(0, people=people) | {"seed": seed})).pairs
        )
        for seed in range(8)
    }
    assert len(draws) > 4


def test_the_load_is_spread_while_scores_are_equal():
    offer = {"capacity": 6, "skills": ["sql"], "types": ["skill"]}
    people = [{"id": f"M{n}", "languages": ["en"], "mentor": offer} for n in range(3)]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill", "skills": ["sql"]}} for n in range(6)]
    mentors = [pair.mentor for pair in propose_pairs(parse_document(a_program(0, people=people))).pairs]
    assert sorted(mentors) == ["M0", "M0", "M1", "M1", "M2", "M2"]


def test_settled_pairs_stay_and_pairs_ruled_out_do_not_come():
    document = parse_document(a_program(60))
    first = propose_pairs(document).pairs
    keep = [(pair.mentee, pair.mentor) for pair in first[:5]]
    apart = [(pair.mentee, pair.mentor) for pair in first[5:10]]
    again = propose_pairs(document, Options(keep=tuple(keep), apart=tuple(apart)))
    couples = {(pair.mentee, pair.mentor) for pair in again.pairs}
    assert set(keep) <= couples
    assert not set(apart) & couples
    assert len(couples) == len({mentee for mentee, _ in couples})


def test_keeping_everything_changes_nothing():
    document = parse_document(a_program(60))
    first = propose_pairs(document)
    keep = tuple((pair.mentee, pair.mentor) for pair in first.pairs)
    assert propose_pairs(document, Options(keep=keep)).pairs == first.pairs


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        ((("U000",),), "is not"),
        ((("U000", "NOBODY"),), "is not"),
        ((("U000", "U000"),), "the rule self"),
    ],
)
def test_a_pair_that_cannot_be_kept_is_refused_with_its_rule(keep, said):
    with pytest.raises(Refused, match=said):
        propose_pairs(parse_document(a_program(24)), Options(keep=keep))


def test_more_settled_pairs_than_places_are_refused():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [{"id": "M", "languages": ["en"], "mentor": offer}]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill"}} for n in range(2)]
    with pytest.raises(Refused, match="more pairs than that"):
        propose_pairs(parse_document(a_program(0, people=people)), Options(keep=(("S0", "M"), ("S1", "M"))))


def test_the_dial_gives_up_a_match_that_is_worth_less_than_it_costs():
    document = parse_document(a_program(60))
    most = propose_pairs(document).summary
    picky = propose_pairs(document, Options(match_worth=-6500)).summary
    eager = propose_pairs(document, Options(match_worth=1_000_000)).summary
    assert picky["matched"] < most["matched"]
    assert picky["worst"]["score"] >= 6500
    assert (eager["matched"], eager["objective"]) == (most["matched"], most["objective"])


def test_those_left_over_hear_that_all_possible_mentors_are_taken():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [{"id": "M", "languages": ["en"], "mentor": offer}]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill"}} for n in range(3)]
    proposal = propose_pairs(parse_document(a_program(0, people=people)))
    assert [each.reason for each in proposal.unmatched] == ["no_capacity"] * 2
    assert "only mentor who is possible" in proposal.unmatched[0].would_help


def test_one_more_match_outweighs_any_load():
    offer = {"capacity": 4, "skills": [], "types": ["skill"]}
    people = [{"id": "M", "languages": ["en"], "mentor": offer}]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill"}} for n in range(4)]
    summary = propose_pairs(parse_document(a_program(0, people=people, config={"load_step": 10_000}))).summary
    assert summary["matched"] == 4
    assert summary["objective"] == summary["score"] - 60_000


def test_those_left_over_hear_how_many_compete_for_how_many_places():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [{"id": f"M{n}", "languages": [word], "mentor": offer} for n, word in enumerate(["en", "en", "pl"])]
    people += [{"id": f"S{n}", "languages": ["en"], "mentee": {"type": "skill"}} for n in range(4)]
    people += [{"id": f"T{n}", "languages": ["pl"], "mentee": {"type": "skill"}} for n in range(2)]
    found = {
        each.mentee[0]: each.would_help
        for each in propose_pairs(parse_document(a_program(0, people=people))).unmatched
    }
    assert found["S"].endswith("4 people compete for the 2 places of 2 mentors.")
    assert found["T"] == "One more place with the only mentor who is possible, whose places are all taken."


def test_whoever_has_all_mentors_below_them_hears_so():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [
        {"id": "A", "languages": ["en"], "mentee": {"type": "skill"}},
        {"id": "B", "manager": "A", "languages": ["en"], "mentor": offer},
    ]
    (left,) = propose_pairs(parse_document(a_program(0, people=people))).unmatched
    assert (left.reason, left.counts) == ("manager_line", {"manager_line": 1, "possible": 0})
    assert left.would_help == "A new mentor of the kind *skill* outside their reporting line."
