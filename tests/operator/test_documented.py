"""The documents and answers of docs/matching.md: each example is drawn, and the answer is the one that stands there."""

import json
import re
from pathlib import Path

import pytest

from bot.draws import match

PAGE = Path("docs/matching.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"### An example of (\w+)\n(.*?)(?=\n##|\Z)", re.DOTALL)
FENCED = re.compile(r"```json\n(.*?)```", re.DOTALL)
EXAMPLES = {problem: FENCED.findall(text) for problem, text in EXAMPLE.findall(PAGE)}


def test_there_is_one_for_each_draw():
    assert EXAMPLES.keys() == {"pairs", "circles", "rounds"}


@pytest.mark.parametrize("problem", ["pairs", "circles", "rounds"])
def test_an_example_comes_out_as_it_is_written(problem, tmp_path):
    document, answer = EXAMPLES[problem]
    (tmp_path / "program.json").write_text(document, encoding="utf-8")
    out = tmp_path / "answer.json"
    weeks = {"weeks": 3} if problem == "rounds" else {}
    assert match(problem, tmp_path / "program.json", out=out, **weeks) == 0
    drawn, shown = json.loads(out.read_text(encoding="utf-8")), json.loads(answer)
    for key, value in shown.items():
        if key == "summary":
            assert value.items() <= drawn[key].items()
        else:
            assert drawn[key] == value, key


def test_every_key_of_a_document_is_told():
    for key in ("schema", "seed", "week_of", "config", "skills", "people", "blocks", "history"):
        assert f"`{key}`" in PAGE
