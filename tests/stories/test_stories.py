"""A story, from the form to the circle's channel and back out of it."""

from datetime import UTC, datetime

import pytest

from tests.stories.oak import start_oak

TEXT = "I asked Bo & the others <!channel> for help. It took ten minutes. Now I ask every week."


@pytest.fixture
def world_start():
    return datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_a_story_is_told_when_everybody_in_it_has_said_yes(world, program, ana, bo):
    await start_oak(ana)
    await ana.command("/mentor stories")
    await ana.click("Tell a story")
    await ana.fill(
        {"The story": TEXT, "Who is in it?": ["bo", "tomas"], "Where is it told?": "There, and in Oak's channel"}
    )
    await ana.submit()
    await ana.sees("nobody reads it yet", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    await bo.sees("May this story be told?", in_="dm")
    await bo.click("Yes, tell it", at="dm")
    await bo.sees("once the others have said yes too", in_="dm")
    await bo.does_not_see("It took ten minutes", in_="circle-oak")

    await world.until("2026-03-10T17:00+01:00")
    tomas = world.person("Tomas")
    await tomas.click("Yes, tell it", at="dm")
    await world.settle()
    told = await bo.sees("It took ten minutes", in_="circle-oak")
    assert "<!channel>" in told.text
    await ana.sees("Your story is told", in_="dm")

    await bo.command("/mentor stories")
    await bo.click("I'd rather not be in it")
    await bo.sees("It won't be told with you in it", in_="dm")
    await bo.does_not_see("It took ten minutes", in_="circle-oak")
    await bo.sees("It was taken back", in_="circle-oak")
    await world.settle()
    await ana.sees("would rather not be in it", in_="dm")
