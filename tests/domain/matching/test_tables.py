"""Whole programs as tables say the same of each pair as the rules and scores of one pair, and count the same reasons."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import Options, parse_document
from bot.domain.matching import market as market_module
from bot.domain.matching import tables as tables_module
from bot.domain.matching.counting import Counting
from bot.domain.matching.edges import best_of_each, first_of_each
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import fit
from bot.domain.matching.market import PairMarket, Wishes
from bot.domain.matching.options import Unwatched
from bot.domain.matching.pairs import propose_pairs
from bot.domain.matching.proof import prove
from bot.domain.matching.rules import may_pair
from bot.domain.matching.unmatched import tally
from tests.domain.matching.programs import a_program, programs

CONFIGS = st.sampled_from(
    [
        {},
        {"manager_line": "direct", "same_manager_excluded": True},
        {"min_overlap_minutes_per_week": 1800, "overlap_saturation_minutes": 2400, "past_pair_penalty": 7000},
        {"weights": {kind: {"overlap": 100} for kind in ("skill", "micro", "peer", "sponsor")}, "load_step": 0},
    ]
)


def with_wishes(program):
    for place, person in enumerate(program["people"]):
        if person["mentee"]:
            person["mentee"]["prefer_groups"] = ["early-career"][: place % 2]
            person["mentee"]["skills"] = [*person["mentee"]["skills"], "docker", "k8s"]
        if place % 7 == 3:
            person["level"] = None
    return program


def scores_in(market):
    return {
        (market.mentees[row], market.mentors[column]): int(score)
        for block in market.blocks()
        for row, scores in zip(block.rows, block.scores, strict=True)
        for column, score in zip(block.columns, scores, strict=True)
        if score >= 0
    }


@settings(max_examples=30, deadline=None)
@given(programs(most=24).map(with_wishes), CONFIGS, st.booleans())
def test_tables_score_each_pair_as_fit_does_and_forbid_what_the_rules_forbid(program, config, few_at_once):
    document = parse_document(program | {"config": config})
    ids = [person.id for person in document.people]
    apart = tuple(zip(ids, ids[3:], strict=False))
    facts = Facts(document)
    expected = {
        (one.id, other.id): fit(facts, one.id, other.id).score
        for one in document.people
        for other in document.people
        if may_pair(facts, one.id, other.id) and not {(one.id, other.id), (other.id, one.id)} & set(apart)
    }
    before = tables_module.PAIRS_AT_ONCE, tables_module.KEPT_BYTES
    if few_at_once:
        tables_module.PAIRS_AT_ONCE, tables_module.KEPT_BYTES = 8, 40
    try:
        assert scores_in(PairMarket(facts, Wishes(apart=apart))) == expected
    finally:
        tables_module.PAIRS_AT_ONCE, tables_module.KEPT_BYTES = before


@settings(max_examples=30, deadline=None)
@given(programs(most=24, fewest=1).map(with_wishes), CONFIGS)
def test_reasons_are_counted_for_all_as_for_one(program, config):
    facts = Facts(parse_document(program | {"config": config}))
    mentees = [person.id for person in facts.document.people if person.mentee and not person.paused]
    counting = Counting(facts, mentees)
    for row, mentee in enumerate(mentees):
        assert counting.tally(row) == tally(facts, mentee)


def test_a_line_of_thousands_is_known_from_end_to_end():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [
        {
            "id": f"P{n:04}",
            "manager": f"P{n - 1:04}" if n else None,
            "languages": ["en"],
            "mentor": offer,
            "mentee": {"type": "skill"},
        }
        for n in range(1500)
    ]
    people += [{"id": "X", "languages": ["en"], "mentor": offer}]
    market = PairMarket(Facts(parse_document(a_program(0, people=people))), Wishes())
    assert scores_in(market).keys() == {(f"P{n:04}", "X") for n in range(1500)}


@pytest.mark.parametrize("kept", [0, 1 << 26])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_prices_hold_for_every_pair_although_the_last_rounds_look_at_few(kept, seed, monkeypatch):
    monkeypatch.setattr(market_module, "KEPT_PAIRS", kept)
    monkeypatch.setattr("bot.domain.matching.proof.SHORT", 1)
    monkeypatch.setattr("bot.domain.matching.proof.MORE_AT_ONCE", 3)
    monkeypatch.setattr("bot.domain.matching.proof.WORTH_A_WHOLE_SCAN", 3)
    market = PairMarket(Facts(parse_document(a_program(160, seed=seed))), Wishes())
    proven = prove(market, Unwatched())
    assert proven.proven
    for block in market.blocks():
        most = (proven.left - market.bonus)[block.rows][:, None] + proven.prices[block.columns][None, :]
        assert (block.scores <= np.where(block.scores >= 0, most, block.scores)).all()
    monkeypatch.undo()
    assert proven.value == prove(market, Unwatched()).value


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from([3, 40, 900]), st.sampled_from([0, 1, 9000]), st.sampled_from([2, 30]))
def test_the_best_of_each_row_are_listed(data, width, highest, most):
    dice = np.random.default_rng(data.draw(st.integers(0, 100)))
    values = dice.integers(-1, highest, (5, width), endpoint=True).astype(np.int16)
    row, column = best_of_each(values, most, np.arange(5) * 7919)
    for place, line in enumerate(values):
        listed = column[row == place]
        assert len(set(listed.tolist())) == len(listed)
        best = np.sort(line[line >= 0])[::-1][:most]
        assert np.sort(line[listed])[::-1].tolist() == best.tolist()


def test_ties_go_round():
    for width in (9, 2000):
        column = best_of_each(np.full((40, width), 4, dtype=np.int16), 2, np.arange(40) * 7919)[1]
        assert len(set(column.tolist())) > min(width, 40) // 2


def test_the_first_of_each_row_go_by_the_order_given():
    row, order = np.array([0, 0, 0, 2, 2]), np.array([3, 1, 2, 9, 8])
    assert sorted(first_of_each(row, order, 2).tolist()) == [1, 2, 3, 4]
    assert sorted(first_of_each(row, order, 1).tolist()) == [1, 4]


def test_pairs_a_lead_rules_out_are_not_counted_as_possible():
    offer = {"capacity": 1, "skills": [], "types": ["skill"]}
    people = [
        {"id": "M", "languages": ["en"], "mentor": offer},
        {"id": "S", "languages": ["en"], "mentee": {"type": "skill"}},
    ]
    document = parse_document(a_program(0, people=people))
    (unmatched,) = propose_pairs(document, Options(apart=(("M", "S"),))).unmatched
    assert unmatched.counts == {"kept_apart": 1, "possible": 0}
    assert unmatched.reason == "kept_apart"
