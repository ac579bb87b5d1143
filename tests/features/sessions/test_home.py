"""Next session and my circles at Home: right for the reader, with a fixed number of questions."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.features.circles.home import my_circles
from bot.features.sessions.home import next_session
from tests.builders import an_id, saved_circle

ANA = an_id("Ana")


@pytest.fixture
def counted(store, team, clock):
    """A section's blocks, and how many questions it asked."""

    async def draw(section, member=ANA):
        asked = []
        listener = lambda *given: asked.append(given[2])  # noqa: E731
        async with store.open_view(team) as work:
            engine = store.engine.sync_engine
            event.listen(engine, "before_cursor_execute", listener)
            try:
                shown = await section(work, member, clock.now())
            finally:
                event.remove(engine, "before_cursor_execute", listener)
        return shown, len(asked)

    return draw


async def test_the_next_session_is_the_first_of_all_my_circles(store, team, oak, counted, clock):
    async with store.open_work(team) as work:
        elm = await saved_circle(work, "Ana", "Eve", name="Elm", rule=oak.rule)
        await work.sessions.plan_ahead(elm, clock.now() + timedelta(days=7))
    shown, _asked = await counted(next_session)
    assert "Oak" in str(shown) and "Elm" not in str(shown)
    assert "In the hot seat: you" in str(shown)
    shown, _asked = await counted(next_session, an_id("Eve"))
    assert "Elm" in str(shown)


async def test_five_circles_cost_as_many_questions_as_one(store, team, oak, counted, clock):
    sections = (next_session, my_circles)
    before = [(await counted(section))[1] for section in sections]
    async with store.open_work(team) as work:
        for name in ("Elm", "Fir", "Ash", "Yew"):
            circle = await saved_circle(work, "Ana", "Eve", name=name)
            await work.sessions.plan_ahead(circle, clock.now())
    after = [(await counted(section))[1] for section in sections]
    assert after == before and sum(after) <= 8


async def test_without_a_circle_only_the_circles_part_teaches(oak, counted):
    shown, _asked = await counted(next_session, an_id("Eve"))
    assert shown == []
    shown, _asked = await counted(my_circles, an_id("Eve"))
    assert "Join a circle" in str(shown)


async def test_when_all_is_left_out_the_plan_is_one_tap_away(store, team, oak, counted, clock):
    async with store.open_work(team) as work:
        await work.sessions.call_off(oak.id, clock.now())
    shown, _asked = await counted(next_session)
    assert "No session is planned" in str(shown)
