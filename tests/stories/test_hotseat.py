"""The hot seat: the brief, a swap and a pass, from the letter to the circle."""

import pytest

from tests.stories.oak import start_oak


@pytest.fixture
async def oak(world, program, ana):
    """Ana, Bo and Tomas meet on Thursday 12 March at 15:00 for the first time; Ana sits. It is the Thursday before."""
    await start_oak(ana)
    await world.until("2026-03-05T10:00+01:00")


async def presenter(*people):
    """Who of them was asked for a brief."""
    for person in people:
        if "You have the hot seat" in (await person.dm()).text:
            return person
    raise AssertionError("nobody was asked for a brief")


async def test_a_brief_reaches_the_circle_by_the_presenters_tap_only(world, oak, ana, bo):
    tomas = world.person("Tomas")
    sits = await presenter(ana, bo, tomas)
    other = next(person for person in (ana, bo, tomas) if person.id != sits.id)
    await sits.click("Write my brief", at="dm")
    await sits.fill({"The question, in one sentence": "How do I say no to <!channel>?"}, submit=True)
    await sits.sees("Saved", in_="modal")
    await other.does_not_see("How do I say no", in_="circle-oak")
    await sits.click("Send to the circle")
    await sits.close(everything=True)
    await world.settle()
    await other.sees("How do I say no to <!channel>?", in_="circle-oak")
    letter = await sits.sees("Your circle has your brief", in_="dm")
    assert "[Change it]" in letter.text and "Send to the circle" not in letter.text
    await world.until("2026-03-10T10:30+01:00")
    await other.sees("How do I say no to <!channel>?", in_="circle-oak")
    agenda = next(look for look in (await other.channel("circle-oak")).messages if "Can you come?" in look.text)
    assert "How do I say no to <!channel>?" in agenda.text


async def test_a_swap_needs_the_others_yes_and_is_told_once(world, oak, ana, bo):
    tomas = world.person("Tomas")
    sits = await presenter(ana, bo, tomas)
    other = next(person for person in (ana, bo, tomas) if person.id != sits.id)
    await sits.command("/mentor hotseat")
    await sits.click("Swap", at="dm")
    await sits.fill({"Swap with": other.name.split()[0].lower()}, submit=True)
    await sits.sees("has been asked", in_="modal")
    await sits.close(everything=True)
    await world.settle()
    await other.sees("asks you to take the hot seat", in_="dm")
    await other.click("Yes, swap", at="dm")
    await world.settle()
    await sits.sees("You have theirs now", in_="dm")
    letter = await sits.sees("is not yours any more", in_="dm")
    assert "Write my brief" not in letter.text
    await sits.sees("The hot seat on", in_="circle-oak")
    await other.sees("You have the hot seat", in_="dm")


async def test_who_passes_keeps_their_place_and_the_next_one_is_asked(world, oak, ana, bo):
    tomas = world.person("Tomas")
    sits = await presenter(ana, bo, tomas)
    await sits.click("Pass this time", at="dm")
    await sits.sees("You pass on", in_="dm")
    await world.forward(hours=26)
    asked = [person for person in (ana, bo, tomas) if "You have the hot seat" in (await person.dm()).text]
    assert len(asked) == 1 and asked[0].id != sits.id
    letter = await sits.sees("is not yours any more", in_="dm")
    assert f"{asked[0].name} has it" in letter.text and "Write my brief" not in letter.text
    await sits.command("/mentor hotseat")
    order = await sits.sees("1. ", in_="dm")
    first, second = (line.partition("(")[0] for line in order.text.splitlines() if line.startswith(("1. ", "2. ")))
    assert "you" not in first and "you" in second


async def test_something_urgent_then_it_can_wait_and_then_the_presenter_cannot_come(world, oak, ana, bo):
    tomas = world.person("Tomas")
    sits = await presenter(ana, bo, tomas)
    other, third = (person for person in (ana, bo, tomas) if person.id != sits.id)
    await third.command("/mentor hotseat")
    await third.click("I have something urgent", at="dm")
    await third.sees("is yours. I tell the circle", in_="dm")
    await world.settle()
    await other.sees(f"{third.name} has it now", in_="circle-oak")
    await sits.sees("You keep your place: yours is", in_="dm")
    await sits.sees("is not yours any more", in_="dm")
    await third.click("It can wait after all", at="dm")
    await world.until("2026-03-10T10:00+01:00")
    asked = [person for person in (other, third) if "Would you stand in" in (await person.dm()).text]
    assert len(asked) == 1
    await asked[0].click("I'd stand in", at="dm")
    await asked[0].sees("Good, you stand in", in_="dm")
    await sits.command("/mentor circle show")
    await sits.sees(f"Ready to stand in: @{asked[0].name}", in_="dm")
    await world.until("2026-03-12T12:00+01:00")
    await sits.click("I can't come", at="dm")
    await world.settle()
    await asked[0].sees("You have the hot seat on", in_="dm")
    await other.sees(f"{asked[0].name} has it now", in_="circle-oak")
