"""Rules of the house that a look at the syntax can hold: who asks the time, and who catches everything."""

import ast

from tests.contracts.project import files, name, tree

CODE = files("*.py", "bot")
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}

ASKS_THE_TIME = {"bot/app.py"}
CATCHES_EVERYTHING = {
    "bot/slack/attach.py": "a handler's bug becomes a sentence with a reference",
    "bot/jobs/nudge.py": "one nudge's bug leaves the others running",
    "bot/jobs/deliver.py": "one letter's bug leaves the others going out",
    "bot/jobs/chores.py": "one chore's bug leaves the others running",
}


def asks_the_time(node: ast.AST) -> bool:
    """`datetime.now`, `date.today`, `time.time` and their kin, called or handed on; a monotonic clock is none."""
    if not isinstance(node, ast.Attribute) or node.attr not in CLOCKS:
        return False
    owner = node.value
    owned = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return owned in CLOCK_OWNERS


def is_broad(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in caught)


BROAD = {"Exception", "BaseException"}


def test_only_app_and_the_sandbox_ask_what_time_it_is():
    asking = {name(path) for path in CODE for node in ast.walk(tree(path)) if asks_the_time(node)}
    assert {path for path in asking if not path.startswith("bot/sandbox/")} == ASKS_THE_TIME


def test_everything_is_caught_in_four_places_only():
    broad = [name(path) for path in CODE for node in ast.walk(tree(path)) if is_broad(node)]
    assert set(broad) <= set(CATCHES_EVERYTHING)
    assert len(broad) == len(set(broad))


def test_the_rules_see_what_they_are_meant_to_see():
    said = ast.parse(
        "datetime.now(UTC)\ndt.datetime.utcnow()\ndate.today\ntime.time()\nclock.now()\ntime.monotonic()"
    )
    assert sum(asks_the_time(node) for node in ast.walk(said)) == 4
    caught = ast.parse(
        "try: x\nexcept Exception: y\ntry: x\nexcept (OSError, BaseException): y\ntry: x\nexcept OSError: y"
    )
    assert sum(is_broad(node) for node in ast.walk(caught)) == 2
