"""A circle that met a moment ago."""

from datetime import date
from types import SimpleNamespace

import pytest

from bot.domain.sessions import SessionState
from tests.builders import saved_circle, saved_program, saved_session


@pytest.fixture
async def oak(store, team, clock):
    """Ana, Bo, Chi and Dee met on the 5th of March at 15:00 in Berlin, and meet again on the 19th. It is 15:30."""
    async with store.open_work(team) as work:
        await saved_program(work)
        circle = await saved_circle(work)
        first = await saved_session(work, circle=circle.id, state=SessionState.OPEN)
        second = await saved_session(work, circle=circle.id, planned_for=date(2026, 3, 19))
    clock.forward(days=3, hours=5, minutes=30)
    return SimpleNamespace(circle=circle, first=first, second=second)
