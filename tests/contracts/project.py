"""Where the project's files are, and how they are read, for the tests that look at all of them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APART = {".venv", ".git", "__pycache__", "node_modules", ".hypothesis"}


def files(pattern: str, *folders: str) -> list[Path]:
    """The project's own files of this kind, in these folders or everywhere."""
    roots = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(path for root in roots for path in root.rglob(pattern) if not APART & set(path.parts))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function's name and length in lines, decorators left out."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def kept() -> list[Path]:
    """Every text file that git keeps; every one in the folder, where it is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for path in files("*") if path.is_file()]
    return [path for part in listed.stdout.split("\0") if part and (path := ROOT / part).is_file()]
