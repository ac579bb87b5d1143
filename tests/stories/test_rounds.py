"""Two rounds of one session each: the circle goes on in another rhythm, then ends with thanks, and goes on after all."""

from datetime import UTC, datetime

import pytest

from tests.stories.oak import start_oak

SHORT = {"Name": "Spring 2026", "Sessions in a round": "1"}


@pytest.fixture
def world_start():
    return datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


async def answers(person, stays, **wanted):
    await person.click("Say how I go on", at="circle-oak")
    await person.fill({"Do you stay?": stays, **wanted}, submit=True)
    await person.sees("Kept", in_="modal")
    await person.close(everything=True)


async def test_a_round_is_celebrated_and_each_says_alone_how_to_go_on(world, ana, bo, miriam):
    tomas = world.person("Tomas")
    await miriam.command("/mentor program")
    await miriam.sees("Smallest circle", in_="modal")
    await miriam.fill(SHORT, submit=True)
    await miriam.close(everything=True)
    await start_oak(ana, **{"From which day on?": "2026-03-05"})
    await world.until("2026-03-05T16:01+01:00")
    await ana.click("Held", at="circle-oak")
    await ana.close(everything=True)
    await world.until("2026-03-06T17:30+01:00")
    over = await ana.sees("Round 1 is complete", in_="circle-oak")
    assert "1 session held of 1" in over.text and "Tell a story" in over.labels()
    weekly = {"How often shall we meet?": "Every third week"}
    await answers(ana, "I stay", **weekly)
    await bo.sees("1 of 3 have answered", in_="circle-oak")
    await bo.does_not_see("Every third week", in_="circle-oak")
    await answers(bo, "I stay", **weekly)
    await answers(tomas, "I leave here; please tell the others")
    opened = await ana.sees("Round 2 begins", in_="circle-oak")
    assert "every third Thursday" in opened.text and "@Tomas Reyes" in opened.text
    assert "3 answered" in opened.text
    await ana.command("/mentor circle next")
    await ana.sees("0 of 1 sessions are over, 1 to go", in_="dm")

    await ana.command("/mentor circle schedule")
    await ana.sees("Thu 26 Mar", in_="modal")
    await ana.close(everything=True)
    await world.until("2026-03-27T17:30+01:00")
    await bo.sees("Round 2 is complete", in_="circle-oak")
    for person in (ana, bo):
        await answers(person, "I leave here; please tell the others")
    await ana.sees("Oak ends here. Thank you", in_="circle-oak")
    await ana.click("Wait, we go on", at="circle-oak")
    await bo.sees("Oak goes on after all", in_="circle-oak")
    await bo.command("/mentor circle next")
    await bo.sees("Round 3", in_="dm")
