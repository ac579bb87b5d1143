"""What a report says of a draw: true figures, the worst off first, nothing about fewer than five people."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import parse_document, read_proposal
from bot.domain.matching.engine import propose
from bot.domain.matching.facts import Facts
from bot.domain.matching.outline import outlined, read_outline, to_json
from bot.domain.matching.report import FEWEST, NOTHING, Figure, costs_once, said, told_of
from bot.domain.matching.reports import reported
from bot.domain.matching.results import written
from bot.domain.matching.slots import SLOT
from tests.domain.matching.programs import a_program, programs

KINDS = ("pairs", "circles", "rounds")


def report_of(program, kind, before=None):
    document = parse_document(program)
    drawn = propose(document, kind)
    return reported(document, drawn, before and propose(parse_document(before), kind)), document, drawn


def figure(report, words):
    return next(one for one in report.figures if words in one.words)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_everybody_is_there_once_and_no_figure_covers_fewer_than_five(kind, data):
    report, _, drawn = report_of(data.draw(programs(most=14)), kind)
    groups = [group.members for group in report.groups]
    if kind == "circles":
        assert sorted(member for group in groups for member in group) == sorted(one.id for one in report.worst)
        assert {one.id for one in report.worst}.isdisjoint(one.id for one in report.left)
    if kind == "pairs":
        assert [one.id for one in report.worst] == [
            pair.mentee for pair in sorted(drawn.pairs, key=lambda pair: (pair.score, pair.mentee))
        ]
    for one in report.figures:
        assert (report.people if one.of is None else one.of) >= FEWEST
        assert one.of is None or 0 <= one.after <= one.of
    assert all(one.people >= FEWEST and one.across <= one.people for one in report.reach)


@pytest.mark.parametrize("kind", KINDS)
def test_of_four_people_there_are_no_figures(kind):
    program = a_program(4)
    for person in program["people"]:
        person["manager"] = None
    report, _, _ = report_of(program, kind)
    assert report.groups and report.figures == () and report.reach == ()


def test_the_first_figure_counts_what_it_says():
    program = a_program(23)
    for person in program["people"][::3]:
        person["work"] = {"days": [0], "start": "10:00", "end": "11:30"}
    report, document, drawn = report_of(program, "circles")
    facts, well = Facts(document), 0
    for circle in drawn.circles:
        common = [{slot for slot in range(336) if facts.slots(one) >> slot & 1} for one in circle.members]
        if len(set.intersection(*common)) * SLOT >= 120:
            well += sum(circle.theme in document.person(one).circle.themes for one in circle.members)
    assert figure(report, "two hours").after == well < len(program["people"])
    assert figure(report, "two hours").before is not None


def test_circles_are_held_against_the_earlier_draw():
    before = a_program(12, history=[])
    again = [{"a": "U000", "b": f"U{number:03}", "kind": "circle"} for number in range(1, 12)]
    report, _, _ = report_of(a_program(12, history=again), "circles", before=before)
    assert report.against == "the earlier draw"
    assert figure(report, "together before").after > 0


def test_a_draw_of_another_kind_is_no_comparison():
    document = parse_document(a_program(12))
    report = reported(document, propose(document, "circles"), propose(document, "pairs"))
    assert report.against == "a list cut in order"


def test_what_somebody_goes_without_is_said():
    program = a_program(5, circle={"min": 5, "max": 5})
    for person in program["people"]:
        person |= {"dept": "Legal", "manager": None, "circle": {"themes": ["wellbeing"]}}
    program["people"][0]["circle"] = {"themes": ["leading change"]}
    program["people"][1]["circle"] = {"themes": ["leading change", "wellbeing"]}
    program["history"] = [{"a": "U001", "b": "U002", "kind": "circle"}]
    report, _, _ = report_of(program, "circles")
    lacks = {one.id: one.lacks for one in report.worst}
    legal = "4 of the 4 others are from Legal too"
    assert report.worst[0].id == "U000"
    assert lacks["U000"] == f"Chose other themes; the circle's is *wellbeing*; {legal}."
    assert lacks["U001"] == f"*wellbeing* is their second choice; {legal}; sat in a circle with 1 of them before."


def test_a_mentee_with_everything_lacks_nothing():
    program = a_program(2, config={"level_rule": {}})
    first, second = program["people"]
    first |= {"mentor": None, "mentee": {"type": "skill", "skills": ["sql"]}, "dept": "Legal", "manager": None}
    second |= {"mentor": {"capacity": 1, "skills": ["sql"], "types": ["skill"]}, "mentee": None, "dept": "Sales"}
    second["manager"] = None
    report, _, _ = report_of(program, "pairs")
    assert [one.lacks for one in report.worst] == [NOTHING]
    first["mentee"]["skills"], second["dept"] = ["pricing"], "Legal"
    report, _, _ = report_of(program, "pairs")
    assert report.worst[0].lacks == "Nothing they asked for is offered: *pricing*; both are from Legal."


def test_blocks_and_mismatches_are_never_the_reason():
    program = a_program(2)
    program["people"][0] |= {"mentee": {"type": "skill", "skills": []}, "mentor": None, "manager": None}
    program["people"][1] |= {"mentor": {"capacity": 1, "skills": [], "types": ["skill"]}, "mentee": None}
    program["people"][1]["manager"] = None
    program["blocks"] = [["U000", "U001"]]
    report, _, _ = report_of(program, "pairs")
    assert "block" not in report.left[0].why.lower()


def test_rounds_say_who_meets_again():
    program = a_program(6)
    for person in program["people"]:
        person["manager"] = None
    document = parse_document(program)
    drawn = read_proposal(written(propose(document, "rounds")))
    report = reported(document, drawn)
    assert report.worst[0].lacks.startswith("Meets somebody again")
    assert figure(report, "met before").after == sum(len(week.repeats) for week in drawn.rounds)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Figure("share a theme", 9, 10), "9 of 10 people share a theme"),
        (Figure("Circles that break a rule", 0), "Circles that break a rule: none"),
        (Figure("Circles that break a rule", 3), "Circles that break a rule: 3"),
    ],
)
def test_figures_in_words(given, words):
    assert said(given) == words


def test_a_theme_beyond_the_third_choice_has_a_word():
    themes = ["a", "b", "c", "d"]
    program = a_program(5, circle={"min": 5, "max": 5, "theme_points": [100, 90, 80, 70]})
    for person in program["people"]:
        person |= {"manager": None, "circle": {"themes": ["d"]}}
    program["people"][0]["circle"] = {"themes": themes}
    report, _, _ = report_of(json.loads(json.dumps(program)), "circles")
    assert "*d* is their later choice" in next(one.lacks for one in report.worst if one.id == "U000")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Costs you nothing you asked for.", ""),
        (
            "Offers *sql*, which you asked for; 1 level above you.",
            "Offers *sql*, which they asked for; 1 level above them.",
        ),
        ("At your level; you share an interest in chess.", "At their level; they share an interest in chess."),
        ("Offers *a*, close to the *b* you asked for.", "Offers *a*, close to the *b* they asked for."),
        ("You were a pair before.", "They were a pair before."),
        ("Different department (above you and me).", "Different department (above you and me)."),
    ],
)
def test_what_is_said_to_a_mentee_as_a_lead_reads_it(said, told):
    assert told_of(said) == told


@pytest.mark.parametrize(
    ("costs", "once"),
    [
        ("Nothing close to *a*.", "Nothing close to *a*."),
        ("Nothing close to *a*; nothing close to *b*.", "Nothing close to *a* or *b*."),
        (
            "Nothing close to *a*; nothing close to *b*; nothing close to *c*; only 1 shared working hour a week.",
            "Nothing close to *a*, *b* or *c*; only 1 shared working hour a week.",
        ),
    ],
)
def test_what_is_missing_is_said_once(costs, once):
    assert costs_once(costs) == once


@pytest.mark.parametrize("kind", ["pairs", "circles"])
def test_what_is_kept_of_a_report_is_read_back(kind):
    program = a_program(24)
    drawn = propose(parse_document(program), kind)
    kept = outlined(json.dumps(program), drawn, written(drawn))
    assert read_outline(json.loads(json.dumps(to_json(kept)))) == kept
    assert kept.against == "the earlier draw" and len(kept.worst) <= 30
