"""`python -m bot match` and `replay`: the matcher on a document, without any workspace."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bot.domain.errors import Refused
from bot.domain.matching import Circles, Pairs, read_document, read_proposal
from bot.domain.matching.document import canonical
from bot.domain.matching.engine import replay as replays
from bot.domain.matching.engine import solve_document
from bot.domain.matching.reading import LARGEST_TEXT
from bot.domain.matching.reports import reported
from bot.domain.roster.matching import matching_document
from bot.features.matching import report_page

WRONG = 2
NOT_THE_SAME = 1

complain = Console(stderr=True, highlight=False, soft_wrap=True)


def match(
    problem: Literal["pairs", "circles", "rounds"],
    document: Path,
    *,
    out: Path | None = None,
    fair: Literal["none", "floor"] = "none",
    keep: Path | None = None,
    seconds: int | None = None,
    weeks: int | None = None,
    explain: bool = False,
    report: Path | None = None,
) -> int:
    """Try the matcher on a document (JSON, schema matching/1, or CSV) without any workspace. Ctrl-C gives the best answer so far.

    Parameters
    ----------
    out
        Where the answer goes; without it, it is printed.
    fair
        "floor" raises the worst-off pair as far as it goes while as many are matched.
    keep
        The answer of an earlier draw, of which as much stays as the rules allow.
    seconds
        How long a search may take.
    weeks
        How many rounds to plan.
    explain
        Add what an auditor needs to check the answer.
    report
        Where a page (HTML) goes that shows the answer: who with whom and why, worst off first.
    """
    asked = {"fair": fair, "seconds": seconds, "weeks": weeks, "explain": explain}
    try:
        _check_places(out, report)
        asked |= _kept(keep) if keep else {}
        text = _document(document)
        with _watched(seconds) as watch:
            answer = solve_document(text, problem, watch=watch, **asked)
        page = _page(text, answer, keep) if report else ""
        if out or not report:
            _write(_timed(answer, watch), out)
        if report:
            _write(page, report)
    except Refused as wrong:
        return _wrong(wrong.sentence)
    return 0


def replay(document: Path, result: Path) -> int:
    """Does the same draw give the same bytes again? For whoever doubts a draw."""
    try:
        same = replays(read_document(_document(document)), _read(result))
    except Refused as wrong:
        return _wrong(wrong.sentence)
    print("The same, byte for byte." if same else "Not the same.")
    return 0 if same else NOT_THE_SAME


class Onlooker:
    """Shows how far a draw is, and ends it when its time is up or somebody presses Ctrl-C."""

    def __init__(self, bar: Progress, seconds: int | None) -> None:
        self._bar, self._task = bar, bar.add_task("Matching", total=None)
        self.begun = time.monotonic()
        self._until = None if seconds is None else self.begun + seconds
        self._interrupted = False

    def progress(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)

    def stopped(self) -> bool:
        return self._interrupted or (self._until is not None and time.monotonic() >= self._until)

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True
        self._bar.console.print("Ending with the best answer so far; Ctrl-C once more ends without one.")


@contextmanager
def _watched(seconds: int | None) -> Iterator[Onlooker]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=complain, transient=True, disable=not complain.is_terminal) as bar:
        watch = Onlooker(bar, seconds)
        before = signal.signal(signal.SIGINT, watch.interrupt)
        try:
            yield watch
        except KeyboardInterrupt:
            raise Refused("Ended without an answer.") from None
        finally:
            signal.signal(signal.SIGINT, before)


def _kept(path: Path) -> dict[str, Any]:
    earlier = read_proposal(_read(path))
    if isinstance(earlier, Pairs):
        return {"stay": [[pair.mentee, pair.mentor] for pair in earlier.pairs]}
    if isinstance(earlier, Circles):
        return {"stay": [list(two) for circle in earlier.circles for two in combinations(circle.members, 2)]}
    raise Refused(f"{path} holds rounds, which cannot be kept; give pairs or circles.")


def _document(path: Path) -> str:
    text = _read(path)
    return matching_document(text, path.suffix) if path.suffix.lower() == ".csv" else text


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise Refused(f"{path} has {path.stat().st_size:,} bytes; at most {LARGEST_TEXT:,} are read.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(f"{path} is not text in UTF-8: byte {wrong.start} cannot be read.") from None
    except OSError as wrong:
        raise Refused(f"{path} cannot be read: {wrong.strerror}.") from None


def _check_places(*places: Path | None) -> None:
    """Before anything is drawn, which may take minutes: is there room for what comes of it?"""
    given = [place for place in places if place]
    for place in given:
        try:
            _check_place(place)
        except OSError as wrong:
            raise Refused(f"{place} cannot be written: {wrong.strerror}.") from None
    if len(given) == 2 and given[0].absolute() == given[1].absolute():
        raise Refused(f"{given[0]} cannot be both the answer and the report; name two files.")


def _check_place(place: Path) -> None:
    if place.is_dir():
        raise Refused(f"{place} cannot be written: it is a folder. Give the name of a file in it.")
    if not place.absolute().parent.is_dir():
        raise Refused(f"{place} cannot be written: there is no folder {place.absolute().parent}.")


def _page(document: str, answer: str, keep: Path | None) -> str:
    drawn = read_proposal(answer)
    report = reported(read_document(document), drawn, read_proposal(_read(keep)) if keep else None)
    header = drawn.header
    foot = f"Seed {header.seed}, matcher version {header.version}, document {header.document[:12]}."
    return report_page.page(report, {}, foot=f"{foot} The same three give the same answer again.")


def _timed(answer: str, watch: Onlooker) -> str:
    written = json.loads(answer)
    written["summary"]["seconds"] = round(time.monotonic() - watch.begun, 3)
    return canonical(written)


def _write(answer: str, out: Path | None) -> None:
    if out is None:
        print(answer)
        return
    try:
        out.write_text(answer, encoding="utf-8")
    except OSError as wrong:
        raise Refused(f"{out} cannot be written: {wrong.strerror}.") from None


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG
