"""Two commitments, from the session's thread to what was learned."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.person import Declined
from tests.stories.oak import start_oak

CALL = {
    "I will": "I will call three customers",
    "If … then …": "If it is Tuesday at nine, then I call",
    "I will know because": "I look back on it",
    "How sure are you?": "8 of 10",
    "Who sees it?": "My circle",
    "Witness": "bo",
}
WRITE = {"I will": "write page one", "How sure are you?": "9 of 10"}


@pytest.fixture
def world_start():
    return datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
async def oak(world, program, ana):
    """Ana, Bo and Tomas have met since 15:00 on Thursday 12 March; they meet again on the 26th. It is 15:50."""
    await start_oak(ana)
    await world.until("2026-03-12T15:50+01:00")


async def make_two(ana):
    await ana.click("Make my two commitments", at="circle-oak")
    await ana.fill(CALL, submit=True)
    await ana.sees("Saved", in_="modal")
    await ana.click("Make the second one")
    await ana.fill(WRITE, submit=True)
    await ana.sees("write page one", in_="modal")
    await ana.close(everything=True)


async def dms(person):
    return [look.text for look in (await person.dm()).messages]


async def changes_her_mind(ana):
    """What was in the way is asked of what is not there yet, and of nothing else."""
    await ana.does_not_see("What was in the way?", in_="modal")
    await ana.choose("How did it go?", "Not yet")
    await ana.sees("What was in the way?", in_="modal")
    await ana.choose("How did it go?", "Kept")
    await ana.does_not_see("What was in the way?", in_="modal")


async def tell_the_circle(ana):
    await ana.click("Tell my circle")
    await ana.fill({"A line on how it went": "Two of three answered."}, submit=True)
    await ana.sees("in your circle's next agenda", in_="modal")
    await ana.close(everything=True)


async def look_back(ana):
    await ana.command("/mentor commitments history")
    await ana.choose("Choose one", "Kept")
    kept = await ana.modal()
    assert "call three customers" in kept.text and "write page one" not in kept.text
    await ana.close(everything=True)


async def test_from_the_thread_to_what_was_learned(world, oak, ana, bo):
    await make_two(ana)
    await world.until("2026-03-12T16:05+01:00")
    receipt = await ana.sees("Your two commitments from Oak", in_="dm")
    assert "call three customers" in receipt.text and "write page one" in receipt.text

    await world.until("2026-03-19T08:59+01:00")
    await ana.does_not_see("Half-way", in_="dm")
    await world.until("2026-03-19T09:00+01:00")
    midpoint = await ana.sees("Half-way", in_="dm")
    assert "call three customers" in midpoint.text and "write page one" in midpoint.text
    await ana.click("On it", near="write page one", at="dm")
    await ana.sees("Noted: you're on it", in_="dm")

    await world.until("2026-03-24T09:00+01:00")
    await ana.sees("are both due soon", in_="dm")
    await ana.click("Done", near="call three customers", at="dm")
    await changes_her_mind(ana)
    await ana.fill(
        {"How did it go?": "Kept", "What did you learn?": "Mornings work", "A link that shows it": "notes"}
    )
    with pytest.raises(Declined) as declined:
        await ana.submit()
    assert set(declined.value.errors) == {"A link that shows it"}
    await ana.fill({"A link that shows it": "https://example.org/notes"}, submit=True)
    await ana.sees("Mornings work", in_="modal")
    await tell_the_circle(ana)

    letters = [text for text in await dms(ana) if "write page one" in text and "call three customers" in text]
    assert len(letters) == 3, letters
    assert all("Kept" in text and text.count("[Done]") == 1 for text in letters), letters

    await world.settle()
    await bo.sees("named you as a witness", in_="dm")
    await bo.does_not_see("Mornings work")
    await bo.click("Yes, I saw it", at="dm")
    await bo.sees("Thank you", in_="dm")
    await ana.command("/mentor commitments")
    await ana.sees("confirmed by @Bo Lindqvist", in_="dm")
    await ana.sees("you kept 1", in_="dm")

    await world.until("2026-03-24T10:00+01:00")
    agenda = await bo.sees("Read-back:", in_="circle-oak")
    assert "call three customers" in agenda.text and "write page one" not in agenda.text
    assert "confirmed by @Bo Lindqvist" in agenda.text and "Two of three answered." in agenda.text
    await look_back(ana)
    said = len(await dms(ana))
    await world.until("2026-03-26T14:59+01:00")
    assert len(await dms(ana)) == said


async def test_home_teaches_and_then_shows_what_is_under_way(world, program, ana):
    await start_oak(ana)
    home = await ana.open_home()
    assert "Nothing to do yet" in home.text
    await world.until("2026-03-12T15:50+01:00")
    await ana.open_home()
    await ana.click("Make my two commitments", near="What will you do until next time?", at="home")
    await ana.fill(WRITE, submit=True)
    await ana.close(everything=True)
    await ana.sees("write page one", in_="home")
    await ana.click("Stuck", at="home")
    await ana.sees("What would help most?", in_="modal")
    await ana.click("Make it smaller")
    await ana.fill({}, submit=True)
    await ana.sees("spend half an hour on this: write page one", in_="modal")
    await ana.close(everything=True)
    await ana.sees("spend half an hour on this", in_="home")


async def test_a_shortcut_shows_mine_wherever_i_am(world, oak, ana):
    await make_two(ana)
    await ana.shortcut("My commitments")
    await ana.sees("call three customers", in_="modal")
    await ana.click("On it", near="write page one")
    await ana.sees("Noted: you're on it", in_="modal")


async def test_a_third_and_a_wish_are_met_kindly(world, oak, ana):
    await ana.command("/mentor commitments")
    await ana.click("Make my two commitments", at="dm")
    await ana.fill({"I will": "maybe more courage", "How sure are you?": "4 of 10"}, submit=True)
    await ana.sees("What will you do, exactly?", in_="modal")
    await ana.sees("spend half an hour on this: maybe more courage", in_="modal")
    await ana.fill({"I will": "speak first on Monday", "How sure are you?": "8 of 10"}, submit=True)
    await ana.sees("speak first on Monday", in_="modal")
    await ana.click("Make the second one")
    await ana.fill(WRITE, submit=True)
    await ana.close(everything=True)
    await ana.click("Make my two commitments", at="circle-oak")
    await ana.sees("two is plenty", in_="circle-oak")


async def pick_a_buddy(world, ana, tomas):
    """Tomas is picked, hears of it, and would rather not."""
    await ana.command("/mentor buddy")
    await ana.choose("Oak (#circle-oak)", "Tomas", at="dm")
    await ana.sees("Your buddy in Oak is @Tomas", in_="dm")
    await world.until("2026-03-13T12:00+01:00")
    await tomas.sees("@Ana Keller picked you as their buddy in Oak", in_="dm")
    await tomas.click("Not this time", at="dm")
    await tomas.sees("it goes by turns again", in_="dm")


async def test_a_call_for_help_goes_only_where_its_owner_wants_it(world, oak, ana, bo, miriam):
    await make_two(ana)
    await pick_a_buddy(world, ana, world.person("Tomas"))
    await miriam.command("/mentor commitments circles")
    await miriam.sees("No circle has a figure yet", in_="dm")
    await world.until("2026-03-19T09:00+01:00")
    await ana.click("Stuck", near="call three customers", at="dm")
    await ana.click("Ask my circle", at="dm")
    await ana.sees("I pass it on", in_="dm")
    await world.settle()
    await bo.sees("is stuck and asks for help", in_="circle-oak")
    await ana.click("Stuck", near="write page one", at="dm")
    await ana.sees("let your buddy or your circle see it first", in_="dm")
    await bo.does_not_see("write page one")
