"""`python -m bot match` and `replay`: the matcher on a document, without any workspace."""

import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bot.domain.errors import Refused
from bot.domain.matching import Circles, Document, Pairs, Proposal, read_document, read_options, read_proposal
from bot.domain.matching.document import canonical
from bot.domain.matching.engine import propose
from bot.domain.matching.engine import replay as replays
from bot.domain.matching.oddities import oddities
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

    What a document and an answer hold, with a complete example of each draw: docs/matching.md.

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
        _check_fits(problem, asked)
        _check_places(out, report)
        earlier = _kept(keep, problem) if keep else None
        read = _noted(read_document(_document(document)))
        options = read_options(asked | (_staying(earlier) if earlier else {}))
        with _watched(seconds) as watch:
            drawn = propose(read, problem, options=options, watch=watch)
        page = _page(read, drawn, earlier) if report else ""
        if out or not report:
            _write(_timed(drawn, watch), out)
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


def _noted(document: Document) -> Document:
    for oddity in oddities(document):
        print(oddity, file=sys.stderr)
    return document


ONLY_FOR: Mapping[str, tuple[str, ...]] = {"fair": ("pairs",), "seconds": ("pairs", "circles"), "weeks": ("rounds",)}


def _check_fits(problem: str, asked: Mapping[str, Any]) -> None:
    """What a draw would have no use for is refused, or somebody would believe that it was heeded."""
    for name, problems in ONLY_FOR.items():
        if problem not in problems and asked[name] not in (None, "none"):
            raise Refused(f"--{name} is for {' and '.join(problems)}; leave it out for {problem}.")


def _kept(path: Path, problem: str) -> Circles | Pairs:
    earlier = read_proposal(_read(path))
    if not isinstance(earlier, Circles | Pairs):
        raise Refused(f"{path} holds rounds, which cannot be kept; give pairs or circles.")
    if earlier.problem != problem:
        raise Refused(f"{path} holds {earlier.problem}; for {problem}, --keep takes an earlier answer of {problem}.")
    return earlier


def _staying(earlier: Circles | Pairs) -> dict[str, Any]:
    if isinstance(earlier, Pairs):
        return {"stay": [[pair.mentee, pair.mentor] for pair in earlier.pairs]}
    return {"stay": [list(two) for circle in earlier.circles for two in combinations(circle.members, 2)]}


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


def _page(document: Document, drawn: Proposal, earlier: Proposal | None) -> str:
    report = reported(document, drawn, earlier)
    header = drawn.header
    foot = f"Seed {header.seed}, matcher version {header.version}, document {header.document[:12]}."
    return report_page.page(report, {}, foot=f"{foot} The same three give the same answer again.")


def _timed(drawn: Proposal, watch: Onlooker) -> str:
    answer = drawn.to_json()
    return canonical(answer | {"summary": answer["summary"] | {"seconds": round(time.monotonic() - watch.begun, 3)}})


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
