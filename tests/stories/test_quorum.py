"""Too few can come: the circle moves a session, then holds one in writing, each by tap."""

from datetime import UTC, datetime

import pytest

from tests.stories.oak import start_oak


@pytest.fixture
def world_start():
    return datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


async def test_a_circle_moves_a_session_and_holds_the_next_in_writing(world, program, ana, bo):
    tomas = world.person("Tomas")
    await start_oak(ana, **{"From which day on?": "2026-03-05", "How often?": "Every week"})
    await world.until("2026-03-04T10:00+01:00")
    await ana.click("Coming", at="circle-oak")
    await ana.sees("@Bo Lindqvist and @Tomas Reyes, can you come?", in_="circle-oak")
    await bo.click("Coming", near="can you come?", at="circle-oak")
    await tomas.click("Can't come", near="can you come?", at="circle-oak")
    await world.forward(minutes=1)
    question = await bo.sees("What shall we do", in_="circle-oak")
    assert "2 of 3 can come" in question.text and "A change needs 2 of 3 taps" in question.text
    await ana.click("Move it", at="circle-oak")
    await bo.sees("(1: @Ana Keller)", in_="circle-oak")
    await bo.click("Move it", at="circle-oak")
    await bo.sees("You decided so by tap", in_="circle-oak")
    await tomas.sees("Decided: the session moves", in_="circle-oak")
    await ana.command("/mentor circle schedule")
    await ana.sees("moved by all of you", in_="modal")
    await ana.close(everything=True)

    await world.until("2026-03-11T10:00+01:00")
    for person in (bo, tomas):
        await person.click("Can't come", near="12 Mar", at="circle-oak")
    await world.forward(minutes=1)
    await ana.sees("Leave it out; whose turn it was sits next time", in_="circle-oak")
    await bo.click("In writing", at="circle-oak")
    await tomas.click("In writing", at="circle-oak")
    await ana.sees("You meet in writing this time", in_="circle-oak")
    await world.until("2026-03-12T15:00+01:00")
    await ana.sees("In writing, over two days", in_="circle-oak")
