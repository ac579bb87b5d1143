"""`python -m bot match` and `replay`: the matcher on a document, without any workspace."""

import sys
from pathlib import Path
from typing import Literal

from bot.domain.errors import Refused
from bot.domain.matching import read_document
from bot.domain.matching.engine import replay as replays
from bot.domain.matching.engine import solve_document

WRONG = 2
NOT_THE_SAME = 1


def match(problem: Literal["pairs", "circles", "rounds"], document: Path, *, out: Path | None = None) -> int:
    """Try the matcher on a document (JSON, schema matching/1), without any workspace."""
    try:
        answer = solve_document(document.read_text(encoding="utf-8"), problem)
    except (OSError, UnicodeDecodeError, Refused) as wrong:
        return _wrong(wrong)
    if out is None:
        print(answer)
    else:
        out.write_text(answer, encoding="utf-8")
    return 0


def replay(document: Path, result: Path) -> int:
    """Does the same draw give the same bytes again? For whoever doubts a draw."""
    try:
        same = replays(read_document(document.read_text(encoding="utf-8")), result.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Refused) as wrong:
        return _wrong(wrong)
    print("The same, byte for byte." if same else "Not the same.")
    return 0 if same else NOT_THE_SAME


def _wrong(problem: Exception) -> int:
    print(str(problem), file=sys.stderr)
    return WRONG
