"""Two mentees change places: only their pairs change, and a broken rule is a sentence."""

import json
from itertools import pairwise

import pytest

from bot.domain.errors import Refused
from bot.domain.matching import parse_document, read_proposal, written
from bot.domain.matching.engine import propose
from bot.domain.matching.exchanging import exchange
from bot.domain.matching.facts import Facts
from bot.domain.matching.rules import may_pair
from tests.domain.matching.programs import a_program


def program(**changes):
    """Ana and Bea learn, Cy and Dan teach; `changes` are parts of these people."""
    ordinary = {"tz": "UTC", "dept": "Legal", "languages": ["en"]}
    mentee = {"mentee": {"type": "skill", "skills": ["sql"]}}
    mentor = {"mentor": {"capacity": 1, "skills": ["sql"], "types": ["skill"]}}
    people = {"Ana": mentee, "Bea": mentee, "Cy": mentor, "Dan": mentor}
    listed = [{"id": id, **ordinary, **own, **changes.get(id, {})} for id, own in people.items()]
    return parse_document(a_program(0) | {"people": json.loads(json.dumps(listed))})


def drawn(document):
    return propose(document, "pairs")


def couples(result):
    return {pair.mentee: pair.mentor for pair in result.pairs}


def test_each_gets_the_mentor_of_the_other():
    document = program()
    before = drawn(document)
    after = exchange(document, before, "Ana", "Bea")
    was, is_now = couples(before), couples(after)
    assert is_now == {"Ana": was["Bea"], "Bea": was["Ana"]}
    assert after.header.changes == 1
    assert read_proposal(written(after)) == after
    assert couples(exchange(document, after, "Bea", "Ana")) == was


def test_one_who_waits_takes_the_place_of_one_who_has_it():
    document = program(Dan={"mentor": None})
    before = drawn(document)
    (pair,), (left,) = before.pairs, before.unmatched
    after = exchange(document, before, pair.mentee, left.mentee)
    assert couples(after) == {left.mentee: pair.mentor}
    assert [one.mentee for one in after.unmatched] == [pair.mentee] and after.unmatched[0].would_help
    assert after.summary["matched"] == 1


def test_figures_are_those_of_the_new_pairs_and_claim_no_proof_they_lack():
    document = program(
        Ana={"mentee": {"type": "skill", "skills": ["pricing"]}},
        Cy={"mentor": {"capacity": 1, "skills": ["pricing"], "types": ["skill"]}},
    )
    before = drawn(document)
    after = exchange(document, before, "Ana", "Bea")
    assert after.summary["score"] == sum(pair.score for pair in after.pairs) < before.summary["score"]
    assert after.summary["gap"] == before.summary["score"] - after.summary["score"]
    assert before.summary["proven"] and not after.summary["proven"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Ana": {"manager": "Dan"}}, "^Ana would be with Dan. One of them reports to the other"),
        ({"Ana": {"languages": ["pl"]}, "Cy": {"languages": ["pl", "en"]}}, "no language in common"),
        ({"Ana": {"level": 5}, "Cy": {"level": 6}, "Dan": {"level": 4}, "Bea": {"level": 1}}, "levels"),
    ],
)  # fmt: skip
def test_a_rule_that_would_break_is_named(changes, sentence):
    document = program(**changes)
    before = drawn(document)
    assert couples(before) == {"Ana": "Cy", "Bea": "Dan"}
    with pytest.raises(Refused, match=sentence):
        exchange(document, before, "Ana", "Bea")


def test_a_block_is_not_named():
    document = program()
    before = drawn(document)
    other = couples(before)["Bea"]
    blocked = parse_document(document.to_json() | {"blocks": [["Ana", other]]})
    with pytest.raises(Refused, match=r"^A confidential rule is against it\.$"):
        exchange(blocked, before, "Ana", "Bea")


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [("Ana", "Cy", "look for a mentor"), ("Ana", "Zed", "look for a mentor"), ("Ana", "Ana", "same mentor")],
)
def test_only_two_mentees_change_places(one, other, sentence):
    document = program()
    with pytest.raises(Refused, match=sentence):
        exchange(document, drawn(document), one, other)


def test_two_who_wait_have_nothing_to_change():
    document = program(Cy={"mentor": None}, Dan={"mentor": None})
    with pytest.raises(Refused, match="Neither"):
        exchange(document, drawn(document), "Ana", "Bea")


def test_whom_the_lead_keeps_apart_stay_apart():
    document = program()
    before = drawn(document)
    with pytest.raises(Refused, match=r"^Ana would be with .* and the two are kept apart in this draft"):
        exchange(document, before, "Ana", "Bea", [(couples(before)["Bea"], "Ana")])


def test_whoever_is_left_over_after_it_hears_that_the_lead_kept_them_apart():
    document = program(Dan={"mentor": None})
    before = drawn(document)
    (pair,), (left,) = before.pairs, before.unmatched
    after = exchange(document, before, pair.mentee, left.mentee, [("Zoe", pair.mentee)])
    assert after.unmatched[0].reason == "no_capacity"


@pytest.mark.parametrize("seed", range(6))
def test_no_swap_ever_breaks_a_rule(seed):
    document = parse_document(a_program(20, seed=seed))
    before = drawn(document)
    facts, mentees = Facts(document), [pair.mentee for pair in before.pairs]
    for one, other in pairwise(mentees):
        try:
            after = exchange(document, before, one, other)
        except Refused:
            continue
        assert all(may_pair(facts, pair.mentee, pair.mentor) for pair in after.pairs)
        assert sorted(couples(after).values()) == sorted(couples(before).values())
