"""Two people, from the yes to a coffee onwards, as each of them sees it."""

from tests.stories.pair import at, begin


async def test_a_relationship_is_born_from_a_coffee_planned_held_ended_and_opened_again(world, ana, miriam, bo):
    await ana.command("/mentor relationships")
    await ana.sees("No one-to-one relationship yet", in_="dm")
    await ana.command("/mentor match sponser")
    await ana.sees("Did you mean /mentor match sponsor", in_="dm")
    await begin(world, ana, miriam)

    await ana.command("/mentor relationships")
    await ana.sees("your skill mentor", in_="dm")
    await ana.click("Open", near="your skill mentor")
    await ana.sees("You have not met yet", in_="modal")
    await ana.click("Plan the next meeting")
    await ana.fill({"When": at("2026-03-05T10:00+01:00"), "How": "30 minutes"}, submit=True)
    await ana.sees("Planned:", in_="modal")
    await ana.close(everything=True)
    await miriam.sees("@Ana Keller brings the questions")

    await world.until("2026-03-05T10:45+01:00")
    await miriam.command("/mentor relationships")
    await miriam.sees("you are their skill mentor", in_="dm")
    await miriam.click("Open", near="you are their skill mentor")
    await miriam.click("We met")
    await miriam.sees("You have met 1 time", in_="modal")
    await miriam.close(everything=True)
    await ana.command("/mentor relationships")
    await ana.click("Open", near="your skill mentor")
    await ana.click("End it")
    await ana.fill({"A note to yourself": "I need somebody who codes."}, submit=True)
    await ana.sees("the door is open", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("comes to an end", in_="dm")
    await miriam.click("Open", near="comes to an end")
    await miriam.sees("It has ended", in_="modal")
    await miriam.does_not_see("somebody who codes", in_="modal")
    await miriam.click("Open it again")
    await miriam.sees("No date yet", in_="modal")
