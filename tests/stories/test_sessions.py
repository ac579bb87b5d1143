"""A session from its agenda to what was parked for the next one."""

import pytest

from tests.stories.oak import start_oak


@pytest.fixture
def tomas(world):
    return world.person("Tomas")


@pytest.fixture
async def oak(world, program, ana):
    """Ana, Bo and Tomas, every week; the first session is on Thursday 5 March at 15:00 in Berlin."""
    await start_oak(ana, **{"From which day on?": "2026-03-05", "How often?": "Every week"})


async def test_from_the_agenda_to_what_was_parked(world, oak, ana, bo, tomas):
    await world.until("2026-03-03T09:59+01:00")
    await ana.does_not_see("Can you come?", in_="circle-oak")
    await world.until("2026-03-03T10:00+01:00")
    await ana.sees("In the hot seat: @Ana Keller", in_="circle-oak")
    await ana.click("Coming", at="circle-oak")
    await bo.click("Coming", at="circle-oak")
    await tomas.click("Can't come", at="circle-oak")
    await bo.sees("Away: @Tomas Reyes", in_="circle-oak")
    await ana.open_home()
    await ana.sees("You are coming", in_="home")

    await world.until("2026-03-05T15:00+01:00")
    await ana.sees("Oak meets now", in_="circle-oak")
    await ana.click("I'm here", at="circle-oak")
    await bo.click("I'm here", at="circle-oak")
    await ana.sees("Here: @Ana Keller and @Bo Lindqvist", in_="circle-oak")
    for person in (ana, tomas):
        assert (await person.open_home()).labels().count("Make my two commitments") == 1

    await world.until("2026-03-05T16:01+01:00")
    await bo.sees("did you meet?", in_="circle-oak")
    await bo.click("Held", at="circle-oak")
    await bo.fill(
        {"What did you decide?": "We meet outside", "What did you park for next time?": "Who asks Kenji?"},
        submit=True,
    )
    await bo.sees("Kept", in_="modal")
    await bo.close(everything=True)
    await ana.sees("We meet outside", in_="circle-oak")

    await world.until("2026-03-10T10:00+01:00")
    agenda = await ana.sees("Parked last time", in_="circle-oak")
    assert "Who asks Kenji?" in agenda.text and "@Bo Lindqvist" in agenda.text


async def test_who_made_fewer_than_two_is_asked_once_in_good_hours(world, oak, ana, bo, tomas):
    await world.until("2026-03-05T16:01+01:00")
    await ana.click("Held", at="circle-oak")
    await ana.close(everything=True)
    await world.settle()
    await ana.sees("What will you do until next time?", in_="dm")
    await tomas.sees("What will you do until next time?", in_="dm")
    await ana.click("Make them", at="dm")
    await ana.sees("I will", in_="modal")
    await ana.close(everything=True)
    await world.forward(days=4)
    asked = [look for look in (await ana.dm()).messages if "What will you do until" in look.text]
    assert len(asked) == 1


async def test_nobody_answers_and_nobody_came(world, oak, ana):
    await world.until("2026-03-06T17:00+01:00")
    await ana.command("/mentor circle schedule")
    plan = await ana.sees("Sessions and dates", in_="modal")
    assert plan.labels().count("Move") == 6
    await ana.does_not_see("What will you do until next time?", in_="dm")


async def test_two_taps_are_enough(world, oak, ana, bo, tomas):
    await world.until("2026-03-05T15:05+01:00")
    await ana.click("I'm here", at="circle-oak")
    await bo.click("I'm here", at="circle-oak")
    await world.until("2026-03-06T17:00+01:00")
    await tomas.sees("What will you do until next time?", in_="dm")
    await ana.does_not_see("What will you do until next time?", in_="dm")  # she heard of three things this week
    await world.until("2026-03-09T09:00+01:00")
    await ana.sees("What will you do until next time?", in_="dm")


async def test_a_session_moved_after_its_agenda_gets_another_one(world, oak, ana, bo):
    await world.until("2026-03-03T10:00+01:00")
    await ana.click("Sessions and dates", near="We meet")
    await ana.click("Move", near="5 Mar")
    await ana.choose("New day and time", 1773216000)  # Wednesday 11 March, 08:00 UTC
    await ana.submit()
    await ana.close(everything=True)
    await world.until("2026-03-05T16:00+01:00")
    await bo.does_not_see("Oak meets now", in_="circle-oak")
    await world.until("2026-03-09T10:00+01:00")
    agendas = [look for look in (await bo.channel("circle-oak")).messages if "One tap helps" in look.text]
    assert len(agendas) == 2
    await world.until("2026-03-11T09:00+01:00")
    await bo.sees("Oak meets now", in_="circle-oak")
