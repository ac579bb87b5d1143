"""The Home tab asks a constant number of questions, whoever it is drawn for."""

import pytest
from sqlalchemy import event

from benchmarks import home as busy_workspace

MOST = 12


@pytest.fixture
async def asked(store, monkeypatch):
    """How many questions each of two people's Home tab costs: one who is in nothing, one who is in five circles."""
    monkeypatch.setattr(busy_workspace, "MEMBERS", 60)
    await busy_workspace.fill(store)
    noted = []
    event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *given: noted.append(given[2]))

    async def count(member):
        noted.clear()
        await busy_workspace.draw(store, member)
        return len([one for one in noted if one.lstrip().upper().startswith(("SELECT", "WITH"))])

    return count


async def test_five_circles_cost_twelve_questions_at_most(asked):
    assert 0 < await asked(busy_workspace.BUSY) <= MOST


async def test_nobodys_home_costs_no_more(asked):
    assert 0 < await asked(busy_workspace.NOBODY) <= MOST
