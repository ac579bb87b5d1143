"""A circle that lost a member decides by tap to join another one, which takes it in by tap."""

from tests.stories.oak import start_oak
from tests.stories.test_matching import introduce


async def test_two_are_left_and_both_circles_say_yes(world, ana, bo, miriam, program):
    priya, kenji, tomas = map(world.person, ("Priya", "Kenji", "Tomas"))
    await introduce(miriam, ana, bo, tomas, priya, kenji)
    await start_oak(ana)
    await start_oak(miriam, **{"Name": "Birch", "Whom do you want to bring in?": ["Priya", "Kenji"]})
    await tomas.command("/mentor circle leave")
    await tomas.click("Leave")
    await world.forward(days=1)
    await world.forward(hours=3)
    asked = await ana.sees("You are 2 now. How shall Oak go on?", in_="circle-oak")
    assert "Join Birch: together you would be 5 with" in asked.text and "A change needs 2 of 2 taps" in asked.text
    assert "@Tomas Reyes" not in asked.text  # has just left
    await ana.click("Join them", at="circle-oak")
    await bo.sees("(1)", in_="circle-oak")
    await bo.click("Join them", at="circle-oak")
    await bo.sees("They are asked now", in_="circle-oak")
    await world.forward(minutes=1)
    for person in (priya, kenji):
        await person.sees("Would you take Oak in?", in_="circle-birch")
        await person.click("Take them in", at="circle-birch")
    await world.forward(minutes=1)
    await ana.sees("goes on as part of", in_="circle-oak")
    for person in (ana, bo, miriam, priya, kenji):
        assert "circle-birch" in [room.name for room in await person.rooms()]
    await world.forward(hours=2)
    await miriam.sees("Oak was asked how it goes on", in_="dm")
