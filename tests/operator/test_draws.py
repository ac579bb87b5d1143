"""`python -m bot match` and `replay`: answers in files, wrong documents in one sentence, Ctrl-C with the best so far."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.progress import Progress

from bot.draws import Onlooker, match, replay
from tests.domain.matching.programs import a_program


@pytest.fixture
def file(tmp_path):
    def write(name, value):
        path = tmp_path / name
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    return write


CUT = '{"schema": "matching-result/1", "problem": "pairs", "seed": 1}'


def answer(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("problem", "options", "listed"),
    [("pairs", {"fair": "floor"}, "pairs"), ("circles", {}, "circles"), ("rounds", {"weeks": 3}, "rounds")],
)
def test_each_problem_is_answered_in_a_file_that_replays(problem, options, listed, file, tmp_path, capsys):
    document, out = file("program.json", a_program(12)), tmp_path / "answer.json"
    assert match(problem, document, out=out, **options) == 0
    assert answer(out)[listed]
    assert answer(out)["summary"]["seconds"] >= 0
    assert replay(document, out) == 0
    assert capsys.readouterr() == ("The same, byte for byte.\n", "")
    changed = answer(out)
    changed["summary"]["changed"] = 1
    assert replay(document, file("changed.json", changed)) == 1


def test_without_a_file_the_answer_is_printed(file, capsys):
    assert match("pairs", file("program.json", a_program(8))) == 0
    assert json.loads(capsys.readouterr().out)["problem"] == "pairs"


def test_an_auditor_gets_prices_and_an_earlier_answer_stays(file, tmp_path):
    document, out, again = file("program.json", a_program(30)), tmp_path / "a.json", tmp_path / "b.json"
    assert match("pairs", document, out=out, explain=True) == 0
    assert answer(out)["certificate"]["prices"]
    assert match("pairs", document, out=again, keep=out, fair="floor") == 0
    assert answer(again)["summary"]["stayed"] == len(answer(out)["pairs"])


def test_circles_of_an_earlier_answer_are_kept(file, tmp_path):
    document, out, again = file("program.json", a_program(12)), tmp_path / "a.json", tmp_path / "b.json"
    assert match("circles", document, out=out) == 0
    assert match("circles", document, out=again, keep=out) == 0
    assert [each["members"] for each in answer(again)["circles"]] == [
        each["members"] for each in answer(out)["circles"]
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("", "not JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        ('{"seed": NaN}', "holds NaN"),
        (
            a_program(1, people=[{"id": "A", "tz": "Mars/Base"}]),
            'people[0].tz is "Mars/Base"; allowed: an IANA time zone',
        ),
        (a_program(1, people=[{"id": "A", "mentor": {"capacity": -1, "types": []}}]), "capacity is -1"),
        (a_program(1, people=[{"id": "A"}, {"id": "A"}]), "which stands further up"),
        (a_program(1, people=[{"id": "A\u202e"}]), "people[0].id is"),
        (a_program(1, people=[{"id": "A\u200d"}]), "people[0].id is"),
        (a_program(1, people=[{"id": "A"}, {"id": "\u0410"}]), "people[1].id is"),
        (a_program(1, people=[{"id": "\ud800"}]), "people[0].id is"),
        (a_program(1, people=[{"id": "A", "manager": "B"}, {"id": "B", "manager": "A"}]), "go in a circle"),
        (a_program(1, people=[{"id": "A", "tz": "../../etc/passwd"}]), "people[0].tz is"),
        ('{"seed": Infinity}', "holds Infinity"),
        ('{"seed": ' + "9" * 5000 + "}", "too many digits"),
        ("[" * 100_000, "nested too deeply"),
        ('{"people": [], "people": []}', "stands twice"),
        ("null", "document is null"),
    ],
)
def test_a_wrong_document_gets_one_sentence_and_nothing_is_written(wrong, said, file, tmp_path, capsys):
    out = tmp_path / "answer.json"
    assert match("pairs", file("program.json", wrong), out=out) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert (told.out, out.exists()) == ("", False)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, capsys):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    begun = time.perf_counter()
    assert match("pairs", path) == 2
    assert time.perf_counter() - begun < 1
    assert "200,000,000 bytes; at most 96,000,000" in capsys.readouterr().err


@pytest.mark.parametrize("asked", ["out", "report"])
@pytest.mark.parametrize("place", ["", "no/such/folder/answer", "x" * 300], ids=["folder", "nowhere", "too long"])
def test_a_place_that_cannot_be_written_is_said_before_anything_is_drawn(asked, place, file, tmp_path, capsys):
    document = file("program.json", a_program(4))
    assert match("pairs", document, **{asked: tmp_path / place}) == 2
    said = capsys.readouterr()
    assert "cannot be written" in said.err and said.err.count("\n") == 1 and said.out == ""


def test_a_disk_that_is_full_is_said(file, capsys):
    assert match("pairs", file("program.json", a_program(4)), out=Path("/dev/full")) == 2
    assert "/dev/full cannot be written: No space left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [("hello", "is JSON"), ("[" * 100_000, "is JSON"), ("{}", "not the result of a draw"), (CUT, "not whole")],
    ids=["words", "deep", "empty", "cut"],
)
def test_an_earlier_answer_that_is_none_gets_a_sentence(given, said, file, capsys):
    document, earlier = file("program.json", a_program(4)), file("earlier.json", given)
    assert match("pairs", document, keep=earlier) == 2
    assert replay(document, earlier) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and all(said in line for line in told)


def test_files_that_cannot_be_read_or_written_are_named(file, tmp_path, capsys):
    document = file("program.json", a_program(4))
    assert match("pairs", tmp_path / "none.json") == 2
    assert match("pairs", document, out=tmp_path / "no" / "answer.json") == 2
    assert match("pairs", document, keep=document) == 2
    rounds = tmp_path / "rounds.json"
    assert match("rounds", document, out=rounds) == 0
    assert match("rounds", document, keep=rounds) == 2
    said = capsys.readouterr().err.splitlines()
    assert [("none.json" in said[0]), ("cannot be written" in said[1])] == [True, True]
    assert "not the result of a draw" in said[2]
    assert "cannot be kept" in said[3]


def test_time_that_is_up_ends_a_draw():
    assert Onlooker(Progress(disable=True), 0).stopped()
    assert not Onlooker(Progress(disable=True), None).stopped()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_gives_the_best_answer_so_far(file, tmp_path):
    document, out = file("program.json", a_program(300)), tmp_path / "answer.json"
    code = (
        "import os, signal, sys; from pathlib import Path; from bot import draws\n"
        "class Early(draws.Onlooker):\n"
        "    def progress(self, done, total):\n"
        "        if not self._interrupted: os.kill(os.getpid(), signal.SIGINT)\n"
        "draws.Onlooker = Early\n"
        "sys.exit(draws.match('pairs', Path(sys.argv[1]), out=Path(sys.argv[2]), fair='floor'))"
    )
    child = subprocess.run([sys.executable, "-c", code, document, out], capture_output=True, text=True, timeout=60)
    assert (child.returncode, child.stdout) == (0, "")
    assert "best answer so far" in child.stderr
    assert len(answer(out)["pairs"]) > 50
    assert answer(out)["options"]["stopped_at"] == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("problem", ["pairs", "circles", "rounds"])
def test_a_report_is_a_page_beside_the_answer(problem, file, tmp_path):
    document, out, report = file("program.json", a_program(12)), tmp_path / "a.json", tmp_path / "report.html"
    assert match(problem, document, out=out, report=report) == 0
    assert answer(out)["problem"] == problem
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_report_alone_prints_nothing(file, tmp_path, capsys):
    assert match("circles", file("program.json", a_program(12)), report=tmp_path / "report.html") == 0
    assert capsys.readouterr() == ("", "")


def test_a_report_compares_with_what_was_kept(file, tmp_path):
    document, out, report = file("program.json", a_program(12)), tmp_path / "a.json", tmp_path / "report.html"
    assert match("pairs", document, out=out) == 0
    assert match("pairs", document, keep=out, report=report) == 0
    assert "The earlier draw" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("where", "said"),
    [("", "it is a folder"), ("no/such/report.html", "there is no folder"), ("a.json", "cannot be both")],
)
def test_a_report_with_no_place_to_go_is_refused_before_the_draw(where, said, file, tmp_path, capsys):
    document, out = file("program.json", a_program(12)), tmp_path / "a.json"
    assert match("circles", document, out=out, report=tmp_path / where) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("problem", "options", "sentence"),
    [
        ("circles", {"fair": "floor"}, "--fair is for pairs; leave it out for circles."),
        ("rounds", {"fair": "floor"}, "--fair is for pairs; leave it out for rounds."),
        ("rounds", {"seconds": 3}, "--seconds is for pairs and circles; leave it out for rounds."),
        ("pairs", {"weeks": 3}, "--weeks is for rounds; leave it out for pairs."),
    ],
)
def test_what_a_draw_has_no_use_for_is_refused(problem, options, sentence, file, capsys):
    assert match(problem, file("program.json", a_program(4)), **options) == 2
    assert capsys.readouterr().err.strip() == sentence


def test_an_earlier_answer_of_another_draw_is_refused(file, tmp_path, capsys):
    document, out = file("program.json", a_program(12)), tmp_path / "circles.json"
    assert match("circles", document, out=out) == 0
    capsys.readouterr()
    assert match("pairs", document, keep=out) == 2
    assert "holds circles; for pairs, --keep takes an earlier answer of pairs" in capsys.readouterr().err


def test_ids_of_nobody_are_noted_and_count_for_nothing(file, tmp_path, capsys):
    people = [{"id": "A", "manager": "Z", "pair_pool": True}, {"id": "B", "pair_pool": True}]
    history = [{"a": "A", "b": id, "kind": "pair"} for id in ("V", "W", "X", "Y")]
    document = file("program.json", a_program(0, people=people, history=history))
    assert match("rounds", document, out=tmp_path / "rounds.json", weeks=1) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Note: Z stands in manager, and not in people; the line above ends there.",
        "Note: V, W, X and 1 more stand in history, and not in people; what is said of them counts for nothing.",
    ]
