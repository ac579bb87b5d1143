"""Files and functions stay short, and every module says what it is for."""

import ast
from pathlib import Path

from tests.contracts.project import files, functions, name, tree

FILE, FUNCTION, HANDLER = 400, 50, 25
OURS = files("*.py", "bot", "tests", "benchmarks") + files("*.py", "migrations")
# Migrations are written by a tool and never edited again.
WRITTEN = [path for path in OURS if path.parent.name != "versions"]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    scripts = files("*.js", "bot/sandbox/static")
    assert scripts
    assert [(name(path), lines(path)) for path in WRITTEN + scripts if lines(path) > FILE] == []


def test_every_module_says_what_it_is_for():
    assert [name(path) for path in WRITTEN if not ast.get_docstring(tree(path))] == []


def test_functions_are_short():
    long = [(name(path), *found) for path in WRITTEN for found in functions(path) if found[1] > FUNCTION]
    assert long == []


def test_handlers_only_parse_call_and_reply():
    handlers = [path for path in files("*.py", "bot/features") if path.stem.startswith("handlers")]
    long = [(name(path), *found) for path in handlers for found in functions(path) if found[1] > HANDLER]
    assert handlers
    assert long == []


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    assert [name(path) for path in OURS if {path.stem, path.parent.name} & empty] == []
