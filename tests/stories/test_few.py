"""A circle that nobody has joined promises nothing, asks its maker once, and begins with the second member."""

from tests.stories.oak import start_oak


async def test_a_circle_of_one_waits_and_says_for_what(world, program, ana, bo):
    await start_oak(ana, **{"Whom do you want to bring in?": []})
    room = await ana.sees("Not started yet: 1 more needed", in_="circle-oak")
    assert "First session" not in room.text and "hot seat each time" not in room.text
    home = await ana.sees("Not started yet: 1 more needed", in_="home")
    assert "You have the hot seat" not in home.text and "Next session" not in home.text
    assert "The next one is on" not in home.text

    await world.forward(days=14)
    asked = await ana.sees("Whom would you like to have in Oak?", in_="dm")
    assert asked.text.count("Whom would you like to have in Oak?") == 1
    room = await ana.channel("circle-oak")
    assert "We meet on" not in room.text and "meets now" not in room.text

    await ana.click("Invite people", near="Whom would you like")
    await ana.fill({"Whom do you want to bring in?": ["Bo"]}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await bo.sees("Welcome to Oak", in_="circle-oak")
    await bo.sees("First session", in_="circle-oak")
    await ana.sees("Next session", in_="home")


async def test_in_two_weeks_a_circle_of_two_hears_nothing_of_waiting(world, program, ana, bo):
    await start_oak(ana, **{"Whom do you want to bring in?": ["Bo"]})
    await ana.sees("First session", in_="circle-oak")
    await world.forward(days=7)
    assert "Whom would you like" not in (await ana.dm()).text


async def test_in_the_channel_of_one_of_several_circles_nobody_asks_which(world, program, ana, bo):
    await start_oak(ana)
    await start_oak(ana, Name="Elm", **{"From which day on?": "2026-03-19"})
    await ana.command("/mentor circle schedule", in_="circle-elm")
    plan = await ana.sees("Sessions and dates", in_="modal")
    assert "Elm meets" in plan.text
    await ana.close(everything=True)
    await ana.command("/mentor hotseat", in_="circle-elm")
    seats = await ana.sees("Whoever has waited longest", in_="circle-elm")
    assert "*Oak*" not in seats.text and seats.text.count("Whoever has waited longest") == 1
