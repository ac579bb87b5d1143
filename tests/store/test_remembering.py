"""Answers are good for one block, and only until something is written."""

from sqlalchemy import event

from bot.domain.sessions import Presence
from tests.builders import an_id, saved_circle, saved_session
from tests.clock import START


async def test_the_same_question_is_asked_once_a_block(store, team):
    async with store.open_work(team) as work:
        circle = await saved_circle(work)
        await saved_session(work, circle=circle.id)
    asked = []
    event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    async with store.open_view(team) as work:
        first = await work.circles.of(an_id("Ana"))
        first.clear()
        assert len(await work.circles.of(an_id("Ana"))) == 1, "what one caller does with the list is its own affair"
        for _again in range(2):
            assert len((await work.sessions.of_circles([circle.id]))[circle.id]) == 1
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2


async def test_what_is_written_is_seen_at_once(store, team):
    async with store.open_work(team) as work:
        circle = await saved_circle(work)
        session = await saved_session(work, circle=circle.id)
        assert len(await work.circles.of(an_id("Ana"))) == 1
        assert (await work.sessions.of_circles([circle.id]))[circle.id][0].presence == {}
        await work.circles.unseat(circle.id, an_id("Ana"), START)
        await work.sessions.mark(session.id, an_id("Bo"), Presence.COMING)
        assert await work.circles.of(an_id("Ana")) == []
        assert (await work.sessions.of_circles([circle.id]))[circle.id][0].presence == {an_id("Bo"): Presence.COMING}
