"""The process that draws, and the names of what it draws."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from benchmarks.matching_circles import all_in_circles
from bot.domain.errors import Refused
from bot.domain.matching import Options, read_circles
from bot.domain.matching.document import canonical
from bot.domain.programs import Rules
from bot.features.matching import worker
from bot.features.matching.document_of import Gathered, for_circles
from bot.features.matching.naming import TREES, fresh_names
from tests.builders import a_member, a_profile, an_id
from tests.clock import START
from tests.features.matching.conftest import NAMES


def circles(document, options):
    return worker.Asked("circles", document, options)


@pytest.fixture
def document():
    profiles = {an_id(name): a_profile(name) for name in NAMES}
    gathered = Gathered({an_id(name): a_member(name) for name in NAMES}, profiles, Rules())
    return canonical(for_circles(gathered, everyone=False, seed=1, now=START).to_json())


async def test_it_draws_while_the_bot_goes_on(document):
    drawing = asyncio.create_task(worker.draw_by_child(circles(document, Options())))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 3
    assert read_circles(drawing.result()).summary["placed"] == len(NAMES)


async def test_what_cannot_be_done_is_refused_in_a_sentence(document):
    with pytest.raises(Refused, match="cannot be kept"):
        await worker.draw_by_child(circles(document, Options(keep=((an_id("Ana"), an_id("Bo")),))))
    with pytest.raises(Refused, match="not JSON"):
        await worker.draw_by_child(circles("{", Options()))


async def test_without_patience_it_is_ended(document):
    with pytest.raises(worker.DrawFailed, match="no answer"):
        await worker.draw_by_child(circles(document, Options()), worker.Terms(patience=0.01))


@pytest.mark.parametrize(
    "died", ["raise SystemExit('no such luck')", "import sys; sys.stdin.readline(); raise SystemExit('no such luck')"]
)
async def test_a_child_that_breaks_says_so(document, died, monkeypatch):
    monkeypatch.setattr(worker, "PROGRAM", ("-c", died))
    with pytest.raises(worker.DrawFailed, match="no such luck"):
        await worker.draw_by_child(circles(document, Options()))


async def test_a_child_that_says_nothing_is_a_failure_too(document, monkeypatch):
    monkeypatch.setattr(worker, "PROGRAM", ("-c", ""))
    with pytest.raises(worker.DrawFailed, match="ended with 0"):
        await worker.draw_by_child(circles(document, Options()))


async def test_the_child_knows_no_secrets(document, monkeypatch):
    monkeypatch.setenv("MENTOR_ENCRYPTION_KEYS", "secret")
    monkeypatch.setattr(worker, "PROGRAM", ("-c", "import os; raise SystemExit(sorted(os.environ))"))
    with pytest.raises(worker.DrawFailed) as failed:
        await worker.draw_by_child(circles(document, Options()))
    assert "PYTHONPATH" in str(failed.value) and "MENTOR" not in str(failed.value)


@pytest.fixture
def crowd():
    """A document of as many people as it takes for a draw of seconds."""
    return json.dumps(all_in_circles(600))


async def test_too_little_memory_is_said_and_hurts_nobody_else(crowd):
    with pytest.raises(worker.OutOfMemory, match="300 MiB"):
        await worker.draw_by_child(circles(crowd, Options()), worker.Terms(memory=300 * worker.MIB))


async def test_memory_goes_by_the_size_of_the_document(crowd):
    small, large = worker.Terms().memory_for("{}"), worker.Terms().memory_for(crowd)
    assert small < large < 2 * small
    assert worker.Terms(memory=7).memory_for(crowd) == 7


async def test_a_child_that_the_system_kills_is_taken_for_one_without_memory(document, monkeypatch):
    monkeypatch.setattr(worker, "PROGRAM", ("-c", "import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(worker.OutOfMemory):
        await worker.draw_by_child(circles(document, Options()))


async def test_it_tells_how_far_it_is_and_ends_with_the_best_when_its_time_is_up(crowd):
    told = []
    terms = worker.Terms(seconds=1.5)
    drawn = read_circles(
        await worker.draw_by_child(circles(crowd, Options()), terms, told=lambda *far: told.append(far))
    )
    assert told == sorted(told) and len({total for _, total in told}) == 1
    assert drawn.summary["placed"] == 600 and drawn.header.options.stopped_at is not None


async def test_a_stopped_draw_takes_its_child_along(crowd, children):
    before = children()
    drawing = asyncio.create_task(worker.draw_by_child(circles(crowd, Options())))
    while not (started := children() - before):
        await asyncio.sleep(0.01)
    drawing.cancel()
    await asyncio.wait([drawing])
    assert drawing.cancelled() and not children() & started


async def test_a_child_ends_when_nobody_waits_for_it_any_more(crowd):
    line = json.dumps(
        {"problem": "circles", "document": crowd, "options": Options().to_json(), "memory": 2**31, "seconds": 600}
    )
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.drawer", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    child.stdin.write(line.encode() + b"\n")
    assert b"done" in await child.stdout.readline()
    child.stdin.close()
    assert await child.wait() == 1


@pytest.fixture
def children():
    """The processes that this one started and that are still there."""

    def found():
        status = {path.parent: path.read_text() for path in Path("/proc").glob("[0-9]*/stat")}
        parents = {path.name: text.rpartition(")")[2].split() for path, text in status.items()}
        return {number for number, rest in parents.items() if rest[1] == str(os.getpid()) and rest[0] != "Z"}

    return found


def test_names_are_fresh_whatever_the_case():
    assert fresh_names(2, ["oak", "BIRCH"]) == ["Maple", "Willow"]


def test_names_never_run_out():
    names = fresh_names(3 * len(TREES), [])
    assert len(set(names)) == 3 * len(TREES) and names[len(TREES)] == "Oak 2"
