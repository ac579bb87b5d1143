"""The proof of a draw of pairs: the best of all draws by an independent count, its bound worked out again from its prices."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bot.domain.matching import Options, parse_document, written
from bot.domain.matching import faces as faces_module
from bot.domain.matching.engine import replay
from bot.domain.matching.facts import Facts
from bot.domain.matching.market import PairMarket, Wishes
from bot.domain.matching.pairs import propose_pairs
from tests.domain.matching.audit import (
    CONFIG,
    best_draw,
    objective,
    places_of,
    scores_of,
    sum_of_prices,
    worth_of,
)
from tests.domain.matching.programs import a_program, programs

OFFER = {"capacity": 1, "skills": ["sql"], "types": ["skill"]}
WISH = {"type": "skill", "skills": ["sql"]}


def equals(mentees, mentors, **offer):
    """A program in which everybody is like everybody else."""
    people = [{"id": f"M{n:03}", "languages": ["en"], "mentor": OFFER | offer} for n in range(mentors)]
    people += [{"id": f"S{n:03}", "languages": ["en"], "mentee": WISH} for n in range(mentees)]
    return a_program(0, people=people)


def draw_of(proposal):
    return {pair.mentee: pair.mentor for pair in proposal.pairs}


def taking_part(program):
    """Without those on a pause, whom the independent checks don't ask about."""
    return program | {"people": [person | {"paused": False} for person in program["people"]]}


@settings(max_examples=25, deadline=None)
@given(programs(most=8, config=CONFIG).map(taking_part))
def test_no_draw_is_better_by_an_independent_count(program):
    scores = scores_of(program)
    summary = propose_pairs(parse_document(program)).summary
    best = best_draw(program, scores, lambda draw: (len(draw), objective(scores, draw)))
    assert (summary["matched"], summary["objective"]) == best
    assert (summary["bound"], summary["gap"], summary["proven"]) == (best[1], 0, True)


@settings(max_examples=20, deadline=None)
@given(programs(most=14, config=CONFIG).map(taking_part), st.sampled_from(["none", "floor"]))
def test_the_prices_prove_the_draw_to_separate_code(program, fair):
    scores = scores_of(program)
    result = propose_pairs(parse_document(program), Options(explain=True, fair=fair)).to_json()
    assert sum_of_prices(program, scores, result) == worth_of(scores, result)
    assert result["certificate"]["bound"] == result["certificate"]["value"] == worth_of(scores, result)


def test_a_place_has_no_price_where_more_are_free_than_anybody_could_take():
    program = equals(2, 1, capacity=5)
    result = propose_pairs(parse_document(program), Options(explain=True)).to_json()
    assert len(result["pairs"]) == 2
    assert result["certificate"]["prices"]["M000"] <= 2 * 300


@pytest.mark.parametrize("held", ["keep", "stay"])
def test_prices_prove_what_is_left_beside_pairs_that_are_held(held):
    program = taking_part(a_program(14, config=CONFIG))
    scores = scores_of(program)
    pairs = sorted(draw_of(propose_pairs(parse_document(program), Options(match_worth=-7_000))).items())[:2]
    result = propose_pairs(parse_document(program), Options(explain=True, **{held: tuple(pairs)})).to_json()
    assert len(pairs) == 2
    assert sum_of_prices(program, scores, result) == worth_of(scores, result)


def test_prices_of_another_draw_prove_nothing():
    program = taking_part(a_program(14, config=CONFIG))
    scores, result = scores_of(program), propose_pairs(parse_document(program), Options(explain=True)).to_json()
    first = next(iter(result["certificate"]["prices"]))
    result["certificate"]["prices"][first] += 1_000
    assert sum_of_prices(program, scores, result) > worth_of(scores, result)


@settings(max_examples=25, deadline=None)
@given(programs(most=40), st.sampled_from([Options(), Options(fair="floor"), Options(match_worth=-6000)]))
def test_both_solvers_draw_the_same_pairs(program, options):
    document = parse_document(program)
    assert written(propose_pairs(document, options, fast=True)) == written(
        propose_pairs(document, options, fast=False)
    )


@pytest.mark.parametrize("known", [0, 1_000])
def test_among_equals_both_solvers_follow_the_lots(known, monkeypatch):
    monkeypatch.setattr(faces_module, "MOST_KNOWN", known)
    document = parse_document(equals(70, 60))
    draws = [draw_of(propose_pairs(document, fast=fast)) for fast in (True, False)]
    assert draws[0] == draws[1]
    assert len(draws[0]) == 60
    monkeypatch.setattr(faces_module, "MOST_KNOWN", 1_000 - known)
    assert draw_of(propose_pairs(document)) == draws[0]


@pytest.mark.parametrize("fast", [True, False])
def test_a_mentor_with_many_places_takes_as_many_as_needed(fast):
    document = parse_document(equals(90, 2, capacity=50))
    assert propose_pairs(document, fast=fast).summary["objective"] == 90 * 4500 - 2 * 300 * 45 * 44 // 2


@pytest.mark.parametrize("step", [0, 300])
def test_a_program_of_hundreds_is_as_good_as_a_dense_solver_makes_it(step):
    document = parse_document(a_program(400, config={"load_step": step}))
    market = PairMarket(Facts(document), Wishes())
    scores = np.full((market.rows, len(market.mentors)), -1)
    for block in market.blocks():
        scores[np.ix_(block.rows, block.columns)] = block.scores
    owner = np.repeat(np.arange(len(market.mentors)), market.capacity)
    place = np.concatenate([np.arange(room) for room in market.capacity])
    gains = np.where(scores[:, owner] >= 0, 10**9 + scores[:, owner] - step * place, 0)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    summary = propose_pairs(document).summary
    assert summary["matched"] * 10**9 + summary["objective"] == gains[rows, columns].sum()


@settings(max_examples=20, deadline=None)
@given(programs(most=8, fewest=2, config=CONFIG).map(taking_part), st.data())
def test_those_who_waited_come_first_and_cost_nobody_a_match(program, data):
    mentees = [person for person in program["people"] if person["mentee"]]
    for person in mentees:
        person["mentee"]["waited"] = data.draw(st.sampled_from([0, 0, 1, 3]))
    waited = {person["id"]: person["mentee"]["waited"] for person in mentees}
    order = sorted(set(waited.values()))

    def rank(draw):
        return sum(1 + order.index(waited[mentee]) for mentee in draw), objective(scores, draw)

    scores = scores_of(program)
    proposal = propose_pairs(parse_document(program))
    assert rank(draw_of(proposal)) == best_draw(program, scores, rank)
    assert len(proposal.pairs) == best_draw(program, scores, len)


@settings(max_examples=20, deadline=None)
@given(programs(most=8, fewest=2, config=CONFIG).map(taking_part), st.integers(0, 5))
def test_after_a_change_as_many_pairs_stay_as_the_rules_allow(program, away):
    before = draw_of(propose_pairs(parse_document(program)))
    people = [person for place, person in enumerate(program["people"]) if place != away % len(program["people"])]
    ids = {person["id"] for person in people}
    people = [person | {"manager": person["manager"] if person["manager"] in ids else None} for person in people]
    after = program | {
        "people": people,
        "blocks": [block for block in program["blocks"] if set(block) <= ids],
        "history": [past for past in program["history"] if {past["a"], past["b"]} <= ids],
    }
    scores = scores_of(after)

    def rank(draw):
        return len(draw), len(draw.items() & before.items()), objective(scores, draw)

    repaired = propose_pairs(parse_document(after), Options(stay=tuple(before.items())))
    assert rank(draw_of(repaired)) == best_draw(after, scores, rank)
    stayed = len(draw_of(repaired).items() & before.items())
    assert repaired.summary.get("stayed", 0) == stayed
    assert repaired.summary["proven"]


class EndsAt:
    """Ends a draw at its so-manieth look."""

    def __init__(self, look):
        self.left = look
        self.shown = []

    def progress(self, done, total):
        self.shown.append(done / total)

    def stopped(self):
        self.left -= 1
        return self.left <= 0


@pytest.mark.parametrize("look", [1, 2])
def test_a_draw_that_is_ended_gives_whom_it_has_claims_nothing_and_is_replayed(look):
    document = parse_document(a_program(120))
    watch = EndsAt(look)
    proposal = propose_pairs(document, Options(fair="floor"), watch)
    assert proposal.header.options.stopped_at == look
    assert len(proposal.pairs) > 30
    assert proposal.summary["proven"] == (proposal.summary["gap"] == 0)
    assert replay(document, written(proposal))


def test_progress_only_rises_up_to_the_whole():
    watch = EndsAt(10**9)
    propose_pairs(parse_document(a_program(60)), watch=watch)
    assert watch.shown == sorted(watch.shown)
    assert watch.shown[-1] == 1


def test_the_gap_of_a_draw_that_was_ended_covers_what_is_missing(monkeypatch):
    monkeypatch.setattr("bot.domain.matching.proof.SHORT", 1)
    document = parse_document(a_program(120))
    best, early = propose_pairs(document).summary, propose_pairs(document, watch=EndsAt(1)).summary
    assert not early["proven"]
    assert early["bound"] >= best["objective"]
    assert early["gap"] == early["bound"] - early["objective"] > 0


def test_an_auditor_sees_the_next_best_mentor_of_each_pair():
    program = taking_part(a_program(14, config=CONFIG))
    scores = scores_of(program)
    for pair in propose_pairs(parse_document(program), Options(explain=True)).to_json()["pairs"]:
        others = [score for (a, b), score in scores.items() if a == pair["mentee"] and b != pair["mentor"]]
        assert list(pair["next_best"].values()) == ([max(others)] if others else [])


def test_without_explanation_a_result_holds_no_certificate():
    result = json.loads(written(propose_pairs(parse_document(a_program(14)))))
    assert "certificate" not in result
    assert all("next_best" not in pair for pair in result["pairs"])
    assert places_of(a_program(14))
