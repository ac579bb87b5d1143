"""The score is the formula of the specification, and a reason names nothing that did not score."""

import re

import pytest
from hypothesis import given, settings

from bot.domain.matching import candidates, parse_document
from bot.domain.matching.config import WEIGHTS
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import because, costs, fit
from bot.domain.matching.rules import may_pair
from tests.domain.matching.checks import pair_score
from tests.domain.matching.programs import a_program, programs

OFFER = {"capacity": 1, "skills": ["System-Design", "docker"], "types": ["skill"]}
WISH = {"type": "skill", "skills": ["system design", "k8s", "sql"], "prefer_groups": ["parents"]}
ANA = {"id": "A", "dept": "Sales", "country": "PL", "level": 2, "interests": ["Chess"], "mentee": WISH}
BO = {
    "id": "B",
    "dept": "Legal",
    "country": "PL",
    "level": 3,
    "interests": ["chess"],
    "groups": ["parents"],
    "mentor": OFFER,
}


def a_fit(ana=None, bo=None, **parts):
    document = parse_document(a_program(0, people=[ANA | (ana or {}), BO | (bo or {})], **parts))
    return fit(Facts(document), "A", "B")


@settings(max_examples=25, deadline=None)
@given(programs(most=14))
def test_the_score_is_the_formula_of_the_specification(program):
    program["people"] = [
        person | {"interests": [name.lower() for name in person["interests"]]} for person in program["people"]
    ]
    weights = dict(WEIGHTS["skill"])
    for person in program["people"]:
        if person["mentee"]:
            person["mentee"] |= {"type": "skill", "prefer_groups": ["early-career"]}
        if person["mentor"]:
            person["mentor"]["types"] = ["skill"]
    facts = Facts(parse_document(program))
    ids = [person["id"] for person in program["people"]]
    for mentee, mentor in [(one, other) for one in ids for other in ids]:
        if may_pair(facts, mentee, mentor):
            assert fit(facts, mentee, mentor).score == pair_score(program, mentee, mentor, weights)


def test_points_are_given_for_each_component():
    found = a_fit()
    assert found.points == {
        "skill": 50 + 18,
        "level": 100,
        "overlap": 100,
        "distance": 40,
        "interests": 25,
        "preference": 100,
    }
    assert found.score == 60 * 68 + 10 * 100 + 15 * 100 + 5 * 40 + 5 * 25 + 5 * 100


def test_the_reason_says_what_scored():
    assert because(a_fit()) == (
        "Offers *system design*, which you asked for; offers *docker*, close to the *kubernetes* you asked for; "
        "40 shared working hours a week; 1 level above you; different department (Legal); you share an interest in chess."
    )


def test_the_cost_says_what_is_missing():
    short = {"days": [0], "start": "09:00", "end": "11:30"}
    history = [{"a": "A", "b": "B", "kind": "mentor", "outcome": "ok"}]
    assert costs(a_fit(bo={"work": short}, history=history)) == (
        "Nothing close to *sql*; only 2.5 shared working hours a week; you were a pair before."
    )
    assert costs(a_fit({"mentee": WISH | {"skills": ["docker"]}})) == "Costs you nothing you asked for."


@pytest.mark.parametrize(
    ("silenced", "word"),
    [
        ("skill", "asked for"),
        ("level", "level"),
        ("overlap", "hours"),
        ("distance", "department"),
        ("interests", "interest"),
    ],
)
def test_a_component_without_weight_is_not_spoken_of(silenced, word):
    spare = "preference" if silenced != "preference" else "skill"
    weights = dict(WEIGHTS["skill"])
    weights[spare] += weights.pop(silenced)
    found = a_fit(config={"weights": {"skill": weights}})
    assert word not in because(found)


def test_a_preferred_group_scores_without_a_word():
    with_it, without = a_fit(), a_fit({"mentee": WISH | {"prefer_groups": []}})
    assert with_it.score > without.score
    assert because(with_it) == because(without)


def test_a_pair_with_nothing_to_say_for_it_says_so():
    weights = {"preference": 100}
    assert "nothing in the two profiles" in because(a_fit(config={"weights": {"skill": weights}}))


def test_a_past_pair_costs_and_a_pair_that_never_met_does_not():
    met = [{"a": "B", "b": "A", "kind": "mentor", "outcome": "ok"}]
    assert a_fit(history=met).score == a_fit().score - 1500
    assert a_fit(history=[met[0] | {"outcome": "never_met"}]).score == a_fit().score


def test_the_score_never_falls_below_zero():
    met = [{"a": "B", "b": "A", "kind": "mentor", "outcome": "ok"}]
    config = {"past_pair_penalty": 10_000}
    assert a_fit(history=met, config=config).score == 0


@settings(max_examples=25, deadline=None)
@given(programs(most=14, fewest=1))
def test_no_sentence_ever_holds_a_group_or_an_id(program):
    document = parse_document(program)
    for person in document.people:
        if person.mentee:
            shortlist = candidates(document, person.id)
            texts = [text for each in shortlist.candidates for text in (each.because, each.costs)]
            texts += [shortlist.nobody.would_help] if shortlist.nobody else []
            assert not any("early-career" in text or re.search(r"U\d\d\d", text) for text in texts)
