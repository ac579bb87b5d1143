"""The process that draws, and the names of what it draws."""

import asyncio

import pytest

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


@pytest.fixture
def document():
    profiles = {an_id(name): a_profile(name) for name in NAMES}
    gathered = Gathered({an_id(name): a_member(name) for name in NAMES}, profiles, Rules())
    return canonical(for_circles(gathered, everyone=False, seed=1, now=START).to_json())


async def test_it_draws_while_the_bot_goes_on(document):
    drawing = asyncio.create_task(worker.draw_circles(document, Options()))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 3
    assert read_circles(drawing.result()).summary["placed"] == len(NAMES)


async def test_what_cannot_be_done_is_refused_in_a_sentence(document):
    with pytest.raises(Refused, match="cannot be kept"):
        await worker.draw_circles(document, Options(keep=((an_id("Ana"), an_id("Bo")),)))
    with pytest.raises(Refused, match="not JSON"):
        await worker.draw_circles("{", Options())


async def test_without_patience_it_is_ended(document, monkeypatch):
    monkeypatch.setattr(worker, "PATIENCE", 0.01)
    with pytest.raises(worker.DrawFailed, match="no answer"):
        await worker.draw_circles(document, Options())


async def test_a_child_that_breaks_says_so(document, monkeypatch):
    monkeypatch.setattr(worker, "CHILD", "raise SystemExit('out of memory')")
    with pytest.raises(worker.DrawFailed, match="out of memory"):
        await worker.draw_circles(document, Options())


async def test_the_child_knows_no_secrets(document, monkeypatch):
    monkeypatch.setenv("MENTOR_ENCRYPTION_KEYS", "secret")
    monkeypatch.setattr(worker, "CHILD", "import os; raise SystemExit(sorted(os.environ))")
    with pytest.raises(worker.DrawFailed) as failed:
        await worker.draw_circles(document, Options())
    assert "PYTHONPATH" in str(failed.value) and "MENTOR" not in str(failed.value)


def test_names_are_fresh_whatever_the_case():
    assert fresh_names(2, ["oak", "BIRCH"]) == ["Maple", "Willow"]


def test_names_never_run_out():
    names = fresh_names(3 * len(TREES), [])
    assert len(set(names)) == 3 * len(TREES) and names[len(TREES)] == "Oak 2"
