"""A post of which nobody knows whether it arrived: Slack took it, the answer got lost, and the bot may not read there."""

from tests.stories.oak import start_oak

ASKED = "I don't want to say it twice"


async def lose_the_question(world, ana, kind):
    """The second week's question in Oak."""
    await start_oak(ana)
    await world.until("2026-03-08T12:00+01:00")
    await world.post("/faults", kind=kind, method="chat.postMessage", times=1)
    await world.until("2026-03-10T12:00+01:00")
    await ana.sees(ASKED, in_="dm")


async def questions(person):
    """How many are open; the first week's is closed by then, and says so."""
    room = await person.channel("circle-oak")
    return sum("This week's question" in look.text for look in room.messages)


async def test_one_that_is_there_is_left(world, program, ana):
    await lose_the_question(world, ana, "cut_after_accept")
    before = await questions(ana)
    await ana.click("It is there", at="dm")
    await ana.sees("stays as it is", in_="dm")
    await world.settle()
    assert await questions(ana) == before == 1


async def test_one_that_is_not_there_is_posted_again(world, program, ana):
    await lose_the_question(world, ana, "cut_before")
    assert await questions(ana) == 0
    await ana.click("Post it again", at="dm")
    await world.settle()
    assert await questions(ana) == 1
    await ana.does_not_see(ASKED, in_="dm")
