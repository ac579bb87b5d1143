"""The best mentors for one member: the same rules and scores as a whole draw, and help when there is nobody."""

import pytest
from hypothesis import given, settings

from bot.domain.errors import Refused
from bot.domain.matching import candidates, parse_document
from bot.domain.matching.facts import Facts
from bot.domain.matching.fit import fit
from bot.domain.matching.rules import may_pair
from tests.domain.matching.programs import a_program, programs

MENTEE = {"id": "A", "languages": ["en"], "level": 4, "mentee": {"type": "skill", "skills": ["contracts"]}}
OFFER = {"capacity": 1, "skills": ["sql"], "types": ["skill"]}


def a_mentor(id, **parts):
    return {"id": id, "languages": ["en"], "level": 5, "mentor": OFFER} | parts


def nobody(*mentors, mentee=None, **parts):
    people = [MENTEE | (mentee or {}), *mentors]
    shortlist = candidates(parse_document(a_program(0, people=people, **parts)), "A")
    assert shortlist.candidates == ()
    return shortlist.nobody


@settings(max_examples=25, deadline=None)
@given(programs(most=30, fewest=1))
def test_the_shortlist_is_the_best_of_all_possible_mentors(program):
    document = parse_document(program)
    facts = Facts(document)
    for person in document.people:
        if person.mentee is None:
            continue
        possible = [other.id for other in document.people if may_pair(facts, person.id, other.id)]
        ranked = sorted(possible, key=lambda id: (-fit(facts, person.id, id).score, id))
        shortlist = candidates(document, person.id)
        assert [each.mentor for each in shortlist.candidates] == ranked[:5]
        assert (shortlist.nobody is None) == bool(ranked)


def test_another_kind_can_be_asked_for():
    document = parse_document(a_program(24))
    found = candidates(document, "U000", "micro", count=3).candidates
    assert len(found) == 3
    assert {each.type for each in found} == {"micro"}


def test_whoever_is_unknown_or_seeks_nothing_is_told_what_to_do():
    document = parse_document(a_program(0, people=[{"id": "A"}]))
    with pytest.raises(Refused, match="/mentor profile"):
        candidates(document, "A")
    with pytest.raises(Refused, match="does not take part"):
        candidates(document, "Z")
    with pytest.raises(Refused, match="no mentoring of the kind guru"):
        candidates(document, "A", "guru")


@pytest.mark.parametrize(
    ("mentors", "reason", "help"),
    [
        ([], "not_a_mentor", "nobody does yet"),
        (
            [a_mentor("B", work={"start": "16:00", "end": "20:00", "days": [0]})],
            "overlap",
            "1 more shared working hour a week would open 1 mentor.",
        ),
        (
            [a_mentor("B", level=3), a_mentor("C", level=1)],
            "level",
            "Allowing mentors 1 level below them would open 1 mentor.",
        ),
        ([a_mentor("B", languages=["pl"])], "language", "A language in common with 1 mentor"),
        (
            [a_mentor("B", mentor=OFFER | {"types": ["micro"]})],
            "type_not_offered",
            "1 mentor would fit, and would have to offer the kind *skill* as well.",
        ),
        ([a_mentor("B", mentor=OFFER | {"capacity": 0})], "no_capacity", "One place with 1 mentor"),
        ([a_mentor("B", paused=True)], "mentor_paused", "end of a pause"),
        ([a_mentor("B", level=1, languages=["pl"])], "level", "each of the others is kept out by more than one rule"),
        (
            [a_mentor("B", level=3), a_mentor("C", languages=["pl"]), a_mentor("D", languages=["de"])],
            "language",
            "2 mentors",
        ),
    ],
)
def test_the_binding_rule_and_the_smallest_helpful_change_are_named(mentors, reason, help):
    found = nobody(*mentors)
    assert found.reason == reason
    assert help in found.would_help


def test_the_mentor_who_lacks_the_fewest_hours_decides_how_many_more_would_help():
    evenings = [{"start": start, "end": "20:00", "days": [0]} for start in ("15:30", "16:30", "15:30")]
    mentors = [a_mentor(f"B{n}", work=work) for n, work in enumerate(evenings)]
    assert "0.5 more shared working hours a week would open 2 mentors." in nobody(*mentors).would_help


def test_a_skill_that_nobody_offers_is_named_too():
    assert "A mentor for *contracts*: none offers it." in nobody(a_mentor("B", level=3)).would_help


def test_a_block_is_never_put_into_words():
    found = nobody(a_mentor("B"), blocks=[["A", "B"]])
    assert "block" not in found.would_help.lower()


def test_a_pause_is_the_reason_while_it_lasts():
    assert nobody(a_mentor("B"), mentee={"paused": True}).reason == "mentee_paused"
