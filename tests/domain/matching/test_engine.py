"""Whole draws from text to text, their replay, and what importing the package costs."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.matching import DocumentError, Options, parse_document, read_proposal, written
from bot.domain.matching.engine import PROBLEMS, propose, replay, solve_document
from bot.domain.matching.joining import swap
from tests.domain.matching.programs import ZONES, a_program, programs

OPTIONS = [Options(), Options(fair="floor", weeks=3, steps=500), Options(match_worth=-100, absent=((1, "U000"),))]


@pytest.mark.parametrize("problem", PROBLEMS)
@settings(max_examples=8, deadline=None)
@given(program=programs(most=16), options=st.sampled_from(OPTIONS))
def test_a_draw_is_replayed_to_the_same_bytes_from_what_was_stored(problem, program, options):
    document = parse_document(program)
    result = written(propose(document, problem, options=options))
    stored = parse_document(json.loads(json.dumps(document.to_json())))
    assert replay(stored, result)
    assert written(read_proposal(result)) == result


def test_a_replay_tells_when_the_result_is_not_what_the_draw_gives():
    document = parse_document(a_program(24))
    result = json.loads(written(propose(document, "circles")))
    result["circles"][0]["value"] += 1
    assert not replay(document, json.dumps(result))


def test_a_replay_of_another_document_version_or_changed_draw_is_refused():
    people = [person | {"manager": None} for person in a_program(24)["people"]]
    document = parse_document(a_program(24, people=people))
    drawn = propose(document, "circles")
    with pytest.raises(Refused, match="another document"):
        replay(parse_document(a_program(23)), written(drawn))
    changed = swap(document, drawn, drawn.circles[0].members[0], drawn.circles[1].members[0])
    with pytest.raises(Refused, match="changed by hand"):
        replay(document, written(changed))
    old = json.loads(written(drawn)) | {"version": 0}
    with pytest.raises(Refused, match="made by version 0"):
        replay(document, json.dumps(old))


def test_a_document_is_solved_from_text_to_text():
    text = json.dumps(a_program(24))
    pairs = json.loads(solve_document(text, "pairs", fair="floor"))
    assert {"mentee", "mentor", "score", "because"} <= set(pairs["pairs"][0])
    assert {"bound", "gap", "floor", "price"} <= set(pairs["summary"])
    circles = json.loads(solve_document(text, "circles", apart=[["U000", "U001"]]))
    assert {"members", "theme", "slot", "because"} <= set(circles["circles"][0])
    rounds = json.loads(solve_document(text, "rounds", weeks=5))
    assert [each["week"] for each in rounds["rounds"]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("problem", "options", "said"),
    [
        ("teams", {}, "no draw of teams; choose pairs, circles, rounds"),
        ("pairs", {"fair": "very"}, 'options.fair is "very"; allowed: one of none, floor'),
        ("rounds", {"weeks": 0}, "options.weeks is 0"),
        ("circles", {"keeps": []}, "Did you mean keep?"),
        ("circles", {"apart": [["U1", "U1"]]}, "two different ids"),
    ],
)
def test_wrong_wishes_for_a_draw_are_refused_with_a_sentence(problem, options, said):
    with pytest.raises(Refused) as refusal:
        solve_document(json.dumps(a_program(8)), problem, **options)
    assert said in refusal.value.sentence


def test_what_is_no_result_is_not_read_as_one():
    with pytest.raises(DocumentError, match="not the result of a draw"):
        read_proposal("{}")


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_the_smallest_programs_have_an_answer(problem, people):
    assert replay(parse_document(a_program(people)), solve_document(json.dumps(a_program(people)), problem))


def test_the_bytes_are_the_same_in_another_process():
    text = json.dumps(a_program(12, zones=ZONES))
    code = "import sys; from bot.domain.matching.engine import solve_document; print(solve_document(sys.stdin.read(), 'circles'))"
    for hashing in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hashing},
        )
        assert there.stdout.strip() == solve_document(text, "circles")


def test_importing_the_package_brings_neither_numpy_nor_scipy():
    code = "import sys, bot.domain.matching; print({'numpy', 'scipy', 'ortools'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
